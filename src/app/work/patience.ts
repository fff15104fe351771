import type { Log } from '../log.ts'

const minute = 60_000

/** Milliseconds between one failed attempt to reach the forge and the next; after the last of them it is given up for now. */
export const patience = [2_000, 10_000] as const

/** Milliseconds after which what was given up is asked for once more; an hour is the longest limit that GitHub sets. */
export const backOff = [
  minute / 2,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  60 * minute,
] as const

/** With what something is tried again. */
export interface Persisting {
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Tries again what failed, for a while. */
export async function persist<T>(work: () => Promise<T>, { log, pause }: Persisting): Promise<T> {
  for (const wait of patience) {
    try {
      return await work()
    } catch (error) {
      log.warn({ err: error }, 'the forge could not be reached; it is tried again')
      await pause(wait)
    }
  }
  return work()
}
