import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ignoringCase, isCaseless, lowerCase } from '../../../../src/domain/language/naming/caseless.ts'
import { contains, isSubset, keyOf } from '../../../../src/domain/language/string-set.ts'
import { unmetered } from '../../../../src/domain/language/work.ts'
import { defined, text } from '../string-set-arbitrary.ts'

/** All ways to write a short text in upper and lower case. */
function cases(value: string): readonly string[] {
  return Array.from(value).reduce<readonly string[]>(
    (all, letter) => {
      const forms = /[a-z]/i.test(letter) ? [letter.toLowerCase(), letter.toUpperCase()] : [letter]
      return all.flatMap((start) => forms.map((form) => start + form))
    },
    [''],
  )
}

test('a text differs from a member in case only ⇔ it is in the set when case is ignored', () => {
  void fc.assert(
    fc.property(defined, text, ({ set, has }, value) => {
      expect(contains(ignoringCase(set, unmetered), value)).toBe(cases(value).some(has))
    }),
    { numRuns: 300 },
  )
})

test('a set is caseless ⇔ ignoring case adds nothing to it', () => {
  void fc.assert(
    fc.property(defined, ({ set }) => {
      expect(isCaseless(set)).toBe(keyOf(ignoringCase(set, unmetered)) === keyOf(set))
      expect(isSubset(set, ignoringCase(set, unmetered), unmetered)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['', true],
  ['aé/1[@`{', true],
  ['aB', false],
  ['Z', false],
])('%j is lower case: %s', (value, expected) => {
  expect(contains(lowerCase, value)).toBe(expected)
})
