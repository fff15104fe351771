import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { State } from '../../../src/domain/language/automaton.ts'
import { canonical } from '../../../src/domain/language/canonical.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

const letters = [97, 98]

/** Any automaton over {a, b}: with dead states, unreachable ones and equivalent ones. */
const automaton = fc
  .array(fc.tuple(fc.boolean(), fc.option(fc.nat(20)), fc.option(fc.nat(20))), { minLength: 1, maxLength: 7 })
  .map((all) =>
    all.map(([accepting, ...targets]): State => {
      const edges = targets.flatMap((to, i) =>
        to === null ? [] : [{ low: letters[i] ?? 0, high: letters[i] ?? 0, to: to % all.length }],
      )
      return { accepting, edges }
    }),
  )

function accepts(states: readonly State[], text: readonly number[]): boolean {
  let at: number | undefined = 0
  for (const letter of text) {
    const state: State | undefined = at === undefined ? undefined : states[at]
    at = state?.edges.find(({ low, high }) => low <= letter && letter <= high)?.to
  }
  return at !== undefined && states[at]?.accepting === true
}

/** Two automata with at most n states each differ, if at all, on a text shorter than 2n. */
const texts = Array.from({ length: 9 }).reduce<readonly (readonly number[])[][]>(
  (longer) => [...longer, longer.at(-1)?.flatMap((text) => letters.map((letter) => [...text, letter])) ?? []],
  [[[]]],
)

test('the canonical automaton accepts the same texts', () => {
  void fc.assert(
    fc.property(automaton, (states) => {
      const result = canonical(states, unmetered)
      for (const text of texts.flat()) expect(accepts(result, text)).toBe(accepts(states, text))
      expect(result.length).toBeLessThanOrEqual(states.length)
    }),
    { numRuns: 100 },
  )
})

test('automata that accept the same texts have one canonical form', () => {
  const few = texts.slice(0, 9).flat()
  void fc.assert(
    fc.property(fc.array(automaton, { minLength: 12, maxLength: 12 }), (all) => {
      const known = new Map<string, readonly State[]>()
      for (const states of all.filter(({ length }) => length <= 4)) {
        const behaviour = few.map((text) => (accepts(states, text) ? '1' : '0')).join('')
        const form = canonical(states, unmetered)
        expect(form).toEqual(known.get(behaviour) ?? form)
        known.set(behaviour, form)
      }
    }),
    { numRuns: 60 },
  )
})

test('neighbouring ranges with one target become one', () => {
  const end: State = { accepting: true, edges: [] }
  const twice = [
    { low: 97, high: 98, to: 1 },
    { low: 99, high: 99, to: 2 },
  ]

  expect(canonical([{ accepting: false, edges: twice }, end, end], unmetered)).toEqual([
    { accepting: false, edges: [{ low: 97, high: 99, to: 1 }] },
    end,
  ])
})

test('nothing accepted is one refusing state', () => {
  const loop = { accepting: false, edges: [{ low: 97, high: 97, to: 0 }] }

  expect(canonical([loop], unmetered)).toEqual([{ accepting: false, edges: [] }])
})
