import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  anyOf,
  BudgetExceeded,
  complement,
  contains,
  everything,
  exactly,
  exactlyIgnoringCase,
  fromStates,
  intersect,
  isEmpty,
  isSubset,
  keyOf,
  meets,
  nothing,
  startingWith,
  subtract,
  union,
  witness,
} from '../../../src/domain/language/string-set.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import { defined, text } from './string-set-arbitrary.ts'

test('a set has a text ⇔ its definition says so, through ∪ ∩ ∖ ∁ and literals', () => {
  void fc.assert(
    fc.property(defined, fc.array(text, { minLength: 8, maxLength: 8 }), ({ set, has }, texts) => {
      for (const value of texts) expect(contains(set, value)).toBe(has(value))
    }),
    { numRuns: 500 },
  )
})

test('witness(a) ∈ a, and none iff a = ∅', () => {
  void fc.assert(
    fc.property(defined, ({ set, has }) => {
      const member = witness(set)
      expect(member === undefined).toBe(isEmpty(set))
      if (member !== undefined) expect(has(member)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('keyOf(a) = keyOf(b) ⇔ a ⊆ b ∧ b ⊆ a', () => {
  void fc.assert(
    fc.property(defined, defined, ({ set: a }, { set: b }) => {
      expect(keyOf(a) === keyOf(b)).toBe(isSubset(a, b, unmetered) && isSubset(b, a, unmetered))
    }),
    { numRuns: 300 },
  )
})

test('one set, one key: however it is made, ∁∁a = a, a ∖ b = a ∩ ∁b, ∁(a ∪ b) = ∁a ∩ ∁b, a = (a ∩ b) ∪ (a ∖ b)', () => {
  void fc.assert(
    fc.property(defined, defined, ({ set: a }, { set: b }) => {
      expect(keyOf(complement(complement(a)))).toBe(keyOf(a))
      expect(keyOf(intersect(a, complement(b), unmetered))).toBe(keyOf(subtract(a, b, unmetered)))
      expect(keyOf(intersect(complement(a), complement(b), unmetered))).toBe(
        keyOf(complement(union(a, b, unmetered))),
      )
      expect(keyOf(union(intersect(a, b, unmetered), subtract(a, b, unmetered), unmetered))).toBe(keyOf(a))
    }),
    { numRuns: 300 },
  )
})

test('every result is already the smallest automaton: making it canonical again changes nothing', () => {
  void fc.assert(
    fc.property(defined, ({ set }) => {
      expect(fromStates(set.states, unmetered)).toEqual(set)
    }),
    { numRuns: 300 },
  )
})

test('a ⊆ b ⇔ a ∖ b = ∅, and a meets b ⇔ a ∩ b ≠ ∅', () => {
  void fc.assert(
    fc.property(defined, defined, ({ set: a }, { set: b }) => {
      expect(isSubset(a, b, unmetered)).toBe(isEmpty(subtract(a, b, unmetered)))
      expect(meets(a, b, unmetered)).toBe(!isEmpty(intersect(a, b, unmetered)))
    }),
    { numRuns: 300 },
  )
})

test('no set has a member twice the way: ∅ and the set of all strings are each other’s complement', () => {
  expect(complement(everything)).toEqual(nothing)
  expect(complement(nothing)).toEqual(everything)
  expect(keyOf(startingWith(''))).toBe(keyOf(everything))
  expect(contains(exactly(''), '')).toBe(true)
})

test('only ASCII letters are folded', () => {
  const set = exactlyIgnoringCase('/Ké')

  expect(contains(set, '/kÉ')).toBe(false)
  expect(contains(set, '/\u212Aé')).toBe(false)
  expect(contains(set, '/ké')).toBe(true)
})

test('an operation whose states multiply is refused, one that only adds up is not', () => {
  const numbered = (from: number) =>
    anyOf(
      Array.from({ length: 300 }, (_, i) => exactly(`${'x'.repeat(i % 7)}${(i + from) * 7919}`)),
      unmetered,
    )

  expect(() =>
    intersect(complement(numbered(0)), complement(numbered(150)), { ...unmetered, states: 10 }),
  ).not.toThrow()
  const everyNth = (n: number) => fromStates(ring(n), unmetered)
  expect(() => intersect(everyNth(97), everyNth(101), { ...unmetered, states: 100 })).toThrow(BudgetExceeded)
})

function ring(length: number) {
  return Array.from({ length }, (_, at) => ({
    accepting: at === 0,
    edges: [{ low: 0x61, high: 0x61, to: (at + 1) % length }],
  }))
}
