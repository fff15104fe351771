import { type Doubt, doubt } from '../doubt.ts'
import type { Gateway, Server } from '../manifest/gateway.ts'
import { canonicalJson } from '../manifest/json.ts'
import { hostsForNamespace, identityOf, intersectHosts } from '../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import { origin } from '../source/located.ts'
import { memoized } from '../source/memoized.ts'
import { gathered } from '../source/multimap.ts'
import type { Reading } from './assumed-order.ts'
import { type HttpServer, httpServersOf, labelsOfPods, serversSharedWith } from './listeners/gateways.ts'
import {
  clientsSentTo,
  hostsRedirected,
  httpsRedirect,
  type Redirected,
  redirects,
} from './listeners/https-redirect.ts'
import {
  assumedListening,
  inListeningOrder,
  type Listening,
  type OwnServer,
  serversHeard,
} from './listeners/server-duplicates.ts'
import type { MergedVirtualService } from './merge-virtual-services.ts'
import { boundGateways, type TableInput } from './table-input.ts'
import { type Listener, routesOf } from './virtual-service-routes.ts'
import { gatewayVisibility } from './visibility.ts'

/** One VirtualService on one host and port, before the ports are folded together. */
export interface HostOnPort {
  readonly host: string
  readonly port: number | undefined
  readonly merged: MergedVirtualService
  readonly listener: Listener
  readonly doubts: readonly Doubt[]
  readonly visibleTo?: readonly string[]
  readonly reading?: Reading
  /** How its servers take requests in, in normal form. */
  readonly terms?: readonly string[]
  /** A list of the Gateway API in the namespace of the pods. */
  readonly isOwn?: true
}

/**
 * A VirtualService on each host and port of a Gateway (`ns/name`) on which it is read.
 * None where the other side alone holds the Gateway.
 */
export function placementsAt(name: string, input: TableInput): readonly HostOnPort[] {
  const own = input.gateways.filter((gateway) => identityOf(gateway) === name)
  if (own.length > 0) return onServers(own, input)
  return input.knownGateways.has(name) ? [] : onExternalGateway(name, input)
}

/** A Gateway outside the repository serves every host on every port. */
function onExternalGateway(name: string, input: TableInput): readonly HostOnPort[] {
  return (boundTo(input.merged).get(name) ?? []).flatMap((merged) => {
    const seen = gatewayVisibility(merged.virtualService, input.settings)
    if (seen.kind === 'hidden') return []
    const hosts = (merged.virtualService.spec.hosts ?? []).map((host) => host.toLowerCase())
    return [...new Set(hosts)].map((host) => ({
      host,
      port: undefined,
      merged,
      listener: { gateway: name, namespaces: input.settings.gatewayNamespaces },
      ...seen,
    }))
  })
}

/** Once for all Gateways of a mesh, which are read in one order. */
const serversInOrder = memoized(
  (gateways: TableInput['gateways'], listening: Listening): readonly HttpServer[] =>
    inListeningOrder(gateways, listening).flatMap(httpServersOf),
)

const boundTo = memoized((all: TableInput['merged']) =>
  gathered(
    all.flatMap((merged) => [...new Set(boundGateways(merged))].map((name) => [name, merged] as const)),
  ),
)
const numbersOf = memoized(
  (all: TableInput['merged']) => new Map(all.map((merged, at) => [merged, at] as const)),
)

/** Whether the routes of a VirtualService are others at another Gateway on the same pods and port. */
const hangsOnGateway = memoized(({ entries }: MergedVirtualService) =>
  entries.some(({ http: { match = [] } }) =>
    match.some(({ gateways, sourceLabels }) => gateways !== undefined || sourceLabels !== undefined),
  ),
)

/**
 * Server by server, the Gateways in their assumed order: so Istio fills the virtual hosts of a port. A
 * VirtualService that has the same routes at several of them answers everything by the first.
 */
