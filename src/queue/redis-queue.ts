import { setTimeout } from 'node:timers/promises'
import { Queue, Job as Task, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Job } from '../app/ports.ts'
import type { CheckQueue, QueueOptions } from '../app/work/check-queue.ts'
import { jobKey } from '../app/work/job-key.ts'
import { createRedisFaults } from './redis-faults.ts'

export interface RedisQueueOptions extends QueueOptions {
  /** `redis://HOST:PORT`, or `rediss:` with TLS. */
  readonly url: string
  /** Queues of different names know nothing of each other. */
  readonly name?: string
  /** Milliseconds between looks for what servers that are no more have left in the middle. */
  readonly lookForLeft?: number
}

/** The states of what is not over. */
const unfinished = ['active', 'waiting', 'delayed', 'prioritized'] as const

/** How often it is looked whether anything is left, for whoever waits for that. */
const lookEvery = 25

function isForWords(request: Job): boolean {
  return 'words' in request && request.words === true
}

/** Nothing where it waits or runs already: whoever judges it says it all. */
function addIfAlone(queue: Queue<Job>, request: Job): Promise<unknown> {
  return queue.add('check', request, { deduplication: { id: jobKey(request) } })
}

/** Takes the place of what waits for its words alone; where that is begun meanwhile it follows it. */
async function addInWhole(queue: Queue<Job>, request: Job): Promise<void> {
  const deduplication = { id: jobKey(request), keepLastIfActive: true }
  await queue.add('check', request, { deduplication })
  const id = await queue.getDeduplicationJobId(jobKey(request))
  const standing = id === null ? undefined : await Task.fromId<Job>(queue, id)
  if (standing === undefined || !isForWords(standing.data)) return
  await standing.updateData(request)
  if ((await standing.getState()) !== 'waiting') await queue.add('check', request, { deduplication })
}

/**
 * A `CheckQueue` in Redis, shared by all servers that name it: what waits outlives each of them, and what one of them leaves
 * in the middle another does again. A job that throws is logged and is over.
 */
export function createRedisQueue({
  url,
  name = 'firebreak',
  run,
  concurrency,
  log,
  lookForLeft = 5_000,
}: RedisQueueOptions): CheckQueue {
  // Whatever is asked while Redis is away waits until it is back.
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = new Queue<Job>(name, {
    connection,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  })
  const worker = new Worker<Job>(name, ({ data }) => run(data), {
    connection,
    concurrency,
    stalledInterval: lookForLeft,
    // However many servers were killed over it: it is for nobody to lose.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  })
  const onError = createRedisFaults(log)
  connection.on('error', onError)
  queue.on('error', onError)
  worker.on('error', onError)
  worker.on('failed', (job, error) => log.error({ err: error, ...job?.data }, 'evaluation failed'))
  const adding = new Set<Promise<unknown>>()
  let closed = false

  async function settle(): Promise<void> {
    while (adding.size > 0) await Promise.all(adding)
  }

  async function isIdle(): Promise<boolean> {
    await settle()
    const counts = await queue.getJobCounts(...unfinished)
    return Object.values(counts).every((count) => count === 0)
  }

  return {
    add(request) {
      if (closed) {
        log.info({ ...request }, 'it is left to the next server')
        return Promise.resolve('failed')
      }
      const task = (isForWords(request) ? addIfAlone(queue, request) : addInWhole(queue, request))
        .then(
          () => 'over' as const,
          (error: unknown) => {
            log.error({ err: error, ...request }, 'the request was not taken')
            return 'failed' as const
          },
        )
        .finally(() => adding.delete(task))
      adding.add(task)
      return task
    },
    async turnOf(request) {
      const id = await queue.getDeduplicationJobId(jobKey(request))
      const state = id === null ? undefined : await queue.getJobState(id)
      // Never at once: what a killed server was at nobody takes up for half a minute, and it may have begun no run for it.
      return state === 'waiting' ? 'waits' : 'later'
    },
    async load() {
      const { active = 0, ...waiting } = await queue.getJobCounts(...unfinished)
      return { running: active, waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0) }
    },
    async idle() {
      while (!(await isIdle())) await setTimeout(lookEvery)
    },
    async close() {
      closed = true
      await worker.close()
      await settle()
      await queue.close()
      await connection.quit()
    },
    abandon() {
      closed = true
      // It closes what it opened by itself; what was at work is taken for stalled by another server.
      void worker.close(true).catch(onError)
      void queue.disconnect().catch(onError)
      connection.disconnect()
    },
  }
}
