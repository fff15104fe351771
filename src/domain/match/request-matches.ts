import { regexMatches } from '../language/regex.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import type { Request } from './request.ts'

/**
 * The first field of a match that a request does not satisfy, or undefined if it satisfies them all: the definition of
 * matching, request by request (Istio `TranslateRouteMatch`, Envoy's matchers). Shares no code with the sets.
 * `match.gateways` is not looked at: it decides whether a match is there at all.
 */
export function failedField(
  match: HTTPMatchRequest,
  request: Request,
  missingSatisfiesWithout: boolean,
): string | undefined {
  const checks: readonly (readonly [string, boolean])[] = [
    ['uri', uriHolds(match, request)],
    ['method', holds(match.method, request.method)],
    ['scheme', holds(match.scheme, request.scheme)],
    ['authority', holds(match.authority, request.authority)],
    ...Object.entries(match.headers ?? {}).map(
      ([name, wanted]) => [`headers.${name}`, headerHolds(name, wanted, request)] as const,
    ),
    ...Object.entries(match.withoutHeaders ?? {}).map(
      ([name, unwanted]) =>
        [`withoutHeaders.${name}`, lacks(name, unwanted, request, missingSatisfiesWithout)] as const,
    ),
    ...Object.entries(match.queryParams ?? {}).map(
      ([name, wanted]) => [`queryParams.${name}`, valueHolds(wanted, parameter(request, name))] as const,
    ),
    ['port', match.port === undefined || match.port === request.port],
    ...sourceChecks(match, request),
  ]
  return checks.find(([, isHeld]) => !isHeld)?.[0]
}

function sourceChecks(match: HTTPMatchRequest, request: Request): readonly (readonly [string, boolean])[] {
  if ((match.gateways ?? []).length > 0) return []
  const labels = new Map(Object.entries(request.sourceLabels ?? {}))
  return [
    ...Object.entries(match.sourceLabels ?? {}).map(
      ([name, value]) => [`sourceLabels.${name}`, labels.get(name) === value] as const,
    ),
    [
      'sourceNamespace',
      match.sourceNamespace === undefined || match.sourceNamespace === request.sourceNamespace,
    ],
  ]
}

function uriHolds(match: HTTPMatchRequest, request: Request): boolean {
  const { uri, ignoreUriCase } = match
  const path = request.path.replace(/[?#].*$/s, '')
  if (uri?.regex !== undefined) return regexMatches(uri.regex, path)
  const fold = (text: string) =>
    ignoreUriCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
  if (uri?.exact !== undefined) return fold(path) === fold(uri.exact)
  return fold(path).startsWith(fold(uri?.prefix ?? ''))
}

function isPresence({ exact, prefix, regex }: StringMatch): boolean {
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined)
}

function holds(matcher: StringMatch | undefined, value: string): boolean {
  return matcher === undefined || valueHolds(matcher, value)
}

function valueHolds(matcher: StringMatch, value: string | undefined): boolean {
  if (value === undefined) return false
  if (isPresence(matcher)) return true
  if (matcher.regex !== undefined) return regexMatches(matcher.regex, value)
  return matcher.exact === undefined ? value.startsWith(matcher.prefix ?? '') : value === matcher.exact
}

/** The value that Envoy compares: pseudo-headers are fields of the request, `host` is `:authority`, names fold. */
function headerValue(name: string, request: Request): string | undefined {
  const lower = name.toLowerCase()
  switch (lower) {
    case ':method':
      return request.method
    case ':scheme':
      return request.scheme
    case ':path':
      return request.path
    case ':authority':
    case 'host':
      return request.authority
    default:
      return Object.entries(request.headers).find(([key]) => key.toLowerCase() === lower)?.[1]
  }
}

function headerHolds(name: string, wanted: StringMatch, request: Request): boolean {
  return valueHolds(wanted, headerValue(name, request))
}

function lacks(name: string, unwanted: StringMatch, request: Request, missingSatisfies: boolean): boolean {
  const value = headerValue(name, request)
  if (isPresence(unwanted)) return value === undefined
  if (value === undefined) return missingSatisfies && !valueHolds(unwanted, '')
  return !valueHolds(unwanted, value)
}

/** The first value of a repeated parameter, as it was sent. */
function parameter(request: Request, name: string): string | undefined {
  const query = request.path.replace(/#.*$/s, '').split('?').slice(1).join('?')
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    const key = equals === -1 ? pair : pair.slice(0, equals)
    if (pair !== '' && key === name) return equals === -1 ? '' : pair.slice(equals + 1)
  }
  return undefined
}
