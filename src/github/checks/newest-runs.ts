import type { CheckRun } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'

/** Which run was begun last on each commit under each name: GitHub lets that one count. Two that are begun at the same time are so in the order of their ids. */
export interface NewestRuns {
  /** Resolves once whoever asks is told of it. */
  note(run: CheckRun): Promise<void>
  /** Whether none is known to have been begun after it. */
  isNewest(run: CheckRun): Promise<boolean>
  close(): void
}

const most = budgets.knownRuns.size

/** By what runs take each other's place. */
export function keyOfRun({ headSha, name = '' }: CheckRun): string {
  return `${headSha} ${name}`
}

/** Of all repositories of this process alone. */
export function createLocalNewestRuns(): NewestRuns {
  const newest = new Map<string, number>()
  return {
    async note(run) {
      const key = keyOfRun(run)
      newest.set(key, Math.max(run.id, newest.get(key) ?? 0))
      const [oldest] = newest.keys()
      if (newest.size > most && oldest !== undefined) newest.delete(oldest)
    },
    isNewest: async (run) => run.id >= (newest.get(keyOfRun(run)) ?? 0),
    close: () => undefined,
  }
}