function onServers(own: TableInput['gateways'], input: TableInput): readonly HostOnPort[] {
  const servers = serversInOrder(input.gateways, input.listening ?? assumedListening)
  const numbers = numbersOf(input.merged)
  const placements = new Map<string, HostOnPort>()
  const named = new Map<string, HostOnPort>()
  const redirecting: HostOnPort[] = []
  const heard = own.flatMap(httpServersOf).map((server) => serversHeard(server, servers, input))
  const mayRedirect = heard.some((all) => all.some(redirects))
  for (const all of heard) {
    for (const shared of all) {
      const there = onServer(shared, input).filter((each) => isPicked(shared, each, input))
      if (redirects(shared)) redirecting.push(...there.filter(hasRoutes))
      for (const host of hostsRedirected(shared)) {
        const key = `${shared.port} ${host}`
        if (!named.has(key)) named.set(key, redirectOnly(shared, host))
      }
      for (const placement of there) {
        const { host, port, merged, listener } = placement
        const place = mayRedirect || hangsOnGateway(merged) ? listener.gateway : ''
        const key = [host, port, numbers.get(merged), place].join(' ')
        const known = placements.get(key)
        placements.set(key, known === undefined ? placement : withTermsOf(known, placement))
      }
    }
  }
  return withRedirects([...placements.values()], { named, redirecting })
}

/** A VirtualService on each host of one server that terminates TLS, whichever server its hosts themselves would pick. */
export function placementsOn({ gateway, server }: OwnServer, input: TableInput): readonly HostOnPort[] {
  const servers = httpServersOf(gateway)
  const own = servers.find((each) => each.server === server)
  if (own === undefined || own.plain) return []
  const numbers = numbersOf(input.merged)
  const all = serversSharedWith(own, servers).flatMap((each) => onServer(each, input))
  const distinct = Map.groupBy(all, ({ host, port, merged }) => `${host} ${port} ${numbers.get(merged)}`)
  return [...distinct.values()].flatMap(([first]) => first ?? [])
}

/** The first one answers, for whoever can send requests to either. */
function withTermsOf(first: HostOnPort, { terms = [] }: HostOnPort): HostOnPort {
  const known = first.terms ?? []
  return terms.every((each) => known.includes(each)) ? first : { ...first, terms: [...known, ...terms] }
}

/** What redirecting servers answer: on hosts that they name themselves, and on those that are there for the clients of others. */
function withRedirects(
  placements: readonly HostOnPort[],
  {
    named,
    redirecting,
  }: {
    readonly named: ReadonlyMap<string, HostOnPort>
    readonly redirecting: readonly HostOnPort[]
  },
): readonly HostOnPort[] {
  if (named.size + redirecting.length === 0) return placements
  const byKey = Map.groupBy(redirecting, keyOf)
  const all = placements.map((placement) => {
    const redirected = named.has(keyOf(placement)) ? 'everybody' : whoIsRedirected(placement, byKey)
    return redirected ? { ...placement, listener: { ...placement.listener, redirected } } : placement
  })
  const serving = new Set(all.filter(hasRoutes).map(keyOf))
  return [...all, ...[...named].filter(([key]) => !serving.has(key)).map(([, placement]) => placement)]
}

/** A virtual host that a redirecting server does not name is there for the clients of those who have routes on it. */
function whoIsRedirected(
  placement: HostOnPort,
  redirecting: ReadonlyMap<string, readonly HostOnPort[]>,
): Redirected | undefined {
  const there = redirecting.get(keyOf(placement)) ?? []
  const clients = there.flatMap(({ merged, listener }) => clientsSentTo(routesOf(merged, listener).routes))
  if (clients.some((each) => Object.keys(each).length === 0)) return 'everybody'
  const isIts = (each: HostOnPort) =>
    each.merged === placement.merged && each.listener.gateway === placement.listener.gateway
  if (there.some(isIts)) return 'itself'
  return clients.length === 0 ? undefined : clients
}

/** Whether SNI picks the server for a host: Istio drops servers, and of one Gateway a more special name of another may take it. */
function isPicked(
  { gateway, server, port, plain }: HttpServer,
  { host }: HostOnPort,
  input: TableInput,
): boolean {
  const listener = plain ? undefined : input.listeners?.onEachPod(identityOf(gateway), port)
  if (listener === undefined) return true
  if (!listener.servers.some((each) => each.server === server)) return false
  const picked = listener.serverFor(host)
  return picked === undefined || picked.gateway !== gateway || picked.server === server
}

