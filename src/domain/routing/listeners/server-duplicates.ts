import { placesAmong } from '../../gateway-api/ages.ts'
import type { Gateway, Server } from '../../manifest/gateway.ts'
import { kindAndName } from '../../manifest/names.ts'
import { memoized } from '../../source/memoized.ts'
import { assumedOrder, createdAt, isKnownBefore, isOrderOpen } from '../assumed-order.ts'
import { arePodsShared, type HttpServer, type Pods, serversSharedWith } from './gateways.ts'
import { areInConflict, serversOnMixedPorts, withoutConflicts } from './port-protocols.ts'

/** What Git does not know of the listeners of a mesh, and what is taken for granted instead. */
export interface Listening {
  readonly pods: Pods
  /** Which of several Gateways without a known age is the oldest: the first by name, or the last. */
  readonly oldest: 'first' | 'last'
  /** Routes of the Gateway API, or Gateways (`Kind ns/name`), that are taken to be older than all others of unknown age, in their turn. */
  readonly eldest?: readonly string[]
}

export const assumedListening: Listening = { pods: 'shared', oldest: 'first' }

/** A server, and the Gateway that it is of. */
export interface OwnServer {
  readonly gateway: Gateway
  readonly server: Server
}

/** The Gateways in the order in which Istio reads them. */
export function inListeningOrder(
  gateways: readonly Gateway[],
  { oldest, eldest }: Pick<Listening, 'oldest' | 'eldest'> = assumedListening,
): readonly Gateway[] {
  const sorted = gateways.toSorted(oldest === 'first' ? assumedOrder : youngestNameFirst)
  if (eldest === undefined) return sorted
  const placeOf = placesAmong(eldest)
  const place = (each: Gateway) => (createdAt(each) === undefined ? placeOf(ageOf(each)) : -1)
  return sorted.toSorted((a, b) => place(a) - place(b))
}

/** What tells the age of a Gateway (`Kind ns/name`): what is made of one object is as old as that. */
export function ageOf(gateway: Gateway): string {
  return gateway.madeOf?.age ?? kindAndName(gateway)
}

function youngestNameFirst(a: Gateway, b: Gateway): number {
  return isKnownBefore(a, b) || isKnownBefore(b, a) || a.inCluster || b.inCluster
    ? assumedOrder(a, b)
    : assumedOrder(b, a)
}

/** The servers whose virtual hosts a request meets that arrives at `own`; of plain ones Istio drops some for their hosts or protocol. */
export function serversHeard(
  own: HttpServer,
  all: readonly HttpServer[],
  {
    gateways,
    listening = assumedListening,
  }: { readonly gateways: readonly Gateway[]; readonly listening?: Listening },
): readonly HttpServer[] {
  const shared = serversSharedWith(own, all, listening.pods)
  if (!own.plain) return shared
  const mixed = serversOnMixedPorts(gateways).get(own.port ?? 0) ?? []
  if (mixed.length === 0 && shared.every(({ server }) => server.tls === undefined)) return shared
  const there = mixed.filter(({ gateway }) => arePodsShared(listening.pods, own.gateway, gateway))
  const isKept = isAmong(standing(there.length === 0 ? shared : there, gateways, listening))
  return shared.filter((each) => each.port === undefined || isKept(each))
}

/** Whether a server is one of these. */
export function isAmong(servers: readonly OwnServer[]): (one: OwnServer) => boolean {
  const byGateway = Map.groupBy(servers, ({ gateway }) => gateway)
  return (one) => byGateway.get(one.gateway)?.some(({ server }) => server === one.server) === true
}

/** Servers of one port in the order in which Istio reads them, without those that it drops. */
function standing(
  servers: readonly OwnServer[],
  gateways: readonly Gateway[],
  listening: Listening,
): readonly OwnServer[] {
  const turns = turnsOf(gateways, listening)
  const turnOf = ({ gateway }: OwnServer) => turns.get(gateway) ?? 0
  return keptByIstio(servers.toSorted((a, b) => turnOf(a) - turnOf(b)))
}

/** The turn in which each Gateway is read. */
const turnsOf = memoized(
  (gateways: readonly Gateway[], listening: Listening): ReadonlyMap<Gateway, number> =>
    new Map(inListeningOrder(gateways, listening).map((each, at) => [each, at])),
)

/** The servers of one port, in the order in which Istio reads them, without those that it drops for a host or for their protocol. */
export function keptByIstio<T extends OwnServer>(inOrder: readonly T[]): readonly T[] {
  return withoutConflicts(withoutDuplicates(inOrder))
}

/**
 * Without those that it drops for a host that an earlier one on the same address has (`CheckDuplicates`). It looks at those alone
 * that have `tls`, whatever is in it: a plain server that redirects to https, too.
 */
function withoutDuplicates<T extends OwnServer>(inOrder: readonly T[]): readonly T[] {
  const taken = new Set<string>()
  return inOrder.filter((each) => {
    if (each.server.tls === undefined) return true
    const hosts = hostsAsIstioHas(each).map((host) => `${each.server.bind ?? ''} ${host}`)
    if (hosts.some((host) => taken.has(host))) return false
    for (const host of hosts) taken.add(host)
    return true
  })
}

/** The hosts as Istio compares them for duplicates (`sanitizeServerHostNamespace`). */
export function hostsAsIstioHas({ gateway, server }: OwnServer): readonly string[] {
  const { hosts = [] } = server
  if (hosts.includes('*/*')) return ['*']
  return hosts.map((host) => host.replace(/^\*\//, '').replace(/^\.\//, `${gateway.namespace ?? '.'}/`))
}

/** Whether nobody knows here which of two servers Istio drops, for a host that both have or for their protocols. */
export function isServerOrderOpen(gateways: readonly Gateway[]): boolean {
  const byHost = Map.groupBy(gateways.flatMap(droppable), ({ key }) => key)
  return (
    [...byHost.values()].some((there) => somePair(there, isOrderOpenBetween)) ||
    [...serversOnMixedPorts(gateways).values()].some((there) =>
      somePair(
        there,
        (one, other) => areInConflict(one.server, other.server) && isOrderOpenBetween(one, other),
      ),
    )
  )
}

function somePair<T>(all: readonly T[], holds: (one: T, other: T) => boolean): boolean {
  return all.some((one, at) => all.slice(at + 1).some((other) => holds(one, other)))
}

type Own = Pick<OwnServer, 'gateway'>

function isOrderOpenBetween({ gateway: one }: Own, { gateway: other }: Own): boolean {
  return one !== other && isOrderOpen(one, other)
}

function droppable(gateway: Gateway): readonly { readonly gateway: Gateway; readonly key: string }[] {
  return (gateway.spec.servers ?? []).flatMap((server) =>
    server.tls === undefined
      ? []
      : hostsAsIstioHas({ gateway, server }).map((host) => ({
          gateway,
          key: JSON.stringify([server.port?.number, server.bind ?? '', host]),
        })),
  )
}
