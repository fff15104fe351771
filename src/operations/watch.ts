import type { Log } from '../app/log.ts'
import type { Observe } from '../app/observer.ts'
import type { Metrics } from './metrics.ts'
import type { Watching } from './observed-forge.ts'
import { createStatus, type Status, type StatusSources } from './status.ts'
import { createTracing } from './tracing.ts'

/** What every part of the server tells what it does to. */
export interface Watch extends Watching {
  /** Each line says what it belongs to. */
  readonly log: Log
  /** Begins to answer whoever looks at the server. */
  status(sources: StatusSources): Status
}

export interface WatchOptions {
  readonly log: Log
  readonly metrics: Metrics
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export function createWatch({ log, metrics, now }: WatchOptions): Watch {
  const tracing = createTracing(now)
  const { observe } = metrics
  return {
    observe,
    tracing,
    now,
    log: countedLog(tracing.log(log), observe),
    status: (sources) => createStatus(sources, { metrics, now }),
  }
}

function countedLog(log: Log, observe: Observe): Log {
  const counted = (level: 'warn' | 'error') => (fields: object, message: string) => {
    log[level](fields, message)
    observe({ kind: 'logged', level })
  }
  return { ...log, warn: counted('warn'), error: counted('error') }
}
