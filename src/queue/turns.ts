import type { Job } from '../app/ports.ts'

/** Whose turn it is among installations that share what runs jobs. */
export interface Turns {
  /** Of those that wait, in the order in which they came: the first of the installation of which least runs, and of these the one that was served before the others. */
  next<T>(waiting: readonly T[], jobOf: (each: T) => Job, running: Iterable<Job>): T | undefined
  /** An installation is served. */
  take(job: Job): void
}

export function createTurns(): Turns {
  // In the order in which they were served last: who is not here has never been.
  const served = new Set<number>()
  return {
    next(waiting, jobOf, running) {
      const count = new Map<number, number>()
      for (const { installation } of running) count.set(installation, (count.get(installation) ?? 0) + 1)
      const last = new Map([...served].map((installation, at) => [installation, at + 1]))
      const firsts = new Map(waiting.toReversed().map((each) => [jobOf(each).installation, each]))
      const [next] = [...firsts].sort(
        ([a], [b]) => (count.get(a) ?? 0) - (count.get(b) ?? 0) || (last.get(a) ?? 0) - (last.get(b) ?? 0),
      )
      return next?.[1]
    },
    take({ installation }) {
      served.delete(installation)
      served.add(installation)
    },
  }
}
