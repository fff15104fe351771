import { doubt } from '../../doubt.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { hostsMayMeet, identityOf } from '../../manifest/names.ts'
import { isKnownBefore } from '../../routing/assumed-order.ts'
import { canShareAPod, haveOneSelector, httpServersOf } from '../../routing/listeners/gateways.ts'
import {
  assumedListening,
  hostsAsIstioHas,
  type Listening,
} from '../../routing/listeners/server-duplicates.ts'
import { serverNames, tlsServersOf } from '../../routing/listeners/tls-listeners.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import type { Unsettled } from './mesh-choices.ts'

/** The ways in which Gateways may listen besides the assumed one, and what tells them apart. */
export interface ListeningChoices {
  readonly others: readonly Listening[]
  readonly unsettled: readonly Unsettled[]
}

/** One server, and the hosts that it takes. */
interface Listener {
  readonly gateway: Gateway
  readonly where: string
  /** Whether Istio drops it, whole, for a host that an earlier server has. */
  readonly mayBeDropped: boolean
  readonly names: readonly string[]
  readonly written: ReadonlySet<string>
}

type Pair = readonly [Gateway, Gateway]

/**
 * Whether Gateways whose selectors differ are on the same pods, and which of two servers with one name Istio drops: where the same
 * requests may come to both, and Git does not say.
 */
export function listeningChoices(meshes: readonly (Mesh | undefined)[]): ListeningChoices {
  const pairs = meshes.flatMap((mesh) => openPairs(mesh?.inForce.gateways ?? []))
  const [perhapsTogether, perhapsOlder] = [
    pairs.flatMap(({ pods }) => (pods ? [pods] : [])),
    pairs.flatMap(({ order }) => (order ? [order] : [])),
  ]
  const pods: readonly Listening['pods'][] = perhapsTogether.length === 0 ? ['shared'] : ['shared', 'apart']
  const orders: readonly Listening['oldest'][] = perhapsOlder.length === 0 ? ['first'] : ['first', 'last']
  const all = pods.flatMap((each) => orders.map((oldest): Listening => ({ pods: each, oldest })))
  return {
    others: all.filter(
      (each) => each.pods !== assumedListening.pods || each.oldest !== assumedListening.oldest,
    ),
    unsettled: [...unsettled('shared-pods', perhapsTogether), ...unsettled('server-order', perhapsOlder)],
  }
}

interface OpenPair {
  readonly pods?: Pair
  readonly order?: Pair
}

function openPairs(gateways: readonly Gateway[]): readonly OpenPair[] {
  const byPlace = Map.groupBy(gateways.flatMap(listenersOf), ({ where }) => where)
  return [...byPlace.values()].flatMap((there) =>
    there.flatMap((second, at) => there.slice(0, at).flatMap((first) => openPair(first, second))),
  )
}

function openPair(first: Listener, second: Listener): readonly OpenPair[] {
  const pair: Pair = [first.gateway, second.gateway]
  const [a, b] = pair
  if (identityOf(a) === identityOf(b) || !canShareAPod(a, b)) return []
  const pods = !haveOneSelector(a, b) && mayMeet(first, second)
  const order = isTwice(first, second) && !isKnownBefore(a, b) && !isKnownBefore(b, a)
  return pods || order ? [{ ...(pods && { pods: pair }), ...(order && { order: pair }) }] : []
}

function mayMeet(a: Listener, b: Listener): boolean {
  return a.names.some((name) => b.names.some((other) => hostsMayMeet(name, other)))
}

function isTwice(a: Listener, b: Listener): boolean {
  return a.mayBeDropped && b.mayBeDropped && !a.written.isDisjointFrom(b.written)
}

function listenersOf(gateway: Gateway): readonly Listener[] {
  const plain = httpServersOf(gateway).filter((each) => each.plain)
  return [
    ...plain.map(({ server, port }) => ({ server, port, isTls: false })),
    ...tlsServersOf(gateway).map(({ server, port }) => ({ server, port, isTls: true })),
  ].map(({ server, port, isTls }) => ({
    gateway,
    where: JSON.stringify([port, isTls, server.bind ?? '']),
    mayBeDropped: server.tls !== undefined,
    names: serverNames({ gateway, server }).map((name) => name.toLowerCase()),
    written: new Set(hostsAsIstioHas({ gateway, server })),
  }))
}

function unsettled(code: 'shared-pods' | 'server-order', pairs: readonly Pair[]): readonly Unsettled[] {
  if (pairs.length === 0) return []
  const objects = [...new Map(pairs.flat().map((each) => [identityOf(each), each])).values()]
  const of = objects.map(identityOf).toSorted()
  return [{ objects, doubt: doubt({ code, of }, ...objects.map((each) => rangeOf(each))) }]
}
