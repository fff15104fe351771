import { beginWaiting, checkPullRequest, sayAgain } from '../check-pull-request.ts'
import { checkPush } from '../check-push.ts'
import type { Decisions } from '../decision.ts'
import type { Judge } from '../judge-pull-request.ts'
import type { Log } from '../log.ts'
import type { CheckRequest, Forge, Job } from '../ports.ts'
import type { ChartRenderer } from '../reading/chart-port.ts'
import type { TrafficLogs } from '../traffic-port.ts'
import { createAskingAgain } from './asking-again.ts'
import type { CheckQueue, QueueLoad, QueueOptions } from './check-queue.ts'
import { jobKey } from './job-key.ts'
import { jobsIn } from './jobs-of-scope.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { persist } from './patience.ts'
import { type Undone, type Unsaid, undoneOf } from './reason-of-fault.ts'
import type { Scope } from './scope.ts'

export interface WorkerOptions {
  readonly forge: Forge
  readonly charts: ChartRenderer
  readonly traffic?: TrafficLogs
  readonly judge: Judge
  readonly decisions: Decisions
  readonly journal: Journal
  readonly createQueue: (options: QueueOptions) => CheckQueue
  /** Pull requests that are evaluated at the same time. */
  readonly concurrency: number
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
  readonly today: () => string
}

/** Evaluates what is asked for. */
export interface Worker {
  /** Resolves once it is kept: it will be done, whatever becomes of this process. */
  request(scope: Scope): Promise<void>
  /** Takes up what an earlier process left, and whatever failed since. */
  resume(): Promise<void>
  /** How many jobs wait, and how many run. */
  load(): Promise<QueueLoad>
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>
  /** Takes nothing more, and resolves when nothing is at work; what waits stays in the journal. */
  close(): Promise<void>
  /** Lets go of everything at once; the journal has it. */
  abandon(): void
}

/**
 * Evaluates pull requests from a queue; a scope is first resolved to the pull requests that are open now. Each that has to wait gets a
 * check run at once, which stands until it is judged; what could not be judged is asked for again.
 */
export function createWorker(options: WorkerOptions): Worker {
  const { createQueue, concurrency, journal, log, pause } = options
  const queue = createQueue({ concurrency, log, run })
  const pursued = new Map<JournalEntry, Promise<void>>()
  const again = createAskingAgain({ pursue, log, pause })
  const unsaid = new Map<string, readonly Unsaid[]>()

  async function run(job: Job): Promise<void> {
    const key = jobKey(job)
    const kept = isForWords(job) ? unsaid.get(key) : undefined
    const work = kept === undefined ? evaluate(job, options) : sayAll(kept, job, options)
    const undone = await work.catch((error: unknown): Undone => {
      log.error({ err: error, ...job }, 'evaluation failed')
      return kept === undefined ? { error, lacks: 'verdict' } : { error, lacks: 'words', unsaid: kept }
    })
    if (undone === undefined) {
      unsaid.delete(key)
      await again.settled(key)
    } else await keep(job, undone)
  }

  async function keep(job: Job, undone: Undone): Promise<void> {
    const key = jobKey(job)
    if (undone.lacks === 'words') unsaid.set(key, undone.unsaid)
    else unsaid.delete(key)
    const end = await again.later(key, undone, () => journal.note(scopeOf(job, undone.lacks)))
    if (end === 'let-go') unsaid.delete(key)
  }

  function pursue(entry: JournalEntry): void {
    const task = pursueToEnd(entry)
      .catch((error: unknown) => log.error({ err: error, scope: entry.scope }, 'it is not known to be done'))
      .finally(() => pursued.delete(entry))
    pursued.set(entry, task)
  }

  async function pursueToEnd(entry: JournalEntry): Promise<void> {
    const key = JSON.stringify(entry.scope)
    const end = await pursueScope(entry.scope, queue, options)
    if (end === 'failed') return
    if (end !== 'over' && (await again.later(key, end, async () => entry)) === 'kept') return
    if (end === 'over') await again.settled(key)
    await entry.done()
  }

  async function settle(): Promise<void> {
    while (pursued.size > 0) await Promise.all(pursued.values())
  }

  return {
    async request(scope) {
      pursue(await journal.note(scope))
    },
    async resume() {
      const scopes = [...[...pursued.keys()].map(({ scope }) => scope), ...again.waiting()]
      const atWork = new Set(scopes.map((scope) => JSON.stringify(scope)))
      for (const entry of await journal.left()) {
        if (!atWork.has(JSON.stringify(entry.scope))) pursue(entry)
      }
    },
    load: queue.load,
    async idle() {
      await settle()
      await queue.idle()
    },
    async close() {
      again.stop()
      await queue.close()
      await settle()
      await journal.close()
    },
    abandon() {
      again.stop()
      queue.abandon()
      journal.abandon()
    },
  }
}

