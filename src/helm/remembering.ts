import { createHash } from 'node:crypto'
import type { ChartRelease, ChartRenderer } from '../app/reading/chart-port.ts'
import { budgets } from '../domain/budgets.ts'
import type { ChartOutput } from '../domain/deployment/releases/release.ts'

/** What helm says of a release: rendered or refused, and by nobody ended. */
type Said = Exclude<ChartOutput, { readonly kind: 'not-rendered' }>

/**
 * The same renderer, which asks once for the same chart with the same values. What was ended by force, or not asked at all, may come to
 * its end another time.
 */
export function remembering(charts: ChartRenderer): ChartRenderer {
  const known = new Map<string, Said>()
  return {
    async render(release, how) {
      const key = keyOf(release)
      const found = how === 'anew' ? undefined : known.get(key)
      const output = found ?? (await charts.render(release, how))
      known.delete(key)
      if (output.kind !== 'not-rendered') known.set(key, output)
      forget(known)
      return output
    },
  }
}

/** What was asked for longest ago goes first. */
function forget(known: Map<string, Said>): void {
  let left = budgets.chartMemo.size
  for (const [key, said] of [...known].toReversed()) {
    left -= sizeOf(said)
    if (left < 0) known.delete(key)
  }
}

function sizeOf(said: Said): number {
  return said.kind === 'rendered' ? said.text.length : said.complaint.length
}

function keyOf({ name, namespace, chart, values, set }: ChartRelease): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([name, namespace ?? null, values, set]))
  for (const [path, content] of [...chart].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(JSON.stringify([path, content.length])).update(content)
  return hash.digest('hex')
}
