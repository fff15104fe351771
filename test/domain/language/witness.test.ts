import { expect, test } from 'vitest'
import {
  anyOf,
  complement,
  everything,
  exactly,
  type StringSet,
  startingWith,
  subtract,
  union,
  witness,
} from '../../../src/domain/language/string-set.ts'
import { paths, ports } from '../../../src/domain/language/universe.ts'

const anyCharacterBut = (...codePoints: number[]): StringSet =>
  subtract(
    subtract(
      subtract(everything, exactly('')),
      anyOf(codePoints.map((one) => exactly(String.fromCodePoint(one)))),
    ),
    complement(anyOf(Array.from({ length: 0x180 }, (_, i) => exactly(String.fromCharCode(i))))),
  )

const except = (isOut: (codePoint: number) => boolean): StringSet =>
  anyCharacterBut(...Array.from({ length: 0x180 }, (_, i) => i).filter(isOut))

test.each([
  ['a letter before a digit', anyOf(['7', 'q', 'B', '/'].map(exactly)), 'q'],
  ['a digit before a slash', anyOf(['/', '7', '-'].map(exactly)), '7'],
  ['the slash before the other separators', anyOf(['_', '.', '-', '/'].map(exactly)), '/'],
  ['printable ASCII before the rest', anyOf(['é', '~'].map(exactly)), '~'],
  ['something visible before the space', anyOf([' ', '"'].map(exactly)), '"'],
  ['the shortest first', anyOf(['aa', '/', 'aaa'].map(exactly)), '/'],
  ['longer rather than a control character', anyOf(['\n', 'xy'].map(exactly)), 'xy'],
  ['a control character where there is nothing else', exactly('\u0000'), '\u0000'],
  ['visible beyond ASCII', except((codePoint) => codePoint < 0x80), '¡'],
  ['a path', paths, '/'],
  ['a port', ports, '1'],
  [
    'what is left of a prefix',
    subtract(startingWith('/log'), union(exactly('/log'), startingWith('/loga'))),
    '/logb',
  ],
])('the witness is %s', (_, set, expected) => {
  expect(witness(set)).toBe(expected)
})

test('lone surrogates and direction marks are last resorts', () => {
  expect(witness(union(exactly('\ud800'), exactly('ab')))).toBe('ab')
  expect(witness(union(exactly('\u202e'), exactly('ab')))).toBe('ab')
  expect(witness(exactly('\u202e'))).toBe('\u202e')
})
