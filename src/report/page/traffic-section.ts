import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import { say } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { phraseHtml } from '../print/html-text.ts'
import { trafficWords } from '../sentences/traffic-words.ts'
import type { View } from '../sentences/view.ts'
import type { Section } from './frame.ts'

/** The traffic there was, and what would become of it; no lines where no logs were given. */
export function trafficSection(told: ToldTraffic | undefined, view: View): Section {
  return {
    id: 'traffic',
    heading: 'The requests of yesterday',
    lines: told === undefined ? [] : linesOf(told, view),
  }
}

function linesOf(told: ToldTraffic, view: View): readonly string[] {
  const { head, groups, notes } = trafficWords(told, view)
  const rows = groups.map(
    ({ what, mostOften }) => `<li>${phraseHtml(ended(say`${what}; most often ${mostOften}`))}</li>`,
  )
  return [
    `<p><strong>${phraseHtml(ended(head))}</strong> It decides nothing.</p>`,
    ...(rows.length === 0 ? [] : ['<ul>', ...rows, '</ul>']),
    ...notes.map((note) => `<p>${phraseHtml(ended(note))}</p>`),
  ]
}
