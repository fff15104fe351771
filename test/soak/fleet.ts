import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '@firebreak/simulator'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { freePort, type RedisServer, startRedis } from '../support/redis.ts'
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts'

type Environment = Readonly<Record<string, string>>

/** Servers that share what they keep, each in a process of its own. */
export interface Fleet {
  readonly start: Start
  /** Ends one of them by SIGKILL, while GitHub tells another, and starts one in its place that differs by this. */
  replace(github: Simulator, at: number, over?: Environment): Promise<void>
  /** From now on every server that is started differs by this, whatever else it differs by. */
  always(over: Environment): void
  /** Ends Redis and starts it again; undefined where there is none. */
  readonly redisAway: (() => Promise<void>) | undefined
  /** Whether each is there. */
  isWhole(): boolean
  close(): Promise<void>
}

const durable = ['--appendonly', 'yes', '--appendfsync', 'always'] as const

/** One server with a file for a journal, or several with Redis. */
export async function openFleet(folder: string, servers: number | 'file'): Promise<Fleet> {
  const redisPort = await freePort()
  const options = ['--dir', mkdtempSync(join(folder, 'redis-')), ...durable]
  const count = servers === 'file' ? 1 : servers
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const running = new Map<number, SpawnedServer>()
  let redis: RedisServer | undefined =
    servers === 'file' ? undefined : await startRedis(redisPort, [...options])
  let known: Settings | undefined
  let usual: Environment = {}

  async function begin(at: number, over: Environment = {}): Promise<SpawnedServer> {
    if (known === undefined) throw new Error('nothing has been started')
    const keeps = redis === undefined ? { JOURNAL: join(folder, 'journal') } : { REDIS_URL: redis.url }
    const environment = { PORT: String(ports[at]), CATCH_UP_MINUTES: '10', ...keeps, ...bothOf(usual, over) }
    const server = await spawnServer(known, environment, ['test/soak/server.ts'])
    running.set(at, server)
    return server
  }

  function tell(github: Simulator): void {
    const [server] = running.values()
    if (server !== undefined) github.setWebhookUrl(`${server.url}/api/github/webhooks`)
  }

  return {
    async start(settings) {
      known = settings
      const [first] = await Promise.all(ports.map((_, at) => begin(at)))
      const webhookUrl = `${first?.url}/api/github/webhooks`
      return { url: webhookUrl, webhookUrl, idle: async () => {}, close: async () => {} }
    },
    async replace(github, at, over) {
      const server = running.get(at)
      running.delete(at)
      await server?.end('SIGKILL')
      tell(github)
      await begin(at, over)
      tell(github)
    },
    always(over) {
      usual = over
    },
    redisAway:
      redis === undefined
        ? undefined
        : async () => {
            await redis?.stop()
            await pause(300)
            redis = await startRedis(redisPort, [...options])
          },
    isWhole: () => running.size === count,
    async close() {
      await Promise.all([...running.values()].map((server) => server.end('SIGKILL')))
      await redis?.stop()
    },
  }
}

/** What each has Node load is loaded. */
function bothOf(one: Environment, other: Environment): Environment {
  const options = [one, other].flatMap(({ NODE_OPTIONS: each }) => each ?? [])
  return { ...one, ...other, ...(options.length > 0 && { NODE_OPTIONS: options.join(' ') }) }
}
