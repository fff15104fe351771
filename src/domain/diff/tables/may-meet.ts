import { BudgetExceeded, meets, type StringSet, type Work } from '../../language/string-set.ts'
import { type Box, boxesMeet } from '../../match/box.ts'

/** Whether some request may lie in both boxes; over the budget it may. */
export function mayMeet(a: Box, b: Box, work: Work): boolean {
  return unlessTooMuch(() => boxesMeet(a, b, work))
}

/** Whether some text may be in both sets; over the budget it may. */
export function mayShare(a: StringSet, b: StringSet, work: Work): boolean {
  return unlessTooMuch(() => meets(a, b, work))
}

function unlessTooMuch(find: () => boolean): boolean {
  try {
    return find()
  } catch (error) {
    if (error instanceof BudgetExceeded) return true
    throw error
  }
}
