import { type Doubt, doubt } from '../../doubt.ts'
import { isRenderable, type RenderedPair } from './release.ts'

/** What was taken for granted of charts that a change reaches, and which of them could not be rendered. */
export function releaseDoubts(rendered: readonly RenderedPair[]): readonly Doubt[] {
  return rendered.flatMap(({ pair, before, after }) => {
    if (pair.untouched) return []
    const sides = [
      { release: pair.before, output: before },
      { release: pair.after, output: after },
    ]
    return sides.flatMap(({ release, output }): readonly Doubt[] => {
      if (release === undefined) return []
      const why = isRenderable(release)
        ? output?.kind === 'not-rendered'
          ? output.why
          : undefined
        : release.why
      if (why !== undefined) return [doubt({ code: 'not-rendered', release: release.key, why })]
      return isRenderable(release) && release.key === `Chart ${release.chart}`
        ? [doubt({ code: 'chart-by-itself', chart: release.chart === '' ? '.' : release.chart })]
        : []
    })
  })
}
