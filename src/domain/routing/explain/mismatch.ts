import type { HTTPMatchRequest, StringMatch } from '../../manifest/virtual-service.ts'
import { readFieldPath, wantedAt } from '../../match/fields/field-path.ts'
import type { Request } from '../../match/request.ts'

/**
 * Why a match does not take a request, in words: `field` is what `failedField` says of the two. It begins with the
 * field and ends with what the request has instead.
 */
export function describeMismatch(match: HTTPMatchRequest, field: string, request: Request): string {
  const path = readFieldPath(field)
  const wanted = wantedAt(match, path)
  const value = path.field?.valueIn(request, path.key)
  if (typeof wanted === 'string')
    return `${field}: ${wanted} is not ${value ?? `known of the ${path.key === '' ? 'request' : 'client'}`}`
  if (path.field?.excludes) return `${field}: ${unwanted(wanted, value)}`
  if (value === undefined) return `${field}: ${missing(wanted)}`
  const inAnyCase = path.field?.asks === 'path' && match.ignoreUriCase ? ' in any case' : ''
  return `${field}: ${pattern(wanted)}${inAnyCase} does not match ${value}`
}

/** `exact /login`, `prefix /log`, `regex /v[0-9]+`, or that the thing merely has to be there. */
function pattern(matcher: StringMatch | undefined): string {
  if (matcher?.exact !== undefined) return `exact ${matcher.exact}`
  if (matcher?.prefix !== undefined) return `prefix ${matcher.prefix}`
  if (matcher?.regex !== undefined && matcher.regex !== '*') return `regex ${matcher.regex}`
  return 'present'
}

function missing(matcher: StringMatch | undefined): string {
  const wanted = pattern(matcher)
  return wanted === 'present' ? 'is not there' : `${wanted} is asked for, and it is not there`
}

function unwanted(matcher: StringMatch | undefined, value: string | undefined): string {
  if (value === undefined) return 'is not there, which Istio before 1.22 takes for a match'
  return pattern(matcher) === 'present' ? 'is there' : `${pattern(matcher)} is excluded, and matches ${value}`
}
