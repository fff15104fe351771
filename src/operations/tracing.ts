import { AsyncLocalStorage } from 'node:async_hooks'
import type { Log } from '../app/log.ts'
import type { AcceptedEvent, Job } from '../app/ports.ts'

/** What is at work: the answer to an event, or an evaluation. */
interface Trace {
  readonly event?: AcceptedEvent
  readonly evaluation?: { readonly job: Job; readonly since: number; head?: string }
}

/** Keeps in mind for which event and which evaluation something is done, through everything that waits. */
export interface Tracing {
  ofEvent<T>(event: AcceptedEvent, work: () => T): T
  ofJob<T>(job: Job, work: () => T): T
  /** The head that is evaluated is known by now. */
  noteHead(sha: string): void
  /** The event for which something is done here, if it is for one. */
  event(): AcceptedEvent | undefined
  /** Milliseconds that the evaluation has gone on for. */
  duration(): number | undefined
  /** A log each line of which says what it belongs to. */
  log(log: Log): Log
}

/** `now` in milliseconds since 1970. */
export function createTracing(now: () => number): Tracing {
  const traces = new AsyncLocalStorage<Trace>()

  function duration(): number | undefined {
    const evaluation = traces.getStore()?.evaluation
    return evaluation === undefined ? undefined : now() - evaluation.since
  }

  function fields(): object {
    const { event, evaluation } = traces.getStore() ?? {}
    return {
      ...(event && { delivery: event.delivery }),
      ...(evaluation && { ...subjectOf(evaluation.job), duration: duration() }),
      ...(evaluation?.head !== undefined && { head: evaluation.head }),
    }
  }

  return {
    ofEvent: (event, work) => traces.run({ event }, work),
    ofJob: (job, work) => {
      const { event } = job
      return traces.run({ ...(event && { event }), evaluation: { job, since: now() } }, work)
    },
    noteHead(sha) {
      const evaluation = traces.getStore()?.evaluation
      if (evaluation !== undefined) evaluation.head = sha
    },
    event: () => traces.getStore()?.event,
    duration,
    log: (log) => ({
      debug: (more, message) => log.debug({ ...fields(), ...more }, message),
      info: (more, message) => log.info({ ...fields(), ...more }, message),
      warn: (more, message) => log.warn({ ...fields(), ...more }, message),
      error: (more, message) => log.error({ ...fields(), ...more }, message),
    }),
  }
}

function subjectOf(job: Job): object {
  const repository = `${job.owner}/${job.repo}`
  return 'push' in job
    ? { repository, branch: job.push.branch, head: job.push.after }
    : { repository, pullRequest: job.number }
}
