import { guessed } from '../../words/told.ts'
import { type Message, messageAt, messagesAt, numberAt, placeOf, textAt } from '../decoding/fields.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import { wasNull } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { isSince } from '../istio-version.ts'
import { numberOrUnknown } from '../placeholders.ts'
import { isDnsLabel, wildcardDomainProblem } from './dns-names.ts'
import { validateHeaders } from './validate-headers.ts'
import { checkPort, type Validation } from './validation.ts'

/** Where traffic goes: host, subset, port (Istio `validateDestination`). */
export function validateDestination(destination: Message | undefined): readonly Problem[] {
  if (destination === undefined) return []
  const subset = textAt(destination, 'subset')
  const port = messageAt(destination, 'port')
  return [
    ...validateHost(destination),
    ...(subset === '' || isDnsLabel(subset)
      ? []
      : [refused(`\`${excerpt(subset)}\` is no subset name`, placeOf(destination, 'subset'))]),
    ...(port === undefined ? [] : checkPort(numberOrUnknown(port['number']) ?? 0, placeOf(port, 'number'))),
  ]
}

function validateHost(destination: Message): readonly Problem[] {
  const host = textAt(destination, 'host')
  const why = host === '*' ? 'no traffic can go to every host' : wildcardDomainProblem(host)
  if (why === undefined) return []
  return [refused(`\`${excerpt(host)}\` is no destination host: ${why}`, placeOf(destination, 'host'))]
}

/** `route` of an http, tcp or tls entry: each target and the sum of their weights. */
export function validateDestinations(entry: Message, validation: Validation): readonly Problem[] {
  const targets = messagesAt(entry, 'route')
  return [
    ...targets.flatMap((target) => validateTarget(target, validation)),
    ...validateWeights(targets, entry, validation),
  ]
}

function validateTarget(target: Message, { version }: Validation): readonly Problem[] {
  if (wasNull(target)) return [refused('A destination of the route is null', placeOf(target))]
  const destination = messageAt(target, 'destination')
  const weight = numberAt(target, 'weight') ?? 0
  const most = isSince(version, 15) ? Number.POSITIVE_INFINITY : 100
  return [
    ...(destination === undefined
      ? [refused('A target of the route lacks `destination`', placeOf(target))]
      : []),
    ...validateHeaders(messageAt(target, 'headers')),
    ...validateDestination(destination),
    ...(weight < 0 || weight > most
      ? [
          refused(
            `The weight ${weight} is not ${weight < 0 ? '0 or more' : 'within 0 to 100'}`,
            placeOf(target, 'weight'),
          ),
        ]
      : []),
  ]
}

/** Several targets need a weight; up to 1.14 weights had to sum to 100. */
function validateWeights(
  targets: readonly Message[],
  entry: Message,
  { version }: Validation,
): readonly Problem[] {
  if (targets.length < 2 || targets.some((target) => typeof target['weight'] === 'string')) return []
  const sum = targets.reduce((total, target) => total + (numberAt(target, 'weight') ?? 0), 0)
  if (!isSince(version, 15) && sum !== 100)
    return [refused(`The weights sum to ${sum}; Istio up to 1.14 wants 100`, placeOf(entry, 'route'))]
  if (sum !== 0) return []
  return [
    refused(`None of the ${targets.length} destinations has a weight`, placeOf(entry, 'route'), {
      todo: guessed('Give at least one of them a weight above 0'),
    }),
  ]
}
