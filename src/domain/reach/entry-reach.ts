import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'
import { type Asked, everything, mergedOf } from './asked.ts'
import { meshAllowance } from './reachable.ts'
import { tableUniverse } from './table-universe.ts'
import { type RouteReach, reachOfContribution } from './unreachable-routes.ts'
import { writtenEntry, writtenMatches } from './written-match.ts'

/** One route of an entry, with the match that the entry's author wrote for it, if any. */
export interface WrittenRoute extends RouteReach {
  readonly written?: HTTPMatchRequest
}

/** One http entry as written, and every route it has in any table of the mesh, under any delegate that names it. */
export interface EntryReach {
  readonly supplier: VirtualService
  /** Index in `supplier.spec.http`. */
  readonly index: number
  readonly entry: HTTPRoute
  readonly routes: readonly WrittenRoute[]
}

/**
 * Every entry of those asked about that has a route (or would have one, but for a catch-all before it) somewhere in the mesh. Worked
 * out once for each mesh.
 */
export function entryReaches(
  mesh: Mesh,
  options: ConditionOptions,
  asked: Asked = everything,
): readonly EntryReach[] {
  return reachesIn(mesh)(asked, mesh, options)
}

const reachesIn = memoized((_: Mesh) => memoized(reachesOf))

function reachesOf(asked: Asked, mesh: Mesh, options: ConditionOptions): readonly EntryReach[] {
  const found = new Map<HTTPRoute, EntryReach & { readonly routes: WrittenRoute[] }>()
  const allowance = meshAllowance()
  const isAsked = memoized((supplier: VirtualService) => asked.has(mesh.name, supplier))
  for (const table of mesh.tables) {
    const restricted = table.contributions.filter(({ visibleTo }) => visibleTo !== undefined)
    const universe = tableUniverse(table, mesh.tables, options)
    const context = { table, options, restricted, allowance, universe, isAsked }
    for (const contribution of table.contributions) {
      const merged = mergedOf(mesh, contribution.virtualService)
      if (merged?.entries.some((from) => isAsked(from.secondary ?? from.primary)) === false) continue
      for (const reach of reachOfContribution(contribution, merged, context)) collect(reach, found)
    }
  }
  return [...found.values()]
}

function collect(
  reach: RouteReach,
  found: Map<HTTPRoute, EntryReach & { readonly routes: WrittenRoute[] }>,
): void {
  const { from, match } = reach.route
  if (from.external !== undefined) return
  const entry = writtenEntry(from)
  const known = found.get(entry) ?? {
    supplier: from.secondary ?? from.primary,
    index: from.secondaryEntry ?? from.entry,
    entry,
    routes: [],
  }
  found.set(entry, known)
  const place = match === undefined ? -1 : (from.http.match ?? []).indexOf(match)
  const written = writtenMatches(from)[place]
  known.routes.push({ ...reach, ...(written && { written }) })
}

/** The entry of a mesh that is written like this one, in the VirtualService of the same name. */
export function sameEntryIn(
  mesh: Mesh,
  entry: EntryReach,
  options: ConditionOptions,
  asked: Asked = everything,
): EntryReach | undefined {
  return byWriting(entryReaches(mesh, options, asked)).get(writing(entry))
}

const byWriting = memoized(
  (reaches: readonly EntryReach[]) => new Map(reaches.map((each) => [writing(each), each])),
)

function writing({ supplier, entry }: EntryReach): string {
  return `${identityOf(supplier)} ${canonicalJson(entry)}`
}
