import { rangeOf } from '../../../source/located.ts'
import { wasNull } from '../../decoding/written-as.ts'
import { features } from '../../istio-features.ts'
import type { HTTPMatchRequest } from '../../virtual-service.ts'
import { type Problem, refused, refusedFor } from '../problem.ts'
import { checkPort, checkRegex, type Validation } from '../validation.ts'
import { isDnsLabel } from '../values/dns-names.ts'
import { matchHeaderProblem } from '../values/header-names.ts'
import { type MatchText, textsOf } from './texts-of-match.ts'
import { validateGatewayNames, validateLabels } from './validate-names.ts'

/** What the entry of a match is to delegation: alone, delegating, or in a secondary. */
export type RouteType = 'independent' | 'root' | 'delegate'

/** One match of an http entry (Istio `validateHTTPRouteMatchRequest`). Of a `null` in a list the API server says that it is no object. */
export function validateMatch(
  match: HTTPMatchRequest,
  type: RouteType,
  validation: Validation,
): readonly Problem[] {
  if (wasNull(match)) return [refused('null-match', rangeOf(match), 'http')]
  const { port, sourceLabels, gateways = [] } = match
  return [
    ...textsOf(match).flatMap((text) => validateText(text, type, validation)),
    ...(port === undefined ? [] : checkPort(port, rangeOf(match, 'port'))),
    ...validateLabels(sourceLabels, rangeOf(match, 'sourceLabels')),
    // Istio drops the warnings about gateway names here.
    ...validateGatewayNames(gateways, rangeOf(match, 'gateways')).filter(
      ({ severity }) => severity === 'error',
    ),
    ...validateSourceNamespace(match),
  ].map((problem) => ({ ...problem, range: problem.range ?? rangeOf(match) }))
}

function validateText(text: MatchText, type: RouteType, validation: Validation): readonly Problem[] {
  const known = features(validation.version)
  // Before, Istio looked at withoutHeaders only where a route is delegated.
  const isChecked = text.field !== 'withoutHeaders' || known.matchesAreCheckedAlike || type !== 'independent'
  return [
    ...(isChecked ? [...validateKey(text, validation), ...validateValue(text, validation)] : []),
    ...(known.regexInDelegates || type === 'independent' ? [] : validateNoRegex(text)),
  ]
}

function validateKey({ field, key, range }: MatchText, { version }: Validation): readonly Problem[] {
  if (key === undefined || field === 'queryParams') return []
  return refusedFor(matchHeaderProblem(key, version), range)
}

function validateValue({ field, value, range }: MatchText, validation: Validation): readonly Problem[] {
  // In withoutHeaders `*` is no pattern: it asks for presence.
  if (field === 'withoutHeaders' && value.regex === '*') return []
  if (value.regex !== undefined) return checkRegex(value.regex, rangeOf(value, 'regex') ?? range, validation)
  const { headerPrefixIsNotEmpty, prefixIsNotEmpty } = features(validation.version)
  const isRefused = field === 'headers' ? headerPrefixIsNotEmpty : prefixIsNotEmpty
  if (value.prefix !== '' || field === 'uri' || !isRefused) return []
  return [refused('empty-prefix', rangeOf(value, 'prefix') ?? range, field)]
}

function validateNoRegex({ value }: MatchText): readonly Problem[] {
  if (value.regex === undefined) return []
  return [refused('regex-delegated', rangeOf(value, 'regex'))]
}

function validateSourceNamespace(match: HTTPMatchRequest): readonly Problem[] {
  const { sourceNamespace } = match
  if (sourceNamespace === undefined || isDnsLabel(sourceNamespace)) return []
  return [refused('namespace', rangeOf(match, 'sourceNamespace'), sourceNamespace)]
}
