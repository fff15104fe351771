import { enumerateWords } from '../language/enumerate-words.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import type { MatchField, Wanted } from '../match/fields/match-field.ts'
import { allMatchFields } from '../match/fields/match-fields.ts'
import { code } from './code.ts'

/** A path as it is matched: `/login` exactly, `/log*` all that start with it, `~ RE` a regular expression. */
export function uriWords(uri: StringMatch | undefined): string {
  if (uri?.exact !== undefined) return code(uri.exact)
  if (uri?.prefix !== undefined) return code(`${uri.prefix}*`)
  return uri?.regex === undefined ? code('/*') : code(`~ ${uri.regex}`)
}

/** The paths that some matches name, as a list; no match at all is every path. */
export function urisWords(matches: readonly HTTPMatchRequest[]): string {
  const all = [...new Set(matches.map((match) => uriWords(match.uri)))]
  if (all.length === 0) return code('/*')
  return all.length > 6 ? enumerateWords(all.slice(0, 5), 'and', all.length - 5) : enumerateWords(all, 'and')
}

/** What a value must be, after the name of the field: `equal to`, `starting with`, `matching`, `present`. */
export function valueWords(matcher: StringMatch | undefined): string {
  if (matcher?.exact !== undefined) return `equal to ${code(matcher.exact)}`
  if (matcher?.prefix !== undefined) return `starting with ${code(matcher.prefix)}`
  return matcher?.regex === undefined ? 'present' : `matching ${code(`~ ${matcher.regex}`)}`
}

/** A match in a few words: its path, and what it asks for besides. */
export function matchWords(match: HTTPMatchRequest | undefined): string {
  if (match === undefined) return code('/*')
  const conditions = allMatchFields.flatMap(([name, field]) =>
    field.asks === 'path' ? [] : field.wanted(match).map((wanted) => conditionWords(name, field, wanted)),
  )
  const path = `${uriWords(match.uri)}${match.ignoreUriCase === true ? ' in any case' : ''}`
  return conditions.length === 0 ? path : `${path} with ${enumerateWords(conditions, 'and')}`
}

function conditionWords(name: string, { noun, merge, excludes }: MatchField, [key, value]: Wanted): string {
  if (typeof value !== 'string') {
    const named = merge === 'union' ? `${excludes ? 'no ' : ''}${noun} ${code(key)}` : noun
    return `${named} ${merge === undefined && value.exact !== undefined ? code(value.exact) : valueWords(value)}`
  }
  if (name === 'port') return `${noun} ${value}`
  return `${noun} ${code(merge === 'union' ? `${key}=${value}` : value)}`
}
