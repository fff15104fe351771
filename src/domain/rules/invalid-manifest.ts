import type { ManifestDiagnostic } from '../manifest/manifests.ts'
import { isUnknown } from '../manifest/placeholders.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { meshOfPath } from './mesh-of-path.ts'
import type { Fault, Rule } from './rule.ts'

/** What the reader of the manifests and Istio's own validation object to. Warnings of the webhook just report. */
export const invalidManifest: Rule = {
  id: 'invalid-manifest',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "YAML that does not parse, an unknown field, or a value that Istio's validation rejects.",
  *check(side) {
    for (const diagnostic of side.manifests.diagnostics) yield explain(diagnostic, side)
  },
}

function explain(diagnostic: ManifestDiagnostic, side: Snapshot): Fault {
  const { message, range, notes = [], advice, severity, resource = '', admission } = diagnostic
  const path = range?.file.path ?? ''
  return {
    message,
    ...(range && { range }),
    notes,
    ...(advice !== undefined && { advice }),
    resource,
    mesh: meshOfPath(side, path),
    // Objects whose names another tool fills in are told apart by their files.
    fingerprint: resource === '' || isUnknown(resource) ? `${path} ${message}` : message,
    severity,
    ...(severity !== 'error' && { effect: 'report' }),
    ...(admission && { admission }),
  }
}
