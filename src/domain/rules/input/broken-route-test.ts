import type { Rule } from '../rule.ts'

/** Found where route tests are run against the tables of both sides. */
export const brokenRouteTest: Rule = {
  id: 'broken-route-test',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A route test that does not pass once this is merged, or that nobody can read.',
  check: () => [],
}
