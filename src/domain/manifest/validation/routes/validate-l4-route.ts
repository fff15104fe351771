import { rangeOf } from '../../../source/located.ts'
import type { SourceRange } from '../../../source/source-file.ts'
import { rangeOfElement, wasNull } from '../../decoding/written-as.ts'
import { isUnknown } from '../../placeholders/placeholders.ts'
import type { VirtualServiceSpec } from '../../virtual-service.ts'
import { type Problem, refused, warned } from '../problem.ts'
import { checkPort, type Validation } from '../validation.ts'
import { coveringHost } from '../values/covering-host.ts'
import { sniDomainProblem, wildcardDomainProblem } from '../values/dns-names.ts'
import { isIpAddress, isIpSubnet } from '../values/ip-address.ts'
import { validateDestinations } from './validate-destination.ts'
import { validateGatewayNames, validateLabels } from './validate-names.ts'

type TcpRoute = NonNullable<VirtualServiceSpec['tcp']>[number]
type TlsRoute = NonNullable<VirtualServiceSpec['tls']>[number]
type TlsMatch = NonNullable<TlsRoute['match']>[number]

/** One entry of `tcp` (Istio `validateTCPRoute`). */
export function validateTcpRoute(route: TcpRoute, validation: Validation): readonly Problem[] {
  return [
    ...(route.match ?? []).flatMap((match) =>
      wasNull(match) ? [refused('null-match', rangeOf(match), 'tcp')] : validateL4Match(match),
    ),
    ...validateHasRoute(route, 'tcp'),
    ...validateDestinations(route, validation),
  ]
}

/** The entries of `tls` (Istio `validateTLSRoute`): matches by SNI, each within a host of the VirtualService. */
export function validateTlsRoutes(
  routes: readonly TlsRoute[],
  spec: VirtualServiceSpec,
  validation: Validation,
): readonly Problem[] {
  const hosts = { spec, covering: coveringHost(spec.hosts ?? []) }
  return routes.flatMap((route) => validateTlsRoute(route, hosts, validation))
}

interface Hosts {
  readonly spec: VirtualServiceSpec
  readonly covering: (host: string) => number | undefined
}

function validateTlsRoute(route: TlsRoute, hosts: Hosts, validation: Validation): readonly Problem[] {
  const matches = route.match ?? []
  return [
    ...(matches.length > 0 ? [] : [refused('tls-without-match', rangeOf(route))]),
    ...matches.flatMap((match) => validateTlsMatch(match, hosts)),
    ...validateHasRoute(route, 'tls'),
    ...validateDestinations(route, validation),
  ]
}

function validateHasRoute(route: TcpRoute | TlsRoute, kind: string): readonly Problem[] {
  const hasRoute = (route.route ?? []).length > 0
  return hasRoute ? [] : [refused('no-route', rangeOf(route), kind)]
}

function validateTlsMatch(match: TlsMatch, hosts: Hosts): readonly Problem[] {
  if (wasNull(match)) return [refused('null-match', rangeOf(match), 'tls')]
  const { sniHosts = [] } = match
  if (sniHosts.length === 0) return [refused('no-sni', rangeOf(match)), ...validateL4Match(match)]
  return [
    ...sniHosts.flatMap((host, index) =>
      validateSniHost(host, hosts, rangeOfElement(sniHosts, index) ?? rangeOf(match, 'sniHosts')),
    ),
    ...validateL4Match(match),
  ]
}

function validateSniHost(
  host: string,
  { spec, covering }: Hosts,
  range: SourceRange | undefined,
): readonly Problem[] {
  const isOnGateways = !(spec.gateways ?? []).includes('mesh')
  const why = isOnGateways ? sniDomainProblem(host) : wildcardDomainProblem(host)
  if (why !== undefined && isIpAddress(host)) return [warned('sni-address', range, host)]
  if (why !== undefined) return [refused('sni-host', range, host, ...why)]
  if (covering(host) !== undefined || (spec.hosts ?? []).some((each) => isUnknown(each))) return []
  const listed = (spec.hosts ?? []).slice(0, 10).join(', ')
  return [refused('sni-elsewhere', range, host, listed)]
}

function validateL4Match(match: Omit<TlsMatch, 'sniHosts'>): readonly Problem[] {
  const { destinationSubnets: subnets = [], port, sourceLabels, gateways = [] } = match
  return [
    ...subnets.flatMap((subnet, index) =>
      isIpSubnet(subnet)
        ? []
        : [refused('subnet', rangeOfElement(subnets, index) ?? rangeOf(match, 'destinationSubnets'), subnet)],
    ),
    ...(port === undefined ? [] : checkPort(port, rangeOf(match, 'port'))),
    ...validateLabels(sourceLabels, rangeOf(match, 'sourceLabels')),
    ...validateGatewayNames(gateways, rangeOf(match, 'gateways')),
  ]
}
