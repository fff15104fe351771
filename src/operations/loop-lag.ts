import { monitorEventLoopDelay } from 'node:perf_hooks'

/** For how many seconds the thread that answers webhooks was busy with something else. */
export interface LoopLag {
  /** Within the last minute or two: half of all times, 99 of 100, and the longest. */
  read(): { readonly half: number; readonly p99: number; readonly longest: number }
  stop(): void
}

const resolution = 20
const minute = 60_000

/** Begins to measure. */
export function measureLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution })
  histogram.enable()
  // What is long over shall not be told for ever.
  const timer = setInterval(() => histogram.reset(), minute)
  timer.unref()
  // What is measured is how late a timer was, with the time that it was set for.
  const seconds = (nanoseconds: number) =>
    Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - resolution / 1000) : 0
  return {
    read: () => ({
      half: seconds(histogram.percentile(50)),
      p99: seconds(histogram.percentile(99)),
      longest: histogram.count === 0 ? 0 : seconds(histogram.max),
    }),
    stop() {
      clearInterval(timer)
      histogram.disable()
    },
  }
}
