import { Probot } from 'probot'
import type { Decisions } from './app/decision.ts'
import type { Judge } from './app/judge-pull-request.ts'
import type { Log } from './app/log.ts'
import type { Observe } from './app/observer.ts'
import type { Forge, Job } from './app/ports.ts'
import { type CatchingUp, startCatchingUp } from './app/work/catch-up.ts'
import type { QueueOptions } from './app/work/check-queue.ts'
import type { Journal } from './app/work/journal.ts'
import { createSweep } from './app/work/sweep.ts'
import { createWorker, type Worker } from './app/work/worker.ts'
import { createLocalNewestRuns, type NewestRuns } from './github/checks/newest-runs.ts'
import { createClientClass } from './github/client.ts'
import { createGitHubForge } from './github/forge.ts'
import { createLocalLedger, type Ledger } from './github/pacing/ledger.ts'
import { createHelm } from './helm/helm.ts'
import { observedForge } from './operations/observed-forge.ts'
import { observedJudge } from './operations/observed-judge.ts'
import type { Watch } from './operations/watch.ts'
import { ownVersion } from './package-file.ts'
import { createFileJournal, JournalInUse } from './queue/file-journal.ts'
import { createMemoryQueue } from './queue/memory-queue.ts'
import { createRedisJournal } from './queue/redis-journal.ts'
import { createRedisLedger, type RedisLedger } from './queue/redis-ledger.ts'
import { createRedisNewestRuns } from './queue/redis-newest-runs.ts'
import { createRedisQueue } from './queue/redis-queue.ts'
import { createDecisionLog, noDecisions } from './records/decision-log.ts'
import { type Settings, SettingsError } from './settings.ts'
import { createTrafficLogs } from './traffic/kept-traffic.ts'

/** What the App takes of time: how long it waits for others, and what day it is. */
export interface Clock {
  readonly pause: (milliseconds: number) => Promise<void>
  /** `YYYY-MM-DD`. */
  readonly today: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Servers that share a queue share what GitHub lets them send. */
export function createLedger({ redisUrl }: Settings): Ledger & Partial<Pick<RedisLedger, 'sayFaultsTo'>> {
  return redisUrl === undefined ? createLocalLedger() : createRedisLedger({ url: redisUrl })
}

/** Octokit and webhooks, for the App. */
export async function createProbot(settings: Settings, observe: Observe, ledger: Ledger): Promise<Probot> {
  const { appId, privateKey, webhookSecret, apiUrl, logLevel, pace } = settings
  // Not by `createProbot`, whose `defaults` give way to unset variables of the environment.
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    logLevel,
    logFormat: 'json',
    Octokit: createClientClass({ pace, observe, ledger }),
  })
  return probot.ready()
}

/** What does the work behind the webhooks. */
export interface Engine {
  readonly worker: Worker
  readonly journal: Journal
  /** Begins to make up for what was missed; the webhooks must be open by then. */
  beginCatchingUp(): CatchingUp
  /** Lets go of what it asks beside the queue and the journal, once nothing is at work. */
  close(): void
}

/** Where several servers share a queue they share what it holds, and what is on its way there. */
function createJournal({ redisUrl, journal = ':memory:' }: Settings, log: Log): Journal {
  if (redisUrl !== undefined) return createRedisJournal({ url: redisUrl, log })
  try {
    return createFileJournal(journal)
  } catch (error) {
    const why = error instanceof JournalInUse ? 'is in use by another server' : 'cannot be opened'
    throw new SettingsError([`JOURNAL ${why}: ${journal}`], { cause: error })
  }
}

function createDecisions({ decisions }: Settings, { log, observe }: Watch, now: Clock['now']): Decisions {
  if (decisions === undefined) return noDecisions
  try {
    return createDecisionLog({ to: decisions, version: ownVersion(), now, log, observe })
  } catch (error) {
    throw new SettingsError([`DECISIONS cannot be written: ${decisions}`], { cause: error })
  }
}

/** What every part of a running server is given. */
export interface Surroundings extends Clock {
  readonly probot: Probot
  readonly settings: Settings
  readonly watch: Watch
}

function createForge({ probot, settings, watch, pause }: Surroundings, newest: NewestRuns): Forge {
  const { appId, mirrors, cacheDirectory } = settings
  const { log, observe } = watch
  const forge = createGitHubForge({
    appId,
    authenticate: (installation) => probot.auth(installation),
    log,
    observe,
    pause,
    newest,
    ...(mirrors === undefined ? {} : { mirrors }),
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  })
  return observedForge(forge, watch)
}

export function createEngine(surroundings: Surroundings, judge: Judge): Engine {
  const { settings, watch, pause, today, now } = surroundings
  const { concurrency, catchUpMinutes, redisUrl, searchPath } = settings
  const { log, observe, tracing } = watch
  const newest =
    redisUrl === undefined ? createLocalNewestRuns() : createRedisNewestRuns({ url: redisUrl, log })
  const forge = createForge(surroundings, newest)
  const journal = createJournal(settings, log)
  const createQueue = (options: QueueOptions) => {
    const traced = { ...options, run: (job: Job) => tracing.ofJob(job, () => options.run(job)) }
    return redisUrl === undefined ? createMemoryQueue(traced) : createRedisQueue({ ...traced, url: redisUrl })
  }
  const worker = createWorker({
    forge,
    journal,
    charts: createHelm({ path: searchPath }),
    ...(settings.trafficDirectory !== undefined && {
      traffic: createTrafficLogs(settings.trafficDirectory, now),
    }),
    judge: observedJudge(judge, observe),
    decisions: createDecisions(settings, watch, now),
    createQueue,
    concurrency,
    log,
    pause,
    today,
  })
  const { request, resume } = worker
  return {
    worker,
    journal,
    close: newest.close,
    beginCatchingUp: () => {
      const sweep = createSweep({ forge, request, observe, log })
      return startCatchingUp(catchUpMinutes, { forge, sweep, resume, log, now, pause })
    },
  }
}
