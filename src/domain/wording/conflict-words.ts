import { enumerateWords } from '../language/enumerate-words.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { type FieldPath, matcherAt, readFieldPath } from '../match/fields/field-path.ts'
import { ownValue } from '../source/own-value.ts'
import { code } from './code.ts'
import { valueWords } from './match-words.ts'

/** A primary's match and a secondary's match that Istio calls a conflict because of `field`. */
export interface Conflict {
  readonly primary: string
  readonly secondary: string
  readonly outer: HTTPMatchRequest
  readonly inner: HTTPMatchRequest
  /** As `conflictOf` names it: `uri`, `headers.x-beta`. */
  readonly field: string
}

/** Why the two matches do not go together, as a sentence: "`vs-1` is given only paths that start with `/log`". */
export function conflictWords({ primary, secondary, outer, inner, field }: Conflict): string {
  const path = readFieldPath(field)
  const { name, key } = path
  const given = `${secondary} is given only`
  switch (name) {
    case 'ignoreUriCase':
      return outer.ignoreUriCase === true
        ? `${primary} ignores the case of paths here and this match does not; Istio wants both to say the same`
        : `this match ignores the case of paths and ${primary} does not; Istio wants both to say the same`
    case 'port':
      return `${given} port ${outer.port}`
    case 'sourceNamespace':
      return `${given} clients of namespace ${code(outer.sourceNamespace ?? '')}, and Istio wants every match to repeat that`
    case 'sourceLabels':
      return `${given} clients with label ${code(`${key}=${ownValue(outer.sourceLabels, key) ?? ''}`)}`
    case 'gateways':
      return `${given} ${listOf(outer.gateways ?? [])}, and this match names ${listOf(inner.gateways ?? [])}`
    default:
      return stringConflict(given, subjectOf(path), {
        outer: matcherAt(outer, path),
        inner: matcherAt(inner, path),
      })
  }
}

function listOf(gateways: readonly string[]): string {
  return `gateway ${enumerateWords(gateways.map(code), 'and')}`
}

function subjectOf({ name, key, field }: FieldPath): string {
  const noun = field?.noun ?? name
  return key === '' ? `the ${noun}` : `${noun} ${code(key)}`
}

function stringConflict(
  given: string,
  subject: string,
  { outer, inner }: { readonly outer: StringMatch | undefined; readonly inner: StringMatch | undefined },
): string {
  const boundary = `${given} ${boundaryWords(subject, outer)}`
  if (outer?.regex !== undefined)
    return `${boundary}; beside a regular expression Istio takes no match on ${subject}, not even the same one`
  if (inner?.regex !== undefined)
    return `${boundary}; Istio takes no regular expression within that, whatever it matches`
  return boundary
}

function boundaryWords(subject: string, outer: StringMatch | undefined): string {
  if (subject !== 'the path') return `requests with ${subject.replace(/^the /, '')} ${valueWords(outer)}`
  if (outer?.exact !== undefined) return `the path ${code(outer.exact)}`
  if (outer?.prefix !== undefined) return `paths that start with ${code(outer.prefix)}`
  return outer?.regex === undefined
    ? 'what an empty `uri` stands for, and nothing is within that'
    : `paths that match ${code(`~ ${outer.regex}`)}`
}
