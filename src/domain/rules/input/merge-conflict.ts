import type { Rule } from '../rule.ts'

/** Found where the two sides are read: without a merged side there is nothing to check. */
export const mergeConflict: Rule = {
  id: 'merge-conflict',
  severity: 'error',
  effect: 'block',
  configurable: false,
  summary: 'A conflict with the base branch: what the merge would give is not known.',
  check: () => [],
}
