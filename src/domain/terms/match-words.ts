import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import type { MatchField, Wanted } from '../match/fields/match-field.ts'
import { allMatchFields } from '../match/fields/match-fields.ts'
import { distinct, fewOf } from '../words/few-of.ts'
import { listed, type Phrase, say, words } from '../words/phrase.ts'
import { code } from './code.ts'

/** A path as it is matched: `/login` exactly, `/log*` all that start with it, `~ RE` a regular expression. */
export function uriWords(uri: StringMatch | undefined): Phrase {
  if (uri?.exact !== undefined) return code(uri.exact)
  if (uri?.prefix !== undefined) return code(`${uri.prefix}*`)
  return uri?.regex === undefined ? code('/*') : code(`~ ${uri.regex}`)
}

/** The paths that some matches name, as a list; no match at all is every path. */
export function urisWords(matches: readonly HTTPMatchRequest[]): Phrase {
  if (matches.length === 0) return code('/*')
  return shortList(
    matches.map((match) => uriWords(match.uri)),
    6,
  )
}

/** Some matches as a list of which no more than `most` are told. */
export function matchesWords(matches: readonly (HTTPMatchRequest | undefined)[], most: number): Phrase {
  return shortList(matches.map(matchWords), most)
}

/** A list that is cut short leaves out two at least. */
export function shortList(phrases: readonly Phrase[], most: number): Phrase {
  return fewOf(phrases, distinct(phrases).length > most ? most - 1 : most)
}

/** What a value must be, after the name of the field: `equal to`, `starting with`, `matching`, `present`. */
export function valueWords(matcher: StringMatch | undefined): Phrase {
  if (matcher?.exact !== undefined) return say`equal to ${code(matcher.exact)}`
  if (matcher?.prefix !== undefined) return say`starting with ${code(matcher.prefix)}`
  return matcher?.regex === undefined ? words('present') : say`matching ${code(`~ ${matcher.regex}`)}`
}

/** A match in a few words: its path, and what it asks for besides. */
export function matchWords(match: HTTPMatchRequest | undefined): Phrase {
  if (match === undefined) return code('/*')
  const conditions = allMatchFields.flatMap(([name, field]) =>
    field.asks === 'path' ? [] : field.wanted(match).map((wanted) => conditionWords(name, field, wanted)),
  )
  const path = match.ignoreUriCase === true ? say`${uriWords(match.uri)} in any case` : uriWords(match.uri)
  return conditions.length === 0 ? path : say`${path} with ${listed(conditions)}`
}

function conditionWords(name: string, { noun, merge, excludes }: MatchField, [key, value]: Wanted): Phrase {
  if (typeof value !== 'string') {
    const named = merge === 'union' ? keyWords(noun, key, excludes) : words(noun)
    const is = merge === undefined && value.exact !== undefined ? code(value.exact) : valueWords(value)
    return say`${named} ${is}`
  }
  if (name === 'port') return say`${noun} ${value}`
  return say`${noun} ${code(merge === 'union' ? `${key}=${value}` : value)}`
}

function keyWords(noun: string, key: string, excludes: MatchField['excludes']): Phrase {
  return excludes ? say`no ${noun} ${code(key)}` : say`${noun} ${code(key)}`
}
