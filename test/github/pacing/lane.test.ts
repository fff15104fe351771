import { expect, test } from 'vitest'
import type { Cost } from '../../../src/github/pacing/cost.ts'
import { createLane } from '../../../src/github/pacing/lane.ts'

const cost = (rank: number): Cost => ({ lane: 'writes', rank, windows: [] })

test('the most urgent goes first, and of equals the one that came first', async () => {
  const lane = createLane({ atOnce: 1, reserve: async () => 0 })
  const sent: string[] = []
  const first = Promise.withResolvers<void>()

  const all = [
    lane.pass(cost(2), () => first.promise),
    ...(['words 2', 'words 2, too', 'verdict 1', 'begun 0'] as const).map((name) =>
      lane.pass(cost(Number(name.match(/\d/)?.[0])), async () => void sent.push(name)),
    ),
  ]
  // The first is under way before the others are looked at.
  await new Promise((resolve) => setImmediate(resolve))
  first.resolve()
  await Promise.all(all)

  expect(sent).toEqual(['begun 0', 'verdict 1', 'words 2', 'words 2, too'])
})

test('whoever has to wait holds up nobody who is more urgent', async () => {
  const lane = createLane({ atOnce: 1, reserve: async ({ rank }) => (rank === 2 ? 60_000 : 0) })
  let isSaid = false
  void lane.pass(cost(2), async () => {
    isSaid = true
  })

  await expect(lane.pass(cost(1), async () => 'verdict')).resolves.toBe('verdict')
  expect(isSaid).toBe(false)
})

test('so many are under way at a time, and a failure makes room', async () => {
  const lane = createLane({ atOnce: 2, reserve: async () => 0 })
  let [now, most] = [0, 0]
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) =>
      lane.pass(cost(0), async () => {
        most = Math.max(most, ++now)
        await new Promise((resolve) => setTimeout(resolve, 1))
        now -= 1
        if (index % 3 === 0) throw new Error('no')
      }),
    ),
  )

  expect(most).toBe(2)
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3)
})
