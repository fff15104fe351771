import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Simulator } from '@firebreak/simulator'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { builtProgram } from './built-program.ts'

type Environment = Readonly<Record<string, string>>

/** One line of a server's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg?: string }

/** A server as people run it, in a process of its own. */
export interface SpawnedServer {
  readonly url: string
  readonly pid: number | undefined
  /** Everything that it has said so far. */
  readonly lines: readonly LogLine[]
  /** Sends a signal, and resolves with how the process has ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly seconds: number }>
}

function environmentOf({ appId, privateKey, webhookSecret, apiUrl }: Settings): Record<string, string> {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: apiUrl,
    GITHUB_PACE: 'unlimited',
    HOST: '127.0.0.1',
    PORT: '0',
    CATCH_UP_MINUTES: '0',
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
  }
}

/** Starts one, as it is released unless a program is named, and resolves once its log says where it listens. */
export async function spawnServer(
  settings: Settings,
  environment: Environment,
  program?: readonly string[],
): Promise<SpawnedServer> {
  const server = spawn(process.execPath, [...(program ?? [await builtProgram('server')])], {
    env: { ...environmentOf(settings), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: LogLine[] = []
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server has ended with ${code}`)))
    createInterface({ input: server.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as LogLine
      lines.push(line)
      if (typeof line['url'] === 'string') resolve(line['url'])
    })
  })
  return { url, pid: server.pid, lines, end: (signal) => end(server, signal) }
}

async function end(server: ChildProcess, signal: NodeJS.Signals) {
  const began = performance.now()
  if (server.exitCode === null && server.signalCode === null) {
    server.kill(signal)
    // Once it has ended there may still be lines to be read.
    await once(server, 'close')
  }
  return { code: server.exitCode, seconds: (performance.now() - began) / 1000 }
}

/** The server behind a local GitHub, which ends by nothing but a signal, so that whoever closes it has nothing to wait for. */
export interface ReplaceableServer {
  readonly start: Start
  /** The one that was started last. */
  current(): SpawnedServer
  /** Starts another in its place, with these differences in its environment. */
  replace(github: Simulator, over?: Environment): Promise<void>
  kill(): Promise<void>
}

export function replaceableServer(environment: Environment, program?: readonly string[]): ReplaceableServer {
  let last: { readonly settings: Settings; readonly server: SpawnedServer } | undefined
  function known(): NonNullable<typeof last> {
    if (last === undefined) throw new Error('nothing has been started')
    return last
  }
  async function run(settings: Settings, over: Environment = {}): Promise<string> {
    const server = await spawnServer(settings, { ...environment, ...over }, program)
    last = { settings, server }
    return `${server.url}/api/github/webhooks`
  }
  return {
    async start(settings) {
      const webhookUrl = await run(settings)
      return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
    },
    current: () => known().server,
    async replace(github, over) {
      github.setWebhookUrl(await run(known().settings, over))
    },
    async kill() {
      await last?.server.end('SIGKILL')
    },
  }
}
