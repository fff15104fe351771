import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Journal, JournalEntry } from '../app/journal.ts'
import type { Log } from '../app/ports.ts'
import type { Scope } from '../app/scope.ts'

export interface RedisJournalOptions {
  /** `redis://HOST:PORT`, or `rediss:` with TLS. */
  readonly url: string
  /** Journals of different names know nothing of each other. */
  readonly name?: string
  readonly log: Log
}

/** A journal in Redis, of all servers that name it. */
export function createRedisJournal({ url, name = 'firebreak', log }: RedisJournalOptions): Journal {
  // Whatever is asked while Redis is away waits until it is back.
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  connection.on('error', (error: Error) => log.error({ err: error }, 'Redis cannot be reached'))
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
      await connection.ping()
    },
    async left() {
      return Object.entries(await connection.hgetall(key)).map(([id, scope]) => entry(id, JSON.parse(scope)))
    },
    async close() {
      await connection.quit()
    },
  }
}
