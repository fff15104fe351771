import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countOwnTime } from '../../src/judging/own-time.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function counted(limit: number) {
  const over = vi.fn<() => void>()
  return { over, ...countOwnTime(limit, over) }
}

test('it is over once somebody took more time than the limit', () => {
  const { over } = counted(100)

  vi.advanceTimersByTime(99)
  expect(over).not.toHaveBeenCalled()

  vi.advanceTimersByTime(1)
  expect(over).toHaveBeenCalledOnce()
})

test('what they wait for is not theirs, however many answers are awaited at once', () => {
  const { over, waiting } = counted(100)
  vi.advanceTimersByTime(60)
  const [one, other] = [waiting(), waiting()]
  vi.advanceTimersByTime(1_000)
  one()
  vi.advanceTimersByTime(1_000)
  other()

  vi.advanceTimersByTime(39)
  expect(over).not.toHaveBeenCalled()

  vi.advanceTimersByTime(1)
  expect(over).toHaveBeenCalledOnce()
})

test('who has stopped is never late, whatever is answered afterwards', () => {
  const { over, waiting, stop } = counted(100)
  const answered = waiting()
  stop()
  answered()

  vi.advanceTimersByTime(1_000)

  expect(over).not.toHaveBeenCalled()
})
