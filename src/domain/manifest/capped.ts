import { budgets } from '../budgets.ts'
import { told } from '../words/told.ts'
import type { ManifestDiagnostic } from './manifests.ts'

const most = budgets.problems.size

/** At most a hundred findings of one object or document; the last one says how many more there are. */
export function capped(diagnostics: readonly ManifestDiagnostic[]): readonly ManifestDiagnostic[] {
  const last = diagnostics[most - 1]
  if (last === undefined || diagnostics.length === most) return diagnostics
  const rest = diagnostics.slice(most - 1)
  const severity = rest.some((each) => each.severity === 'error') ? 'error' : 'warning'
  return [
    ...diagnostics.slice(0, most - 1),
    { ...last, severity, ...told(`${rest.length} more problems from here on`) },
  ]
}
