import type { StringMatch } from '../../manifest/virtual-service.ts'
import type { FieldOf, MatchField } from './match-field.ts'
import { stringConflict } from './string-conflict.ts'
import { alwaysThere } from './string-constraints.ts'

/** A text that every request has, under the name of a dimension. */
export function textField(
  name: FieldOf<StringMatch>,
  own: Partial<MatchField> & Pick<MatchField, 'valueIn'>,
): MatchField {
  return {
    noun: name,
    short: name,
    dimension: name,
    asks: 'request',
    conflict: (outer, inner) => (stringConflict(outer[name], inner[name]) ? name : undefined),
    wanted: ({ [name]: value }) => (value === undefined ? [] : [['', value]]),
    constraints: (match, { work }) => alwaysThere(name, match[name], work),
    ...own,
  }
}
