import type { Observe, Observed } from '../app/observer.ts'
import type { QueueLoad } from '../app/work/check-queue.ts'
import { createAllowances } from './allowances.ts'
import { createInstruments, type Instruments } from './instruments.ts'
import type { LoopLag } from './loop-lag.ts'
import type { Part } from './readiness.ts'

/** Accepted events that are not done. */
interface Pending {
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

type Kind = Exclude<Observed['kind'], 'allowance'>

type Counted<K extends Kind = Kind> = {
  readonly [Each in K]: { readonly kind: Each } & Extract<Observed, { readonly kind: Each }>
}[K]

/** What each fact adds to. */
const counting: { readonly [K in Kind]: (fact: Counted<K>, to: Instruments) => void } = {
  verdict: ({ conclusion }, { add }) => add('verdicts', { conclusion }),
  answered: ({ seconds }, { time }) => time('answered', {}, seconds),
  evaluated: ({ seconds }, { time }) => time('evaluated', {}, seconds),
  abandoned: ({ why }, { add }) => add('abandoned', { why }),
  override: (_, { add }) => add('overrides', {}),
  decision: ({ end }, { add }) => add('decisions', { end }),
  budget: ({ budget }, { add }) => add('budgets', { budget }),
  'unagreed-push': (_, { add }) => add('unagreedPushes', {}),
  found: ({ what, count }, { add }) => add('found', { what }, count),
  call: ({ api, status }, { add }) => add('calls', { api, status: statusLabel(status) }),
  lookups({ at, of, hits, misses }, { add }) {
    add('lookups', { at, of, found: 'hit' }, hits)
    add('lookups', { at, of, found: 'miss' }, misses)
  },
  webhook({ end, event = 'other', seconds = 0 }, { add, time }) {
    if (end === 'accepted') {
      add('events', { event })
      time('taken', {}, seconds)
    }
    add('webhooks', { end })
  },
  logged: ({ level }, { add }) => add('logged', { level }),
}

function count<K extends Kind>(fact: Counted<K>, to: Instruments): void {
  counting[fact.kind](fact, to)
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
