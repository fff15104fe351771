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

  test('says whether Redis keeps what it is given, or does not say so', async () => {
    const weaknessesOf = async (...options: string[]) => {
      const own = await startRedis(undefined, options)
      const journal = createRedisJournal({ url: own.url, log: recordingLog() })
      const found = await journal.weaknesses()
      await journal.close()
      await own.stop()
      return found
    }

    expect(await weaknessesOf()).toEqual(['forgets'])
    expect(await weaknessesOf('--save', '60 1')).toEqual([])
    expect(await weaknessesOf('--appendonly', 'yes')).toEqual([])
    const full = ['--save', '60 1', '--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']
    expect(await weaknessesOf(...full)).toEqual(['evicts'])
    expect(await weaknessesOf('--rename-command', 'CONFIG', '""')).toEqual(['unknown'])
  })

  test('says at once that Redis is away', async () => {
    const own = await startRedis()
    const journal = createRedisJournal({ url: own.url, log: recordingLog() })
    await journal.left()
    await journal.check()
    await own.stop()

    await expect(journal.check()).rejects.toThrow()
    await journal.close()
  })

  test('says that Redis is full before anything has to be kept', async () => {
    const own = await startRedis(undefined, ['--maxmemory', '1', '--maxmemory-policy', 'noeviction'])
    const journal = createRedisJournal({ url: own.url, log: recordingLog() })
    await journal.left()

    await expect(journal.check()).rejects.toThrow('OOM')
    await journal.close()
    await own.stop()
  })
})
