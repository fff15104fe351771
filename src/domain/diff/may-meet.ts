import { BudgetExceeded, type Work } from '../language/string-set.ts'
import { type Box, intersectBoxes } from '../match/box.ts'

/** Whether some request may lie in both boxes; over the budget it may. */
export function mayMeet(a: Box, b: Box, work: Work): boolean {
  try {
    return intersectBoxes(a, b, work) !== undefined
  } catch (error) {
    if (error instanceof BudgetExceeded) return true
    throw error
  }
}
