import type { HTTPMatchRequest, StringMatch } from '../../../domain/manifest/virtual-service.ts'
import type { MatchField, Wanted } from '../../../domain/match/fields/match-field.ts'
import { allMatchFields } from '../../../domain/match/fields/match-fields.ts'

function pattern(match: StringMatch): string {
  if (match.exact !== undefined) return match.exact
  if (match.prefix !== undefined) return `${match.prefix}*`
  return match.regex === undefined ? '*' : `~ ${match.regex}`
}

function condition({ short, merge }: MatchField, [key, wanted]: Wanted): string {
  const value = typeof wanted === 'string' ? wanted : pattern(wanted)
  if (merge !== 'union') return `${short} ${value}`
  return value === '*' ? `${short} ${key}` : `${short} ${key}=${value}`
}

/** A match as a line of a route table: `/login`, `/log*`, `~ /v[0-9]+`, `POST /cart [header x-beta=1, port 443]`. */
export function matchText(match: HTTPMatchRequest = {}): string {
  const { uri, method, ignoreUriCase, ...besides } = match
  const conditions = [
    ...allMatchFields.flatMap(([, field]) => field.wanted(besides).map((each) => condition(field, each))),
    ...(ignoreUriCase === true ? ['in any case'] : []),
  ]
  const start = `${method === undefined ? '' : `${pattern(method)} `}${uri === undefined ? '/*' : pattern(uri)}`
  return `${start}${conditions.length === 0 ? '' : ` [${conditions.join(', ')}]`}`
}
