import type { Rule } from '../rule.ts'

/** Found where charts are rendered; the manifests of a side cannot show it. */
export const notDeployed: Rule = {
  id: 'not-deployed',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A chart that helm refuses to render: nothing of it is applied any more.',
  check: () => [],
}
