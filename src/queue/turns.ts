import type { Job } from '../app/ports.ts'

/** Whose turn it is among installations that share what runs jobs. */
export interface Turns {
  /**
   * Of those that wait, in the order in which they came: the first of the installation of which least runs, and of several such the one
   * that was served before the others.
   */
  next<T>(waiting: readonly T[], jobOf: (each: T) => Job, running: Iterable<Job>): T | undefined
  /** An installation is served. */
  take(job: Job): void
}

export function createTurns(): Turns {
  const served = new Map<number, number>()
  let turn = 0
  return {
    next(waiting, jobOf, running) {
      const count = new Map<number, number>()
      for (const { installation } of running) count.set(installation, (count.get(installation) ?? 0) + 1)
      const firsts = new Map(waiting.toReversed().map((each) => [jobOf(each).installation, each]))
      const [next] = [...firsts].sort(
        ([a], [b]) =>
          (count.get(a) ?? 0) - (count.get(b) ?? 0) || (served.get(a) ?? 0) - (served.get(b) ?? 0),
      )
      return next?.[1]
    },
    take({ installation }) {
      turn += 1
      served.set(installation, turn)
    },
  }
}
