import { identityOf } from '../domain/manifest/names.ts'
import type { Finding } from '../domain/rules/rule.ts'
import { type Phrase, quoted, say } from './phrase.ts'
import type { View } from './view.ts'

/** "EnvoyFilter `a` changes, which is not judged here", for a finding about something that is not modelled. */
export function unmodelledBodies(finding: Finding, { assessment }: View): readonly Phrase[] {
  if (finding.rule !== 'unmodelled-change') return []
  const { base, merged } = assessment.comparison
  const all = [...merged.manifests.unmodelled, ...base.manifests.unmodelled]
  const resource = all.find((each) => identityOf(each) === finding.resource)
  if (resource === undefined) return []
  return [
    say`${resource.kind} ${quoted(resource.name)} changes, which is not judged here`,
    say`a ${resource.kind} changes, which is not judged here`,
  ]
}
