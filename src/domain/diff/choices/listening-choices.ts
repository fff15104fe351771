import { doubt } from '../../doubt.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { hostsMayMeet, identityOf, kindAndName } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { isOrderOpen } from '../../routing/assumed-order.ts'
import { canShareAPod, haveOneSelector, httpServersOf } from '../../routing/listeners/gateways.ts'
import {
  assumedListening,
  hostsAsIstioHas,
  type Listening,
} from '../../routing/listeners/server-duplicates.ts'
import { serverNames, tlsServersOf } from '../../routing/listeners/tls-listeners.ts'
import { allGatewaysOf } from '../../routing/meshes/all-gateways.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { gatewaysNamedBy } from '../../routing/table-input.ts'
import { rangeOf } from '../../source/located.ts'
import type { Unsettled, UntriedOrders } from './mesh-choices.ts'
import { protocolOrder } from './protocol-order.ts'
import { type TeamOf, tiedRoutes } from './tied-routes.ts'

/** The ways in which Gateways may listen besides the assumed one, and what tells them apart. */
export interface ListeningChoices {
  readonly others: readonly Listening[]
  readonly unsettled: readonly Unsettled[]
  /** Orders of routes that were too many to try. */
  readonly untried: UntriedOrders | undefined
}

/** One server, and the hosts that it takes. */
interface Listener {
  readonly gateway: Gateway
  readonly where: string
  /** Whether Istio drops it, whole, for a host that an earlier server has. */
  readonly mayBeDropped: boolean
  readonly isTls: boolean
  readonly names: readonly string[]
  readonly written: ReadonlySet<string>
}

type Pair = readonly [Gateway, Gateway]

/**
 * Whether Gateways whose selectors differ are on the same pods, and which of two servers with one name, or of two protocols, Istio
 * drops: where the same requests may come to both, and Git does not say.
 */
export function listeningChoices(
  meshes: readonly (Mesh | undefined)[],
  teamOf: TeamOf = kindAndName,
): ListeningChoices {
  const isReadOtherwise = readOtherwise(meshes)
  const pairs = meshes.flatMap((mesh) => openPairs(allGatewaysOf(mesh), isReadOtherwise))
  const tied = tiedRoutes(meshes, teamOf)
  const protocols = protocolOrder(meshes.map(allGatewaysOf))
  const [perhapsTogether, perhapsOlder, perhapsFirst] = [
    pairs.flatMap(({ pods }) => (pods ? [pods] : [])),
    pairs.flatMap(({ order }) => (order ? [order] : [])),
    pairs.flatMap(({ turn }) => (turn ? [turn] : [])),
  ]
  const pods: readonly Listening['pods'][] = perhapsTogether.length === 0 ? ['shared'] : ['shared', 'apart']
  const contested = [...perhapsOlder, ...perhapsFirst, ...tied.unsettled, ...protocols.unsettled]
  const orders: readonly Listening['oldest'][] = contested.length === 0 ? ['first'] : ['first', 'last']
  const all = pods.flatMap((each) => orders.map((oldest): Listening => ({ pods: each, oldest })))
  return {
    others: [
      ...all.filter((each) => each.pods !== assumedListening.pods || each.oldest !== assumedListening.oldest),
      ...[...tied.firsts, ...protocols.between.map((each) => [each])].map(
        (eldest): Listening => ({ ...assumedListening, eldest }),
      ),
    ],
    unsettled: [
      ...unsettled('shared-pods', perhapsTogether),
      ...unsettled('server-order', perhapsOlder),
      ...unsettled('creation-order', perhapsFirst),
      ...tied.unsettled,
      ...protocols.unsettled,
    ],
    untried: tied.untried,
  }
}

interface OpenPair {
  readonly pods?: Pair
  readonly order?: Pair
  readonly turn?: Pair
}

type IsReadOtherwise = (a: Gateway, b: Gateway) => boolean

/**
 * Whether the order of two Gateways may decide between VirtualServices anew: one is read at whichever is older, and another on them is
 * exported otherwise, so that it comes first on its own server.
 */
function readOtherwise([base, merged]: readonly (Mesh | undefined)[]): IsReadOtherwise {
  const before = new Map((base?.inForce.virtualServices ?? []).map((each) => [identityOf(each), each]))
  const after = merged?.inForce.virtualServices ?? []
  const exported = after.filter((each) => {
    const known = before.get(identityOf(each))
    return known !== undefined && exportsIn(known) !== exportsIn(each)
  })
  const isOn = (gateway: Gateway) => (each: VirtualService) =>
    gatewaysNamedBy(each).includes(identityOf(gateway))
  return (a, b) =>
    exported.some((each) => isOn(a)(each) || isOn(b)(each)) &&
    [...before.values(), ...after].some((each) => isOn(a)(each) && isOn(b)(each))
}

function exportsIn({ spec: { exportTo = [] } }: VirtualService): string {
  return exportTo.toSorted().join()
}

function openPairs(gateways: readonly Gateway[], isReadOtherwise: IsReadOtherwise): readonly OpenPair[] {
  const byPlace = Map.groupBy(gateways.flatMap(listenersOf), ({ where }) => where)
  return [...byPlace.values()].flatMap((there) =>
    there.flatMap((second, at) =>
      there.slice(0, at).flatMap((first) => openPair(first, second, isReadOtherwise)),
    ),
  )
}

function openPair(first: Listener, second: Listener, isReadOtherwise: IsReadOtherwise): readonly OpenPair[] {
  const pair: Pair = [first.gateway, second.gateway]
  const [a, b] = pair
  if (identityOf(a) === identityOf(b) || !canShareAPod(a, b)) return []
  const pods = !haveOneSelector(a, b) && mayMeet(first, second)
  const isOpen = isOrderOpen(a, b)
  const order = isOpen && isTwice(first, second)
  const turn = isOpen && !first.isTls && isReadOtherwise(a, b)
  const found = { ...(pods && { pods: pair }), ...(order && { order: pair }), ...(turn && { turn: pair }) }
  return pods || order || turn ? [found] : []
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
    isTls,
    names: serverNames({ gateway, server }).map((name) => name.toLowerCase()),
    written: new Set(hostsAsIstioHas({ gateway, server })),
  }))
}

function unsettled(
  code: 'shared-pods' | 'server-order' | 'creation-order',
  pairs: readonly Pair[],
): readonly Unsettled[] {
  if (pairs.length === 0) return []
  const objects = [...new Map(pairs.flat().map((each) => [identityOf(each), each])).values()]
  const of = objects.map(identityOf).toSorted()
  return [{ objects, doubt: doubt({ code, of }, ...objects.map((each) => rangeOf(each))) }]
}
