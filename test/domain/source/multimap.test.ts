import { expect, it } from 'vitest'
import { gathered } from '../../../src/domain/source/multimap.ts'

it('holds all values of each key in their order, the keys as they come first', () => {
  const pairs = [
    ['b', 1],
    ['a', 2],
    ['b', 3],
    ['b', 1],
  ] as const

  expect([...gathered(pairs)]).toEqual([
    ['b', [1, 3, 1]],
    ['a', [2]],
  ])
})
