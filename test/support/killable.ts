import type { Simulator } from '@firebreak/simulator'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { type SpawnedServer, spawnServer } from './spawned-server.ts'

type Environment = Readonly<Record<string, string>>

/** A server that ends by nothing but a signal, so that whoever closes it has nothing to wait for. */
export interface Killable {
  readonly start: Start
  /** Starts another in its place, with these differences in its environment. */
  restart(github: Simulator, over?: Environment): Promise<void>
  kill(): Promise<void>
}

export function killable(environment: Environment, program?: string): Killable {
  let given: Settings | undefined
  let running: SpawnedServer | undefined
  async function run(settings: Settings, over: Environment = {}): Promise<string> {
    running = await spawnServer(settings, { ...environment, ...over }, program)
    return `${running.url}/api/github/webhooks`
  }
  return {
    async start(settings) {
      given = settings
      const webhookUrl = await run(settings)
      return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
    },
    async restart(github, over) {
      if (given === undefined) throw new Error('nothing has been started')
      github.setWebhookUrl(await run(given, over))
    },
    async kill() {
      await running?.end('SIGKILL')
    },
  }
}
