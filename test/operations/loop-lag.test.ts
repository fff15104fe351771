import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { measureLoopLag } from '../../src/operations/loop-lag.ts'

let stop = () => {}
afterEach(() => stop())

test('what keeps the loop busy is seen, and quiet is little', async () => {
  const lag = measureLoopLag()
  stop = lag.stop
  expect(lag.read()).toEqual({ half: 0, p99: 0, longest: 0 })
  await pause(100)
  const began = performance.now()
  while (performance.now() - began < 300);
  await pause(100)

  const { half, longest } = lag.read()

  expect(longest).toBeGreaterThan(0.2)
  expect(half).toBeLessThan(longest)
})
