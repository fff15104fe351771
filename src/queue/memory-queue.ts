import type { CheckQueue, Job, QueueOptions } from '../app/ports.ts'
import { queueKey } from './queue-key.ts'

/**
 * A `CheckQueue` in this process. A job that throws is logged and is over: whoever wants it again adds it again.
 * Each `add` is followed by a run that starts after it, so no event is lost; until `close`, which refuses later ones.
 */
export function createMemoryQueue({ run, concurrency, log }: QueueOptions): CheckQueue {
  const waiting = new Map<string, Job>()
  const running = new Set<string>()
  let closed = false
  let idleListeners: (() => void)[] = []

  function start(key: string, ref: Job): void {
    waiting.delete(key)
    running.add(key)
    // `then` before `run`: a `run` that throws at once is a failed job like any other.
    void Promise.resolve()
      .then(() => run(ref))
      .catch((error: unknown) => log.error({ err: error, ...ref }, 'evaluation failed'))
      .finally(() => {
        running.delete(key)
        startWaiting()
      })
  }

  function startWaiting(): void {
    for (const [key, ref] of waiting) {
      if (running.size >= concurrency) return
      if (!running.has(key)) start(key, ref)
    }
    if (running.size > 0 || waiting.size > 0) return
    const listeners = idleListeners
    idleListeners = []
    for (const listener of listeners) listener()
  }

  function idle(): Promise<void> {
    if (running.size === 0 && waiting.size === 0) return Promise.resolve()
    return new Promise((resolve) => idleListeners.push(resolve))
  }

  return {
    add(ref) {
      if (closed) {
        log.error({ ...ref }, 'queue is closed; the request was not taken')
        return
      }
      waiting.set(queueKey(ref), ref)
      startWaiting()
    },
    idle,
    close() {
      closed = true
      return idle()
    },
  }
}
