import { expect, test } from 'vitest'
import { allowance, BudgetExceeded } from '../../../src/domain/language/budget-exceeded.ts'

test('the allowance is the budget, or the size of the operands, but never boundless', () => {
  expect(allowance(7, 100)).toBe(100)
  expect(allowance(700, 100)).toBe(700)
  expect(allowance(1e9, 100)).toBeLessThan(1e6)
})

test('the error names the budget', () => {
  expect(new BudgetExceeded('operation')).toMatchObject({
    name: 'BudgetExceeded',
    message: expect.stringContaining('20000 states'),
    budget: 'operation',
  })
})
