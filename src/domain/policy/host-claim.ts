import type { Gateway } from '../manifest/gateway.ts'
import { hostMatches, identityOf, resolveHost } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { canShareAPod } from '../routing/gateways.ts'
import { gatewaysOf, mayBeSame } from './concerned-primaries.ts'

/** A host that a VirtualService or Gateway wants to serve, in lower case, and where. */
export interface Claim {
  readonly host: string
  /** `ns/name` or `mesh`. */
  readonly gateway: string
  /** Of a Gateway: the port of the server, and which pods it selects. */
  readonly port?: number
  readonly selector?: string
}

/** Every host on every gateway that the resource claims. A secondary claims nothing. */
export function claimsOf(resource: VirtualService | Gateway, clusterDomain: string): readonly Claim[] {
  return resource.kind === 'Gateway'
    ? claimsOfGateway(resource)
    : claimsOfVirtualService(resource, clusterDomain)
}

function claimsOfVirtualService(virtualService: VirtualService, clusterDomain: string): readonly Claim[] {
  const gateways = gatewaysOf(virtualService)
  const hosts = virtualService.spec.hosts ?? []
  return hosts.flatMap((host) => {
    const resolved = resolveHost(host, virtualService.namespace, clusterDomain).toLowerCase()
    return gateways.map((gateway) => ({ host: resolved, gateway }))
  })
}

function claimsOfGateway(gateway: Gateway): readonly Claim[] {
  const selector = JSON.stringify(Object.entries(gateway.spec.selector ?? {}).sort())
  return (gateway.spec.servers ?? []).flatMap(({ hosts = [], port }) =>
    hosts.map((host) => ({
      host: host.slice(host.indexOf('/') + 1).toLowerCase(),
      gateway: identityOf(gateway),
      ...(port?.number !== undefined && { port: port.number }),
      selector,
    })),
  )
}

/** Whether two gateways, by name, may answer the same requests. */
export type SameGateway = (a: string, b: string) => boolean

/**
 * The same name (an unknown namespace may be any), or two Gateways of this list that can select the same pods and have
 * a port in common: they share their tables.
 */
export function gatewaysTogether(gateways: readonly Gateway[]): SameGateway {
  const named = (name: string) => gateways.filter((gateway) => mayBeSame(identityOf(gateway), name))
  return (a, b) =>
    mayBeSame(a, b) || named(a).some((left) => named(b).some((right) => shareAPort(left, right)))
}

function shareAPort(a: Gateway, b: Gateway): boolean {
  const ports = new Set(a.spec.servers?.map((server) => server.port?.number))
  return canShareAPod(a, b) && (b.spec.servers ?? []).some((server) => ports.has(server.port?.number))
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
        claim.port === their.port &&
        hostMatches(claim.host, their.host) &&
        sameGateway(claim.gateway, their.gateway),
    ),
  )
}
