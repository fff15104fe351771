import type { Rule } from '../rule.ts'

/** Found where the snapshot is read; the manifests of a side cannot show it. */
export const invalidSnapshot: Rule = {
  id: 'invalid-snapshot',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A mistake in a snapshot of a cluster.',
  check: () => [],
}
