// The algebra of sets of strings on one page. Each operation is exact; what would cost too much throws BudgetExceeded.
export { anyOf } from './any-of.ts'
export { BudgetExceeded, exceeded, orExceeded, unlessExceeded } from './budget-exceeded.ts'
export { keyOf } from './key-of.ts'
export { everything, fromStates, nothing, type StringSet } from './language.ts'
export { exactly, exactlyIgnoringCase, startingWith, startingWithIgnoringCase } from './literals.ts'
export {
  complement,
  contains,
  intersect,
  intersectWith,
  isEmpty,
  isSubset,
  meets,
  subtract,
  union,
} from './operations.ts'
export { witness } from './witness.ts'
export {
  charge,
  demandLeft,
  isUsedUp,
  type Once,
  once,
  sharesOf,
  unmetered,
  type Work,
  within,
  workOf,
} from './work.ts'
