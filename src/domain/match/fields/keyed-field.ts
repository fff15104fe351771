import type { StringMatch } from '../../manifest/virtual-service.ts'
import { ownValue } from '../../source/own-value.ts'
import type { Constraint, FieldOf, MatchField, Reading } from './match-field.ts'
import { stringConflict } from './string-conflict.ts'

type Own = Omit<Partial<MatchField>, 'constraints'> &
  Pick<MatchField, 'noun' | 'short' | 'valueIn'> & {
    constraint(key: string, wanted: StringMatch, reading: Reading): readonly Constraint[]
  }

/** Texts by name, each of which a request may lack. */
export function keyedField(
  name: FieldOf<Readonly<Record<string, StringMatch>>>,
  { constraint, ...own }: Own,
): MatchField {
  return {
    asks: 'request',
    merge: 'union',
    conflict(outer, inner) {
      const [given, asked] = [outer[name], inner[name]]
      if (given === undefined || asked === undefined) return undefined
      const key = Object.keys(asked).find((each) =>
        stringConflict(ownValue(given, each), ownValue(asked, each)),
      )
      return key === undefined ? undefined : `${name}.${key}`
    },
    wanted: ({ [name]: value = {} }) => Object.entries(value),
    constraints: ({ [name]: value = {} }, reading) =>
      Object.entries(value).flatMap(([key, wanted]) => constraint(key, wanted, reading)),
    ...own,
  }
}
