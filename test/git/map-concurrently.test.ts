import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mapConcurrently } from '../../src/git/map-concurrently.ts'

test('results keep the order of the values, whichever is ready first', async () => {
  const results = await mapConcurrently([9, 1, 5], 3, async (value) => {
    await pause(value)
    return value * 2
  })

  expect(results).toEqual([18, 2, 10])
})

test('no more than the limit are at work', async () => {
  let running = 0
  let most = 0

  await mapConcurrently([...Array(20).keys()], 3, async () => {
    most = Math.max(most, ++running)
    await pause(1)
    running--
  })

  expect(most).toBe(3)
})

test('after a failure nothing new is begun', async () => {
  const begun: number[] = []
  const work = mapConcurrently([1, 2, 3, 4], 1, async (value) => {
    begun.push(value)
    if (value === 2) throw new Error('two')
  })

  await expect(work).rejects.toThrow('two')
  expect(begun).toEqual([1, 2])
})
