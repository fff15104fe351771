import type { ManifestDiagnostic } from '../../manifest/manifests.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { Rule } from '../rule.ts'
import { keptNote } from './kept-note.ts'
import { faultOfManifest } from './manifest-fault.ts'

/** What the reader of the manifests and Istio's own validation object to. Warnings of the webhook just report. */
export const invalidManifest: Rule = {
  id: 'invalid-manifest',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "YAML that does not parse, an unknown field, or a value that Istio's validation rejects.",
  *check(side, comparison) {
    for (const diagnostic of side.manifests.diagnostics) {
      if (diagnostic.id !== 'rejected-by-proxy')
        yield faultOfManifest(withConsequence(diagnostic, side), side, comparison)
    }
  },
}

/** Where a cluster keeps the object of the base side, that is the consequence. */
function withConsequence(diagnostic: ManifestDiagnostic, { kept }: Snapshot): ManifestDiagnostic {
  const { admission, resource, because = [] } = diagnostic
  const same = kept.find((each) => identityOf(each) === resource)
  if (admission !== 'rejected' || same === undefined) return diagnostic
  return { ...diagnostic, because: [...because, keptNote(same)] }
}
