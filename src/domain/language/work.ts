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
  /** It is counted for whoever asks, once the answer is known: not where it is done. */
  readonly apart?: true
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

/** What everything that is done just now is a part of. */
let whole: Work | undefined

/**
 * Does something all of whose work is taken from one whole, too, whatever limits each part of it. What is part of another whole
 * already is taken from that one alone. Answers at once: nothing else is done in between.
 */
export function within<T>(work: Work, act: () => T): T {
  if (whole !== undefined) return act()
  whole = work
  try {
    return act()
  } finally {
    whole = undefined
  }
}

/** Whether there is nothing left of the whole that everything is a part of just now. */
export function isUsedUp(): boolean {
  return whole !== undefined && whole.left < 0
}

/** Throws BudgetExceeded where nothing is left of that whole: before what may take far more than its input is long, whoever asks for it. */
export function demandLeft(): void {
  if (whole !== undefined && whole.left < 0) throw exceeded(whole.of)
}

/** Takes from some work, and from the whole that it is a part of. Throws BudgetExceeded where either is used up. */
export function charge(work: Work, edges: number): void {
  work.left -= edges
  if (whole !== undefined && work.apart !== true) {
    whole.left -= edges
    // What is bounded by its input is counted, and done whatever is left.
    if (whole.left < 0 && work.left !== Number.POSITIVE_INFINITY) throw exceeded(whole.of)
  }
  if (work.left < 0) throw exceeded(work.of)
}

/** For what follows from its question alone: what it takes is known afterwards, and charged to all who ask. */
export function countedApart(name: BudgetName): Work {
  return { of: name, apart: true, left: Number.MAX_SAFE_INTEGER }
}

/** What was taken from work that is counted apart. */
export function costOf(work: Work): number {
  return Number.MAX_SAFE_INTEGER - work.left
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
  const counted: Work = work.left === Number.POSITIVE_INFINITY ? countedApart(work.of) : work
  const before = counted.left
  const result = workOut(counted)
  const cost = before - counted.left
  room.done = { result, cost, states: work.states }
  if (counted !== work) charge(work, cost)
  return result
}
