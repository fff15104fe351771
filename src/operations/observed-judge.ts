import type { Judge } from '../app/judge-pull-request.ts'
import { JudgingLimit } from '../app/judging-limit.ts'
import type { Observe } from '../app/observer.ts'

/** The same judge; that one had to be ended by force is told. */
export function observedJudge(judge: Judge, observe: Observe): Judge {
  return async (...given) => {
    try {
      return await judge(...given)
    } catch (error) {
      if (error instanceof JudgingLimit) observe({ kind: 'budget', budget: error.budget })
      throw error
    }
  }
}
