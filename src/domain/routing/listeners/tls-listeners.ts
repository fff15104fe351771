import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { memoizedByText } from '../../source/memoized.ts'
import { chooseHost } from '../host-choice.ts'
import { arePodsShared, isOnPodsWith, labelsOfPods, type OnPods, type Pods } from './gateways.ts'
import { serversByPort } from './port-protocols.ts'
import {
  assumedListening,
  hostsAsIstioHas,
  inListeningOrder,
  isAmong,
  keptByIstio,
  type Listening,
  type OwnServer,
} from './server-duplicates.ts'

/** A server that takes TLS, whether it terminates it or passes it through. */
export interface TlsServer extends OwnServer {
  readonly port: number
}

/** One port of some pods on which TLS is spoken: the name that a client asks for (SNI) picks the server. */
export interface TlsListener {
  /** In the order in which Istio reads them, without those that it drops for a name that an earlier one has, or for their protocol. */
  readonly servers: readonly TlsServer[]
  /** The server with the most special name for a name or wildcard; none: TLS refuses it. */
  serverFor(name: string): TlsServer | undefined
  /** Every name of its servers that SNI is compared with. */
  readonly names: readonly string[]
  /** Whether another tool fills in some of them. */
  readonly isOpen: boolean
}

/** The TLS listeners of the Gateways of one mesh. */
export interface TlsListeners {
  /** What is taken for granted of Gateways whose selectors differ. */
  readonly pods: Pods
  /** Undefined where the Gateway (`ns/name`) speaks no TLS on the port. */
  at(gateway: string, port: number | undefined): TlsListener | undefined
  /** The same on pods with these labels and no others. */
  onPods(gateway: string, port: number | undefined, labels: Labels): TlsListener | undefined
  /** The same by those Gateways alone that are surely on each of its pods. */
  onEachPod(gateway: string, port: number | undefined): TlsListener | undefined
  /** Where this server would listen: on its pods, its port and its address. */
  around(server: TlsServer): TlsListener
  /** The first server of a Gateway that speaks TLS on the port. */
  serverOf(gateway: string, port: number | undefined): TlsServer | undefined
}

type Labels = Readonly<Record<string, string>>

/** The listeners that some Gateways make; each is worked out when it is first asked for. */
export function tlsListeners(
  gateways: readonly Gateway[],
  listening: Listening = assumedListening,
): TlsListeners {
  const { pods } = listening
  const inOrder = inListeningOrder(gateways, listening)
  const servers = Map.groupBy(inOrder.flatMap(tlsServersOf), ({ port }) => port)
  const all = serversByPort(inOrder)
  const on = (port: number | undefined) => servers.get(port ?? 0) ?? []
  const listenerWhere = (port: number, bind: string, isThere: (gateway: Gateway) => boolean) => {
    const there = (all.get(port) ?? []).filter(({ gateway }) => isThere(gateway))
    return listenerOf(
      on(port).filter((each) => bindOf(each) === bind && isThere(each.gateway)),
      isAmong(keptByIstio(there)),
    )
  }
  const where = <Pods extends JsonValue>(isThere: (gateway: Gateway, asked: Pods) => boolean) => {
    const listeners = memoizedByText((key) => {
      const [asked, port, bind]: [Pods, number, string] = JSON.parse(key)
      return listenerWhere(port, bind, (gateway) => isThere(gateway, asked))
    })
    return (asked: Pods, own: TlsServer) => listeners(canonicalJson([asked, own.port, bindOf(own)]))
  }
  const onSharedPods = where((gateway, own: PodsOfGateway) => arePodsShared(pods, own, gateway))
  const onPodsWith = where((gateway, labels: Labels) => isOnPodsWith(labels, gateway))
  const around: TlsListeners['around'] = (server) => onSharedPods(podsOf(server.gateway), server)
  const serverOf: TlsListeners['serverOf'] = (gateway, port) =>
    on(port).find((each) => identityOf(each.gateway) === gateway)
  return {
    pods,
    around,
    serverOf,
    onPods(gateway, port, labels) {
      const own = serverOf(gateway, port)
      return own && onPodsWith(labels, own)
    },
    onEachPod(gateway, port) {
      const own = serverOf(gateway, port)
      if (own === undefined) return undefined
      const labels = labelsOfPods(own.gateway)
      const isAnywhere = own.gateway.pods === undefined
      if (isAnywhere && isOnPodsWith(labels, own.gateway)) return onPodsWith(labels, own)
      return listenerWhere(
        own.port,
        bindOf(own),
        (each) =>
          each === own.gateway || (isOnPodsWith(labels, each) && arePodsShared('shared', own.gateway, each)),
      )
    },
    at(gateway, port) {
      const own = serverOf(gateway, port)
      return own && around(own)
    },
  }
}

/** What says on which pods a Gateway is, as JSON. */
type PodsOfGateway = OnPods & JsonObject

function podsOf({ namespace, pods, spec: { selector = {} } }: Gateway): PodsOfGateway {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(pods && { pods: { ...pods } }),
    spec: { selector: { ...selector } },
  }
}

function listenerOf(all: readonly TlsServer[], isKept: (one: OwnServer) => boolean): TlsListener {
  const servers = all.filter(isKept)
  const byName = new Map<string, TlsServer>()
  for (const each of servers) {
    for (const name of knownNames(each)) if (!byName.has(name)) byName.set(name, each)
  }
  const names = [...byName.keys()]
  return {
    servers,
    names,
    isOpen: all.some((each) => serverNames(each).some(isUnknown)),
    serverFor: memoizedByText((name) => byName.get(chooseHost(names, name) ?? '')),
  }
}

/** The servers of a Gateway that speak TLS on a known port. */
export function tlsServersOf(gateway: Gateway): readonly TlsServer[] {
  return (gateway.spec.servers ?? []).flatMap((server) => {
    const { number, protocol = '' } = server.port ?? {}
    const isTls = ['HTTPS', 'TLS'].includes(protocol.toUpperCase())
    return isTls && typeof number === 'number' ? [{ gateway, server, port: number }] : []
  })
}

function bindOf({ server }: OwnServer): string {
  return server.bind ?? ''
}

/** What the filter chain asks of SNI: nothing at all where one of the names is `*`. */
export function serverNames(server: OwnServer): readonly string[] {
  const names = hostsAsIstioHas(server).map((host) => host.slice(host.indexOf('/') + 1))
  return names.includes('*') ? ['*'] : names
}

/** The names that SNI is known to be compared with: in lower case, without those that another tool fills in. */
function knownNames(server: OwnServer): readonly string[] {
  return serverNames(server)
    .filter((name) => !isUnknown(name))
    .map((name) => name.toLowerCase())
}
