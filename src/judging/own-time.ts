/** The time that somebody takes for themselves, and not to wait for an answer of ours. */
export interface OwnTime {
  /** They have asked something; call what it returns when that is answered. */
  readonly waiting: () => () => void
  readonly stop: () => void
}

/** Begins to count; calls `onOver` once it is more than the limit, in milliseconds. */
export function countOwnTime(limit: number, onOver: () => void): OwnTime {
  let left = limit
  let questions = 0
  let since = performance.now()
  let timer = setTimeout(onOver, left)
  function pause(): void {
    clearTimeout(timer)
    left -= performance.now() - since
  }
  function resume(): void {
    since = performance.now()
    timer = setTimeout(onOver, Math.max(0, left))
  }
  return {
    waiting() {
      if (questions++ === 0) pause()
      return () => {
        if (--questions === 0) resume()
      }
    },
    stop() {
      questions = Number.POSITIVE_INFINITY
      clearTimeout(timer)
    },
  }
}
