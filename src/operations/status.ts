import { within } from '../app/within.ts'
import type { Journal } from '../app/work/journal.ts'
import type { Worker } from '../app/work/worker.ts'
import { budgets } from '../domain/budgets.ts'
import { measureLoopLag } from './loop-lag.ts'
import type { Metrics, Reading } from './metrics.ts'
import { createProbes, type Probes } from './probes.ts'
import { createReadiness } from './readiness.ts'

/** What is read when somebody asks how the server is. */
export interface StatusSources {
  readonly journal: Pick<Journal, 'check' | 'left'>
  readonly worker: Pick<Worker, 'load'>
  /** What is wrong with the App, or undefined. */
  readonly missing: () => Promise<string | undefined>
}

/** What a server says of itself. */
export interface Status {
  readonly probes: Probes
  /** From now on it says that it takes nothing more. */
  stopAccepting(): void
  stop(): void
}

export interface StatusOptions {
  readonly metrics: Metrics
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const patience = budgets.probe.size * 1000

/** Begins to measure, too. */
export function createStatus(sources: StatusSources, { metrics, now }: StatusOptions): Status {
  const lag = measureLoopLag()
  let accepting = true
  const readiness = createReadiness({
    patience,
    parts: {
      store: async () => void (await sources.journal.check()),
      app: sources.missing,
      accepting: async () => (accepting ? undefined : 'the server is stopping'),
    },
  })
  const probes = createProbes({
    readiness,
    lag,
    metrics: async (missing) => {
      const stored = missing.has('store') ? {} : await readStored(sources, now)
      return metrics.text({ ...stored, missing, lag: lag.read() })
    },
    metricsType: metrics.contentType,
  })
  return {
    probes,
    stopAccepting() {
      accepting = false
    },
    stop: lag.stop,
  }
}

type Stored = Pick<Reading, 'jobs' | 'pending'>

/** Where the store does not answer in time, what it holds is not known. */
async function readStored({ journal, worker }: StatusSources, now: () => number): Promise<Stored> {
  const both = Promise.all([worker.load(), journal.left()])
  const read = await within(patience, both).catch(() => undefined)
  if (read === undefined) return {}
  const [jobs, left] = read
  const accepted = left.map(({ scope }) => scope.event?.at ?? now())
  const oldestSeconds = (now() - Math.min(now(), ...accepted)) / 1000
  return { jobs, pending: { count: left.length, oldestSeconds } }
}
