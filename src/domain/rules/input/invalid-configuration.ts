import type { Rule } from '../rule.ts'

/** Found where the configuration is read; the manifests of a side cannot show it. */
export const invalidConfiguration: Rule = {
  id: 'invalid-configuration',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A mistake in .github/firebreak.yml.',
  check: () => [],
}
