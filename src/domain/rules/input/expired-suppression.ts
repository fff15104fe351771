import type { Rule } from '../rule.ts'

/** Found where the configuration is read, since it needs the day; the manifests of a side cannot show it. */
export const expiredSuppression: Rule = {
  id: 'expired-suppression',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A suppression in the configuration whose last day has passed.',
  check: () => [],
}
