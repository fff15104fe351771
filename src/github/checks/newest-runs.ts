import type { CheckRun } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'

/** Which run was begun last on each commit under each name: GitHub lets that one count. */
export interface NewestRuns {
  note(run: CheckRun): void
  /** Whether none is known to have been begun after it. */
  isNewest(run: CheckRun): boolean
}

const most = budgets.knownRuns.size

/** Of all repositories of a process: two runs that are begun at the same time are so in the order of their ids. */
export function createNewestRuns(): NewestRuns {
  const newest = new Map<string, number>()
  const keyOf = ({ headSha, name }: CheckRun) => `${headSha} ${name}`
  return {
    note(run) {
      const key = keyOf(run)
      newest.set(key, Math.max(run.id, newest.get(key) ?? 0))
      const [oldest] = newest.keys()
      if (newest.size > most && oldest !== undefined) newest.delete(oldest)
    },
    isNewest: (run) => run.id >= (newest.get(keyOf(run)) ?? 0),
  }
}
