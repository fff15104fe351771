import { type Located, rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { quoted, say } from '../../words/phrase.ts'
import { rangeOfElement } from '../decoding/written-as.ts'
import type { VirtualServiceSpec } from '../virtual-service.ts'
import { type Problem, refused, withPlace } from './problem.ts'
import { coveringHost } from './values/covering-host.ts'
import { sniDomainProblem, wildcardDomainProblem } from './values/dns-names.ts'
import { isIpAddress } from './values/ip-address.ts'

/**
 * `hosts` of a VirtualService: each a domain, a wildcard or an address; `*` only on gateways; none within another
 * (Istio compares them only if each by itself is valid).
 */
export function validateHosts(spec: VirtualServiceSpec): readonly Problem[] {
  const hosts = spec.hosts ?? []
  const rangeAt = (index: number) => rangeOfElement(hosts, index) ?? rangeOf(spec as Located, 'hosts')
  const single = hosts.flatMap((host, index) => validateHost(host, spec, rangeAt(index)))
  if (single.length > 0) return single
  const covering = coveringHost(hosts)
  return hosts.flatMap((host, index) => {
    const other = covering(host, index)
    // Of two equal hosts the second is reported.
    if (other === undefined || (hosts[other] === host && other > index)) return []
    return [overlap(host, hosts[other] ?? '', rangeAt(index), rangeAt(other))]
  })
}

function overlap(
  host: string,
  other: string,
  range: SourceRange | undefined,
  otherRange: SourceRange | undefined,
): Problem {
  const problem = refused('hosts-overlap', range, host, other)
  return withPlace(problem, say`${quoted(other)} is written here`, otherRange)
}

/** Whether a VirtualService applies to gateways only: it names some, and `mesh` is not among them. */
export function isOnGatewaysOnly(spec: VirtualServiceSpec): boolean {
  const gateways = spec.gateways ?? []
  return gateways.length > 0 && !gateways.includes('mesh')
}

function validateHost(
  host: string,
  spec: VirtualServiceSpec,
  range: SourceRange | undefined,
): readonly Problem[] {
  const onGateways = isOnGatewaysOnly(spec)
  const why = onGateways && hasSniHosts(spec) ? sniDomainProblem(host) : wildcardDomainProblem(host)
  if (why !== undefined) return isIpAddress(host) ? [] : [refused('host', range, host, ...why)]
  if (host !== '*' || onGateways) return []
  return [refused('host-star', range)]
}

function hasSniHosts(spec: VirtualServiceSpec): boolean {
  return (spec.tls ?? []).some((route) =>
    (route.match ?? []).some(({ sniHosts = [] }) => sniHosts.length > 0),
  )
}
