import type { CheckRequest, Job } from '../app/ports.ts'
import type { CheckQueue, QueueOptions } from '../app/work/check-queue.ts'
import { jobKey } from '../app/work/job-key.ts'
import { createTurns } from './turns.ts'

type End = Awaited<ReturnType<CheckQueue['add']>>

/** A job that waits, and whoever waits for it: a newer one takes its place for all of them. */
interface Waiting {
  readonly job: Job
  readonly settled: Promise<End>
  readonly settle: (end: End) => void
}

/** What was begun for a job that a newer one takes the place of, and the event that has waited longer. */
function keptOf(job: Job | undefined): Pick<CheckRequest, 'begun' | 'event'> {
  if (job === undefined) return {}
  const { event } = job
  return {
    ...('begun' in job && job.begun !== undefined && { begun: job.begun }),
    ...(event !== undefined && { event }),
  }
}

/** Where what waits is to be judged, whoever wants only its words gets them by that. */
function inWhole(job: Job, before: Job | undefined): Job {
  if (!('words' in job) || before === undefined || 'words' in before) return job
  const { words: _, ...request } = job
  return request
}

function toBeSettled(): Pick<Waiting, 'settled' | 'settle'> {
  const { promise, resolve } = Promise.withResolvers<End>()
  return { settled: promise, settle: resolve }
}

/**
 * A `CheckQueue` in this process. Installations take turns, so that none waits for all that another has asked for. A job that throws is
 * logged and is over: whoever wants it again adds it again.
 * Each `add` is followed by a run that starts after it, so no event is lost; until `close`, which drops those that wait and refuses later ones.
 */
export function createMemoryQueue({ run, concurrency, log }: QueueOptions): CheckQueue {
  const waiting = new Map<string, Waiting>()
  const running = new Map<string, Job>()
  const turns = createTurns()
  let closed = false
  let idleListeners: (() => void)[] = []

  function start(key: string, { job, settle }: Waiting): void {
    waiting.delete(key)
    running.set(key, job)
    turns.take(job)
    // `then` before `run`: a `run` that throws at once is a failed job like any other.
    void Promise.resolve()
      .then(() => run(job))
      .then(
        () => settle('over'),
        (error: unknown) => {
          log.error({ err: error, ...job }, 'evaluation failed')
          settle('failed')
        },
      )
      .finally(() => {
        running.delete(key)
        startWaiting()
      })
  }

  /** Whoever asked for it has it in the journal. */
  function dropWaiting(): void {
    for (const { settle } of waiting.values()) settle('failed')
    waiting.clear()
  }

  function startWaiting(): void {
    while (running.size < concurrency) {
      const free = [...waiting].filter(([key]) => !running.has(key))
      const next = turns.next(free, ([, { job }]) => job, running.values())
      if (next === undefined) break
      start(...next)
    }
    if (running.size > 0 || waiting.size > 0) return
    const listeners = idleListeners
    idleListeners = []
    for (const listener of listeners) listener()
  }

  function idle(): Promise<void> {
    if (running.size === 0 && waiting.size === 0) return Promise.resolve()
    return new Promise((resolve) => idleListeners.push(resolve))
  }

  return {
    add(job) {
      if (closed) {
        log.info({ ...job }, 'it is left to the next server')
        return Promise.resolve('failed')
      }
      const key = jobKey(job)
      const before = waiting.get(key)
      const { settled, settle } = before ?? toBeSettled()
      const { event, ...newer } = inWhole(job, before?.job)
      const joined = { ...(event && { event }), ...keptOf(before?.job), ...newer }
      waiting.set(key, { job: joined, settled, settle })
      startWaiting()
      return settled
    },
    async turnOf(job) {
      const key = jobKey(job)
      if (waiting.has(key)) return 'waits'
      return running.size >= concurrency || running.has(key) ? 'later' : 'now'
    },
    load: async () => ({ waiting: waiting.size, running: running.size }),
    idle,
    close() {
      closed = true
      dropWaiting()
      return idle()
    },
    abandon() {
      closed = true
      dropWaiting()
    },
  }
}