/** What asks for a job alone; whoever looks at the journal sees since when a verdict is waited for. */
function scopeOf({ event, ...job }: Job, lacks: Undone['lacks']): Scope {
  const asked = event === undefined ? {} : { event }
  if (!('push' in job)) {
    const ref = asNew(job)
    return lacks === 'words'
      ? { kind: 'pull-request', ref: { ...ref, words: true } }
      : { kind: 'pull-request', ref, ...asked }
  }
  const { push, ...repository } = job
  return { kind: 'push', repository, push, isDefault: 'yes', ...asked }
}

/** Without what was begun for it, and in whole. */
function asNew({ begun: _, words: __, ...request }: CheckRequest): CheckRequest {
  return request
}

function isForWords(job: Job): boolean {
  return 'words' in job && job.words === true
}

async function sayAll(
  unsaid: readonly Unsaid[],
  job: Job,
  options: WorkerOptions,
): Promise<Undone | undefined> {
  const { repository, publisher } = await persist(() => options.forge.connect(job), options)
  const parts: (Undone | undefined)[] = []
  for (const each of unsaid) parts.push(await sayAgain(each, { repository, publisher }))
  return undoneOf(parts)
}

async function evaluate(ref: Job, options: WorkerOptions): Promise<Undone | undefined> {
  const { charts, traffic, judge, decisions, log, pause, today } = options
  const connection = await persist(() => options.forge.connect(ref), options)
  const world = { ...connection, charts, ...(traffic && { traffic }), judge, decisions, log, pause, today }
  if ('push' in ref) return checkPush(ref, world)
  const undone = await checkPullRequest(ref, world)
  if (ref.group !== undefined) return undone
  // What was said of it meanwhile concerns its turn in a merge queue, too, on whose commit an older verdict stands.
  const groups = await persist(() => connection.repository.mergeGroups(ref.number), options)
  const turns: (Undone | undefined)[] = []
  for (const group of groups) turns.push(await checkPullRequest({ ...asNew(ref), group }, world))
  return undoneOf([undone, ...turns])
}

async function pursueScope(
  scope: Scope,
  queue: CheckQueue,
  options: WorkerOptions,
): Promise<'over' | 'failed' | Undone> {
  try {
    const jobs = await persist(() => jobsIn(scope, options), options)
    const ends = await Promise.all(
      jobs.map(async (job) => queue.add(await begunWhereItWaits(forEvent(job, scope), queue, options))),
    )
    return ends.includes('failed') ? 'failed' : 'over'
  } catch (error) {
    options.log.error({ err: error, scope }, 'what an event concerns could not be listed')
    return { error, lacks: 'verdict' }
  }
}

function forEvent(job: Job, { event }: Scope): Job {
  return event === undefined ? job : { ...job, event }
}

/** Where a run cannot be begun now, the evaluation begins one when its turn comes. */
async function begunWhereItWaits(job: Job, queue: CheckQueue, { forge, log }: WorkerOptions): Promise<Job> {
  if ('push' in job || isForWords(job) || (await queue.turnOf(job)) !== 'later') return job
  try {
    return await beginWaiting(job, await forge.connect(job))
  } catch (error) {
    log.warn({ err: error, ...job }, 'check run could not be begun at once')
    return job
  }
}
