import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { isIpAddress } from '../../manifest/validation/values/ip-address.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { distinctTeams, unowned } from '../../ownership/team.ts'
import { addressesMeet } from '../../unmodelled/reading/addresses.ts'
import { addressesOf } from '../../unmodelled/reading/known-by.ts'
import { type World, worldOf } from '../../unmodelled/targets/world.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Ask } from './ask.ts'
import { gatewaysOf } from './concerned-primaries.ts'
import { administersMesh, claimedAnew, isForOwnClients, type Newcomer, reasonFor } from './newcomer.ts'

/**
 * On the mesh a host may be an address, and a tcp or tls route may take ranges of them: whoever has a Service, an entry or a workload
 * there is asked, whatever it is called; the administrators for an address of the cluster that Git gives to nobody.
 */
export function askAboutAddresses(newcomer: Newcomer): readonly Ask[] {
  const { change, after, questioned } = newcomer
  if (after.kind !== 'VirtualService' || !gatewaysOf(after).includes('mesh') || administersMesh(newcomer))
    return []
  const { before } = change
  const old = before?.kind === 'VirtualService' ? rangesOf(before) : []
  const hosts = claimedAnew(newcomer).filter(
    (claim) => claim.gateway === 'mesh' && isIpAddress(claim.host) && !isForOwnClients(claim, newcomer),
  )
  const ranges = rangesOf(after).filter((range) => !old.includes(range))
  const world = worldOf(questioned.comparison)
  return [
    ...hosts.flatMap(({ host }) => asksAbout(host, newcomer, world, isOfCluster(host))),
    ...ranges.flatMap((range) => [
      ...asksAbout(range, newcomer, world, false),
      ...(isAnywhere(range) ? [askAdministrators(range, newcomer)] : []),
    ]),
  ]
}

function rangesOf({ spec }: VirtualService): readonly string[] {
  const matches = [...(spec.tcp ?? []), ...(spec.tls ?? [])].flatMap(({ match = [] }) => match)
  return matches.flatMap(({ destinationSubnets = [] }) => destinationSubnets)
}

/**
 * Whether a range takes whatever has no listener of its own: where the own service has none either, Istio puts it beside all others of
 * the port, and connections to addresses that nobody here knows come to it.
 */
function isAnywhere(range: string): boolean {
  const [address = '', length] = range.split('/')
  const leastNamed = address.includes(':') ? 16 : 8
  return length !== undefined && Number(length) < leastNamed
}

/** Addresses that are nobody's outside: those of clusters are among them. */
function isOfCluster(address: string): boolean {
  return ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].some((range) =>
    addressesMeet(range, address),
  )
}

function asksAbout(range: string, newcomer: Newcomer, world: World, isAnybodys: boolean): readonly Ask[] {
  const { team, mesh } = newcomer
  const primaries = mesh.graph.primaries
  const there = havingThem(range, world)
  const others = there.filter((each) => {
    const owner = world.ownerOf(each)
    return owner.key !== team.key || owner.key === unowned.key
  })
  if (there.length === 0) return isAnybodys ? [askAdministrators(range, newcomer)] : []
  const [first] = others
  if (first === undefined) return []
  const by = `${first.kind} ${first.name}`
  const reason = reasonFor(newcomer, {
    code: 'service-claimed',
    values: { host: range, held: fullKind(first), by, at: first.file.path },
    predicate: say`takes the calls inside the mesh to ${quoted(range)}: ${by} in ${quoted(first.file.path)} has an address there`,
  })
  return distinctTeams(others.map(world.ownerOf)).map((each) => ({ team: each, reason, primaries }))
}

function askAdministrators(range: string, newcomer: Newcomer): Ask {
  const reason = reasonFor(newcomer, {
    code: 'service-claimed',
    values: { host: range, held: 'services', by: range },
    predicate: say`takes the calls inside the mesh to ${quoted(range)}: nothing here says whose that address is`,
  })
  return { team: 'administrators', reason, primaries: newcomer.mesh.graph.primaries }
}

function havingThem(range: string, world: World): readonly UnmodelledResource[] {
  const all = [
    ...['Service', 'Endpoints', 'EndpointSlice'].flatMap(world.partial),
    ...['ServiceEntry', 'WorkloadEntry'].flatMap(world.objects),
  ]
  const found = all.filter((each) => allAddresses(each).some((address) => addressesMeet(range, address)))
  return found.filter(
    ({ file }, index) => found.findIndex((other) => other.file.path === file.path) === index,
  )
}

/** By which it is known, and behind which it lies. */
function allAddresses(object: UnmodelledResource): readonly string[] {
  const { body } = object
  const behind = [
    ...objectsOf(at(body, 'spec', 'endpoints')).map(({ address }) => address),
    at(body, 'spec', 'address'),
    ...objectsOf(body['subsets']).flatMap(({ addresses }) => objectsOf(addresses).map(({ ip }) => ip)),
    ...objectsOf(body['endpoints']).flatMap(({ addresses }) => (Array.isArray(addresses) ? addresses : [])),
  ]
  return [...addressesOf(object), ...behind.flatMap((each) => textOf(each) ?? [])]
}
