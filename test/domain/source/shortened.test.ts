import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortened } from '../../../src/domain/source/shortened.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })

it('a text that fits is left as it is, and no other', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (whole, most) => {
      expect(shortened(whole, most) === whole).toBe([...whole].length <= most)
    }),
  )
})

it('what is cut has as many characters as may be, and begins as it did', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (whole, most) => {
      const short = shortened(`${whole}${'x'.repeat(most)}`, most)

      if (whole !== '') expect([...short]).toHaveLength(most)
      expect(`${whole}${'x'.repeat(most)}`.startsWith(short.replace(/…$/, ''))).toBe(true)
    }),
  )
})

it('cuts no character in two', () => {
  expect(shortened('🚂🚃🚃', 2)).toBe('🚂…')
  expect(shortened('a🚂🚃🚃', 3)).toBe('a🚂…')
})
