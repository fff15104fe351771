import type { State } from './automaton.ts'
import type { StringSet } from './language.ts'

const keys = new WeakMap<StringSet, string>()

function textOf({ accepting, edges }: State): string {
  return `${accepting ? '!' : ''}${edges.map(({ low, high, to }) => `${low}-${high}>${to}`).join(' ')}`
}

/** A text with `keyOf(a) === keyOf(b)` if and only if the sets are equal. Worked out once per set. */
export function keyOf(set: StringSet): string {
  const known = keys.get(set)
  if (known !== undefined) return known
  const key = set.states.map(textOf).join(';')
  keys.set(set, key)
  return key
}
