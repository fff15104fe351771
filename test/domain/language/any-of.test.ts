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
import { unmetered } from '../../../src/domain/language/work.ts'
import { defined } from './string-set-arbitrary.ts'

test('anyOf(a, b, …) = a ∪ b ∪ …', () => {
  void fc.assert(
    fc.property(fc.array(defined, { maxLength: 8 }), (all) => {
      const sets = all.map(({ set }) => set)
      const oneByOne = sets.reduce((a, b) => union(a, b, unmetered), nothing)

      expect(keyOf(anyOf(sets, unmetered))).toBe(keyOf(oneByOne))
    }),
    { numRuns: 300 },
  )
})

test('no set, the empty set, the full set', () => {
  expect(anyOf([], unmetered)).toEqual(nothing)
  expect(anyOf([nothing, nothing], unmetered)).toEqual(nothing)
  expect(anyOf([exactly('a'), everything, startingWith('b')], unmetered)).toEqual(everything)
})

test('thousands of literals need no budget', () => {
  const literals = Array.from({ length: 5_000 }, (_, i) => startingWith(`/${(i * 7919) % 100_003}/${i}/`))

  expect(anyOf(literals, { ...unmetered, states: 10 }).states.length).toBeGreaterThan(1_000)
})
