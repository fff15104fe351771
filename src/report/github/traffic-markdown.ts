import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import { say } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { markdownOf } from '../print/print.ts'
import { trafficWords } from '../sentences/traffic-words.ts'
import type { View } from '../sentences/view.ts'

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
