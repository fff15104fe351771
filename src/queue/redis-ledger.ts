import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Log } from '../app/log.ts'
import { createLocalLedger, type Ledger } from '../github/pacing/ledger.ts'
import { createRedisFaults } from './redis-faults.ts'

export interface RedisLedgerOptions {
  readonly url: string
  readonly name?: string
}

/** A ledger that several servers share, and where faults of Redis are said. */
export interface RedisLedger extends Ledger {
  sayFaultsTo(log: Log): void
  /** Whether Redis is there at present. */
  isShared(): boolean
}

/**
 * KEYS: whether all is held, and the windows. ARGV: a name of its own, and of each window its milliseconds, what it holds at most, and what this weighs. Gives the milliseconds to wait,
 * by the clock of Redis, which all of them share.
 */
const reserving = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = math.max(0, redis.call('PTTL', KEYS[1]))
for i = 2, #KEYS do
  local span, most, weight = tonumber(ARGV[i * 3 - 4]), tonumber(ARGV[i * 3 - 3]), tonumber(ARGV[i * 3 - 2])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - span)
  local sent = redis.call('ZRANGE', KEYS[i], 0, -1, 'WITHSCORES')
  local over = weight - most
  for j = 1, #sent, 2 do over = over + tonumber(string.match(sent[j], '^%d+')) end
  for j = 1, #sent, 2 do
    if over <= 0 then break end
    over = over - tonumber(string.match(sent[j], '^%d+'))
    if over <= 0 then wait = math.max(wait, 1, tonumber(sent[j + 1]) + span - now) end
  end
end
if wait > 0 then return wait end
for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, ARGV[i * 3 - 2] .. ' ' .. ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[i * 3 - 4])
end
return 0
`

/** While Redis is away each server keeps to the pace by itself. */
export function createRedisLedger({ url, name = 'firebreak' }: RedisLedgerOptions): RedisLedger {
  const connection = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  const alone = createLocalLedger()
  let say: (error: Error) => void = () => undefined
  connection.on('error', (error: Error) => say(error))
  const keyOf = (installation: number, of: string) => `${name}:pace:{${installation}}:${of}`

  const isShared = () => connection.status === 'ready'

  async function orAlone<T>(together: () => Promise<T>, byItself: () => Promise<T>): Promise<T> {
    if (!isShared()) return byItself()
    try {
      return await together()
    } catch (error) {
      say(error instanceof Error ? error : new Error('Redis failed', { cause: error }))
      return byItself()
    }
  }

  return {
    reserve: (installation, windows) =>
      orAlone(
        async () => {
          const keys = ['held', ...windows.map(({ of }) => of)].map((of) => keyOf(installation, of))
          const sizes = windows.flatMap(({ span, most, weight }) => [span, most, weight])
          return Number(await connection.eval(reserving, keys.length, ...keys, randomUUID(), ...sizes))
        },
        () => alone.reserve(installation, windows),
      ),
    hold: (installation, milliseconds) =>
      orAlone(
        async () =>
          void (await connection.set(keyOf(installation, 'held'), '', 'PX', Math.ceil(milliseconds))),
        () => alone.hold(installation, milliseconds),
      ),
    sayFaultsTo(log) {
      say = createRedisFaults(log)
    },
    isShared,
    close: () => connection.disconnect(),
  }
}
