import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Log } from '../app/log.ts'
import { within } from '../app/within.ts'
import type { Journal, JournalEntry, Weakness } from '../app/work/journal.ts'
import type { Scope } from '../app/work/scope.ts'
import { createRedisFaults } from './redis-faults.ts'

export interface RedisJournalOptions {
  /** `redis://HOST:PORT`, or `rediss:` with TLS. */
  readonly url: string
  /** Journals of different names know nothing of each other. */
  readonly name?: string
  readonly log: Log
}

/** Milliseconds that a Redis has to say that it is there. */
const patience = 1_000

/** A journal in Redis, of all servers that name it. */
export function createRedisJournal({ url, name = 'firebreak', log }: RedisJournalOptions): Journal {
  // Whatever is asked while Redis is away waits until it is back.
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  connection.on('error', createRedisFaults(log))
  const key = `${name}:asked`

  function entry(id: string, scope: Scope): JournalEntry {
    return { scope, done: async () => void (await connection.hdel(key, id)) }
  }

  return {
    async note(scope) {
      const id = randomUUID()
      await connection.hset(key, id, JSON.stringify(scope))
      return entry(id, scope)
    },
    async check() {
      // A command would wait until Redis is back.
      if (connection.status !== 'ready') throw new Error('Redis is not connected')
      // One that has no room, or no disk, answers a ping all the same.
      await within(patience, connection.set(`${name}:tried`, ''))
    },
    async left() {
      return Object.entries(await connection.hgetall(key)).map(([id, scope]) => entry(id, JSON.parse(scope)))
    },
    async close() {
      // Where Redis is away it would be waited for.
      if (connection.status === 'ready') await connection.quit()
      else connection.disconnect()
    },
    abandon: () => connection.disconnect(),
    weaknesses: () => weaknessesOf(connection),
  }
}

/** Hosted servers often refuse `CONFIG`. */
async function weaknessesOf(connection: Redis): Promise<readonly Weakness[]> {
  try {
    const [save, log, room, policy] = await Promise.all(
      ['save', 'appendonly', 'maxmemory', 'maxmemory-policy'].map((name) => configured(connection, name)),
    )
    const forgets = save === '' && log === 'no'
    const evicts = room !== '0' && policy !== 'noeviction'
    return [...(forgets ? (['forgets'] as const) : []), ...(evicts ? (['evicts'] as const) : [])]
  } catch {
    return ['unknown']
  }
}

async function configured(connection: Redis, name: string): Promise<string> {
  const answer = await connection.config('GET', name)
  if (!Array.isArray(answer) || typeof answer[1] !== 'string') throw new Error(`Redis does not say ${name}`)
  return answer[1]
}
