import { type BudgetName, budgets } from '../budgets.ts'
import { BudgetExceeded } from './budget-exceeded.ts'

/** How much work many operations on sets may still do together, in edges looked at. Shared, and used up. */
export interface Work {
  /** The budget that it is taken from. */
  readonly of: BudgetName
  left: number
}

/** As much as a budget allows. */
export function workOf(name: BudgetName): Work {
  return { of: name, left: budgets[name].size }
}

/** What is charged at present: operations are synchronous, so that it is whoever called `within` last. */
let current: Work | undefined

/**
 * Runs something whose operations on sets take from this work: counted, not timed, so that equal input gives up at the
 * same place on every machine. Throws BudgetExceeded where it is used up.
 */
export function within<T>(work: Work, run: () => T): T {
  const outer = current
  current = work
  try {
    return run()
  } finally {
    current = outer
  }
}

/** Takes from the work of the innermost `within`, if there is one. */
export function charge(edges: number): void {
  if (current === undefined) return
  current.left -= edges
  if (current.left < 0) throw new BudgetExceeded(current.of)
}
