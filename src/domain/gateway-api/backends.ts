import type { Destination } from '../manifest/virtual-service.ts'
import { type Grants, isGranted } from './grants.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { Route } from './objects.ts'

/** Where a reference of a route leads. */
export type Backend =
  | { readonly kind: 'destination'; readonly destination: Destination; readonly isMissing: boolean }
  /** Istio leads it to a cluster that is not there: Envoy answers 500. */
  | { readonly kind: 'nowhere'; readonly why: 'no-grant' | 'other-kind' }
  /** Istio takes no part of the route. */
  | { readonly kind: 'refused' }

/** What is asked of references. */
export interface Backends {
  readonly grants: Grants
  readonly clusterDomain: string
  /** Whether a host is known not to be a service here. */
  readonly isMissing: (host: string) => boolean
  readonly missing: MissingFacts
  /** Whoever calls inside the mesh needs no grant. */
  readonly needsGrant: boolean
}

interface Reference {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
  readonly port?: number | string
}

/** Kinds that may be backends and are not looked into. */
const notLookedInto = new Set(['InferencePool', 'ServiceImport'])

/** What becomes of a reference of a route. */
export function backendOf(
  { group = '', kind = 'Service', namespace, name = '', port }: Reference,
  route: Route,
  backends: Backends,
): Backend {
  if (group === 'networking.istio.io' && kind === 'Hostname')
    return destinationOf(name.toLowerCase(), port, backends)
  if (group !== '' || kind !== 'Service') {
    if (!notLookedInto.has(kind)) return { kind: 'nowhere', why: 'other-kind' }
    backends.missing.add(route, 'other-backend', kind)
    return { kind: 'nowhere', why: 'other-kind' }
  }
  if (typeof port !== 'number' || name.includes('.')) return { kind: 'refused' }
  const own = namespace ?? route.namespace ?? ''
  if (
    own !== route.namespace &&
    backends.needsGrant &&
    !isGranted(backends.grants, route, { kind: 'Service', namespace: own, name })
  )
    return { kind: 'nowhere', why: 'no-grant' }
  return destinationOf(`${name}.${own}.svc.${backends.clusterDomain}`, port, backends)
}

function destinationOf(host: string, port: Reference['port'], { isMissing }: Backends): Backend {
  return {
    kind: 'destination',
    isMissing: isMissing(host),
    destination: { host, ...(typeof port === 'number' && { port: { number: port } }) },
  }
}
