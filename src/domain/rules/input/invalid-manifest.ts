import type { Comparison } from '../../diff/comparison.ts'
import type { ManifestDiagnostic } from '../../manifest/manifests.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { diagnosticOf } from '../../manifest/validation/problem.ts'
import { tooManyHeaders } from '../../manifest/validation/routes/refused-by-envoy.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { keyOfMistake } from '../../source/diagnostic.ts'
import type { Fault, Rule } from '../rule.ts'
import { keptNote } from './kept-note.ts'
import { meshOfPath } from './mesh-of-path.ts'

/** What the reader of the manifests and Istio's own validation object to. Warnings of the webhook just report. */
export const invalidManifest: Rule = {
  id: 'invalid-manifest',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "YAML that does not parse, an unknown field, or a value that Istio's validation rejects.",
  *check(side, comparison) {
    for (const diagnostic of side.manifests.diagnostics)
      yield explain(withConsequence(diagnostic, side), side, comparison)
    for (const diagnostic of side.meshes.flatMap(refusedWhenMerged))
      yield explain(diagnostic, side, comparison)
  },
}

/** What neither of two objects says alone: a secondary's entry has the headers of its primary beside those of its target. */
function refusedWhenMerged({ graph }: Mesh): readonly ManifestDiagnostic[] {
  return graph.edges.flatMap(({ state, secondary, route: { headers } }) => {
    if (state !== 'resolved' || secondary === undefined || headers === undefined) return []
    return (secondary.spec.http ?? [])
      .filter((entry) => entry.headers === undefined)
      .flatMap((entry) => tooManyHeaders({ ...entry, headers }))
      .map((problem) => diagnosticOf(problem, identityOf(secondary)))
  })
}

/** Where a cluster keeps the object of the base side, that is the consequence. */
function withConsequence(diagnostic: ManifestDiagnostic, { kept }: Snapshot): ManifestDiagnostic {
  const { admission, resource, because = [] } = diagnostic
  const same = kept.find((each) => identityOf(each) === resource)
  if (admission !== 'rejected' || same === undefined) return diagnostic
  return { ...diagnostic, because: [...because, keptNote(same)] }
}

function explain(diagnostic: ManifestDiagnostic, side: Snapshot, comparison: Comparison): Fault {
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
