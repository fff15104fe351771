import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  anyOf,
  everything,
  exactly,
  keyOf,
  nothing,
  startingWith,
  union,
} from '../../../src/domain/language/string-set.ts'
import { defined } from './string-set-arbitrary.ts'

test('anyOf(a, b, …) = a ∪ b ∪ …', () => {
  void fc.assert(
    fc.property(fc.array(defined, { maxLength: 8 }), (all) => {
      const sets = all.map(({ set }) => set)
      const oneByOne = sets.reduce((a, b) => union(a, b), nothing)

      expect(keyOf(anyOf(sets))).toBe(keyOf(oneByOne))
    }),
    { numRuns: 300 },
  )
})

test('no set, the empty set, the full set', () => {
  expect(anyOf([])).toEqual(nothing)
  expect(anyOf([nothing, nothing])).toEqual(nothing)
  expect(anyOf([exactly('a'), everything, startingWith('b')])).toEqual(everything)
})

test('thousands of literals need no budget', () => {
  const literals = Array.from({ length: 5_000 }, (_, i) => startingWith(`/${(i * 7919) % 100_003}/${i}/`))

  expect(anyOf(literals, 10).states.length).toBeGreaterThan(1_000)
})
