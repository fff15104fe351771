import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTracing } from '../../src/operations/tracing.ts'
import { at, recordingLog } from '../support/github.ts'

const event = { delivery: 'd-1', at: 5 }

test('each of several evaluations at a time says on every line what it is about', async () => {
  let now = 1000
  const tracing = createTracing(() => now)
  const recorded = recordingLog()
  const log = tracing.log(recorded)
  const evaluate = (number: number, head: string) =>
    tracing.ofJob({ ...at, number, ...(number === 1 && { event }) }, async () => {
      await pause(1)
      tracing.noteHead(head)
      now += 10
      await pause(1)
      log.warn({ number }, 'something')
    })

  await Promise.all([evaluate(1, 'one'), evaluate(2, 'two')])

  expect(recorded.lines.map(({ fields }) => fields)).toEqual([
    {
      delivery: 'd-1',
      repository: 'bookinfo/mesh',
      pullRequest: 1,
      head: 'one',
      duration: 20,
      number: 1,
    },
    { repository: 'bookinfo/mesh', pullRequest: 2, head: 'two', duration: 20, number: 2 },
  ])
})

test('a push has its branch, and its head from the start', () => {
  const tracing = createTracing(() => 0)
  const recorded = recordingLog()
  const push = { branch: 'main', before: 'a', after: 'b' }

  tracing.ofJob({ ...at, push }, () => tracing.log(recorded).info({}, 'said'))

  expect(recorded.lines[0]?.fields).toEqual({
    repository: 'bookinfo/mesh',
    branch: 'main',
    head: 'b',
    duration: 0,
  })
})

test('elsewhere a line says what it is given, and no event is at hand', () => {
  const tracing = createTracing(() => 0)
  const recorded = recordingLog()
  tracing.log(recorded).error({ code: 1 }, 'said')

  expect(recorded.lines[0]?.fields).toEqual({ code: 1 })
  expect(tracing.event()).toBeUndefined()
  expect(tracing.ofEvent(event, () => tracing.event())).toEqual(event)
})
