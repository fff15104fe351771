import { type Phrase, words } from '../../domain/words/phrase.ts'
import type { View } from './view.ts'

/** Whether nothing is changed but what is written, in no way that Istio reads. */
export function onlyRewritten({ assessment, rows }: View): boolean {
  const { changedResources, rewrittenResources } = assessment.touched
  return rows.length === 0 && changedResources.length === 0 && rewrittenResources.length > 0
}

/** How much of what is touched means what it meant, where that is more than one may want to read. */
export function rewrittenPhrase(view: View): Phrase | undefined {
  const count = view.assessment.touched.rewrittenResources.length
  if (count < 2) return undefined
  return words(
    onlyRewritten(view)
      ? `No request changes: ${count} resources are written otherwise, and mean the same as before.`
      : `${count} other resources are written otherwise, and mean the same as before.`,
  )
}
