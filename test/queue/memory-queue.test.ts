import { expect, test } from 'vitest'
import type { Job } from '../../src/app/ports.ts'
import { createMemoryQueue } from '../../src/queue/memory-queue.ts'
import { recordingLog } from '../support/github.ts'
import { holdsAsQueue, record, ref } from './check-queue.ts'

holdsAsQueue(createMemoryQueue, 'now')

test('closing ends what runs and begins nothing more: whoever added it learns that it was not done', async () => {
  const { queue, events } = record(createMemoryQueue, { concurrency: 1 })

  const ends = [queue.add(ref(1)), queue.add(ref(2))]
  await queue.close()

  expect(events).toEqual(['start 1', 'end 1'])
  expect(await Promise.all(ends)).toEqual(['over', 'failed'])
})

test('whoever adds a job learns how it ended, also where a newer one took its place', async () => {
  const ends: string[] = []
  const queue = createMemoryQueue({
    concurrency: 1,
    log: recordingLog(),
    run: (job) => ('number' in job && job.number === 2 ? Promise.reject(new Error('no')) : Promise.resolve()),
  })
  const note = (job: Job) => queue.add(job).then((end) => void ends.push(end))

  await Promise.all([note(ref(1)), note(ref(3)), note(ref(3)), note(ref(2))])

  expect(ends).toEqual(['over', 'over', 'over', 'failed'])
})

test('what was begun for a job that waits is kept by the one that takes its place', async () => {
  const jobs: Job[] = []
  const queue = createMemoryQueue({
    concurrency: 1,
    log: recordingLog(),
    run: async (job) => void jobs.push(job),
  })
  const begun = { id: 5, headSha: 'head' }

  void queue.add(ref(1))
  void queue.add({ ...ref(2), begun })
  void queue.add(ref(2))
  await queue.idle()

  expect(jobs).toEqual([ref(1), { ...ref(2), begun }])
})

test('a job that several events ask for is for the one that has waited longest', async () => {
  const jobs: Job[] = []
  const queue = createMemoryQueue({
    concurrency: 1,
    log: recordingLog(),
    run: async (job) => void jobs.push(job),
  })
  const [first, second] = [1, 2].map((at) => ({ delivery: `d-${at}`, at }))

  void queue.add(ref(1))
  void queue.add({ ...ref(2), ...(first && { event: first }) })
  void queue.add({ ...ref(2), ...(second && { event: second }) })
  await queue.idle()

  expect(jobs[1]).toEqual({ ...ref(2), event: first })
})
