import { identityOf } from '../domain/manifest/names.ts'
import type { Finding } from '../domain/rules/rule.ts'
import { entryOf } from '../domain/unmodelled/kinds/index.ts'
import { unjudgedHeadlines } from '../domain/unmodelled/unjudged-words.ts'
import { messagePhrase } from './message-phrase.ts'
import { type Phrase, quoted, say } from './phrase.ts'
import type { View } from './view.ts'

/** "EnvoyFilter `a` changes in the namespace `ns1`, where login has something", for what is not modelled. */
export function unmodelledBodies(finding: Finding, view: View): readonly Phrase[] {
  const { rule, unjudged } = finding
  if (rule !== 'unmodelled-change') return []
  if (unjudged === undefined) return layerBodies(finding, view)
  return unjudgedHeadlines(unjudged, view.audience.name).map(messagePhrase)
}

function layerBodies({ resource }: Finding, { assessment }: View): readonly Phrase[] {
  const { base, merged } = assessment.comparison
  const all = [...merged.manifests.unmodelled, ...base.manifests.unmodelled]
  const layer = all.find((each) => entryOf(each) === undefined && identityOf(each) === resource)
  if (layer === undefined) return []
  return [
    say`${layer.kind} ${quoted(layer.name)} changes, which is not judged here`,
    say`a ${layer.kind} changes, which is not judged here`,
  ]
}
