import { maxCodePoint, type State } from './automaton.ts'
import { canonical } from './canonical.ts'
import type { Work } from './work.ts'

/**
 * A set of strings: the smallest automaton that accepts exactly its members. Equal sets have equal states, so that
 * `keyOf` tells sets apart. Opaque to callers.
 */
export interface StringSet {
  readonly states: readonly State[]
}

/** The set that the first of these states accepts, whatever their order and however many are superfluous. */
export function fromStates(states: readonly State[], work: Work): StringSet {
  return { states: canonical(states, work) }
}

/** The state `number` that accepts every string from here on. */
export const sinkAt = (number: number): State => ({
  accepting: true,
  edges: [{ low: 0, high: maxCodePoint, to: number }],
})

/** No string at all. */
export const nothing: StringSet = { states: [{ accepting: false, edges: [] }] }

/** Every string. */
export const everything: StringSet = { states: [sinkAt(0)] }
