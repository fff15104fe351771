import type { Decisions } from '../app/decision.ts'
import type { Log } from '../app/log.ts'
import type { Observe } from '../app/observer.ts'
import type { DecisionRecord } from '../domain/policy/record/decision-record.ts'
import { createAppender } from './append-lines.ts'

export interface DecisionLogOptions {
  /** A file that lines are added to, or `stdout`. */
  readonly to: string
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: Log
  readonly observe: Observe
}

/** Keeps nothing. */
export const noDecisions: Decisions = { keep: () => undefined }

/** Throws where nothing can be added to the file; what fails later is logged. Lines follow one another as the verdicts did. */
export function createDecisionLog({ to, version, now, log, observe }: DecisionLogOptions): Decisions {
  const write = to === 'stdout' ? printed : createAppender(to)
  let last: Promise<unknown> = Promise.resolve()
  return {
    keep({ inputs, verdict }, on) {
      const at = new Date(now()).toISOString()
      const record: DecisionRecord = { schema: 'firebreak-decision/1', version, at, on, inputs, verdict }
      last = last
        .then(() => write(`${JSON.stringify(record)}\n`))
        .then(() => observe({ kind: 'decision', end: 'kept' }))
        .catch((error: unknown) => {
          log.error({ err: error, on }, 'a decision could not be kept')
          observe({ kind: 'decision', end: 'lost' })
        })
    },
  }
}

async function printed(line: string): Promise<void> {
  process.stdout.write(line)
}
