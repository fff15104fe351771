import { budgets } from '../../domain/budgets.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import { say } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { withinLimit } from '../print/budget.ts'
import { markdownOf } from '../print/print.ts'
import { trafficWords } from '../sentences/traffic-words.ts'
import { type View, viewOf } from '../sentences/view.ts'
import type { WrittenReport } from './report.ts'

/** The traffic there was, and what would become of it, for a check run. */
export function trafficMarkdown(told: ToldTraffic, view: View): string {
  const { head, groups, notes } = trafficWords(told, view)
  const rows = groups.map(
    ({ what, mostOften }) => `- ${markdownOf(ended(say`${what}; most often ${mostOften}`))}`,
  )
  return [
    `**${markdownOf(ended(head))}** It decides nothing.`,
    rows.join('\n'),
    notes.map((note) => markdownOf(ended(note))).join(' '),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A report that tells of traffic behind everything else, as far as there is room. */
export function withTraffic(
  report: WrittenReport,
  told: ToldTraffic | 'unreadable',
  assessment: Assessment,
): WrittenReport {
  const text =
    told === 'unreadable'
      ? 'What would become of the requests of yesterday is not known: the logs of this repository are not there, or cannot be read.'
      : trafficMarkdown(told, viewOf(assessment))
  return { ...report, summary: withinLimit(`${report.summary}\n${text}\n`, budgets.checkText.size) }
}
