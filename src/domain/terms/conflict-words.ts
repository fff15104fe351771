import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { type FieldPath, matcherAt, readFieldPath } from '../match/fields/field-path.ts'
import { ownValue } from '../source/own-value.ts'
import { listed, type Phrase, quoted, say, words } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import { code } from './code.ts'
import { valueWords } from './match-words.ts'

/** A primary's match and a secondary's match that Istio calls a conflict because of `field`. */
export interface Conflict {
  readonly primary: Phrase
  readonly secondary: Phrase
  readonly outer: HTTPMatchRequest
  readonly inner: HTTPMatchRequest
  /** As `conflictOf` names it: `uri`, `headers.x-beta`. */
  readonly field: string
}

/** Why the two matches do not go together, as a sentence: "`vs-1` is given only paths that start with `/log`". */
export function conflictWords({ primary, secondary, outer, inner, field }: Conflict): Sentence {
  const path = readFieldPath(field)
  const { name, key } = path
  const given = say`${secondary} is given only`
  switch (name) {
    case 'ignoreUriCase':
      return {
        clause:
          outer.ignoreUriCase === true
            ? say`${primary} ignores the case of paths here and this match does not`
            : say`This match ignores the case of paths and ${primary} does not`,
        rest: words('; Istio wants both to say the same'),
      }
    case 'port':
      return { clause: say`${given} port ${String(outer.port)}` }
    case 'sourceNamespace':
      return {
        clause: say`${given} clients of namespace ${code(outer.sourceNamespace ?? '')}, and Istio wants every match to repeat that`,
      }
    case 'sourceLabels':
      return {
        clause: say`${given} clients with label ${code(`${key}=${ownValue(outer.sourceLabels, key) ?? ''}`)}`,
      }
    case 'gateways':
      return {
        clause: say`${given} gateway ${listed((outer.gateways ?? []).map(code))}, and this match names gateway ${listed((inner.gateways ?? []).map(code))}`,
      }
    default:
      return stringConflict(given, path, { outer: matcherAt(outer, path), inner: matcherAt(inner, path) })
  }
}

function nounOf({ name, key, field }: FieldPath): Phrase {
  const noun = field?.noun ?? name
  return key === '' ? words(noun) : say`${noun} ${code(key)}`
}

function stringConflict(
  given: Phrase,
  path: FieldPath,
  { outer, inner }: { readonly outer: StringMatch | undefined; readonly inner: StringMatch | undefined },
): Sentence {
  const clause = say`${given} ${boundaryWords(path, outer)}`
  const subject = path.key === '' ? say`the ${nounOf(path)}` : nounOf(path)
  if (outer?.regex !== undefined)
    return {
      clause,
      rest: say`; beside a regular expression Istio takes no match on ${subject}, not even the same one`,
    }
  if (inner?.regex !== undefined)
    return { clause, rest: words('; Istio takes no regular expression within that, whatever it matches') }
  return { clause }
}

function boundaryWords(path: FieldPath, outer: StringMatch | undefined): Phrase {
  if (path.name !== 'uri') return say`requests with ${nounOf(path)} ${valueWords(outer)}`
  if (outer?.exact !== undefined) return say`the path ${code(outer.exact)}`
  if (outer?.prefix !== undefined) return say`paths that start with ${code(outer.prefix)}`
  return outer?.regex === undefined
    ? say`what an empty ${quoted('uri')} stands for, and nothing is within that`
    : say`paths that match ${code(`~ ${outer.regex}`)}`
}
