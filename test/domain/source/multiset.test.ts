import { expect, it } from 'vitest'
import { counted, takingFrom } from '../../../src/domain/source/multiset.ts'

it('counts how often each stands there', () => {
  expect([...counted(['a', 'b', 'a'])]).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})

it('takes as many as there are of each, and no more', () => {
  const isTaken = takingFrom(['a', 'b', 'a'])

  expect(['a', 'a', 'a', 'b', 'c', 'b'].map(isTaken)).toEqual([true, true, false, true, false, false])
})
