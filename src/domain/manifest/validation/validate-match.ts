import { type Located, rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { guessed } from '../../words/told.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import { wasNull } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { isSince } from '../istio-version.ts'
import type { HTTPMatchRequest, StringMatch } from '../virtual-service.ts'
import { isDnsLabel } from './dns-names.ts'
import { matchHeaderProblem } from './header-names.ts'
import { validateGatewayNames, validateLabels } from './validate-names.ts'
import { checkPort, checkRegex, type Validation } from './validation.ts'

/** What the entry of a match is to delegation: alone, delegating, or in a secondary. */
export type RouteType = 'independent' | 'root' | 'delegate'

type Matches = Readonly<Record<string, StringMatch>> & Located

/** One match of an http entry (Istio `validateHTTPRouteMatchRequest`). A `null` match is passed over, as there. */
export function validateMatch(
  match: HTTPMatchRequest,
  type: RouteType,
  validation: Validation,
): readonly Problem[] {
  if (wasNull(match)) return []
  return [
    ...validateConditions(match, type, validation),
    ...(isSince(validation.version, 15) || type === 'independent' ? [] : validateNoRegex(match)),
    ...validateNulls(match, type, validation),
    ...(match.port === undefined ? [] : checkPort(match.port, rangeOf(match, 'port'))),
    ...validateLabels(match.sourceLabels, rangeOf(match, 'sourceLabels')),
    // Istio drops the warnings about gateway names here.
    ...validateGatewayNames(match.gateways ?? [], rangeOf(match, 'gateways')).filter(
      ({ severity }) => severity === 'error',
    ),
    ...validateSourceNamespace(match),
  ].map((problem) => ({ ...problem, range: problem.range ?? rangeOf(match) }))
}

function validateConditions(
  match: HTTPMatchRequest,
  type: RouteType,
  validation: Validation,
): readonly Problem[] {
  // Until 1.22 Istio looked at withoutHeaders only where a route is delegated.
  const isChecked = isSince(validation.version, 22) || type !== 'independent'
  const withoutHeaders = isChecked ? match.withoutHeaders : undefined
  const singles = (['scheme', 'method', 'authority'] as const).flatMap((field) =>
    validateStringMatch(match[field], field, validation),
  )
  return [
    ...validateHeaderKeys(match.headers, validation),
    ...validateStringMatches(match.headers, 'headers', validation),
    ...validateHeaderKeys(withoutHeaders, validation),
    ...validateStringMatches(withoutHeaders, 'withoutHeaders', validation),
    ...validateStringMatch(match.uri, 'uri', validation),
    ...singles,
    ...validateStringMatches(match.queryParams, 'queryParams', validation),
  ]
}

function validateHeaderKeys(headers: Matches | undefined, { version }: Validation): readonly Problem[] {
  return Object.keys(headers ?? {}).flatMap((name) => {
    const problem = matchHeaderProblem(name, version)
    return problem === undefined ? [] : [refused(problem, headers && rangeOf(headers, name))]
  })
}

function validateStringMatches(
  matches: Matches | undefined,
  field: 'headers' | 'withoutHeaders' | 'queryParams',
  validation: Validation,
): readonly Problem[] {
  return Object.entries(matches ?? {}).flatMap(([name, match]) => {
    // In withoutHeaders `*` is no pattern: it asks for presence.
    if (field === 'withoutHeaders' && match.regex === '*') return []
    return validateStringMatch(match, field, validation, matches && rangeOf(matches, name))
  })
}

/** Since 1.22 an empty prefix is refused in every field but `uri`; in `headers` since 1.18. */
function validateStringMatch(
  match: StringMatch | undefined,
  field: string,
  validation: Validation,
  fallback?: SourceRange,
): readonly Problem[] {
  if (match === undefined) return []
  if (match.regex !== undefined)
    return checkRegex(match.regex, rangeOf(match, 'regex') ?? fallback, validation)
  const since = field === 'headers' ? 18 : 22
  if (match.prefix !== '' || field === 'uri' || !isSince(validation.version, since)) return []
  return [
    refused(`An empty prefix in ${field}`, rangeOf(match, 'prefix') ?? fallback, {
      todo: guessed('Leave the value empty (`{}`) to ask for presence'),
    }),
  ]
}

function validateNulls(
  match: HTTPMatchRequest,
  type: RouteType,
  { version }: Validation,
): readonly Problem[] {
  const strict = !isSince(version, 22) && type !== 'independent'
  return [
    ...nullsIn(match.headers, 'headers'),
    ...(strict ? nullsIn(match.withoutHeaders, 'withoutHeaders') : []),
    ...(strict && !isSince(version, 15) ? nullsIn(match.queryParams, 'queryParams') : []),
  ]
}

function nullsIn(matches: Matches | undefined, field: string): readonly Problem[] {
  return Object.entries(matches ?? {})
    .filter(([, match]) => wasNull(match))
    .map(([name]) =>
      refused(`\`${excerpt(name)}\` in ${field} is null`, matches && rangeOf(matches, name), {
        todo: guessed('Write `{}` to ask for presence'),
      }),
    )
}

/** Up to 1.14 no property of a delegating or delegate match takes a regex. */
function validateNoRegex(match: HTTPMatchRequest): readonly Problem[] {
  const { uri, scheme, method, authority } = match
  const single: readonly (StringMatch | undefined)[] = [uri, scheme, method, authority]
  const mapped = [match.headers, match.queryParams, match.withoutHeaders].flatMap((map) =>
    Object.values(map ?? {}),
  )
  return [...single, ...mapped].flatMap((each) =>
    each?.regex === undefined
      ? []
      : [refused('Istio up to 1.14 takes no regex where a route is delegated', rangeOf(each, 'regex'))],
  )
}

function validateSourceNamespace(match: HTTPMatchRequest): readonly Problem[] {
  const { sourceNamespace } = match
  if (sourceNamespace === undefined || isDnsLabel(sourceNamespace)) return []
  return [refused(`\`${excerpt(sourceNamespace)}\` is no namespace`, rangeOf(match, 'sourceNamespace'))]
}
