import type { Gateway, Server } from '../../manifest/gateway.ts'
import { memoized } from '../../source/memoized.ts'
import { assumedOrder, isKnownBefore } from '../assumed-order.ts'
import { type HttpServer, type Pods, serversSharedWith } from './gateways.ts'

/** What Git does not know of the listeners of a mesh, and what is taken for granted instead. */
export interface Listening {
  readonly pods: Pods
  /** Which of several Gateways without a known age is the oldest: the first by name, or the last. */
  readonly oldest: 'first' | 'last'
  /** A route of the Gateway API (`HTTPRoute ns/name`) that is taken to be older than all others of unknown age. */
  readonly eldest?: string
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
  oldest: Listening['oldest'] = assumedListening.oldest,
): readonly Gateway[] {
  return gateways.toSorted(oldest === 'first' ? assumedOrder : youngestNameFirst)
}

function youngestNameFirst(a: Gateway, b: Gateway): number {
  return isKnownBefore(a, b) || isKnownBefore(b, a) || a.inCluster || b.inCluster
    ? assumedOrder(a, b)
    : assumedOrder(b, a)
}

/** The turn in which each Gateway is read. */
const turnsToBeRead = { first: turnsIf('first'), last: turnsIf('last') }

function turnsIf(
  oldest: Listening['oldest'],
): (gateways: readonly Gateway[]) => ReadonlyMap<Gateway, number> {
  return memoized((gateways) => new Map(inListeningOrder(gateways, oldest).map((each, at) => [each, at])))
}

/** The servers whose virtual hosts a request meets that arrives at `own`; of plain ones Istio drops some for their hosts. */
export function serversHeard(
  own: HttpServer,
  all: readonly HttpServer[],
  { gateways, listening }: { readonly gateways: readonly Gateway[]; readonly listening?: Listening },
): readonly HttpServer[] {
  const shared = serversSharedWith(own, all, listening?.pods)
  if (!own.plain || shared.every(({ server }) => server.tls === undefined)) return shared
  const reading = turnsToBeRead[listening?.oldest ?? assumedListening.oldest](gateways)
  const turnOf = ({ gateway }: HttpServer) => reading.get(gateway) ?? 0
  const kept = new Set(withoutDuplicates(shared.toSorted((a, b) => turnOf(a) - turnOf(b))))
  return shared.filter((each) => kept.has(each))
}

/**
 * The servers of one listener, in the order in which Istio reads them, without those that it drops for a host that an earlier one
 * has (`CheckDuplicates`). It looks at those alone that have `tls`, whatever is in it: a plain server that redirects to https, too.
 */
export function withoutDuplicates<T extends OwnServer>(inOrder: readonly T[]): readonly T[] {
  const taken = new Set<string>()
  return inOrder.filter((each) => {
    if (each.server.tls === undefined) return true
    const hosts = hostsAsIstioHas(each)
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

/** Whether nobody knows here which of two servers Istio drops for a host that both have. */
export function isServerOrderOpen(gateways: readonly Gateway[]): boolean {
  const byHost = Map.groupBy(gateways.flatMap(droppable), ({ key }) => key)
  return [...byHost.values()].some((there) =>
    there.some(({ gateway: one }, at) =>
      there.slice(at + 1).some(({ gateway: other }) => one !== other && !isOneKnownBefore(one, other)),
    ),
  )
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

function isOneKnownBefore(a: Gateway, b: Gateway): boolean {
  return isKnownBefore(a, b) || isKnownBefore(b, a)
}
