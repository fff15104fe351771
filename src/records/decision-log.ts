import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import type { Decisions } from '../app/decision.ts'
import type { Observe } from '../app/observer.ts'
import type { Log } from '../app/ports.ts'
import type { DecisionRecord } from '../domain/policy/record/decision-record.ts'

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

/** What was killed, or found the disk full, may have left a part of a line; whatever follows is a line of its own. */
function createAppender(path: string): (line: string) => Promise<void> {
  let isTorn = endsWithin(path)
  return async (line) => {
    const text = isTorn ? `\n${line}` : line
    isTorn = true
    await appendFile(path, text)
    isTorn = false
  }
}

/** Whether the last line of a file has no end; the file is made where there is none. What is no file, like a pipe, has no lines. */
function endsWithin(path: string): boolean {
  appendFileSync(path, '')
  const stats = statSync(path)
  if (!stats.isFile() || stats.size === 0) return false
  const file = openSync(path, 'r')
  try {
    const last = Buffer.alloc(1)
    readSync(file, last, 0, 1, stats.size - 1)
    return last.toString() !== '\n'
  } finally {
    closeSync(file)
  }
}
