import type { QueueLoad } from '../app/check-queue.ts'
import type { Observe, Observed } from '../app/observer.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { createAllowances } from './allowances.ts'
import { createInstruments, type Instruments } from './instruments.ts'
import type { LoopLag } from './loop-lag.ts'
import type { Part } from './readiness.ts'

/** Accepted events that are not done. */
export interface Pending {
  readonly count: number
  /** How long the oldest has waited. */
  readonly oldestSeconds: number
}

/** What is looked up when the metrics are asked for. What cannot be known then is absent. */
export interface Reading {
  readonly jobs?: QueueLoad
  readonly pending?: Pending
  readonly missing: ReadonlyMap<Part, string>
  readonly lag: ReturnType<LoopLag['read']>
}

/** Counts what it is told, and says it in the text format of Prometheus. */
export interface Metrics {
  readonly observe: Observe
  text(reading: Reading): Promise<string>
  readonly contentType: string
}

export interface MetricsOptions {
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export function createMetrics({ version, now }: MetricsOptions): Metrics {
  const instruments = createInstruments(version)
  const allowances = createAllowances(now)
  let processor = 0

  function addProcessorTime(): void {
    const { user, system } = process.cpuUsage()
    const sum = (user + system) / 1e6
    instruments.add('processor', {}, sum - processor)
    processor = sum
  }

  return {
    observe(fact) {
      if (fact.kind === 'allowance') allowances.note(fact)
      else count(fact, instruments)
    },
    text(reading) {
      setGauges(reading, instruments)
      instruments.forget('allowance')
      for (const [resource, left] of allowances.lowest()) instruments.set('allowance', { resource }, left)
      addProcessorTime()
      return instruments.text()
    },
    contentType: instruments.contentType,
  }
}

function count(fact: Exclude<Observed, { readonly kind: 'allowance' }>, { add, time }: Instruments): void {
  switch (fact.kind) {
    case 'verdict':
      add('verdicts', { conclusion: fact.conclusion })
      break
    case 'answered':
      time('answered', {}, fact.seconds)
      break
    case 'evaluated':
      time('evaluated', {}, fact.seconds)
      break
    case 'abandoned':
      add('abandoned', { why: fact.why })
      break
    case 'override':
      add('overrides', {})
      break
    case 'budget':
      add('budgets', { budget: fact.budget })
      break
    case 'unagreed-push':
      add('unagreedPushes', {})
      break
    case 'found':
      add('found', { what: fact.what }, fact.count)
      break
    case 'call':
      add('calls', { api: fact.api, status: statusLabel(fact.status) })
      break
    case 'lookups':
      add('lookups', { at: fact.at, of: fact.of, found: 'hit' }, fact.hits)
      add('lookups', { at: fact.at, of: fact.of, found: 'miss' }, fact.misses)
      break
    case 'webhook':
      if (fact.end === 'accepted') add('events', { event: fact.event ?? 'other' })
      add('webhooks', { end: fact.end })
      break
    case 'logged':
      add('logged', { level: fact.level })
      break
    default:
      assertNever(fact)
  }
}

const tellingStatuses = [401, 403, 404, 422, 429]

function statusLabel(status: number | undefined): string {
  if (status === undefined) return 'none'
  return tellingStatuses.includes(status) ? String(status) : `${Math.floor(status / 100)}xx`
}

function setGauges({ jobs, pending, missing, lag }: Reading, { set, forget }: Instruments): void {
  forget('jobs')
  if (jobs !== undefined) {
    set('jobs', { state: 'waiting' }, jobs.waiting)
    set('jobs', { state: 'running' }, jobs.running)
  }
  // No number is no number: an alarm that compares it stays silent, and the one about the store does not.
  set('pending', {}, pending?.count ?? Number.NaN)
  set('oldest', {}, pending?.oldestSeconds ?? Number.NaN)
  for (const part of ['store', 'app', 'accepting'] as const) {
    set('ready', { part }, missing.has(part) ? 0 : 1)
  }
  set('lag', { quantile: '0.5' }, lag.half)
  set('lag', { quantile: '0.99' }, lag.p99)
  set('lag', { quantile: '1' }, lag.longest)
  set('memory', {}, process.memoryUsage.rss())
  set('started', {}, Math.round(performance.timeOrigin / 1000))
}
