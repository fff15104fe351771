import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import type { Request } from '../match/request.ts'

/**
 * Why a match does not take a request, in words: `field` is what `failedField` says of the two. It begins with the
 * field and ends with what the request has instead.
 */
export function describeMismatch(match: HTTPMatchRequest, field: string, request: Request): string {
  const dot = field.indexOf('.')
  const [section, key] = dot === -1 ? [field, ''] : [field.slice(0, dot), field.slice(dot + 1)]
  switch (section) {
    case 'uri':
      return `uri: ${pattern(match.uri)}${match.ignoreUriCase ? ' in any case' : ''} does not match ${pathOf(request)}`
    case 'method':
    case 'scheme':
    case 'authority':
      return `${field}: ${pattern(match[section])} does not match ${request[section]}`
    case 'headers':
      return `${field}: ${wanted(match.headers?.[key], headerOf(request, key))}`
    case 'queryParams':
      return `${field}: ${wanted(match.queryParams?.[key], parameterOf(request, key))}`
    case 'withoutHeaders':
      return `${field}: ${unwanted(match.withoutHeaders?.[key], headerOf(request, key))}`
    case 'port':
      return `port: ${match.port} is not ${request.port ?? 'known of the request'}`
    case 'sourceLabels':
      return `${field}: ${match.sourceLabels?.[key] ?? ''} is not ${labelOf(request, key)}`
    case 'sourceNamespace':
      return `sourceNamespace: ${match.sourceNamespace} is not ${request.sourceNamespace ?? 'known of the request'}`
    default:
      return `${field}: does not match`
  }
}

/** `exact /login`, `prefix /log`, `regex /v[0-9]+`, or that the thing merely has to be there. */
export function pattern(matcher: StringMatch | undefined): string {
  if (matcher?.exact !== undefined) return `exact ${matcher.exact}`
  if (matcher?.prefix !== undefined) return `prefix ${matcher.prefix}`
  if (matcher?.regex !== undefined && matcher.regex !== '*') return `regex ${matcher.regex}`
  return 'present'
}

function wanted(matcher: StringMatch | undefined, value: string | undefined): string {
  if (value !== undefined) return `${pattern(matcher)} does not match ${value}`
  return pattern(matcher) === 'present'
    ? 'is not there'
    : `${pattern(matcher)} is asked for, and it is not there`
}

function unwanted(matcher: StringMatch | undefined, value: string | undefined): string {
  if (value === undefined) return 'is not there, which Istio before 1.22 takes for a match'
  return pattern(matcher) === 'present' ? 'is there' : `${pattern(matcher)} is excluded, and matches ${value}`
}

/** Without the query: what a uri is compared with. */
function pathOf(request: Request): string {
  return request.path.replace(/[?#].*$/s, '')
}

function headerOf(request: Request, name: string): string | undefined {
  const lower = name.toLowerCase()
  const pseudo: Readonly<Record<string, string>> = {
    ':method': request.method,
    ':scheme': request.scheme,
    ':path': request.path,
    ':authority': request.authority,
    host: request.authority,
  }
  if (Object.hasOwn(pseudo, lower)) return pseudo[lower]
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === lower)?.[1]
}

function parameterOf(request: Request, name: string): string | undefined {
  const [, ...query] = request.path.replace(/#.*$/s, '').split('?')
  const pairs = query.join('?').split('&')
  const pair = pairs.find((each) => each !== '' && each.split('=')[0] === name)
  return pair === undefined ? undefined : pair.slice(name.length + 1)
}

function labelOf(request: Request, name: string): string {
  const labels = request.sourceLabels ?? {}
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : 'known of the client'
}
