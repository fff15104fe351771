import { budgets } from '../../domain/budgets.ts'
import { escaped, pageOf } from '../print/html-text.ts'
import type { Past, PastChange, PastRequests, PastVerdict } from './past-change.ts'
import {
  remarksOf,
  scopeOf,
  shortCommit,
  subjectOf,
  summaryOf,
  verdictLabels,
  verdictsIn,
} from './past-words.ts'

const tones: Readonly<Record<PastChange['verdict'], string>> = {
  blocked: 'blocked',
  undecided: 'blocked',
  'not-judged': 'blocked',
  'would-wait': 'waiting',
  'perhaps-own': 'own',
  ok: 'ok',
}

/** The history as one page that can be kept or sent. Rows are chosen by verdict and team without a script: style alone hides the others. */
export function pastHtml(past: Past): string {
  const teams = teamsIn(past.changes)
  const shown = teams.slice(0, budgets.pastFilter.size)
  const title = `History of ${scopeOf(past)}`
  return pageOf(
    title,
    [
      `<h1>${escaped(title)}</h1>`,
      `<p>${escaped(summaryOf(past))}</p>`,
      ...(past.changes.length === 0
        ? []
        : [...filters(past.changes, shown, teams.length), ...table(past, shown)]),
      ...remarksOf(past).map((each) => `<p>${escaped(each)}</p>`),
    ],
    style + rulesFor(past.changes, shown),
  )
}

function judgedOf(change: PastChange): readonly PastVerdict[] {
  return change.verdict === 'not-judged' ? [] : [change]
}

/** Whose requests it touches, and who would have been asked. */
function teamsOf(change: PastChange): readonly string[] {
  const named = judgedOf(change).flatMap(({ teams, asked }) => [...teams, ...asked.map(({ team }) => team)])
  return [...new Set(named)]
}

function teamsIn(changes: readonly PastChange[]): readonly string[] {
  return [...new Set(changes.flatMap(teamsOf))].toSorted()
}

function filters(changes: readonly PastChange[], teams: readonly string[], all: number): readonly string[] {
  const verdicts = verdictsIn(changes)
  const radio = (id: string, label: string, checked = '') =>
    `<label><input type="radio" name="verdict" id="v-${id}"${checked}> ${label}</label>`
  const options = teams.map((team, at) => `<option class="o-${at}">${escaped(team)}</option>`)
  const more = all > teams.length ? ` <small>${all - teams.length} more teams cannot be chosen</small>` : ''
  return [
    '<form>',
    '<fieldset><legend>Verdict</legend>',
    radio('all', 'all', ' checked'),
    ...verdicts.map((each) => radio(each, verdictLabels[each])),
    '</fieldset>',
    ...(teams.length === 0
      ? []
      : [`<label>Team <select><option>all</option>${options.join('')}</select></label>${more}`]),
    '</form>',
  ]
}

function table({ changes }: Past, teams: readonly string[]): readonly string[] {
  const heads = ['Merged', 'Verdict', 'Change', 'What would have been said'].map(
    (each) => `<th scope="col">${each}</th>`,
  )
  return [
    `<table class="past"><thead><tr>${heads.join('')}</tr></thead>`,
    '<tbody>',
    ...changes.map((each) => rowOf(each, teams)),
    '</tbody></table>',
    '<p class="shown"></p>',
  ]
}

function rowOf(change: PastChange, teams: readonly string[]): string {
  const { verdict, at, commit } = change
  const of = teamsOf(change).flatMap((team) => {
    const index = teams.indexOf(team)
    return index === -1 ? [] : [`t-${index}`]
  })
  const cells = [
    `<time datetime="${escaped(at)}">${escaped(at.slice(0, 10))}</time>`,
    `<span class="verdict ${tones[verdict]}">${verdictLabels[verdict]}</span>`,
    `${escaped(subjectOf(change))} <span class="place">${escaped(shortCommit(commit))}</span>`,
    said(change),
  ]
  return `<tr class="${[`v-${verdict}`, ...of].join(' ')}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function said(change: PastChange): string {
  if (change.verdict === 'not-judged') return escaped(change.because)
  const details = [
    ...section(
      'Blocks',
      change.findings,
      ({ rule, message }) => `<code>${escaped(rule)}</code> ${escaped(message)}`,
    ),
    ...section(
      'Asked',
      change.asked,
      ({ team, because }) => `${escaped(team)}: ${escaped(because.join('; '))}`,
    ),
    ...section('Dropped', change.dropped, requestsHtml),
    ...section('Spills', change.spills, requestsHtml),
  ]
  const fold =
    details.length === 0
      ? ''
      : `<details><summary>${escaped(counts(change))}</summary>${details.join('')}</details>`
  return `${escaped(change.title)}${fold}`
}

function counts({ findings, asked, dropped, spills }: PastVerdict): string {
  const parts: readonly (readonly [number, string])[] = [
    [findings.length, findings.length === 1 ? 'finding blocks' : 'findings block'],
    [asked.length, asked.length === 1 ? 'team asked' : 'teams asked'],
    [dropped.length, 'dropped'],
    [spills.length, spills.length === 1 ? 'spill' : 'spills'],
  ]
  return parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])).join(', ')
}

function section<T>(heading: string, items: readonly T[], line: (item: T) => string): readonly string[] {
  if (items.length === 0) return []
  return [
    `<p><strong>${heading}</strong></p><ul>${items.map((each) => `<li>${line(each)}</li>`).join('')}</ul>`,
  ]
}

function requestsHtml({ requests, before, after, example, certain }: PastRequests): string {
  const copied = example === undefined ? '' : ` <code>${escaped(example)}</code>`
  return `<code>${escaped(requests)}</code> ${escaped(before)} &rarr; ${escaped(after)}${certain ? '' : ' (not certain)'}${copied}`
}

/** Which rows a choice leaves. */
function rulesFor(changes: readonly PastChange[], teams: readonly string[]): string {
  const hide = (chosen: string, kept: string) =>
    `body:has(${chosen}:checked) .past tbody tr:not(.${kept}) { display: none; }`
  return [
    ...verdictsIn(changes).map((each) => hide(`#v-${each}`, `v-${each}`)),
    ...teams.map((_, at) => hide(`.o-${at}`, `t-${at}`)),
  ].join('\n')
}

/** Rows are counted where they are shown. On narrow screens each is a block of its own. */
const style = `
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; } fieldset { border: 1px solid var(--line); border-radius: .3em; }
fieldset label { display: inline-block; padding: .2rem .8rem .2rem 0; } select, input { font: inherit; } select { max-width: 100%; }
:focus-visible { outline: 3px solid #0969da; outline-offset: 2px; }
body { counter-reset: rows; } .past tbody tr { counter-increment: rows; } .shown::before { content: counter(rows) ' shown'; } .past td:first-child, .verdict { white-space: nowrap; }
.own { --verdict: #0969da; } .verdict { border-left: .4rem solid var(--verdict, gray); padding-left: .4rem; } .past td { overflow-wrap: anywhere; }
summary { cursor: pointer; }
@media (max-width: 40rem) {
.past thead { display: none; } .past, .past tbody, .past tr, .past td { display: block; } .past td { border: 0; padding: .1rem 0; }
.past tr { border-bottom: 1px solid var(--line); padding: .6rem 0; }
}
`
