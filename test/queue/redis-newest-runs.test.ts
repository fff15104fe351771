import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewestRuns } from '../../src/github/checks/newest-runs.ts'
import { createRedisNewestRuns } from '../../src/queue/redis-newest-runs.ts'
import { recordingLog } from '../support/github.ts'
import { newestContract } from '../support/newest-contract.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'

const run = (id: number) => ({ id, headSha: 'head', name: 'firebreak' })

describe.skipIf(!hasRedis)('the newest runs of several servers', () => {
  let redis: RedisServer
  const opened: NewestRuns[] = []
  const open = (name: string) => {
    const runs = createRedisNewestRuns({ url: redis.url, name, log: recordingLog() })
    opened.push(runs)
    return runs
  }
  let shared: NewestRuns
  beforeAll(async () => {
    redis = await startRedis()
    shared = open(randomUUID())
  })
  afterAll(async () => {
    for (const runs of opened) runs.close()
    await redis.stop()
  })

  newestContract(() => shared)

  test('each knows what the others have begun', async () => {
    const name = randomUUID()
    const [one, other] = [open(name), open(name)]
    await other.note(run(2))

    expect(await one.isNewest(run(1))).toBe(false)
    expect(await one.isNewest(run(2))).toBe(true)
  })

  test('those of another name know nothing of it', async () => {
    await open(randomUUID()).note(run(2))

    expect(await open(randomUUID()).isNewest(run(1))).toBe(true)
  })
})
