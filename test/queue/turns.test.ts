import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Job } from '../../src/app/ports.ts'
import { createMemoryQueue } from '../../src/queue/memory-queue.ts'
import { createTurns } from '../../src/queue/turns.ts'
import { recordingLog } from '../support/github.ts'
import { ref } from './check-queue.ts'

const of = (installation: number, number: number) => ({ ...ref(number), installation })
const itself = (job: Job) => job

test('a burst of one installation does not hold up another: each has its turn', async () => {
  const begun: number[] = []
  const queue = createMemoryQueue({
    concurrency: 1,
    log: recordingLog(),
    run: async ({ installation }) => void begun.push(installation),
  })

  for (let at = 0; at < 50; at += 1) void queue.add(of(1, at))
  for (const at of [101, 102]) void queue.add(of(2, at))
  await queue.idle()

  expect(begun.slice(0, 5)).toEqual([1, 2, 1, 2, 1])
  expect(begun).toHaveLength(52)
})

test('of what one installation asks for, the first is done first', () => {
  const turns = createTurns()

  expect(turns.next([of(1, 7), of(1, 3)], itself, [])).toEqual(of(1, 7))
  expect(turns.next([], itself, [])).toBeUndefined()
})

test('of two that were served alike the one is next of which less runs', () => {
  const turns = createTurns()
  turns.take(of(1, 1))
  turns.take(of(2, 1))

  expect(turns.next([of(1, 2), of(2, 2)], itself, [of(1, 1)])).toEqual(of(2, 2))
  expect(turns.next([of(1, 2), of(2, 2)], itself, [])).toEqual(of(1, 2))
})

test('a law: whoever waits is served before any other is served twice more', () => {
  const asked = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(asked, (installations) => {
      const turns = createTurns()
      let waiting = installations.map((installation, at) => of(installation, at))
      const order: number[] = []
      for (let next = turns.next(waiting, itself, []); next; next = turns.next(waiting, itself, [])) {
        const taken = next
        turns.take(taken)
        order.push(taken.installation)
        waiting = waiting.filter((each) => each !== taken)
      }

      expect(order.toSorted()).toEqual(installations.toSorted())
      for (const who of new Set(installations)) {
        const first = order.slice(0, order.indexOf(who))
        expect(new Set(first).size).toBe(first.length)
      }
    }),
  )
})
