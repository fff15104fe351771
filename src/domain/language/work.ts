import { type BudgetName, budgets } from '../budgets.ts'
import { exceeded } from './budget-exceeded.ts'

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

/** Room for what is worked out once and charged to all who ask, so that nothing depends on who asked before. */
export interface Once<T> {
  done?: { readonly result: T; readonly cost: number; readonly states: number | undefined }
}

/** What is worked out, unless it is known already; it costs the same. Throws BudgetExceeded, and then it is not known yet. */
export function once<T>(room: Once<T>, work: Work, workOut: (work: Work) => T): T {
  charge(work, 0)
  const { done } = room
  if (done !== undefined && done.states === work.states) {
    charge(work, done.cost)
    return done.result
  }
  const counted = work.left === Number.POSITIVE_INFINITY ? { ...work, left: Number.MAX_SAFE_INTEGER } : work
  const before = counted.left
  const result = workOut(counted)
  room.done = { result, cost: before - counted.left, states: work.states }
  return result
}
