import type { Judge } from '../app/judge-pull-request.ts'
import type { Observe } from '../app/observer.ts'
import { budgets } from '../domain/budgets.ts'
import { judgeIn } from './judge-in.ts'
import { createPool } from './pool.ts'

/** Judges pull requests apart from whoever answers webhooks. */
export interface JudgingThreads {
  readonly judge: Judge
  /** Ends all threads, whatever they are doing. */
  close(): Promise<void>
}

export interface JudgingOptions {
  /** Pull requests that are judged at the same time; the others wait their turn. */
  readonly threads: number
  /** Seconds that one judgement may take, not counted what it waits for GitHub. */
  readonly seconds?: number
  /** Seconds within which a thread has to begin. */
  readonly startSeconds?: number
  /** Mebibytes of memory for each thread. */
  readonly memory?: number
  readonly observe?: Observe
}

/**
 * Threads that judge, each one pull request at a time. What exceeds its time or memory is ended with its thread, which another takes the
 * place of: nobody else's pull request, and no webhook, waits for it.
 */
export function createJudgingThreads({
  threads,
  seconds = budgets.judgingSeconds.size,
  startSeconds = budgets.threadSeconds.size,
  memory = budgets.judgingMemory.size,
  observe = () => undefined,
}: JudgingOptions): JudgingThreads {
  const pool = createPool({ threads, memory })
  return {
    async judge(pull, world, merged) {
      const { owner, repo } = pull.ref
      const slot = await pool.take(`${owner}/${repo}`.toLowerCase())
      const task = { pull, today: world.today(), ...(merged && { merged }) }
      try {
        const onOver = () => pool.drop(slot)
        return await judgeIn(slot.thread, { task, world, observe, seconds, startSeconds, memory, onOver })
      } finally {
        pool.release(slot)
      }
    },
    close: pool.close,
  }
}
