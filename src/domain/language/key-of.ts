import { memoized } from '../source/memoized.ts'
import type { State } from './automaton.ts'
import type { StringSet } from './language.ts'

function textOf({ accepting, edges }: State): string {
  return `${accepting ? '!' : ''}${edges.map(({ low, high, to }) => `${low}-${high}>${to}`).join(' ')}`
}

/** A text with `keyOf(a) === keyOf(b)` if and only if the sets are equal. Worked out once per set. */
export const keyOf = memoized((set: StringSet): string => set.states.map(textOf).join(';'))
