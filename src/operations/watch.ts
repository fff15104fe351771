import type { Journal } from '../app/journal.ts'
import type { Observe } from '../app/observer.ts'
import type { Log } from '../app/ports.ts'
import { within } from '../app/within.ts'
import type { Worker } from '../app/worker.ts'
import { measureLoopLag } from './loop-lag.ts'
import type { Metrics, Pending, Reading } from './metrics.ts'
import type { Watching } from './observed-forge.ts'
import { createProbes, type Probes } from './probes.ts'
import { createReadiness } from './readiness.ts'
import { createTracing } from './tracing.ts'

/** What every part of the server tells what it does to. */
export interface Watch extends Watching {
  /** Each line says what it belongs to. */
  readonly log: Log
  readonly observe: Observe
  /** Begins to answer whoever looks at the server. */
  status(looked: Looked): Status
}

/** What is looked at when somebody asks. */
interface Looked {
  readonly journal: Pick<Journal, 'check' | 'left'>
  readonly worker: Pick<Worker, 'load'>
  /** What is wrong with the App, or undefined. */
  readonly missing: () => Promise<string | undefined>
}

/** What a server says of itself. */
interface Status {
  readonly probes: Probes
  /** From now on it says that it takes nothing more. */
  stopAccepting(): void
  stop(): void
}

export interface WatchOptions {
  readonly log: Log
  readonly metrics: Metrics
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** How long a store or GitHub is waited for by whoever asks how things are, in milliseconds. */
const patience = 2_000

export function createWatch({ log, metrics, now }: WatchOptions): Watch {
  const tracing = createTracing(now)
  const { observe } = metrics
  return {
    observe,
    tracing,
    now,
    log: countedLog(tracing.log(log), observe),
    status: (looked) => createStatus(looked, { metrics, now }),
  }
}

function countedLog(log: Log, observe: Observe): Log {
  const counted = (level: 'warn' | 'error') => (fields: object, message: string) => {
    log[level](fields, message)
    observe({ kind: 'logged', level })
  }
  return { ...log, warn: counted('warn'), error: counted('error') }
}

function createStatus(
  { journal, worker, missing }: Looked,
  { metrics, now }: Pick<WatchOptions, 'metrics' | 'now'>,
): Status {
  const lag = measureLoopLag()
  let accepting = true
  const readiness = createReadiness({
    patience,
    parts: {
      store: async () => void (await journal.check()),
      app: missing,
      accepting: async () => (accepting ? undefined : 'the server is stopping'),
    },
  })

  async function pending(): Promise<Pending> {
    const left = await journal.left()
    const accepted = left.map(({ scope }) => scope.event?.at ?? now())
    return { count: left.length, oldestSeconds: (now() - Math.min(now(), ...accepted)) / 1000 }
  }

  /** Where the store is away, what it holds is not known. */
  async function stored(isThere: boolean): Promise<Pick<Reading, 'jobs' | 'pending'>> {
    if (!isThere) return {}
    const both = Promise.all([worker.load(), pending()])
    const read = await within(patience, both).catch(() => undefined)
    if (read === undefined) return {}
    const [jobs, accepted] = read
    return { jobs, pending: accepted }
  }

  return {
    probes: createProbes({
      readiness,
      lag,
      metrics: async (found) =>
        metrics.text({ ...(await stored(!found.has('store'))), missing: found, lag: lag.read() }),
      metricsType: metrics.contentType,
    }),
    stopAccepting() {
      accepting = false
    },
    stop: lag.stop,
  }
}
