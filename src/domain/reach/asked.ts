import { tablesOn } from '../diff/tables-for.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { areAlike } from '../routing/alike-tables.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import type { MergedVirtualService } from '../routing/merge-virtual-services.ts'
import type { RouteTable } from '../routing/route-table.ts'
import type { Mesh, Snapshot } from '../routing/snapshot.ts'
import { tablesAtGateway } from '../routing/tables-of-host.ts'
import { areSame } from '../source/made-of.ts'
import { memoized } from '../source/memoized.ts'
import { hostsBeside } from './table-universe.ts'

/** What somebody wants to know findings about. */
export interface Asked {
  /** About the routes that a VirtualService has wherever it is delegated to. */
  has(mesh: string, virtualService: VirtualService): boolean
  /** About what one entry gives to its secondary, and nothing beside that. */
  hasEdge(mesh: string, edge: DelegateEdge): boolean
}

/** Whatever is wrong, on whichever side. */
export const everything: Asked = { has: () => true, hasEdge: () => true }

/**
 * Those of whose routes something is made of other things on one side than on the other: only there a rule about routes can find
 * what it does not find on both. By name, so that of each either everything is asked on both sides or nothing on either.
 */
export function reachedByChange(base: Snapshot, merged: Snapshot): Asked {
  const before = new Map(base.meshes.map((mesh) => [mesh.name, mesh]))
  const after = new Map(merged.meshes.map((mesh) => [mesh.name, mesh]))
  const namesOf = new Map(
    [...after].map(([name, mesh]) => [name, namesReached(before.get(name), mesh)] as const),
  )
  return {
    has: (mesh, virtualService) => namesOf.get(mesh)?.has(identityOf(virtualService)) ?? true,
    hasEdge: (mesh, edge) => [before, after].some((side) => !isSameEdge(edge, edgeIn(side.get(mesh), edge))),
  }
}

/** The edge of the very same entry: whoever has the entry is the very same primary. */
function edgeIn(mesh: Mesh | undefined, { route }: DelegateEdge): DelegateEdge | undefined {
  return mesh && edgesByEntry(mesh).get(route)
}

function isSameEdge(a: DelegateEdge, b: DelegateEdge | undefined): boolean {
  return b !== undefined && a.primary === b.primary && a.secondary === b.secondary && a.state === b.state
}

/** Undefined: all of them. */
function namesReached(base: Mesh | undefined, merged: Mesh): ReadonlySet<string> | undefined {
  if (base === undefined) return undefined
  const names = new Set<string>()
  const add = (mesh: Mesh, virtualService: VirtualService) => {
    for (const each of withDelegates(mesh, virtualService)) names.add(identityOf(each))
  }
  for (const [one, other] of bothWays(base, merged)) {
    const there = new Set(other.merged)
    for (const each of one.merged) if (!there.has(each)) add(one, each.virtualService)
    for (const table of one.tables)
      if (!isMadeAlike(table, one, other)) for (const each of table.bound) add(one, each)
  }
  return names
}

function bothWays(base: Mesh, merged: Mesh): readonly (readonly [one: Mesh, other: Mesh])[] {
  return [
    [base, merged],
    [merged, base],
  ]
}

/** A VirtualService and all that its delegates name, in whatever state. */
function withDelegates(mesh: Mesh, virtualService: VirtualService): Iterable<VirtualService> {
  const { entries = [], dropped = [] } = mergedOf(mesh, virtualService) ?? {}
  return new Set([virtualService, ...[...entries, ...dropped].flatMap(({ secondary }) => secondary ?? [])])
}

/** What a VirtualService of a mesh is after its delegates were merged in. */
export function mergedOf(mesh: Mesh, virtualService: VirtualService): MergedVirtualService | undefined {
  return mergedByVirtualService(mesh).get(virtualService)
}

const mergedByVirtualService = memoized(
  (mesh: Mesh) => new Map(mesh.merged.map((each) => [each.virtualService, each])),
)

/** Whether the other side has the same table, in the same surroundings. */
function isMadeAlike(table: RouteTable, here: Mesh, there: Mesh): boolean {
  const same = sameTable(table, here, there)
  if (same === undefined) return false
  const [met, others] = [metIn(here, table), metIn(there, same)]
  return (
    met.length === others.length &&
    met.every((each, at) => sameTable(each, here, there) === others[at]) &&
    areSame(hostsBeside(table, here.tables), hostsBeside(same, there.tables))
  )
}

/** The tables that requests meet that come to this one, or would if it had a route. */
function metIn(mesh: Mesh, { gateway, host, ports }: RouteTable): readonly RouteTable[] {
  const known = metByListener(mesh)
  const key = JSON.stringify([gateway, ports?.[0]])
  const met = known.get(key) ?? tablesOn(tablesAtGateway(mesh, gateway), ports?.[0])
  known.set(key, met)
  return met(host)
}

const edgesByEntry = memoized(({ graph }: Mesh) => new Map(graph.edges.map((edge) => [edge.route, edge])))

const metByListener = memoized((_: Mesh) => new Map<string, ReturnType<typeof tablesOn>>())
const tablesByPlace = memoized(({ tables }: Mesh) => new Map(tables.map((table) => [placeOf(table), table])))

function placeOf({ gateway, host, ports }: RouteTable): string {
  return JSON.stringify([gateway, host, ports])
}

/** The table of the other side that is made of the same, if any. */
function sameTable(table: RouteTable, here: Mesh, there: Mesh): RouteTable | undefined {
  const other = tablesByPlace(there).get(placeOf(table))
  if (other === undefined) return undefined
  const isMerged = (each: VirtualService) => mergedOf(here, each) === mergedOf(there, each)
  return areAlike(table, other) && table.bound.every(isMerged) ? other : undefined
}
