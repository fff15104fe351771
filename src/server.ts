import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createNodeMiddleware, Probot } from 'probot'
import { type CatchingUp, startCatchingUp } from './app/catch-up.ts'
import type { Decisions } from './app/decision.ts'
import type { Journal } from './app/journal.ts'
import { type Judge, judgePullRequest } from './app/judge-pull-request.ts'
import type { Log, QueueOptions } from './app/ports.ts'
import { createWorker, type Worker } from './app/worker.ts'
import { createBot } from './bot.ts'
import { createClientClass } from './github/client.ts'
import { createGitHubForge } from './github/forge.ts'
import { createWebhookDoor } from './github/webhook-door.ts'
import { createHelm } from './helm/helm.ts'
import { createJudgingThreads } from './judging/threads.ts'
import { ownVersion } from './package-file.ts'
import { createFileJournal } from './queue/file-journal.ts'
import { createMemoryQueue } from './queue/memory-queue.ts'
import { createRedisJournal } from './queue/redis-journal.ts'
import { createRedisQueue } from './queue/redis-queue.ts'
import { createDecisionLog, noDecisions } from './records/decision-log.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'

/** A server that accepts webhooks. */
export interface RunningServer {
  readonly url: string
  /** Where GitHub is to send its webhooks. */
  readonly webhookUrl: string
  /** Resolves when every pull request that was asked for has its verdict. */
  idle(): Promise<void>
  /** Accepts nothing more, and resolves when what was accepted is done. */
  close(): Promise<void>
}

const webhookPath = '/api/github/webhooks'

/** What the App takes of time: how long it waits for others, and what day it is. */
export interface Clock {
  readonly pause: (milliseconds: number) => Promise<void>
  /** `YYYY-MM-DD`. */
  readonly today: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Where pull requests are judged. */
export interface Judging {
  readonly judge: Judge
  close(): Promise<void>
}

/** In the thread that answers webhooks, too. */
export const judgingHere: Judging = { judge: judgePullRequest, close: async () => undefined }

const realClock: Clock = {
  pause: (milliseconds) => setTimeout(milliseconds),
  today: () => new Date().toISOString().slice(0, 10),
  now: () => Date.now(),
}

async function createProbot(settings: Settings): Promise<Probot> {
  const { appId, privateKey, webhookSecret, apiUrl, logLevel, pace } = settings
  // Not by `createProbot`, whose `defaults` give way to unset variables of the environment.
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    logLevel,
    logFormat: 'json',
    Octokit: createClientClass({ pace }),
  })
  return probot.ready()
}

/** What does the work behind the webhooks. */
interface Engine {
  readonly worker: Worker
  /** Begins to make up for what was missed; the webhooks must be open by then. */
  beginCatchingUp(): CatchingUp
}

/** Where several servers share a queue they share what it holds, and what is on its way there. */
function createJournal({ redisUrl, journal = ':memory:' }: Settings, log: Log): Journal {
  if (redisUrl !== undefined) return createRedisJournal({ url: redisUrl, log })
  try {
    return createFileJournal(journal)
  } catch (error) {
    throw new SettingsError([`JOURNAL cannot be opened: ${journal}`], { cause: error })
  }
}

function createDecisions({ decisions }: Settings, log: Log, now: Clock['now']): Decisions {
  if (decisions === undefined) return noDecisions
  try {
    return createDecisionLog({ to: decisions, version: ownVersion(), now, log })
  } catch (error) {
    throw new SettingsError([`DECISIONS cannot be written: ${decisions}`], { cause: error })
  }
}

function createEngine(
  probot: Probot,
  settings: Settings,
  { pause, today, now, judge }: Clock & Pick<Judging, 'judge'>,
): Engine {
  const { appId, mirrors, concurrency, catchUpMinutes, redisUrl, searchPath } = settings
  const log = probot.log.child({ name: 'firebreak' })
  const forge = createGitHubForge({
    appId,
    authenticate: (installation) => probot.auth(installation),
    log,
    pause,
    ...(mirrors === undefined ? {} : { mirrors }),
  })
  const createQueue = (options: QueueOptions) =>
    redisUrl === undefined ? createMemoryQueue(options) : createRedisQueue({ ...options, url: redisUrl })
  const worker = createWorker({
    forge,
    journal: createJournal(settings, log),
    charts: createHelm({ path: searchPath }),
    judge,
    decisions: createDecisions(settings, log, now),
    createQueue,
    concurrency,
    log,
    pause,
    today,
  })
  const { request, resume } = worker
  return {
    worker,
    beginCatchingUp: () => startCatchingUp(catchUpMinutes, { forge, request, resume, log, now }),
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

async function createHandler(probot: Probot, worker: Worker, { appId }: Settings) {
  const bot = createBot({ appId, request: worker.request })
  const middleware = await createNodeMiddleware(bot, { probot, webhooksPath: webhookPath })
  const door = createWebhookDoor({
    path: webhookPath,
    verify: (body, signature) => probot.webhooks.verify(body, signature),
    admit: (request, response) => middleware(request, response),
  })
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (await door(request, response)) return
      if (request.method === 'GET' && request.url === '/healthz') answer(response, 200, 'ok')
      else answer(response, 404, 'not found')
    } catch (error) {
      probot.log.error({ err: error }, 'request failed')
      if (!response.headersSent) answer(response, 500, 'internal error')
      else response.destroy()
    }
  }
}

function listen(server: Server, { host, port }: Settings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

/**
 * Starts the whole App: webhooks in, verdicts out. Resolves once it listens. Against a forge that answers at once another
 * clock may keep its pauses short; and where nobody is hostile, what is judged here starts sooner than in threads.
 */
export async function startServer(
  settings: Settings,
  clock: Clock = realClock,
  judging: Judging = createJudgingThreads({ threads: settings.concurrency }),
): Promise<RunningServer> {
  const probot = await createProbot(settings)
  const { worker, beginCatchingUp } = createEngine(probot, settings, { ...clock, judge: judging.judge })
  const handler = await createHandler(probot, worker, settings)
  const server = createServer(
    { requestTimeout: 60_000 },
    (request, response) => void handler(request, response),
  )
  const { port, address } = await listen(server, settings)
  const host = ['0.0.0.0', '::'].includes(address) ? 'localhost' : settings.host
  const url = `http://${host}:${port}`
  probot.log.info({ url }, 'listening')
  const catchingUp = beginCatchingUp()
  return {
    url,
    webhookUrl: `${url}${webhookPath}`,
    async idle() {
      await catchingUp.idle()
      await worker.idle()
    },
    async close() {
      await stop(server)
      await catchingUp.stop()
      await worker.close()
      await judging.close()
    },
  }
}

async function main(): Promise<void> {
  const server = await startServer(readSettings())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A second signal ends the process at once, as it would without us.
    process.once(signal, () => void server.close().then(() => process.exit(0)))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof SettingsError ? error.message : error)
    process.exitCode = 1
  })
}
