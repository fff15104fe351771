import { escaped } from '../print/html-text.ts'

/** What a row or an arrow of a page is found by. */
export interface FoundBy {
  readonly teams: readonly string[]
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
  /** A family and a kind of it: `request:moved`, `graph:added`. */
  readonly kind?: string
}

/** The attributes of a row that the filters of the page read, with a blank in front. */
export function rowData({ teams, hosts, paths, kind }: FoundBy): string {
  const lines = (all: readonly string[]) => [...new Set(all)].map(escaped).join('&#10;')
  return [
    ' data-row',
    ` data-teams="${lines(teams)}"`,
    ` data-hosts="${lines(hosts)}"`,
    ` data-paths="${lines(paths)}"`,
    ...(kind === undefined ? [] : [` data-kind="${escaped(kind)}"`]),
  ].join('')
}
