import { hostMatches, identityOf } from '../manifest/names.ts'
import type { Team } from '../ownership/team.ts'
import { type RouteTable, supplierOf } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { type Reached, reachedBy } from './reached.ts'
import type { World } from './world.ts'

/** Everybody who answers in the tables that pass, suppliers of routes and holders of scopes; nothing where there is none. */
export function answeringIn(
  world: World,
  wanted: (table: RouteTable, mesh: Mesh) => boolean,
): readonly Reached[] {
  const found = world.meshes.flatMap((mesh) =>
    mesh.tables.filter((table) => wanted(table, mesh)).map((table) => ({ table, mesh })),
  )
  if (found.length === 0) return []
  const teams = found.flatMap(({ table, mesh }) => teamsOf(table, mesh, world))
  const tables = found.map(({ table }) => table)
  const gateways = tables.map(({ gateway }) => gateway)
  return [
    reachedBy(
      'host',
      tables.map(({ host }) => host),
      teams,
      gateways,
    ),
  ]
}

/** The same for hosts that overlap with some of these, on gateways that pass. */
export function answeringOn(
  world: World,
  hosts: readonly string[],
  onGateway: (gateway: string) => boolean,
): readonly Reached[] {
  return answeringIn(
    world,
    ({ host, gateway }) => onGateway(gateway) && hosts.some((each) => hostMatches(each, host)),
  )
}

function teamsOf({ routes, bound }: RouteTable, { graph }: Mesh, { ownerOf }: World): readonly Team[] {
  const primaries = new Set(bound.map((each) => identityOf(each) as string))
  const holders = graph.edges
    .filter(({ primary }) => primaries.has(identityOf(primary)))
    .flatMap(({ secondary }) => secondary ?? [])
  const suppliers = routes.map(supplierOf)
  const all = [...suppliers, ...holders]
  return (all.length > 0 ? all : bound).map(ownerOf)
}
