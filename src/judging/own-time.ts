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

/** The time of somebody who has to begin first. */
export interface TimeFromBegin extends OwnTime {
  /** They have begun: from now on their time counts. */
  readonly begun: () => void
}

/** Calls `onLate` where they do not begin within `start` milliseconds, and `onOver` once they have taken more than `own` for themselves. */
export function countFromBegin(
  { start, own }: { readonly start: number; readonly own: number },
  { onLate, onOver }: { readonly onLate: () => void; readonly onOver: () => void },
): TimeFromBegin {
  let time: OwnTime | undefined
  let isStopped = false
  const late = setTimeout(onLate, start)
  return {
    begun() {
      clearTimeout(late)
      if (!isStopped) time ??= countOwnTime(own, onOver)
    },
    waiting: () => time?.waiting() ?? (() => undefined),
    stop() {
      isStopped = true
      clearTimeout(late)
      time?.stop()
    },
  }
}
