import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyOf, exactly, startingWith } from '../../../src/domain/language/string-set.ts'
import {
  absent,
  allows,
  areAmong,
  areEqual,
  intersectValues,
  isImpossible,
  keyOfValues,
  subtractValues,
  uniteValues,
  type Value,
  type Values,
} from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

const text = fc.constantFrom('', 'a', 'b', 'ab', '\u0000')
const value: fc.Arbitrary<Value> = fc.option(text, { nil: undefined })
const samples: readonly Value[] = [undefined, '', 'a', 'b', 'ab', 'aab', '\u0000', '\u0000a', 'z']

const values: fc.Arbitrary<Values> = fc
  .record({
    exact: fc.array(text, { maxLength: 3 }),
    prefix: fc.array(text, { maxLength: 1 }),
    mayBeAbsent: fc.boolean(),
  })
  .map(({ exact, prefix, mayBeAbsent }) => ({
    present: anyOf([...exact.map(exactly), ...prefix.map(startingWith)], unmetered),
    mayBeAbsent,
  }))

describe('values that may be absent', () => {
  it('v in a and b <=> v in both; v in a without b <=> v in a alone; v in a or b <=> v in either', () => {
    fc.assert(
      fc.property(values, values, value, (a, b, one) => {
        const [inA, inB] = [allows(a, one), allows(b, one)]

        expect(allows(intersectValues(a, b, unmetered), one)).toBe(inA && inB)
        expect(allows(subtractValues(a, b, unmetered), one)).toBe(inA && !inB)
        expect(allows(uniteValues([a, b], unmetered), one)).toBe(inA || inB)
      }),
    )
  })

  it('a among b <=> nothing of a is left without b; equal <=> each among the other <=> equal keys', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const mutual = areAmong(a, b, unmetered) && areAmong(b, a, unmetered)

        expect(areAmong(a, b, unmetered)).toBe(isImpossible(subtractValues(a, b, unmetered)))
        expect(areEqual(a, b)).toBe(mutual)
        expect(keyOfValues(a) === keyOfValues(b)).toBe(mutual)
      }),
    )
  })

  it('no text is absent, and nothing but being absent is', () => {
    expect(samples.filter((one) => allows(absent, one))).toEqual([undefined])
    expect(isImpossible(absent)).toBe(false)
    expect(isImpossible(uniteValues([], unmetered))).toBe(true)
  })
})
