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
import { unmetered } from '../../../src/domain/language/work.ts'

const anyCharacterBut = (...codePoints: number[]): StringSet =>
  subtract(
    subtract(
      subtract(everything, exactly(''), unmetered),
      anyOf(
        codePoints.map((one) => exactly(String.fromCodePoint(one))),
        unmetered,
      ),
      unmetered,
    ),
    complement(
      anyOf(
        Array.from({ length: 0x180 }, (_, i) => exactly(String.fromCharCode(i))),
        unmetered,
      ),
    ),
    unmetered,
  )

const except = (isOut: (codePoint: number) => boolean): StringSet =>
  anyCharacterBut(...Array.from({ length: 0x180 }, (_, i) => i).filter(isOut))

test.each([
  ['a letter before a digit', anyOf(['7', 'q', 'B', '/'].map(exactly), unmetered), 'q'],
  ['a digit before a slash', anyOf(['/', '7', '-'].map(exactly), unmetered), '7'],
  ['the slash before the other separators', anyOf(['_', '.', '-', '/'].map(exactly), unmetered), '/'],
  ['printable ASCII before the rest', anyOf(['é', '~'].map(exactly), unmetered), '~'],
  ['something visible before the space', anyOf([' ', '"'].map(exactly), unmetered), '"'],
  ['the shortest first', anyOf(['aa', '/', 'aaa'].map(exactly), unmetered), '/'],
  ['longer rather than a control character', anyOf(['\n', 'xy'].map(exactly), unmetered), 'xy'],
  ['a control character where there is nothing else', exactly('\u0000'), '\u0000'],
  ['visible beyond ASCII', except((codePoint) => codePoint < 0x80), '¡'],
  ['a path', paths, '/'],
  ['a port', ports, '1'],
  [
    'what is left of a prefix',
    subtract(startingWith('/log'), union(exactly('/log'), startingWith('/loga'), unmetered), unmetered),
    '/logb',
  ],
])('the witness is %s', (_, set, expected) => {
  expect(witness(set)).toBe(expected)
})

test('lone surrogates and direction marks are last resorts', () => {
  expect(witness(union(exactly('\ud800'), exactly('ab'), unmetered))).toBe('ab')
  expect(witness(union(exactly('\u202e'), exactly('ab'), unmetered))).toBe('ab')
  expect(witness(exactly('\u202e'))).toBe('\u202e')
})
