import { Redis } from 'ioredis'
import type { Log } from '../app/log.ts'
import type { CheckRun } from '../app/ports.ts'
import { budgets } from '../domain/budgets.ts'
import { keyOfRun, type NewestRuns } from '../github/checks/newest-runs.ts'
import { createRedisFaults } from './redis-faults.ts'

export interface RedisNewestRunsOptions {
  readonly url: string
  readonly name?: string
  readonly log: Log
}

/** KEYS: one run's place. ARGV: its id, and for how many milliseconds it is remembered. The larger id stays. */
const noting = `
if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
`

const day = 24 * 60 * 60 * 1000
const remembered = budgets.unfinishedRun.size * day

/** Of all servers that name it: two may begin a run on one commit at once. While Redis is away whoever asks waits, as for the queue. */
export function createRedisNewestRuns({ url, name = 'firebreak', log }: RedisNewestRunsOptions): NewestRuns {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  connection.on('error', createRedisFaults(log))
  const keyOf = (run: CheckRun) => `${name}:newest:${keyOfRun(run)}`
  return {
    note: async (run) => void (await connection.eval(noting, 1, keyOf(run), run.id, remembered)),
    isNewest: async (run) => run.id >= Number(await connection.get(keyOf(run))),
    close: () => connection.disconnect(),
  }
}
