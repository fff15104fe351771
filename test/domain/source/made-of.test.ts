import { expect, it } from 'vitest'
import { areSame, madeOf } from '../../../src/domain/source/made-of.ts'

it('what is made of the very same is the very same, for the last few lists of parts', () => {
  const part = {}
  const made = madeOf<object>(2)
  const first = made([part, 1], () => ({}))

  expect(made([part, 1], () => ({}))).toBe(first)
  expect(made([{}, 1], () => ({}))).not.toBe(first)
  expect(made([part, 1], () => ({}))).toBe(first)
  made([part], () => ({}))
  made([], () => ({}))
  expect(made([part, 1], () => ({}))).not.toBe(first)
})

it('lists are the same that hold the very same, in the same order', () => {
  const part = {}

  expect(areSame([part, Number.NaN], [part, Number.NaN])).toBe(true)
  expect(areSame([part], [{}])).toBe(false)
  expect(areSame([1, 2], [2, 1])).toBe(false)
  expect(areSame([1], [1, 2])).toBe(false)
})
