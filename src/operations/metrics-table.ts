import { doorEnds } from '../app/observer.ts'
import { budgets } from '../domain/budgets.ts'
import { knownEvents } from '../github/events.ts'

/** One metric, as it is exposed. */
export interface Metric {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  /** Every label with all that it can say, so that nobody from outside makes series of their own; what is none of it is `other`. */
  readonly labels: Readonly<Record<string, readonly string[]>>
  /** Of a histogram, in seconds. */
  readonly buckets?: readonly number[]
}

const seconds = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800]

/** GitHub waits for ten. */
const shortSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10]

/** Everything that is exposed; `docs/metrics.md` is written from it. */
export const metrics = {
  verdicts: {
    name: 'firebreak_verdicts_total',
    type: 'counter',
    help: 'Verdicts that were published.',
    labels: { conclusion: ['success', 'failure', 'action_required'] },
  },
  answered: {
    name: 'firebreak_event_to_verdict_seconds',
    type: 'histogram',
    help: 'From the event to the verdict that it asked for.',
    labels: {},
    buckets: seconds,
  },
  evaluated: {
    name: 'firebreak_evaluation_seconds',
    type: 'histogram',
    help: 'From the begin of an evaluation to its verdict.',
    labels: {},
    buckets: seconds,
  },
  abandoned: {
    name: 'firebreak_evaluations_abandoned_total',
    type: 'counter',
    help: 'Evaluations that ended without a verdict: by a fault, or because the pull request was closed or has moved on.',
    labels: { why: ['fault', 'closed', 'moved-on'] },
  },
  overrides: {
    name: 'firebreak_overrides_total',
    type: 'counter',
    help: 'Published verdicts that somebody had set aside.',
    labels: {},
  },
  decisions: {
    name: 'firebreak_decisions_total',
    type: 'counter',
    help: 'Verdicts that were to be kept by DECISIONS, by whether they could be.',
    labels: { end: ['kept', 'lost'] },
  },
  unagreedPushes: {
    name: 'firebreak_unagreed_pushes_total',
    type: 'counter',
    help: 'Pushes after which a branch holds what was not agreed to.',
    labels: {},
  },
  budgets: {
    name: 'firebreak_budgets_used_up_total',
    type: 'counter',
    help: 'Evaluations for which a budget of docs/budgets.md did not suffice.',
    labels: { budget: Object.keys(budgets) },
  },
  found: {
    name: 'firebreak_sweep_found_total',
    type: 'counter',
    help: 'What was made up for: events that did not arrive, open pull requests without a verdict, and stale ones, whose verdict rested on something else than is there now.',
    labels: { what: ['event', 'unjudged', 'stale'] },
  },
  webhooks: {
    name: 'firebreak_webhooks_total',
    type: 'counter',
    help: 'Requests to the door of the webhooks, by how they ended.',
    labels: { end: doorEnds },
  },
  taken: {
    name: 'firebreak_webhook_seconds',
    type: 'histogram',
    help: 'From the head of an event to its answer, once it is kept.',
    labels: {},
    buckets: shortSeconds,
  },
  events: {
    name: 'firebreak_events_total',
    type: 'counter',
    help: 'Accepted events.',
    labels: { event: [...knownEvents, 'other'] },
  },
  calls: {
    name: 'firebreak_github_calls_total',
    type: 'counter',
    help: 'Requests to GitHub, by the status of the answer; none: there was no answer.',
    labels: {
      api: ['rest', 'graphql'],
      status: ['2xx', '3xx', '4xx', '401', '403', '404', '422', '429', '5xx', 'none'],
    },
  },
  allowance: {
    name: 'firebreak_github_rate_limit_remaining',
    type: 'gauge',
    help: 'Requests that GitHub still answers this hour, of the installation that has the fewest left.',
    labels: { resource: ['core', 'graphql', 'search', 'other'] },
  },
  lookups: {
    name: 'firebreak_cache_lookups_total',
    type: 'counter',
    help: 'Questions to the stores of Git objects, in the threads that judge and behind them in the server.',
    labels: { at: ['thread', 'server'], of: ['listings', 'blobs'], found: ['hit', 'miss'] },
  },
  logged: {
    name: 'firebreak_log_lines_total',
    type: 'counter',
    help: 'Lines of the log that somebody should look at.',
    labels: { level: ['warn', 'error'] },
  },
  jobs: {
    name: 'firebreak_queue_jobs',
    type: 'gauge',
    help: 'Evaluations that wait or run; of all servers that share a queue.',
    labels: { state: ['waiting', 'running'] },
  },
  pending: {
    name: 'firebreak_pending_events',
    type: 'gauge',
    help: 'Accepted events that are not done.',
    labels: {},
  },
  oldest: {
    name: 'firebreak_oldest_pending_event_seconds',
    type: 'gauge',
    help: 'How long the oldest accepted event that is not done has waited; 0: there is none.',
    labels: {},
  },
  ready: {
    name: 'firebreak_ready',
    type: 'gauge',
    help: 'What /readyz says: 1 where nothing is missing of the part.',
    labels: { part: ['store', 'app', 'accepting'] },
  },
  lag: {
    name: 'firebreak_loop_lag_seconds',
    type: 'gauge',
    help: 'How long whoever answers webhooks was busy with something else, within the last minute.',
    labels: { quantile: ['0.5', '0.99', '1'] },
  },
  memory: {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory of the process, with the threads that judge.',
    labels: {},
  },
  processor: {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'Processor time of the process, with the threads that judge.',
    labels: {},
  },
  started: {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process began, in seconds since 1970.',
    labels: {},
  },
} as const satisfies Readonly<Record<string, Metric>>

/** The one metric whose label is known at start alone: 1, with the version that runs. */
export const buildInfo = {
  name: 'firebreak_build_info',
  help: 'The version that runs.',
  label: 'version',
} as const