function keyOf({ port, host }: HostOnPort): string {
  return `${port} ${host}`
}

function hasRoutes({ merged, listener }: HostOnPort): boolean {
  return routesOf(merged, listener).routes.length > 0
}

/**
 * A host that a redirecting server names exists without any VirtualService: the Gateway itself answers, and stands here
 * as if it were one.
 */
function redirectOnly({ gateway, server, port }: HttpServer, host: string): HostOnPort {
  const http: HTTPRoute = { ...httpsRedirect, ...(server[origin] && { [origin]: server[origin] }) }
  const virtualService: VirtualService = {
    ...gateway,
    kind: 'VirtualService',
    spec: { hosts: [host], http: [http] },
  }
  const entries = [{ http, primary: virtualService, entry: 0 }]
  const listener: Listener = {
    gateway: identityOf(gateway),
    ...(port !== undefined && { port }),
    redirected: 'everybody',
  }
  const merged: MergedVirtualService = { virtualService, entries, dropped: [] }
  return { host, port, merged, listener, terms: [termsOf(gateway, server)], doubts: [] }
}

/** Each listener hears the same servers. */
function onServer(server: HttpServer, input: TableInput): readonly HostOnPort[] {
  const known = placedOnServers(input.merged)
  const placed = known.get(server) ?? placedOn(server, input)
  known.set(server, placed)
  return placed
}

const placedOnServers = memoized((_: TableInput['merged']) => new Map<HttpServer, readonly HostOnPort[]>())

function placedOn({ gateway, server, port }: HttpServer, input: TableInput): readonly HostOnPort[] {
  const name = identityOf(gateway)
  const settings = settingsAt(gateway, input)
  const listener: Listener = {
    gateway: name,
    ...(port !== undefined && { port }),
    namespaces: settings.gatewayNamespaces,
    labels: labelsOfPods(gateway),
  }
  const terms = [termsOf(gateway, server)]
  const reading = { gateway, server: (gateway.spec.servers ?? []).indexOf(server) }
  return (boundTo(input.merged).get(name) ?? []).flatMap((merged) => {
    const seen = gatewayVisibility(merged.virtualService, settings)
    if (seen.kind === 'hidden') return []
    const isOwn = merged.ownFirst && gateway.pods?.namespace === merged.virtualService.namespace
    return hostsOn(server.hosts ?? [], gateway.namespace, merged).map((host) => ({
      host,
      port,
      merged,
      listener,
      reading,
      terms,
      ...seen,
      doubts: [...seen.doubts, ...openBeside(name, input)],
      ...(isOwn && { isOwn }),
    }))
  })
}

/** Among the routes of a listener may be some that are not worked out. */
function openBeside(gateway: string, { openAt }: TableInput): readonly Doubt[] {
  const of = openAt?.get(gateway) ?? []
  return of.length === 0
    ? []
    : [doubt({ code: 'beside-unmodelled', gateway, of: [...new Set(of)].toSorted() })]
}

/** Of a Kubernetes Gateway it is known where its pods run. */
function settingsAt({ pods }: Gateway, { settings }: TableInput): TableInput['settings'] {
  return pods === undefined ? settings : { ...settings, gatewayNamespaces: [pods.namespace] }
}

/** What decides who can send requests to a server at all: the pods it runs on, its protocol, how it takes TLS. */
function termsOf(gateway: Gateway, server: Server): string {
  const { selector } = gateway.spec
  return canonicalJson([selector ?? {}, server.port?.protocol ?? '', server.tls?.mode ?? ''])
}

function hostsOn(
  serverHosts: readonly string[],
  gatewayNamespace: string | undefined,
  merged: MergedVirtualService,
): readonly string[] {
  const { namespace, spec } = merged.virtualService
  const offered = hostsForNamespace(serverHosts, gatewayNamespace, namespace)
  return [...new Set(intersectHosts(offered, spec.hosts ?? []).map((host) => host.toLowerCase()))]
}
