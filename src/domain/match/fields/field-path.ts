import type { HTTPMatchRequest, StringMatch } from '../../manifest/virtual-service.ts'
import { type Located, origin, rangeOf } from '../../source/located.ts'
import { ownValue } from '../../source/own-value.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { FieldName, MatchField } from './match-field.ts'
import { matchFields } from './match-fields.ts'

/** What `uri` or `headers.x-beta` names: a field of a match, and a key of it (`''` where there is none). */
export interface FieldPath {
  readonly name: string
  readonly key: string
  /** Absent for a name that is no field. */
  readonly field?: MatchField
}

/** Takes a path apart; whatever follows the first dot is the key. */
export function readFieldPath(path: string): FieldPath {
  const dot = path.indexOf('.')
  const [name, key] = dot === -1 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
  const field = ownValue(matchFields, name)
  return { name, key, ...(field && { field }) }
}

/** What a match asks of the value that a path names. */
export function wantedAt(
  match: HTTPMatchRequest,
  { key, field }: FieldPath,
): StringMatch | string | undefined {
  return field?.wanted(match).find(([each]) => each === key)?.[1]
}

/** The same where it is compared as a text: nothing for the fields that are equal or not. */
export function matcherAt(match: HTTPMatchRequest, path: FieldPath): StringMatch | undefined {
  const wanted = wantedAt(match, path)
  return typeof wanted === 'string' ? undefined : wanted
}

/** Where that is written, in whichever file; else the field, else the match. */
export function rangeAt(match: HTTPMatchRequest, { name, key }: FieldPath): SourceRange | undefined {
  const value = match[name as FieldName]
  const keyed =
    key !== '' && typeof value === 'object' ? (value as Located)[origin]?.fields.get(key) : undefined
  return keyed ?? rangeOf(match, name)
}
