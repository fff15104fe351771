import { type Located, rangeOf } from '../../../source/located.ts'
import { wasNull } from '../../decoding/written-as.ts'
import { features } from '../../istio-features.ts'
import { knownNumber } from '../../placeholders/placeholders.ts'
import type { Destination, HTTPRouteDestination } from '../../virtual-service.ts'
import { type Problem, refused } from '../problem.ts'
import { checkPort, type Validation } from '../validation.ts'
import { isDnsLabel, wildcardDomainProblem } from '../values/dns-names.ts'
import { validateHeaders } from './validate-headers.ts'

/** Where traffic goes: host, subset, port (Istio `validateDestination`). */
export function validateDestination(destination: Destination | undefined): readonly Problem[] {
  if (destination === undefined) return []
  const { subset = '', port } = destination
  return [
    ...validateHost(destination),
    ...(subset === '' || isDnsLabel(subset)
      ? []
      : [refused('subset', rangeOf(destination, 'subset'), subset)]),
    ...(port === undefined ? [] : checkPort(port.number ?? 0, rangeOf(port, 'number'))),
  ]
}

function validateHost(destination: Destination): readonly Problem[] {
  const { host = '' } = destination
  const why = host === '*' ? (['everywhere'] as const) : wildcardDomainProblem(host)
  if (why === undefined) return []
  return [refused('destination', rangeOf(destination, 'host'), host, ...why)]
}

/** An entry of http, tcp or tls, whose targets differ in that only those of http have headers. */
interface Entry extends Located {
  readonly route?: readonly HTTPRouteDestination[]
}

/** `route` of an http, tcp or tls entry: each target and the sum of their weights. */
export function validateDestinations(entry: Entry, validation: Validation): readonly Problem[] {
  const targets = entry.route ?? []
  return [
    ...targets.flatMap((target) => validateTarget(target, validation)),
    ...validateWeights(targets, entry, validation),
  ]
}

function validateTarget(target: HTTPRouteDestination, { version }: Validation): readonly Problem[] {
  if (wasNull(target)) return [refused('null-destination', rangeOf(target))]
  const { destination, headers } = target
  const weight = knownNumber(target.weight) ?? 0
  const most = features(version).weightsAreRelative ? Number.POSITIVE_INFINITY : 100
  return [
    ...(destination === undefined ? [refused('no-destination', rangeOf(target))] : []),
    ...validateHeaders(headers),
    ...validateDestination(destination),
    ...(weight < 0 || weight > most
      ? [refused(weight < 0 ? 'weight-negative' : 'weight-over-100', rangeOf(target, 'weight'), weight)]
      : []),
  ]
}

/** Several targets need a weight; up to 1.14 weights had to sum to 100. */
function validateWeights(
  targets: readonly HTTPRouteDestination[],
  entry: Entry,
  { version }: Validation,
): readonly Problem[] {
  if (targets.length < 2 || targets.some((target) => typeof target.weight === 'string')) return []
  const sum = targets.reduce((total, target) => total + (knownNumber(target.weight) ?? 0), 0)
  if (!features(version).weightsAreRelative && sum !== 100)
    return [refused('weights-sum', rangeOf(entry, 'route'), sum)]
  if (sum !== 0) return []
  return [refused('no-weights', rangeOf(entry, 'route'), targets.length)]
}
