import { hostMatches, identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest } from '../../manifest/virtual-service.ts'
import type { Team } from '../../ownership/team.ts'
import { type RouteTable, supplierOf } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { type Denied, mayDenyHost, mayDenyPath } from '../reading/denied.ts'
import type { World } from './world.ts'

/** Everybody who answers in the tables that pass, suppliers of routes and holders of scopes; nothing where there is none. */
export function answeringIn(
  world: World,
  wanted: (table: RouteTable, mesh: Mesh) => boolean,
  takes: Takes = () => true,
): readonly Reached[] {
  const found = world.meshes.flatMap((mesh) =>
    mesh.tables.filter((table) => wanted(table, mesh)).map((table) => ({ table, mesh })),
  )
  if (found.length === 0) return []
  const teams = found.flatMap(({ table, mesh }) => teamsOf(table, mesh, { world, takes }))
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

/** The same for requests that a policy may refuse, on gateways that pass: of each table those whose paths may be among them. */
export function answeringDenied(
  world: World,
  denied: readonly Denied[],
  onGateway: (gateway: string) => boolean,
): readonly Reached[] {
  return denied.flatMap((each) =>
    answeringIn(
      world,
      ({ host, gateway }) => onGateway(gateway) && mayDenyHost(each, host),
      (match) => mayDenyPath(each, match),
    ),
  )
}

type Takes = (match: HTTPMatchRequest | undefined) => boolean

function teamsOf(
  { routes, bound }: RouteTable,
  { graph }: Mesh,
  { world, takes }: { readonly world: World; readonly takes: Takes },
): readonly Team[] {
  const primaries = new Set(bound.map((each) => identityOf(each) as string))
  const holders = graph.edges
    .filter(({ primary }) => primaries.has(identityOf(primary)))
    .filter(({ route }) => (route.match ?? []).length === 0 || (route.match ?? []).some(takes))
    .flatMap(({ secondary }) => secondary ?? [])
  const suppliers = routes.filter(({ match }) => takes(match)).map(supplierOf)
  const all = [...suppliers, ...holders]
  return (all.length > 0 ? all : routes.length > 0 ? [] : bound).map(world.ownerOf)
}
