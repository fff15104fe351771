import { expect, test } from 'vitest'
import { lazily } from '../../../src/domain/source/lazily.ts'

test('a field is made when it is read, and once', () => {
  let made = 0
  const object = lazily({ known: 'a', later: 0 }, { later: () => ++made })

  expect(made).toBe(0)
  expect(object).toEqual({ known: 'a', later: 1 })
  expect(object.later).toBe(1)
})
