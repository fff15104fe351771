import { expect, test } from 'vitest'
import { enumerateWords } from '../../../../src/domain/language/naming/enumerate-words.ts'

test.each([
  [[], 0, ''],
  [['a'], 0, 'a'],
  [['a', 'b'], 0, 'a and b'],
  [['a', 'b', 'c'], 0, 'a, b and c'],
  [['a', 'b'], 4, 'a, b and 4 more'],
] as const)('%j and %i more are said as %j', (words, more, expected) => {
  expect(enumerateWords(words, 'and', more)).toBe(expected)
})
