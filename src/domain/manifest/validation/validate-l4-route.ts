import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import { rangeOfElement, wasNull } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { isUnknown } from '../placeholders.ts'
import type { VirtualServiceSpec } from '../virtual-service.ts'
import { coveringHost } from './covering-host.ts'
import { sniDomainProblem, wildcardDomainProblem } from './dns-names.ts'
import { isIpAddress, isIpSubnet } from './ip-address.ts'
import { validateDestinations } from './validate-destination.ts'
import { validateGatewayNames, validateLabels } from './validate-names.ts'
import { checkPort, type Validation } from './validation.ts'

type TcpRoute = NonNullable<VirtualServiceSpec['tcp']>[number]
type TlsRoute = NonNullable<VirtualServiceSpec['tls']>[number]
type TlsMatch = NonNullable<TlsRoute['match']>[number]

/** One entry of `tcp` (Istio `validateTCPRoute`). */
export function validateTcpRoute(route: TcpRoute, validation: Validation): readonly Problem[] {
  return [
    ...(route.match ?? []).flatMap((match) =>
      wasNull(match) ? [refused('A tcp match is null', rangeOf(match))] : validateL4Match(match),
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
    ...(matches.length > 0 ? [] : [refused('A tls entry needs a match', rangeOf(route))]),
    ...matches.flatMap((match) => validateTlsMatch(match, hosts)),
    ...validateHasRoute(route, 'tls'),
    ...validateDestinations(route, validation),
  ]
}

function validateHasRoute(route: TcpRoute | TlsRoute, kind: string): readonly Problem[] {
  const hasRoute = (route.route ?? []).length > 0
  return hasRoute ? [] : [refused(`The ${kind} entry has no \`route\``, rangeOf(route))]
}

function validateTlsMatch(match: TlsMatch, hosts: Hosts): readonly Problem[] {
  if (wasNull(match)) return [refused('A tls match is null', rangeOf(match))]
  const { sniHosts = [] } = match
  if (sniHosts.length === 0)
    return [refused('A tls match needs `sniHosts`', rangeOf(match)), ...validateL4Match(match)]
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
  if (why !== undefined && isIpAddress(host))
    return [warned(`\`${host}\` is an address; clients send names as SNI`, range)]
  if (why !== undefined) return [refused(`\`${excerpt(host)}\` is no SNI host: ${why}`, range)]
  if (covering(host) !== undefined || (spec.hosts ?? []).some((each) => isUnknown(each))) return []
  const listed = excerpt((spec.hosts ?? []).slice(0, 10).join(', '))
  return [refused(`The SNI host \`${host}\` is within none of the hosts (${listed})`, range)]
}

function validateL4Match(match: Omit<TlsMatch, 'sniHosts'>): readonly Problem[] {
  const { destinationSubnets: subnets = [], port, sourceLabels, gateways = [] } = match
  return [
    ...subnets.flatMap((subnet, index) =>
      isIpSubnet(subnet)
        ? []
        : [
            refused(
              `\`${excerpt(subnet)}\` is neither an address nor a CIDR block`,
              rangeOfElement(subnets, index) ?? rangeOf(match, 'destinationSubnets'),
            ),
          ],
    ),
    ...(port === undefined ? [] : checkPort(port, rangeOf(match, 'port'))),
    ...validateLabels(sourceLabels, rangeOf(match, 'sourceLabels')),
    ...validateGatewayNames(gateways, rangeOf(match, 'gateways')),
  ]
}
