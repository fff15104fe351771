import { words } from '../../domain/words/phrase.ts'
import { markdownOf } from '../print/print.ts'
import type { IsRequested } from '../sentences/consent/consent-words.ts'
import { toFix } from '../sentences/remedies/to-fix.ts'
import { commentTable } from '../sentences/requests/change-table.ts'
import type { View } from '../sentences/view.ts'
import { titleSentence } from '../title/title.ts'
import { faults, merging } from './summary-comment.ts'

/** What is said of a turn in a merge queue that ends without success, apart from what is ahead of it, which only the forge knows. */
export interface QueueWords {
  readonly verdict: string
  /** Paragraphs. */
  readonly details: string
}

const head = ['Team', 'Requests', 'With what is ahead', 'With this, too']

/** The cause, the requests before and after this turn, and what lets it in. */
export function queueWords(view: View, isRequested: IsRequested): QueueWords {
  const table = commentTable(view, head)
  return {
    verdict: `**Taken out of the merge queue. ${markdownOf(titleSentence(view))}**`,
    details: [
      ...faults(view),
      ...(table === undefined ? [] : [table]),
      ...toFix(view),
      ...merging(view, isRequested),
      markdownOf(words('Then queue it again.')),
    ].join('\n\n'),
  }
}
