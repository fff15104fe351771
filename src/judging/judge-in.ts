import { MessageChannel, type Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import type { Judge } from '../app/judge-pull-request.ts'
import { JudgingLimit, JudgingNotBegun } from '../app/judging-limit.ts'
import type { Observe } from '../app/observer.ts'
import { type Answer, type Answering, resultOf } from './answer.ts'
import { channelOver, type Task, type ThreadCalls, type WorldCalls } from './calls.ts'
import { countFromBegin } from './own-time.ts'
import { servedWorld } from './served-world.ts'

/** One judgement, and what it may take. */
export interface Judging {
  readonly task: Task
  readonly world: Parameters<Judge>[1]
  readonly observe: Observe
  /** From when the thread has begun with it, without what it waits for GitHub. */
  readonly seconds: number
  /** Within which it has to begin. */
  readonly startSeconds: number
  /** Mebibytes that the thread was given. */
  readonly memory: number
  /** The thread is about to be ended. */
  readonly onOver: () => void
}

/**
 * Judges in a thread that does nothing else meanwhile. Throws a `JudgingLimit` where that takes too long, which ends the thread, or
 * too much memory, of which it ends itself; a `JudgingNotBegun` where the thread does not begin, which ends it, too; and whatever
 * judging throws.
 */
export async function judgeIn(
  thread: Worker,
  { task, world, observe, seconds, startSeconds, memory, onOver }: Judging,
): ReturnType<Judge> {
  const { port1: ours, port2: theirs } = new MessageChannel()
  const ended = Promise.withResolvers<Answer<never>>()
  const end = (error: Error) => {
    ended.reject(error)
    onOver()
    void thread.terminate()
  }
  const tooLong = () => end(new JudgingLimit('judgingSeconds', { size: seconds, unit: 'seconds' }))
  const time = countFromBegin(
    { start: startSeconds * 1000, own: seconds * 1000 },
    { onLate: () => end(new JudgingNotBegun(startSeconds)), onOver: tooLong },
  )
  const onError = (error: Error) => ended.reject(lossOf(error, memory))
  const onExit = () => ended.reject(new Error('the thread that judged it has ended'))
  thread.once('error', onError).once('exit', onExit)
  try {
    const calls = createBirpc<Answering<ThreadCalls>, Answering<WorldCalls>>(
      servedWorld(world, observe, time),
      channelOver(ours),
    )
    thread.postMessage(theirs, [theirs])
    return resultOf(await Promise.race([calls.judge(task), ended.promise]))
  } finally {
    time.stop()
    thread.off('error', onError).off('exit', onExit)
    ours.close()
  }
}

function lossOf(error: Error, memory: number): Error {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new JudgingLimit('judgingMemory', { size: memory, unit: 'MiB of memory' })
    : error
}
