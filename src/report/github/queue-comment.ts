import { budgets } from '../../domain/budgets.ts'
import { words } from '../../domain/words/phrase.ts'
import { markdownOf } from '../print/print.ts'
import type { IsRequested } from '../sentences/consent/consent-words.ts'
import { toFix } from '../sentences/remedies/to-fix.ts'
import { commentTable } from '../sentences/requests/change-table.ts'
import { verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { type TitleParts, titleParts, titleSentence } from '../title/title.ts'
import { faults, merging } from './summary-comment.ts'

/** What is said of a turn in a merge queue that ends without success, apart from what is ahead of it, which only the forge knows. */
export interface QueueWords {
  readonly verdict: string
  /** Paragraphs: where what is ahead waits as well, and where it is merged, so that it is today's. */
  readonly details: Readonly<Record<Ahead['kind'], string>>
  /** The title, for whoever knows what is ahead; absent where it is not told as it is. */
  readonly title?: TitleParts
  /** Of requests that change with everybody's consent: whether anybody but the author had to agree. */
  readonly agreed?: 'by-others' | 'by-author'
}

const heads: Readonly<Record<Ahead['kind'], readonly string[]>> = {
  queued: ['Team', 'Requests', 'With what is ahead', 'With this, too'],
  merged: ['Team', 'Requests', 'Today', 'With this'],
}

/** The cause, the requests before and after this turn, and what lets it in. */
export function queueWords(view: View, isRequested: IsRequested): QueueWords {
  const details = (kind: Ahead['kind']) => {
    const table = commentTable(view, heads[kind])
    return [
      ...faults(view),
      ...(table === undefined ? [] : [table]),
      ...toFix(view),
      ...merging(view, isRequested),
      markdownOf(words('Then queue it again.')),
    ].join('\n\n')
  }
  const title = titleParts(view)
  return {
    ...(title && { title }),
    ...agreementOf(view),
    verdict: `**Taken out of the merge queue. ${markdownOf(titleSentence(view))}**`,
    details: { queued: details('queued'), merged: details('merged') },
  }
}

function agreementOf(view: View): Pick<QueueWords, 'agreed'> {
  const { assessment, rows } = view
  if (verdictOf(assessment).kind !== 'ok' || rows.length === 0) return {}
  const { requirements } = assessment.decision
  if (requirements.some(({ satisfiedBy }) => satisfiedBy === undefined)) return {}
  return {
    agreed: requirements.some(({ satisfiedBy }) => satisfiedBy?.how === 'approval')
      ? 'by-others'
      : 'by-author',
  }
}

/** `OK: the same changes as in #102, all agreed`: nothing ahead gives a pull request another meaning. */
export function sameTitle(agreed: 'by-others' | 'by-author', number: number): string {
  return `OK: the same changes as in #${number}${agreed === 'by-others' ? ', all agreed' : ''}`
}

/** What a turn in a merge queue is built on: turns before it, the next one first, or what was merged last. */
export interface Ahead {
  readonly kind: 'queued' | 'merged'
  readonly numbers: readonly number[]
}

/** `Waiting for login: with #107 ahead of it, /logout would return 404`; undefined where that has no room, or nothing is ahead. */
export function aheadTitle({ lead, bodies }: TitleParts, { kind, numbers }: Ahead): string | undefined {
  const [next, ...others] = numbers.map((number) => `#${number}`)
  if (next === undefined) return undefined
  const all = others.length === 0 ? next : `${next} and ${others.length} more`
  const cause = kind === 'merged' ? `after ${next}` : `with ${all} ahead of it`
  const titles = bodies.map((body) => `${lead}: ${cause}, ${body}`)
  return titles.find(({ length }) => length <= budgets.title.size)
}

/** The same as a sentence of a comment. */
export function aheadWords({ kind, numbers }: Ahead): string {
  const [next, ...others] = numbers.map((number) => `#${number}`)
  if (next === undefined) return 'This is so on top of what was merged before it.'
  if (kind === 'merged') return `This is so on top of ${next}, which was merged just before it.`
  return others.length === 0
    ? `This is so together with ${next}, which is ahead of it in the queue.`
    : `This is so together with what is ahead of it in the queue: ${[next, ...others].join(', ')}.`
}
