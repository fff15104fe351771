/** An object as `kubectl get -o json` prints it. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: ObjectKind
  readonly metadata: {
    readonly name: string
    /** Empty where the object is in none. */
    readonly namespace: string
    readonly creationTimestamp: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: Spec
}

export type ObjectKind =
  | 'VirtualService'
  | 'Gateway'
  | 'Service'
  | 'DestinationRule'
  | 'ServiceEntry'
  | 'AuthorizationPolicy'
  | 'Deployment'
  | 'ListenerSet'
  | 'HTTPRoute'
  | 'GRPCRoute'
  | 'ReferenceGrant'
  | 'GatewayClass'
  | 'Namespace'
  | 'Ingress'
  | 'IngressClass'

/** Whether an object is a VirtualService or a Gateway of Istio's own: which of them its webhook refuses is for us to say. */
export function isOfIstio({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion.startsWith('networking.istio.io/') && (kind === 'VirtualService' || kind === 'Gateway')
}

/** Whether its webhook judges an object, and we say what it says. */
export function isJudged(object: KubernetesObject): boolean {
  return isOfIstio(object) || object.kind === 'AuthorizationPolicy'
}

type Spec = Readonly<Record<string, unknown>>

/** A proxy that is sent a configuration: of a gateway (`router`), or a sidecar. */
export interface Pod {
  readonly type: 'router' | 'sidecar'
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

export const meshKinds = ['plain', 'tls', 'values', 'sidecar', 'gateway-api', 'gateway-api-extended'] as const

export type MeshKind = (typeof meshKinds)[number]

/** Whether both APIs meet in a mesh, so that its objects go through the controllers of Istio. */
export function isMixed({ kind }: { readonly kind: MeshKind }): boolean {
  return kind === 'gateway-api' || kind === 'gateway-api-extended'
}

/** Two sides of a pull request, and the proxies of the mesh. */
export interface MeshPair {
  readonly kind: MeshKind
  readonly base: readonly KubernetesObject[]
  readonly merged: readonly KubernetesObject[]
  readonly pods: readonly Pod[]
  /** Whether we are told how old the objects are. */
  readonly agesAreKnown: boolean
}

/** One request that is really sent. */
export interface Asked {
  /** Index of the pod that it arrives at or, of a sidecar, is sent from. */
  readonly pod: number
  /** Of the Service in front of the pod, which may lead to another port of it. */
  readonly port: number
  /** The name that TLS asks for; absent where the port speaks no TLS. */
  readonly sni?: string
  readonly method: string
  readonly authority: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * How a request really ended: by a route, or because there is none. `closed`: nobody listens for it, or TLS refuses its
 * name; `passthrough`: a sidecar lets it out as it is; `service`: its own default route; `denied`: a policy refuses it.
 */
export type End = RouteEnd | { readonly end: OtherEnd }

export type OtherEnd =
  | 'not-found'
  | 'service'
  | 'passthrough'
  | 'https-redirect'
  | 'denied'
  | 'closed'
  | 'bad-request'

/** Ended by a route of a VirtualService. */
interface RouteEnd {
  /** The name of the entry and, behind a dot, of the match; merged ones of both. */
  readonly route: string
  /** What the route does, in the words that `summaryOf` has for both sides. */
  readonly does: string
  /** Equal where Envoy treats requests alike. */
  readonly digest: string
}

/** What the oracles said of a pair: a verdict for each object, and how each request ended on each side. */
export interface Answers {
  readonly refused: { readonly base: readonly string[]; readonly merged: readonly string[] }
  readonly before: readonly End[]
  readonly after: readonly End[]
}

/** The pair as a cluster has it: without what the webhook refuses. */
export function admittedOf(pair: MeshPair, refused: Answers['refused']): MeshPair {
  if (refused.base.length + refused.merged.length === 0) return pair
  const admitted = (side: 'base' | 'merged') =>
    pair[side].filter((each) => !refused[side].includes(nameOf(each)))
  return { ...pair, base: admitted('base'), merged: admitted('merged') }
}

/** `VirtualService ns/name`. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`
}

interface GatewayShape {
  readonly selector?: Readonly<Record<string, string>>
  readonly servers?: readonly {
    readonly port: { readonly number: number; readonly protocol: string }
  }[]
}

/** What of a Gateway decides which requests arrive at it. */
export function shapeOf({ spec }: KubernetesObject): GatewayShape {
  return spec as GatewayShape
}

/** Whether a Gateway configures the pods with these labels. */
export function selects(gateway: KubernetesObject, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(shapeOf(gateway).selector ?? {}).every(([name, value]) => labels[name] === value)
}
