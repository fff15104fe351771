import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareTexts } from '../../../src/domain/source/compare-texts.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 3 })

it('orders as sorting does by itself', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(texts.toSorted(compareTexts)).toEqual(texts.toSorted())
    }),
  )
})

it('a before b means b behind a, and only equal texts stand level', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareTexts(a, b) + compareTexts(b, a)).toBe(0)
      expect(compareTexts(a, b) === 0).toBe(a === b)
    }),
  )
})

it('heeds neither language nor case', () => {
  expect(['ä', 'b', 'Z', 'a'].toSorted(compareTexts)).toEqual(['Z', 'a', 'b', 'ä'])
})
