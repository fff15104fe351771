import { afterAll, beforeAll, describe } from 'vitest'
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
})
