import type { Rule } from '../rule.ts'

/** Found where CODEOWNERS is read; the manifests of a side cannot show it. */
export const invalidCodeowners: Rule = {
  id: 'invalid-codeowners',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A line of CODEOWNERS that GitHub does not understand, or an owner that it does not know.',
  check: () => [],
}
