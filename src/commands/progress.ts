import { Worker } from 'node:worker_threads'

/** What a command says of itself while it works. */
export interface Progress {
  /** Said once the command has worked for a second, until something else is done or printed. */
  doing(what: string): void
  /** Takes away what was said, before anything is printed. */
  clear(): void
}

/** Whether something is said: a number that both threads see, so that nothing is said over what is printed. */
export const stages = { silent: 0, shown: 1, clearing: 2, cleared: 3 } as const

/** What the thread is given. */
export interface ProgressData {
  readonly stage: Int32Array
  /** Milliseconds before anything is said. */
  readonly patience: number
  readonly doing: string
}

/** Beside the sources, and beside what is built of them. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './progress-thread.ts' : './progress-thread.js',
  import.meta.url,
)

const nothing: Progress = { doing: () => {}, clear: () => {} }

/**
 * Says on standard error what is being done, where that is a terminal. A thread of its own does, for judging leaves the process no
 * moment in which to say anything.
 */
export function createProgress(isTerminal: boolean, patience = 1000): Progress {
  if (!isTerminal) return nothing
  const stage = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  let thread: Worker | undefined
  const begin = (doing: string) => {
    const workerData: ProgressData = { stage, patience, doing }
    const begun = new Worker(program, { workerData })
    begun.unref()
    return begun
  }
  return {
    doing(what) {
      if (thread === undefined) thread = begin(what)
      else thread.postMessage(what)
      Atomics.compareExchange(stage, 0, stages.cleared, stages.silent)
    },
    clear() {
      if (Atomics.exchange(stage, 0, stages.clearing) === stages.shown) {
        thread?.postMessage(undefined)
        Atomics.wait(stage, 0, stages.clearing, 1000)
      }
      Atomics.store(stage, 0, stages.cleared)
    },
  }
}
