import type { Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Probot } from 'probot'
import { type Judge, judgePullRequest } from './app/judge-pull-request.ts'
import type { Observe } from './app/observer.ts'
import { within } from './app/within.ts'
import type { CatchingUp } from './app/work/catch-up.ts'
import type { Scope } from './app/work/scope.ts'
import type { Worker } from './app/work/worker.ts'
import { createBot } from './bot.ts'
import {
  type Clock,
  createEngine,
  createLedger,
  createProbot,
  type Engine,
  type Surroundings,
} from './engine.ts'
import { createAppCheck } from './github/app-check.ts'
import type { Ledger } from './github/pacing/ledger.ts'
import type { Secrets } from './github/signature.ts'
import { createWebhookDoor, type WebhookDoor } from './github/webhook-door.ts'
import { createHttpServer, drain, listen } from './http-server.ts'
import { createJudgingThreads } from './judging/threads.ts'
import { isStarted } from './main-module.ts'
import { createMetrics } from './operations/metrics.ts'
import { sayStanding, sayWeaknesses } from './operations/starting.ts'
import type { Status } from './operations/status.ts'
import { createWatch } from './operations/watch.ts'
import { ownVersion } from './package-file.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'

/** A server that accepts webhooks. */
export interface RunningServer {
  readonly url: string
  /** Where GitHub is to send its webhooks. */
  readonly webhookUrl: string
  /** Resolves when every pull request that was asked for has its verdict. */
  idle(): Promise<void>
  /** Accepts nothing more, and resolves when nothing is at work any more, or is let go of: what is not done stays in the journal. */
  close(): Promise<void>
}

const webhookPath = '/api/github/webhooks'

/** Where pull requests are judged. */
export interface Judging {
  readonly judge: Judge
  close(): Promise<void>
}

/** Begins it, telling what is to be counted. */
export type StartJudging = (settings: Settings, observe: Observe) => Judging

/** In the thread that answers webhooks, too. */
export const judgingHere: StartJudging = () => ({ judge: judgePullRequest, close: async () => undefined })

const judgingInThreads: StartJudging = ({ concurrency, judging }, observe) =>
  createJudgingThreads({ threads: concurrency, observe, ...judging })

const realClock: Clock = {
  pause: (milliseconds) => setTimeout(milliseconds),
  today: () => new Date().toISOString().slice(0, 10),
  now: () => Date.now(),
}

async function createDoor(
  { probot, settings, watch, now }: Surroundings,
  worker: Worker,
): Promise<WebhookDoor> {
  const { tracing } = watch
  const request = (scope: Scope) => {
    const event = tracing.event()
    return worker.request(event === undefined ? scope : { ...scope, event })
  }
  await probot.load(createBot({ appId: settings.appId, request }))
  return createWebhookDoor({
    ...watch,
    path: webhookPath,
    secrets: secretsOf(settings),
    receive: (event) =>
      tracing.ofEvent({ delivery: event.id, at: now() }, () => probot.receive(event as ProbotEvent)),
  })
}

function secretsOf({ webhookSecret, previousWebhookSecret: previous }: Settings): Secrets {
  return { current: webhookSecret, ...(previous === undefined ? {} : { previous }) }
}

/** One of those that Probot knows; what its payload lacks is found out by whoever decodes it. */
type ProbotEvent = Parameters<Probot['receive']>[0]

/**
 * Starts the whole App: webhooks in, verdicts out. Resolves once it listens. Against a forge that answers at once another
 * clock may keep its pauses short; and where nobody is hostile, what is judged here starts sooner than in threads.
 */
export async function startServer(
  settings: Settings,
  clock: Clock = realClock,
  startJudging: StartJudging = judgingInThreads,
): Promise<RunningServer> {
  const version = ownVersion()
  const metrics = createMetrics({ version, now: clock.now })
  const ledger = createLedger(settings)
  const probot = await createProbot(settings, metrics.observe, ledger)
  const watch = createWatch({ log: probot.log.child({ name: 'firebreak' }), metrics, now: clock.now })
  ledger.sayFaultsTo?.(watch.log)
  const surroundings = { ...clock, probot, settings, watch }
  const judging = startJudging(settings, watch.observe)
  const engine = createEngine(surroundings, judging.judge)
  const { worker, journal } = engine
  const appCheck = createAppCheck({ authenticate: () => probot.auth(), now: clock.now })
  const status = watch.status({ journal, worker, missing: appCheck.missing })
  const door = await createDoor(surroundings, worker)
  const server = createHttpServer([door.answer, status.probes], watch.log, () =>
    watch.observe({ kind: 'webhook', end: 'not-let-in', event: undefined }),
  )
  const url = await listen(server, settings)
  watch.log.info({ url, version }, 'listening')
  void sayWeaknesses(journal, watch.log)
  void sayStanding(appCheck, watch.log)
  const catchingUp = engine.beginCatchingUp()
  const close = stopping({ server, door, status, engine, catchingUp, judging, ledger }, surroundings)
  let closed: Promise<void> | undefined
  return {
    url,
    webhookUrl: `${url}${webhookPath}`,
    async idle() {
      await catchingUp.idle()
      await worker.idle()
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}

/** The parts of a running server that have to be stopped. */
interface Parts {
  readonly server: Server
  readonly door: WebhookDoor
  readonly status: Status
  readonly engine: Engine
  readonly catchingUp: CatchingUp
  readonly judging: Judging
  readonly ledger: Ledger
}

function stopping(parts: Parts, { settings, watch }: Surroundings): () => Promise<void> {
  const { server, door, status, engine, catchingUp, judging, ledger } = parts
  const { worker } = engine
  async function finish(): Promise<void> {
    await drain(server)
    await worker.close()
    await catchingUp.stop()
  }
  return async () => {
    status.stopAccepting()
    door.stop()
    await within(settings.stopSeconds * 1000, finish()).catch((error: unknown) => {
      watch.log.warn({ err: error }, 'what is at work is left to the next server')
      server.closeAllConnections()
      worker.abandon()
    })
    await judging.close()
    status.stop()
    ledger.close()
    engine.close()
    watch.log.info({}, 'stopped')
  }
}

/** Starts it as the environment says, until a signal ends it. */
export async function serve(): Promise<void> {
  const server = await startServer(readSettings())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A second signal ends the process at once, as it would without us.
    process.once(signal, () => void server.close().then(() => process.exit(0)))
  }
}

if (isStarted(import.meta.url)) {
  serve().catch((error: unknown) => {
    console.error(error instanceof SettingsError ? error.message : error)
    process.exitCode = 1
  })
}
