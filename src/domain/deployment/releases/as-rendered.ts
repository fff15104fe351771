import { isBelow } from '../../manifest/layers/paths.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type Layout, viewOf } from '../as-delivered.ts'
import { pathIn } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import { type DecidedByRendering, decidedByRendering, viewWithoutDecided } from './decided-by-rendering.ts'
import type { RenderedPair } from './release.ts'
import { type ReleaseDelivery, type ReleasesDelivered, releasesDelivered } from './releases-delivered.ts'

/** What is proposed, as far as charts take part in it. */
interface WithCharts {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly unread?: { readonly base: ReadonlySet<string>; readonly merged: ReadonlySet<string> }
  readonly rendered?: readonly RenderedPair[]
}

/** Both sides with what charts are rendered to in the place of their templates. */
export interface AsRendered {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly decided: DecidedByRendering
  /** Releases that deliver a template that another does, too: each is compared by itself. */
  readonly others: ReleasesDelivered
}

/** A template is shown as its first release delivers it, on both sides. Files that renderings speak for are as they were. */
export function asRendered({ base, merged, unread, rendered = [] }: WithCharts): AsRendered {
  const sides = { base: sideOf(base, unread?.base), merged: sideOf(merged, unread?.merged) }
  const decided = decidedByRendering(rendered, [...base, ...merged])
  const { made, leftOut } = releasesDelivered(rendered, sides.base, sides.merged)
  const layout: Layout = new Map()
  const others = made.filter((each) => !place(layout, each))
  for (const path of silentTemplates(made, [...base, ...merged], decided))
    if (!layout.has(path)) layout.set(path, { before: [], after: [], says: '' })
  const shown = viewWithoutDecided(viewOf(layout, sides.base, sides.merged), decided)
  return { base: shown.base, merged: shown.merged, decided, others: { made: others, leftOut } }
}

/** Templates of rendered charts: those that give nothing are nothing, whatever is written in them. */
function silentTemplates(
  made: readonly ReleaseDelivery[],
  files: readonly SourceFile[],
  decided: DecidedByRendering,
): readonly string[] {
  const folders = made.flatMap(({ charts }) => charts.map((chart) => pathIn(chart, 'templates')))
  return files
    .map(({ path }) => path)
    .filter((path) => folders.some((folder) => isBelow(path, folder)) && decided.file(path))
}

function sideOf(files: readonly SourceFile[], unread: ReadonlySet<string> | undefined): DeployedSide {
  return { files, ...(unread && { unread }) }
}

/** Whether there was room for all of it. */
function place(layout: Layout, { before, after }: ReleaseDelivery): boolean {
  const [old, now] = [before, after].map(({ objects }) => Map.groupBy(objects, ({ from }) => from.path))
  const paths = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])]
  if (paths.some((path) => layout.has(path))) return false
  for (const path of paths)
    layout.set(path, { before: old?.get(path) ?? [], after: now?.get(path) ?? [], says: '' })
  return true
}
