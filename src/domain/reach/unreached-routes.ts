import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import type { EffectiveRoute, MergedEntry, RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'
import { entryReaches } from './entry-reach.ts'

type Reaches = Map<RouteTable, Map<MergedEntry, Map<HTTPMatchRequest | undefined, boolean>>>

/** Whether it is proved that no request of a table's host reaches one of its routes, whatever the order of creation. */
export function unreachedIn(
  mesh: Mesh,
  options: ConditionOptions,
): (table: RouteTable, route: EffectiveRoute) => boolean {
  const reaches = reachesOf(mesh, options)
  return (table, { from, match }) => reaches.get(table)?.get(from)?.get(match) === false
}

/** In the mesh one route stands for several clients: it is reached if it is by one of them. */
const reachesOf = memoized((mesh: Mesh, options: ConditionOptions): Reaches => {
  const reaches: Reaches = new Map()
  for (const { table, route, reachable } of entryReaches(mesh, options).flatMap(({ routes }) => routes)) {
    const { from, match } = route
    const ofTable = reaches.get(table) ?? new Map()
    const ofEntry = ofTable.get(from) ?? new Map()
    reaches.set(
      table,
      ofTable.set(from, ofEntry.set(match, ofEntry.get(match) === true || reachable !== 'no')),
    )
  }
  return reaches
})
