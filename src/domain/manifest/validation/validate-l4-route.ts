import type { SourceRange } from '../../source/source-file.ts'
import { type Message, messageAt, messagesAt, numberAt, placeOf, textsAt } from '../decoding/fields.ts'
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

/** One entry of `tcp` (Istio `validateTCPRoute`). */
export function validateTcpRoute(route: Message, validation: Validation): readonly Problem[] {
  return [
    ...messagesAt(route, 'match').flatMap((match) =>
      wasNull(match) ? [refused('A tcp match is null', placeOf(match))] : validateL4Match(match),
    ),
    ...validateHasRoute(route, 'tcp'),
    ...validateDestinations(route, validation),
  ]
}

/** The entries of `tls` (Istio `validateTLSRoute`): matches by SNI, each within a host of the VirtualService. */
export function validateTlsRoutes(
  routes: readonly Message[],
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

function validateTlsRoute(route: Message, hosts: Hosts, validation: Validation): readonly Problem[] {
  const matches = messagesAt(route, 'match')
  return [
    ...(matches.length > 0 ? [] : [refused('A tls entry needs a match', placeOf(route))]),
    ...matches.flatMap((match) => validateTlsMatch(match, hosts)),
    ...validateHasRoute(route, 'tls'),
    ...validateDestinations(route, validation),
  ]
}

function validateHasRoute(route: Message, kind: string): readonly Problem[] {
  const hasRoute = messagesAt(route, 'route').length > 0
  return hasRoute ? [] : [refused(`The ${kind} entry has no \`route\``, placeOf(route))]
}

function validateTlsMatch(match: Message, hosts: Hosts): readonly Problem[] {
  if (wasNull(match)) return [refused('A tls match is null', placeOf(match))]
  const sniHosts = textsAt(match, 'sniHosts')
  if (sniHosts.length === 0)
    return [refused('A tls match needs `sniHosts`', placeOf(match)), ...validateL4Match(match)]
  return [
    ...sniHosts.flatMap((host, index) =>
      validateSniHost(host, hosts, rangeOfElement(sniHosts, index) ?? placeOf(match, 'sniHosts')),
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

function validateL4Match(match: Message): readonly Problem[] {
  const subnets = textsAt(match, 'destinationSubnets')
  const port = numberAt(match, 'port')
  const labels = messageAt(match, 'sourceLabels') as Readonly<Record<string, string>> | undefined
  return [
    ...subnets.flatMap((subnet, index) =>
      isIpSubnet(subnet)
        ? []
        : [
            refused(
              `\`${excerpt(subnet)}\` is neither an address nor a CIDR block`,
              rangeOfElement(subnets, index) ?? placeOf(match, 'destinationSubnets'),
            ),
          ],
    ),
    ...(port === undefined ? [] : checkPort(port, placeOf(match, 'port'))),
    ...validateLabels(labels, placeOf(match, 'sourceLabels')),
    ...validateGatewayNames(textsAt(match, 'gateways'), placeOf(match, 'gateways')),
  ]
}
