import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Simulator } from '@firebreak/simulator'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'

type Environment = Readonly<Record<string, string>>

function environmentOf({ appId, privateKey, webhookSecret, apiUrl }: Settings): Environment {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: apiUrl,
    GITHUB_PACE: 'unlimited',
    HOST: '127.0.0.1',
    PORT: '0',
    PATH: process.env['PATH'] ?? '',
  }
}

/** A server as people run it; where GitHub sends its webhooks, as its log says. */
async function spawnServer(
  program: string,
  environment: Environment,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(process.execPath, [program], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: server.stdout })) {
    const { url } = JSON.parse(line) as { readonly url?: string }
    if (url === undefined) continue
    // What nobody reads would hold it up in the end.
    server.stdout.resume()
    return { server, url: `${url}/api/github/webhooks` }
  }
  throw new Error('the server has ended')
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await once(server, 'exit')
}

/** A server that ends by nothing but a signal, so that whoever closes it has nothing to wait for. */
export interface Killable {
  readonly start: Start
  /** Starts another in its place, with these differences in its environment. */
  restart(github: Simulator, over?: Environment): Promise<void>
  kill(): Promise<void>
}

export function killable(given: Environment, program = 'src/server.ts'): Killable {
  let environment = given
  let running: ChildProcess | undefined
  async function run(): Promise<string> {
    const { server, url } = await spawnServer(program, environment)
    running = server
    return url
  }
  return {
    async start(settings) {
      environment = { ...environmentOf(settings), ...given }
      const webhookUrl = await run()
      return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
    },
    async restart(github, over = {}) {
      environment = { ...environment, ...over }
      github.setWebhookUrl(await run())
    },
    async kill() {
      if (running !== undefined) await kill(running)
    },
  }
}
