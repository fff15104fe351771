import type { Gateway, Server } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import {
  hostSubsetOf,
  hostsForNamespace,
  hostsMayMeet,
  identityOf,
  mayBeIdentity,
  resolveGatewayName,
} from '../../manifest/names.ts'
import { isUnknown, type Unknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { canShareAPod, httpServersOf } from '../../routing/listeners/gateways.ts'
import { exportsOf } from '../../routing/visibility.ts'

/** What a tcp or tls route takes at a gateway: connections to a port, by their SNI where there is one. */
export interface Connections {
  /** The Gateways of that name; one that is not here has the name alone. */
  readonly gateway: string
  readonly gateways: readonly Gateway[]
  /** Absent where the Gateway is not here and the route says none. */
  readonly port?: number | Unknown
  /** `*` for any, and for what has none. */
  readonly sni: string
  /** Envoy asks for the address before the SNI. */
  readonly isByAddress: boolean
  /** Equal for the same connections on both sides. */
  readonly key: string
  /** Equal where they are led to the same. */
  readonly leads: string
}

type Matched = NonNullable<NonNullable<VirtualService['spec']['tls']>[number]['match']>[number]

/** All that the tcp, or the tls routes of a VirtualService take at gateways. */
export function connectionsOf(
  resource: VirtualService,
  field: 'tcp' | 'tls',
  gateways: readonly Gateway[],
  settings: IstioSettings,
): readonly Connections[] {
  const exports = exportsOf(resource, settings)
  return (resource.spec[field] ?? []).flatMap(({ match = [], route = [] }) => {
    const matches: readonly Matched[] = match.length === 0 ? [{}] : match
    const leads = canonicalJson(route)
    return matches.flatMap((each) => {
      const { sniHosts, gateways: _, port: __, ...rest } = each
      const terms = canonicalJson([field, { ...rest }, exports])
      return listenersOf(resource, each, gateways).flatMap(({ names, ...at }) =>
        (sniHosts ?? names).map((name) => taken({ ...at, sni: name.toLowerCase() }, rest, { terms, leads })),
      )
    })
  })
}

function taken(
  at: Pick<Connections, 'gateway' | 'gateways' | 'port' | 'sni'>,
  { destinationSubnets }: Matched,
  { terms, leads }: { readonly terms: string; readonly leads: string },
): Connections {
  const isByAddress = destinationSubnets !== undefined
  return { ...at, isByAddress, key: canonicalJson([terms, at.gateway, at.port ?? null, at.sni]), leads }
}

interface Listener {
  readonly gateway: string
  readonly gateways: readonly Gateway[]
  readonly port?: number | Unknown
  /** By which it tells connections apart, as far as the hosts of the VirtualService go. */
  readonly names: readonly string[]
}

function listenersOf(
  resource: VirtualService,
  match: Matched,
  known: readonly Gateway[],
): readonly Listener[] {
  const { namespace, spec } = resource
  const names = new Set((match.gateways ?? spec.gateways ?? []).filter((name) => name !== 'mesh'))
  return [...names]
    .map((name) => resolveGatewayName(name, namespace))
    .flatMap((gateway): readonly Listener[] => {
      const named = known.filter((each) => mayBeIdentity(identityOf(each), gateway))
      if (named.length === 0) {
        const { port } = match
        return [{ gateway, gateways: named, ...(port !== undefined && { port }), names: ['*'] }]
      }
      return named.flatMap((each) =>
        otherServersOf(each)
          .filter((server) => mayBePort(match.port, server.port?.number) && isOffered(server, each, resource))
          .map((server) => ({
            gateway,
            gateways: named,
            ...(server.port?.number !== undefined && { port: server.port.number }),
            names: server.tls === undefined ? ['*'] : (spec.hosts ?? []),
          })),
      )
    })
}

/** Servers that carry no http. */
function otherServersOf(gateway: Gateway): readonly Server[] {
  const http = new Set(httpServersOf(gateway).map(({ server }) => server))
  return (gateway.spec.servers ?? []).filter((server) => !http.has(server))
}

function isOffered({ hosts = [] }: Server, gateway: Gateway, { spec, namespace }: VirtualService): boolean {
  const offered = hostsForNamespace(hosts, gateway.namespace, namespace)
  return (spec.hosts ?? []).some((host) => offered.some((each) => hostsMayMeet(each, host)))
}

function mayBePort(a: number | Unknown | undefined, b: number | Unknown | undefined): boolean {
  return a === undefined || b === undefined || a === b || isUnknown(String(a)) || isUnknown(String(b))
}

/** Connections that are taken on one side only, or led elsewhere than before. */
export interface TakenOtherwise {
  readonly taken: Connections
  readonly isLedElsewhere: boolean
}

/** What differs between the two sides of one VirtualService. */
export function takenOtherwise(
  before: readonly Connections[],
  after: readonly Connections[],
): readonly TakenOtherwise[] {
  const old = Map.groupBy(before, ({ key }) => key)
  const now = Map.groupBy(after, ({ key }) => key)
  const without = (some: readonly Connections[], others: typeof old) =>
    some.filter(({ key }) => !others.has(key))
  const leadsOf = (some: readonly Connections[] = []) => canonicalJson(some.map(({ leads }) => leads))
  return [
    ...[...without(before, now), ...without(after, old)].map((taken) => ({ taken, isLedElsewhere: false })),
    ...after
      .filter(({ key }) => old.has(key) && leadsOf(old.get(key)) !== leadsOf(now.get(key)))
      .map((taken) => ({ taken, isLedElsewhere: true })),
  ]
}

/**
 * Whether connections are taken from somebody else, or left to them: of several names the nearest one has them. What is only led
 * elsewhere concerns whoever takes just the same.
 */
export function concerns({ taken, isLedElsewhere }: TakenOtherwise, theirs: Connections): boolean {
  if (!mayBePort(taken.port, theirs.port) || !areTogether(taken, theirs)) return false
  if (isLedElsewhere) return taken.sni === theirs.sni
  return taken.isByAddress ? hostsMayMeet(taken.sni, theirs.sni) : hostSubsetOf(taken.sni, theirs.sni)
}

function areTogether(a: Connections, b: Connections): boolean {
  return (
    mayBeIdentity(a.gateway, b.gateway) ||
    a.gateways.some((left) => b.gateways.some((right) => canShareAPod(left, right)))
  )
}
