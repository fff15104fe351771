import type { Gateway } from '../../manifest/gateway.ts'
import { hostsMayMeet, identityOf, mayBeIdentity, resolveHost } from '../../manifest/names.ts'
import { indexOfLiteral, isUnknown, type Unknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { canShareAPod } from '../../routing/listeners/gateways.ts'
import { namesInMesh } from '../../routing/mesh-names.ts'
import { exportsOf } from '../../routing/visibility.ts'
import { gatewaysOf } from './concerned-primaries.ts'

/** A host that a VirtualService or Gateway wants to serve, in lower case, and where. */
export interface Claim {
  readonly host: string
  /** `ns/name` or `mesh`. */
  readonly gateway: string
  /** Of a Gateway: the port of the server, and which pods it selects. */
  readonly port?: number | Unknown
  readonly selector?: string
  /** Of a Gateway: what its server speaks, as far as servers of one port have to agree on it. */
  readonly family?: Family
  /** On the mesh: for the clients of which namespaces; absent where that is everybody. `.` is one that nothing names. */
  readonly clients?: readonly string[]
  /** On the mesh: the names under which sidecars know the host. */
  readonly names?: readonly string[]
}

/** Servers of one port are all plain http, or all told apart by SNI; anything else has the port alone (Istio `MergeGateways`). */
type Family = 'http' | 'sni' | 'alone'

/** Every host on every gateway that the resource claims. A secondary claims nothing. */
export function claimsOf(resource: VirtualService | Gateway, settings: IstioSettings): readonly Claim[] {
  return resource.kind === 'Gateway' ? claimsOfGateway(resource) : claimsOfVirtualService(resource, settings)
}

function claimsOfVirtualService(virtualService: VirtualService, settings: IstioSettings): readonly Claim[] {
  const { namespace, spec } = virtualService
  const gateways = gatewaysOf(virtualService)
  const clients = clientsOf(virtualService, settings)
  return (spec.hosts ?? []).flatMap((written) => {
    const host = plainHost(resolveHost(written, namespace, settings.clusterDomain))
    const names = namesInMesh(host, undefined, settings.clusterDomain)
    return gateways.map((gateway) =>
      gateway === 'mesh' ? { host, gateway, ...(clients && { clients }), names } : { host, gateway },
    )
  })
}

function clientsOf(virtualService: VirtualService, settings: IstioSettings): readonly string[] | undefined {
  const exportTo = exportsOf(virtualService, settings)
  if (exportTo.includes('*')) return undefined
  return exportTo.map((each) => (each === '.' ? (virtualService.namespace ?? '.') : each)).toSorted()
}

/** Without capitals, the dot of the root, and a port, which Istio refuses; the last part of an address is none. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^(?<name>[^:]*):\d+$/, '$<name>')
    .replace(/\.$/, '')
}

/** The claims of `after` that `before` did not make: an equal one for the same clients, or for more. */
export function newClaims(before: readonly Claim[], after: readonly Claim[]): readonly Claim[] {
  return after.filter((claim) => !before.some((earlier) => includes(earlier, claim)))
}

function includes(earlier: Claim, claim: Claim): boolean {
  const { host, gateway, port, selector, family, clients } = claim
  return (
    earlier.host === host &&
    earlier.gateway === gateway &&
    earlier.port === port &&
    earlier.selector === selector &&
    earlier.family === family &&
    (earlier.clients === undefined || clients?.every((each) => earlier.clients?.includes(each)) === true)
  )
}

function claimsOfGateway(gateway: Gateway): readonly Claim[] {
  const selector = JSON.stringify(Object.entries(gateway.spec.selector ?? {}).sort())
  return (gateway.spec.servers ?? []).flatMap(({ hosts = [], port }) =>
    hosts.map((host) => ({
      host: host.slice(indexOfLiteral(host, '/') + 1).toLowerCase(),
      gateway: identityOf(gateway),
      ...(port?.number !== undefined && { port: port.number }),
      ...familyOf(port?.protocol),
      selector,
    })),
  )
}

/** Nothing where another tool fills it in. */
function familyOf(protocol: string | undefined): { readonly family?: Family } {
  if (protocol === undefined || isUnknown(protocol)) return {}
  const name = protocol.toUpperCase()
  if (['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'].includes(name)) return { family: 'http' }
  return { family: ['HTTPS', 'TLS'].includes(name) ? 'sni' : 'alone' }
}

/** Whether another tool fills in part of the host or of the gateway. */
export function isUnknownClaim({ host, gateway }: Claim): boolean {
  return isUnknown(host) || isUnknown(gateway)
}

/** Whether two gateways, by name, may answer the same requests. */
export type SameGateway = (a: string, b: string) => boolean

/**
 * The same name (an unknown namespace may be any), or two Gateways of this list that can select the same pods and have
 * a port in common: they share their tables.
 */
export function gatewaysTogether(gateways: readonly Gateway[]): SameGateway {
  const named = (name: string) => gateways.filter((gateway) => mayBeIdentity(identityOf(gateway), name))
  return (a, b) =>
    mayBeIdentity(a, b) || named(a).some((left) => named(b).some((right) => shareAPort(left, right)))
}

function shareAPort(a: Gateway, b: Gateway): boolean {
  const ports = (a.spec.servers ?? []).map((server) => server.port?.number)
  return (
    canShareAPod(a, b) &&
    (b.spec.servers ?? []).some(({ port }) => ports.some((each) => mayBeEqual(each, port?.number)))
  )
}

/** A port that another tool fills in may be any. */
function mayBeEqual(a: number | Unknown | undefined, b: number | Unknown | undefined): boolean {
  return a === b || typeof a === 'string' || typeof b === 'string'
}

/** The first of the claims that somebody else's claims contest: an overlapping host on the same gateway and port. */
export function contested(
  claims: readonly Claim[],
  theirs: readonly Claim[],
  sameGateway: SameGateway,
): Claim | undefined {
  return claims.find((claim) =>
    theirs.some(
      (their) =>
        mayBeEqual(claim.port, their.port) &&
        overlap(claim, their) &&
        sameGateway(claim.gateway, their.gateway),
    ),
  )
}

/** Servers that cannot share a port contest all of it, whatever their hosts are. */
function overlap(a: Claim, b: Claim): boolean {
  const [mine, theirs] = [a.family, b.family]
  if (mine !== undefined && theirs !== undefined && (mine !== theirs || mine === 'alone')) return true
  return (a.names ?? [a.host]).some((name) =>
    (b.names ?? [b.host]).some((other) => hostsMayMeet(name, other)),
  )
}
