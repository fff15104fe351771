import { type BudgetName, budgets } from '../budgets.ts'

/**
 * An operation on sets would need more than its budget. Not a mistake of anybody's: callers answer `unknown`, and may say which
 * budget it was.
 */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded'
  readonly budget: BudgetName

  constructor(budget: BudgetName) {
    const { size, unit, of } = budgets[budget]
    super(`More than ${size} ${unit}: ${of}`)
    this.budget = budget
  }
}

const met = new Map<BudgetName, BudgetExceeded>()

/** One for each budget: once one is used up each operation says so, and where it did does not matter. */
export function exceeded(budget: BudgetName): BudgetExceeded {
  const known = met.get(budget) ?? new BudgetExceeded(budget)
  met.set(budget, known)
  return known
}

/** What is worked out, or that it would take more than its budget: a value, so that it can be remembered. */
export function orExceeded<T>(workOut: () => T): T | BudgetExceeded {
  try {
    return workOut()
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return error
  }
}

/** The other way round. Throws BudgetExceeded. */
export function unlessExceeded<T>(found: T | BudgetExceeded): T {
  if (found instanceof BudgetExceeded) throw found
  return found
}

/**
 * The number of states an operation may build: the budget, or as many as its operands have together. What grows no
 * faster than its input is never refused; what multiplies is.
 */
export function allowance(operands: number, states: number = budgets.operation.size): number {
  return Math.min(budgets.largestOperation.size, Math.max(states, operands))
}
