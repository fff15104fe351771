import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countFromBegin, countOwnTime } from '../../src/judging/own-time.ts'

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

function countedFromBegin() {
  const [onLate, onOver] = [vi.fn<() => void>(), vi.fn<() => void>()]
  return { onLate, onOver, ...countFromBegin({ start: 1_000, own: 100 }, { onLate, onOver }) }
}

test('until they begin, their own time does not count', () => {
  const { onLate, onOver, begun } = countedFromBegin()
  vi.advanceTimersByTime(999)
  begun()
  vi.advanceTimersByTime(99)
  expect(onOver).not.toHaveBeenCalled()

  vi.advanceTimersByTime(1)
  expect(onOver).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1_000)
  expect(onLate).not.toHaveBeenCalled()
})

test('who does not begin is late, and not over', () => {
  const { onLate, onOver } = countedFromBegin()

  vi.advanceTimersByTime(1_000)
  expect(onLate).toHaveBeenCalledOnce()
  expect(onOver).not.toHaveBeenCalled()
})

test.each([true, false])('who has stopped is neither, begun: %s', (hasBegun) => {
  const { onLate, onOver, begun, stop } = countedFromBegin()
  if (hasBegun) begun()
  stop()
  begun()

  vi.advanceTimersByTime(10_000)
  expect([onLate, onOver].flatMap(({ mock }) => mock.calls)).toEqual([])
})
