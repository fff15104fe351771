import type { Gateway, Server } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, mayBeNamespace } from '../../manifest/names.ts'
import { isUnknown, mayBe } from '../../manifest/placeholders/placeholders.ts'
import { memoized } from '../../source/memoized.ts'

/** One server of a Gateway that carries HTTP routes. */
export interface HttpServer {
  readonly gateway: Gateway
  readonly server: Server
  /** Undefined where another tool fills it in: any. */
  readonly port: number | undefined
  /** Servers with the same group share one route configuration on the pods that both Gateways select. */
  readonly plain: boolean
}

/** The servers of a Gateway that hold HTTP routes: plain HTTP ones, and HTTPS ones that terminate TLS. */
export function httpServersOf(gateway: Gateway): readonly HttpServer[] {
  return (gateway.spec.servers ?? []).flatMap((server): readonly HttpServer[] => {
    const number = server.port?.number
    const protocol = (server.port?.protocol ?? '').toUpperCase()
    if (number === undefined) return []
    const port = typeof number === 'number' ? number : undefined
    if (isUnknown(protocol) || ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'].includes(protocol))
      return [{ gateway, server, port, plain: true }]
    if (protocol === 'HTTPS' && terminatesTls(server)) return [{ gateway, server, port, plain: false }]
    return []
  })
}

function terminatesTls(server: Server): boolean {
  const mode = server.tls?.mode
  return mode !== 'PASSTHROUGH' && mode !== 'AUTO_PASSTHROUGH'
}

/** What says on which pods a Gateway is. */
export type OnPods = Pick<Gateway, 'namespace' | 'pods'> & {
  readonly spec: Pick<Gateway['spec'], 'selector'>
}

/** Whether Gateways whose selectors differ, and may select the same pods, do so. */
export type Pods = 'shared' | 'apart'

/** Whether both Gateways are on the same pods, if that is so. */
export function arePodsShared(pods: Pods, a: OnPods, b: OnPods): boolean {
  return pods === 'shared' ? canShareAPod(a, b) : haveOneSelector(a, b)
}

/** Whether a Gateway is on pods with these labels. */
export function isOnPodsWith(labels: Readonly<Record<string, string>>, { spec }: OnPods): boolean {
  return Object.entries(spec.selector ?? {}).every(([key, value]) => labels[key] === value)
}

/** Labels that every pod of a Gateway has: what its selector says, and of those that are made for it all that are known. */
export function labelsOfPods({ spec, pods }: Gateway): Readonly<Record<string, string>> {
  const labels = { ...pods?.labels, ...spec.selector }
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => !isUnknown(value)))
}

/** Whether both Gateways can select the same pod. Without a value for a shared key nobody can say no. */
export function canShareAPod(a: OnPods, b: OnPods): boolean {
  const wanted = a.spec.selector ?? {}
  if (!mayRunInOnePlace(a, b) || !mayHave(a.pods?.labels, b) || !mayHave(b.pods?.labels, a)) return false
  return Object.entries(b.spec.selector ?? {}).every(
    ([key, value]) => !Object.hasOwn(wanted, key) || mayBe(wanted[key] ?? '', value),
  )
}

/** Labels of pods that only the cluster knows: whoever starts them sets these. */
const ofTheCluster = /^(?:pod-template-hash|istio\.io\/rev|security\.istio\.io\/.*|topology\..*)$/

/** Whether pods with these labels, and others of the cluster alone, may be selected. */
function mayHave(labels: Readonly<Record<string, string>> | undefined, { spec }: OnPods): boolean {
  if (labels === undefined) return true
  return Object.entries(spec.selector ?? {}).every(([key, value]) =>
    Object.hasOwn(labels, key) ? mayBe(labels[key] ?? '', value) : ofTheCluster.test(key) || isUnknown(key),
  )
}

/** Pods are of one namespace, and those that are made for a Gateway take others of that namespace alone. */
function mayRunInOnePlace(a: OnPods, b: OnPods): boolean {
  if (a.pods !== undefined && b.pods !== undefined) return a.pods.namespace === b.pods.namespace
  const [made, written] = a.pods === undefined ? [b, a] : [a, b]
  return made.pods?.managed !== true || mayBeNamespace(made.pods.namespace, written.namespace)
}

/**
 * The servers whose virtual hosts a request meets that arrives at `own`: all plain HTTP servers on the same port (and
 * bind) of Gateways that can select the same pods; an HTTPS server shares with nobody but its own namesake (Istio
 * `buildGatewayHTTPRouteConfig`, one route configuration per port for HTTP and per server for HTTPS).
 */
export function serversSharedWith(
  own: HttpServer,
  all: readonly HttpServer[],
  pods: Pods = 'shared',
): readonly HttpServer[] {
  return all.filter((other) =>
    own.plain
      ? other.plain &&
        mayBeSamePort(other.port, own.port) &&
        (other.server.bind ?? '') === (own.server.bind ?? '') &&
        arePodsShared(pods, own.gateway, other.gateway)
      : !other.plain &&
        mayBeSamePort(other.port, own.port) &&
        identityOf(other.gateway) === identityOf(own.gateway) &&
        sameName(own, other),
  )
}

/** Whether both Gateways select the same pods, whatever labels those have besides. */
export function haveOneSelector(a: OnPods, b: OnPods): boolean {
  return selectorIn(a.spec) === selectorIn(b.spec) && mayRunInOnePlace(a, b)
}

const selectorIn = memoized(({ selector = {} }: OnPods['spec']) => canonicalJson(selector))

function mayBeSamePort(a: number | undefined, b: number | undefined): boolean {
  return a === b || a === undefined || b === undefined
}

function sameName(a: HttpServer, b: HttpServer): boolean {
  return (a.server.port?.name ?? '') === (b.server.port?.name ?? '')
}
