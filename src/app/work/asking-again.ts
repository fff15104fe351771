import type { Log } from '../log.ts'
import type { JournalEntry } from './journal.ts'
import { type Undone, waitBefore } from './reason-of-fault.ts'
import type { Scope } from './scope.ts'

export interface AskingAgainOptions {
  readonly pursue: (entry: JournalEntry) => void
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Asks once more, with back-off, for what could not be done; each thing by a key. */
export interface AskingAgain {
  /** Keeps it until its turn comes; `waits` where it is kept already, `let-go` where it is not worth another try. */
  later(key: string, undone: Undone, keep: () => Promise<JournalEntry>): Promise<'kept' | 'waits' | 'let-go'>
  /** It is done: whatever was still to be asked for is done with it. */
  settled(key: string): Promise<void>
  /** What is to be asked for once more, and not yet. */
  waiting(): readonly Scope[]
  /** Asks for nothing more; what waits stays in the journal. */
  stop(): void
}

export function createAskingAgain({ pursue, log, pause }: AskingAgainOptions): AskingAgain {
  const times = new Map<string, number>()
  const waiting = new Map<string, JournalEntry>()
  let stopped = false

  async function pursueAfter(wait: number, key: string, entry: JournalEntry): Promise<void> {
    await pause(wait)
    if (stopped || waiting.get(key) !== entry) return
    waiting.delete(key)
    pursue(entry)
  }

  return {
    async later(key, undone, keep) {
      if (waiting.has(key)) return 'waits'
      const before = times.get(key) ?? 0
      const wait = waitBefore(undone, before)
      if (wait === undefined) {
        times.delete(key)
        log.error({ err: undone.error, key, times: before }, 'it is not asked for again')
        return 'let-go'
      }
      times.set(key, before + 1)
      const entry = await keep()
      waiting.set(key, entry)
      log.warn({ key, times: before, seconds: wait / 1000 }, 'it is asked for once more later')
      void pursueAfter(wait, key, entry)
      return 'kept'
    },
    async settled(key) {
      times.delete(key)
      const entry = waiting.get(key)
      waiting.delete(key)
      await entry?.done()
    },
    waiting: () => [...waiting.values()].map(({ scope }) => scope),
    stop() {
      stopped = true
    },
  }
}
