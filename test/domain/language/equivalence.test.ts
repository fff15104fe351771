import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { State } from '../../../src/domain/language/automaton.ts'
import { equivalence } from '../../../src/domain/language/equivalence.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

/** Random automata over {a, b}; every state accepts something because its number is below that of an accepting one. */
const automaton = fc
  .array(fc.tuple(fc.boolean(), fc.option(fc.nat(9)), fc.option(fc.nat(9))), { minLength: 1, maxLength: 10 })
  .map((all): readonly State[] =>
    all.map(([accepting, a, b], number) => {
      const targets = [number === all.length - 1 ? a : number + 1, b]
      const edges = targets.flatMap((to, letter) =>
        typeof to === 'number' ? [{ low: 97 + letter, high: 97 + letter, to: to % all.length }] : [],
      )
      return { accepting: accepting || number === all.length - 1, edges }
    }),
  )

/** The texts of up to `length` letters that are accepted, one character each for yes and no. */
function behaviour(states: readonly State[], from: number | undefined, length: number): string {
  const state = from === undefined ? undefined : states[from]
  const own = state?.accepting === true ? '1' : '0'
  if (length === 0) return own
  const next = [97, 98].map((letter) => state?.edges.find(({ low }) => low === letter)?.to)
  return own + next.map((to) => behaviour(states, to, length - 1)).join('')
}

test('two states get one number ⇔ they accept the same texts', () => {
  void fc.assert(
    fc.property(automaton, (states) => {
      const classOf = equivalence(states, unmetered)
      const texts = states.map((_, number) => behaviour(states, number, 9))
      states.forEach((_, a) => {
        states.forEach((_, b) => {
          expect(classOf[a] === classOf[b]).toBe(texts[a] === texts[b])
        })
      })
    }),
    { numRuns: 60 },
  )
})
