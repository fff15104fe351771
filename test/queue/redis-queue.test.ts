import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueOptions } from '../../src/app/work/check-queue.ts'
import { createRedisQueue } from '../../src/queue/redis-queue.ts'
import { recordingLog } from '../support/github.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { holdsAsQueue, record, ref } from './check-queue.ts'

describe.skipIf(!hasRedis)('a queue in Redis', () => {
  let redis: RedisServer
  let names = 0
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  const create = (options: QueueOptions) =>
    createRedisQueue({ ...options, url: redis.url, name: `queue-${++names}` })
  const shared = (name: string) => (options: QueueOptions) =>
    createRedisQueue({ ...options, url: redis.url, name })

  holdsAsQueue(create, 'later')

  test('is shared: no pull request is evaluated by two servers at once', async () => {
    const events: string[] = []
    const servers = [1, 2].map(() => record(shared('two'), { milliseconds: 60, events }))
    const [one, other] = servers.map(({ queue }) => queue)

    void one?.add(ref(1))
    while (events.length === 0) await pause(5)
    void other?.add(ref(1))
    void one?.add(ref(1))
    await one?.idle()

    expect(events).toEqual(['start 1', 'end 1', 'start 1', 'end 1'])
    await Promise.all(servers.map(({ queue }) => queue.close()))
  })

  test('keeps what waits for the next server', async () => {
    const first = record(shared('next'), { concurrency: 1, milliseconds: 100 })
    void first.queue.add(ref(1))
    void first.queue.add(ref(2))
    while (first.events.length === 0) await pause(5)
    await first.queue.close()
    expect(first.events).toHaveLength(2)

    const second = record(shared('next'))
    await second.queue.idle()

    expect([...first.events, ...second.events].filter((event) => event.startsWith('end')).sort()).toEqual([
      'end 1',
      'end 2',
    ])
    await second.queue.close()
  })

  test('does what one server after the other has taken and left', async () => {
    const name = 'killed'
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    const done: number[] = []
    const queue = createRedisQueue({
      url: redis.url,
      name,
      concurrency: 1,
      log: recordingLog(),
      lookForLeft: 50,
      run: async (job) => {
        if ('number' in job && job.number === 1) await held
        else if ('number' in job) done.push(job.number)
      },
    })
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null })
    const killed = new Worker(name, null, { connection, lockDuration: 20, skipStalledCheck: true })
    await queue.add(ref(1))
    await expect.poll(() => queue.load()).toEqual({ waiting: 0, running: 1 })
    await queue.add(ref(2))

    for (let servers = 0; servers < 3; servers++) {
      await expect.poll(() => killed.getNextJob(`${servers}`, { block: false })).toBeDefined()
    }
    letGo()

    await expect.poll(() => done).toEqual([2])
    await queue.close()
    await killed.close()
    await connection.quit()
  })

  test('takes what is added while Redis is away, and says that it is', async () => {
    const own = await startRedis()
    const port = Number(new URL(own.url).port)
    const { queue, events, log } = record((options) => createRedisQueue({ ...options, url: own.url }))
    await queue.idle()
    await own.stop()

    void queue.add(ref(1))
    await pause(100)
    const again = await startRedis(port)
    await queue.idle()

    expect(events).toEqual(['start 1', 'end 1'])
    expect(log.lines[0]).toMatchObject({ level: 'error', message: 'Redis cannot be reached' })
    await queue.close()
    await again.stop()
  })
})
