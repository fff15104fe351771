import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createMemoryQueue } from '../../src/adapters/memory-queue.ts'
import type { PullRequestRef } from '../../src/ports.ts'
import { recordingLog } from './github.ts'

const ref = (number: number): PullRequestRef => ({ installation: 1, owner: 'bookinfo', repo: 'mesh', number })

function record(concurrency = 4, milliseconds = 10) {
  const events: string[] = []
  const log = recordingLog()
  let running = 0
  let most = 0
  const queue = createMemoryQueue({
    concurrency,
    log,
    run: async ({ number }) => {
      events.push(`start ${number}`)
      most = Math.max(most, ++running)
      await pause(milliseconds)
      running--
      events.push(`end ${number}`)
    },
  })
  return { queue, events, log, most: () => most }
}

test('one pull request is evaluated by one job at a time, however often it is asked for', async () => {
  const { queue, events } = record()

  queue.add(ref(1))
  queue.add(ref(1))
  queue.add({ ...ref(1), owner: 'BookInfo' })
  await queue.idle()

  expect(events).toEqual(['start 1', 'end 1', 'start 1', 'end 1'])
})

test('a request during a run causes one more run after it, so no event is lost', async () => {
  const { queue, events } = record()

  queue.add(ref(1))
  await pause(3)
  for (let i = 0; i < 5; i++) queue.add(ref(1))
  await queue.idle()

  expect(events).toEqual(['start 1', 'end 1', 'start 1', 'end 1'])
})

test('different pull requests run side by side, up to the limit', async () => {
  const { queue, events, most } = record(2)

  for (const number of [1, 2, 3, 4, 5]) queue.add(ref(number))
  await queue.idle()

  expect(most()).toBe(2)
  expect(events.filter((event) => event.startsWith('end'))).toHaveLength(5)
})

test('a job that fails is logged and blocks nobody', async () => {
  const log = recordingLog()
  const done: number[] = []
  const queue = createMemoryQueue({
    concurrency: 1,
    log,
    run: (job) => {
      if (job.number === 1) throw new Error('at once')
      done.push(job.number)
      return Promise.resolve()
    },
  })

  queue.add(ref(1))
  queue.add(ref(2))
  await queue.idle()

  expect(done).toEqual([2])
  expect(log.lines).toMatchObject([{ level: 'error', fields: { number: 1 } }])
})

test('closing waits for everything that was added, and refuses aloud what comes later', async () => {
  const { queue, events, log } = record(1)

  queue.add(ref(1))
  queue.add(ref(2))
  const closed = queue.close()
  queue.add(ref(3))
  await closed

  expect(events).toEqual(['start 1', 'end 1', 'start 2', 'end 2'])
  expect(log.lines).toMatchObject([{ level: 'error', fields: { number: 3 } }])
})

test('an empty queue is idle', async () => {
  await expect(record().queue.idle()).resolves.toBeUndefined()
})
