import type { Comparison } from '../../diff/comparison.ts'
import type { ManifestDiagnostic } from '../../manifest/manifests.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { keyOfMistake } from '../../source/diagnostic.ts'
import type { Fault } from '../rule.ts'
import { meshOfPath } from './mesh-of-path.ts'

/** A mistake in a manifest as what a rule found. Warnings just report. */
export function faultOfManifest(
  diagnostic: ManifestDiagnostic,
  side: Snapshot,
  comparison: Comparison,
): Fault {
  const { clause, rest, range, because = [], todo, severity, resource = '', admission, code } = diagnostic
  const key = keyOfMistake(diagnostic)
  const path = range?.file.path ?? ''
  return {
    clause,
    ...(rest && { rest }),
    ...(range && { range }),
    because,
    ...(todo && { todo }),
    resource,
    mesh: meshOfPath(path, side, comparison),
    // Objects whose names another tool fills in are told apart by their files.
    fingerprint: resource === '' || isUnknown(resource) ? `${path} ${key}` : key,
    code,
    severity,
    ...(severity !== 'error' && { effect: 'report' }),
    ...(admission && { admission }),
  }
}
