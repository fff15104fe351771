import { expect, it } from 'vitest'
import { regexLanguage } from '../../../src/domain/language/regex.ts'
import {
  BudgetExceeded,
  intersect,
  startingWith,
  type Work,
  within,
  workOf,
} from '../../../src/domain/language/string-set.ts'

const cost = (run: () => unknown) => {
  const work: Work = { of: 'comparison', left: 1_000_000 }
  within(work, run)
  return 1_000_000 - work.left
}

it('operations take from the work together, and none is done when it is used up', () => {
  const meet = () => intersect(startingWith('/a'), startingWith('/'))
  const work: Work = { of: 'comparison', left: 3 * cost(meet) }

  expect(() => within(work, () => [meet(), meet(), meet()])).not.toThrow()
  expect(() => within(work, meet)).toThrow(BudgetExceeded)
})

it('a pattern costs the same whether it is remembered or not', () => {
  const pattern = () => regexLanguage('/work/[a-z]{1,20}/.*')

  expect(cost(pattern)).toBeGreaterThan(20)
  expect(cost(pattern)).toBe(cost(pattern))
})

it('only the innermost work is charged, and nothing outside of one', () => {
  const outer: Work = { of: 'comparison', left: 10 }

  within(outer, () => within(workOf('comparison'), () => regexLanguage('/inner/.*')))
  expect(outer.left).toBe(10)
  expect(() => regexLanguage('/outer/.*')).not.toThrow()
})
