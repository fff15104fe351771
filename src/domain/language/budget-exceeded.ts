/** How many states one operation may build before it gives up. */
export const defaultBudget = 20_000

/** No operation builds more states than this, however large the sets it was given. */
const ceiling = 400_000

/**
 * An operation on sets of strings would need more states than its budget. Not a mistake of anybody's: callers answer
 * `unknown`.
 */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded'

  constructor(budget: number) {
    super(`An operation on sets of strings would need more than ${budget} states`)
  }
}

/**
 * The number of states an operation may build: the budget, or as many as its operands have together. What grows no
 * faster than its input is never refused; what multiplies is.
 */
export function allowance(budget: number, operands: number): number {
  return Math.min(ceiling, Math.max(budget, operands))
}
