import { keysSelectedOn } from '../manifest/layers/kustomize/keys-selected-on.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Policy } from './configuration/policy.ts'

/** The policy without the ignored keys that a layer selects objects by: those decide what becomes of a document. */
export function countingSelectedKeys(policy: Policy, files: readonly SourceFile[]): Policy {
  const selected = keysSelectedOn(files, policy.consent.ignore)
  if (selected.size === 0) return policy
  const ignore = policy.consent.ignore.filter((key) => !selected.has(key))
  return { ...policy, consent: { ...policy.consent, ignore } }
}
