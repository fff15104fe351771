import { type BudgetName, budgets } from '../budgets.ts'
import { BudgetExceeded, exceeded } from './budget-exceeded.ts'

/**
 * How much work many operations on sets may still do together, in edges looked at: counted, not timed, so that equal input
 * gives up at the same place on every machine. Shared by whoever it is handed to, and used up.
 */
export interface Work {
  /** The budget that it is taken from. */
  readonly of: BudgetName
  /** How many states one operation may build, where that is not the usual number. */
  readonly states?: number
  left: number
}

/** As much as a budget allows. */
export function workOf(name: BudgetName): Work {
  return { of: name, left: budgets[name].size }
}

/** For what is done once, or is bounded by its input: only the size of each operation is limited. */
export const unmetered: Work = { of: 'operation', left: Number.POSITIVE_INFINITY }

/**
 * Divides work among so many that ask one after the other: half of it equally, and the rest goes to whoever needs more first. One
 * that needs very much leaves the others their share.
 */
export function sharesOf(work: Work, count: number): <T>(ask: (share: Work) => T) => T {
  const own = work.left / 2 / count
  let free = work.left / 2
  return (ask) => {
    const share = { ...work, left: own + free }
    try {
      return ask(share)
    } finally {
      const left = Math.max(share.left, 0)
      work.left -= own + free - left
      free = left
    }
  }
}

/** Takes from some work. Throws BudgetExceeded where it is used up. */
export function charge(work: Work, edges: number): void {
  work.left -= edges
  if (work.left < 0) throw exceeded(work.of)
}

/** What something gave, or the budget that it was over, and the work that it took: charged whether it is remembered or not. */
export interface Charged<T> {
  readonly result: T | BudgetExceeded
  readonly cost: number
}

/** Does something once for all who ask, within the usual size of each operation. */
export function chargedFor<T>(compute: (work: Work) => T, states?: number): Charged<T> {
  const work: Work = { of: 'operation', ...(states !== undefined && { states }), left: Number.MAX_SAFE_INTEGER }
  const cost = () => Number.MAX_SAFE_INTEGER - work.left
  try {
    return { result: compute(work), cost: cost() }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return { result: error, cost: cost() }
  }
}

/** The same for whoever asks now. Throws BudgetExceeded. */
export function chargedTo<T>({ result, cost }: Charged<T>, work: Work): T {
  charge(work, cost)
  if (result instanceof BudgetExceeded) throw result
  return result
}
