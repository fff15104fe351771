import { expect, it } from 'vitest'
import { regexLanguage } from '../../../src/domain/language/regex.ts'
import {
  BudgetExceeded,
  intersect,
  startingWith,
  unmetered,
  type Work,
  workOf,
} from '../../../src/domain/language/string-set.ts'

const cost = (run: (work: Work) => unknown) => {
  const work: Work = { of: 'comparison', left: 1_000_000 }
  run(work)
  return 1_000_000 - work.left
}

it('operations take from the work together, and none is done when it is used up', () => {
  const meet = (work: Work) => intersect(startingWith('/a'), startingWith('/'), work)
  const work: Work = { of: 'comparison', left: 3 * cost(meet) }

  expect(() => [meet(work), meet(work), meet(work)]).not.toThrow()
  expect(() => meet(work)).toThrow(BudgetExceeded)
})

it('what is exceeded is the budget that the work is of', () => {
  expect(workOf('escape')).toMatchObject({ of: 'escape', left: 500_000 })
  expect(() => regexLanguage('/exceeded/.*', { of: 'escape', left: 3 })).toThrow(
    expect.objectContaining({ budget: 'escape' }),
  )
})

it('a pattern costs the same whether it is remembered or not', () => {
  const pattern = (work: Work) => regexLanguage('/work/[a-z]{1,20}/.*', work)

  expect(cost(pattern)).toBeGreaterThan(20)
  expect(cost(pattern)).toBe(cost(pattern))
})

it('what is not metered is never used up', () => {
  regexLanguage('/unmetered/.*', unmetered)

  expect(unmetered.left).toBe(Number.POSITIVE_INFINITY)
})
