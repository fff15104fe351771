import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRedisJournal } from '../../src/queue/redis-journal.ts'
import { recordingLog } from '../support/github.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { holdsAsJournal } from './journal.ts'

describe.skipIf(!hasRedis)('a journal in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  holdsAsJournal((name) => createRedisJournal({ url: redis.url, name, log: recordingLog() }))

  test('says at once that Redis is away', async () => {
    const own = await startRedis()
    const journal = createRedisJournal({ url: own.url, log: recordingLog() })
    await journal.left()
    await journal.check()
    await own.stop()

    await expect(journal.check()).rejects.toThrow()
    const again = await startRedis(Number(new URL(own.url).port))
    await journal.close()
    await again.stop()
  })
})
