import { capitalised, type Phrase, words } from '../../domain/words/phrase.ts'
import { escaped, phraseHtml } from '../print/html-text.ts'
import { toMerge, toMergeLabel, waitedForByName } from '../sentences/consent/consent-words.ts'
import { dismissalPhrase } from '../sentences/consent/dismissal-words.ts'
import { overridePhrase } from '../sentences/consent/override-words.ts'
import { leavingOut, leavingOutLabel, type Remedy, remediesOf } from '../sentences/remedies/to-fix.ts'
import { type WayOutWords, wayOutWords } from '../sentences/remedies/way-out-words.ts'
import { verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import type { Section } from './frame.ts'

/** Who has to do what, and what would unblock or leave others out. */
export function actSection(view: View): Section {
  const isOverridden = verdictOf(view.assessment).kind === 'overridden'
  const wanted = isOverridden ? undefined : toMerge(view, () => false)
  const lines = [
    ...paragraph(overridePhrase(view)),
    ...fixing(view),
    ...(wanted === undefined ? [] : [labelled(words(toMergeLabel(view)), wanted)]),
    ...(isOverridden ? [] : waitedForHtml(view)),
    ...paragraph(dismissalPhrase(view)),
    ...leavingOut(view).map((way) => labelled(leavingOutLabel(way, view), [], wayOutWords(way, view))),
  ]
  return { id: 'act', heading: 'What to do', lines: lines.length === 0 ? nothing : lines }
}

const nothing = ['<p>Nothing: nobody has to agree, and nothing has to be fixed.</p>']

function paragraph(phrase: Phrase | undefined): readonly string[] {
  return phrase === undefined ? [] : [`<p>${phraseHtml(phrase)}</p>`]
}

function labelled(label: Phrase, phrase: Phrase, way?: WayOutWords): string {
  return `<p><strong>${phraseHtml(label)}</strong> ${way === undefined ? phraseHtml(phrase) : wayHtml(way)}</p>`
}

/** Who is waited for, by name: the page holds all of them. */
function waitedForHtml(view: View): readonly string[] {
  const names = waitedForByName(view)
  if (names.length === 0) return []
  return [
    `<details><summary>${names.length} teams that have not answered</summary><p>${escaped(names.join(', '))}</p></details>`,
  ]
}

function fixing(view: View): readonly string[] {
  const { how, remedies } = remediesOf(view)
  if (remedies.length === 0) return []
  const heading = how === 'any' && remedies.length > 1 ? 'To fix, one of:' : 'To fix:'
  const list = remedies.length > 1 ? 'ol' : 'ul'
  return [
    `<p><strong>${heading}</strong></p>`,
    `<${list}>`,
    ...remedies.map((each) => `<li>${remedyHtml(each)}</li>`),
    `</${list}>`,
  ]
}

function remedyHtml(remedy: Remedy): string {
  return remedy.kind === 'advice'
    ? phraseHtml(remedy.phrase)
    : wayHtml({ ...remedy.words, todo: capitalised(remedy.words.todo) })
}

function wayHtml({ todo, lines, outcome }: WayOutWords): string {
  const block = lines.length === 0 ? ' ' : `<pre>${lines.map(escaped).join('\n')}</pre>`
  return `${phraseHtml(todo)}${block}${phraseHtml(lines.length === 0 ? outcome : capitalised(outcome))}`.trim()
}
