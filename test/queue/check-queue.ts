import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Job, PullRequestRef } from '../../src/app/ports.ts'
import type { CheckQueue, QueueOptions } from '../../src/app/work/check-queue.ts'
import { recordingLog } from '../support/github.ts'

export const ref = (number: number): PullRequestRef => ({
  installation: 1,
  owner: 'bookinfo',
  repo: 'mesh',
  number,
})

function nameOf(job: Job): string {
  if ('push' in job) return `${job.push.branch} ${job.push.after}`
  if (job.words) return `${job.number} words`
  return job.group === undefined ? `${job.number}` : `${job.number} ${job.group.sha}`
}

type Create = (options: QueueOptions) => CheckQueue

/** A queue that writes down when each job starts and ends. */
export function record(create: Create, { concurrency = 4, milliseconds = 20, events = [] as string[] } = {}) {
  const log = recordingLog()
  let running = 0
  let most = 0
  const queue = create({
    concurrency,
    log,
    run: async (job) => {
      const what = nameOf(job)
      events.push(`start ${what}`)
      most = Math.max(most, ++running)
      await pause(milliseconds)
      running--
      events.push(`end ${what}`)
    },
  })
  return { queue, events, log, most: () => most }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(2)
}

/** What every `CheckQueue` promises; `idle` is what it says of a job where nothing is to do. `close` is called on each queue that is made. */
export function holdsAsQueue(create: Create, idle: 'now' | 'later'): void {
  test('one pull request is evaluated by one job at a time, however often it is asked for', async () => {
    const { queue, events, most } = record(create)

    for (let i = 0; i < 5; i++) void queue.add(ref(1))
    void queue.add({ ...ref(1), owner: 'BookInfo' })
    await queue.idle()

    expect(most()).toBe(1)
    expect(events.length).toBeLessThanOrEqual(4)
    await queue.close()
  })

  test('a request during a run causes one more run after it, so no event is lost', async () => {
    const { queue, events, most } = record(create, { milliseconds: 100 })

    void queue.add(ref(1))
    await until(() => events.length === 1)
    for (let i = 0; i < 5; i++) void queue.add(ref(1))
    await queue.idle()

    expect(events).toEqual(['start 1', 'end 1', 'start 1', 'end 1'])
    expect(most()).toBe(1)
    await queue.close()
  })

  describe('whoever wants only the words of a verdict', () => {
    const words = { ...ref(1), words: true } as const
    const starts = (events: readonly string[]) => events.filter((event) => event.startsWith('start'))

    test('gets them', async () => {
      const { queue, events } = record(create)

      await queue.add(words)
      await queue.idle()

      expect(starts(events)).toEqual(['start 1 words'])
      await queue.close()
    })

    test('never takes the place of whoever wants a verdict, who takes theirs', async () => {
      for (const asked of [
        [words, ref(1)],
        [ref(1), words],
        [words, ref(1), words],
      ]) {
        const { queue, events } = record(create, { concurrency: 1, milliseconds: 100 })
        void queue.add(ref(2))
        await until(() => events.length === 1)
        for (const each of asked) {
          void queue.add(each)
          await pause(20)
        }
        await queue.idle()
        expect(starts(events)).toEqual(['start 2', 'start 1'])
        await queue.close()
      }
    })

    test('is followed by whoever wants a verdict meanwhile', async () => {
      const { queue, events } = record(create, { milliseconds: 100 })

      void queue.add(words)
      await until(() => events.length === 1)
      void queue.add(ref(1))
      await queue.idle()

      expect(starts(events)).toEqual(['start 1 words', 'start 1'])
      await queue.close()
    })
  })

  test('a request during a run that fails causes one more, too', async () => {
    const log = recordingLog()
    let runs = 0
    const queue = create({
      concurrency: 1,
      log,
      run: async () => {
        runs++
        await pause(50)
        if (runs === 1) throw new Error('once')
      },
    })

    void queue.add(ref(1))
    await until(() => runs === 1)
    void queue.add(ref(1))
    await queue.idle()

    expect(runs).toBe(2)
    expect(log.lines).toMatchObject([{ level: 'error', fields: { number: 1 } }])
    await queue.close()
  })

  test('different pull requests run side by side, up to the limit', async () => {
    const { queue, events, most } = record(create, { concurrency: 2 })

    for (const number of [1, 2, 3, 4, 5]) void queue.add(ref(number))
    await queue.idle()

    expect(most()).toBe(2)
    expect(events.filter((event) => event.startsWith('end'))).toHaveLength(5)
    await queue.close()
  })

  test('a pull request, each of its turns in a merge queue and each push are jobs of their own', async () => {
    const { queue, events } = record(create)
    const group = (sha: string) => ({ ...ref(1), group: { sha, parent: 'p' } })

    const { number: _, ...repository } = ref(1)
    const push = { ...repository, push: { branch: 'main', before: 'p', after: 'c' } }
    for (const request of [ref(1), group('a'), group('b'), push]) void queue.add(request)
    await queue.idle()

    expect(events.filter((event) => event.startsWith('start')).sort()).toEqual([
      'start 1',
      'start 1 a',
      'start 1 b',
      'start main c',
    ])
    await queue.close()
  })

  test('a job that fails is logged and blocks nobody', async () => {
    const log = recordingLog()
    const done: string[] = []
    const queue = create({
      concurrency: 1,
      log,
      run: (job) => {
        if (nameOf(job) === '1') throw new Error('at once')
        done.push(nameOf(job))
        return Promise.resolve()
      },
    })

    void queue.add(ref(1))
    void queue.add(ref(2))
    await queue.idle()

    expect(done).toEqual(['2'])
    expect(log.lines).toMatchObject([{ level: 'error', fields: { number: 1 } }])
    await queue.close()
  })

  test('closing waits for what runs, and leaves what comes later to the next server, which is no fault', async () => {
    const { queue, events, log } = record(create, { concurrency: 1 })

    void queue.add(ref(1))
    await until(() => events.length === 1)
    const closed = queue.close()
    void queue.add(ref(3))
    await closed

    expect(events).toEqual(['start 1', 'end 1'])
    expect(log.lines).toMatchObject([{ level: 'info', fields: { number: 3 } }])
  })

  test('says of each job whether it would be done at once, has to wait, or waits already', async () => {
    const { queue, events } = record(create, { concurrency: 1, milliseconds: 100 })
    expect(await queue.turnOf(ref(1))).toBe(idle)

    void queue.add(ref(1))
    await until(() => events.length === 1)
    expect(await queue.turnOf(ref(1))).toBe('later')
    expect(await queue.load()).toEqual({ waiting: 0, running: 1 })
    void queue.add(ref(2))
    await until(() => queue.turnOf(ref(2)).then((turn) => turn === 'waits'))
    expect(await queue.load()).toEqual({ waiting: 1, running: 1 })

    await queue.idle()
    expect(await queue.turnOf(ref(2))).toBe(idle)
    await queue.close()
  })

  test('an empty queue is idle', async () => {
    const { queue } = record(create)

    await expect(queue.idle()).resolves.toBeUndefined()
    await queue.close()
  })
}
