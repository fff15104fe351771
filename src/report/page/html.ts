import type { Doubt } from '../../domain/doubt.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { doubtWords } from '../../domain/terms/doubt-words.ts'
import { ended } from '../../domain/words/sentence.ts'
import { escaped, pageOf, phraseHtml } from '../print/html-text.ts'
import { toMerge } from '../sentences/consent/consent-words.ts'
import { doubtPhrase } from '../sentences/doubt-phrases.ts'
import { foldedLines } from '../sentences/finding-groups.ts'
import { sentencePhrase } from '../sentences/finding-words.ts'
import { placeText } from '../sentences/place.ts'
import { notFoundAnyMore } from '../sentences/remedies/put-right.ts'
import { kindPhrase } from '../sentences/requests/change-table.ts'
import { exampleOf } from '../sentences/requests/curl.ts'
import type { Row } from '../sentences/requests/rows.ts'
import type { TableLine } from '../sentences/tables/table-diff.ts'
import { differingTables } from '../sentences/tables/table-pairs.ts'
import { toldAs } from '../sentences/told-findings.ts'
import { verdictOf } from '../sentences/verdict.ts'
import { type View, viewOf } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'

const head = ['Team', 'Requests', 'Today', 'After merge', 'What happens', 'For example']

/** The verdict and all that it rests on as one page that can be kept or sent. */
export function htmlPage(assessment: Assessment): string {
  const view = viewOf(assessment)
  const title = titleOf(view)
  const wanted = toMerge(view, () => false)
  return pageOf(title, [
    `<h1 class="${tone(assessment)}">${escaped(title)}</h1>`,
    ...assessment.decision.obstructions.map((each) => `<p>${phraseHtml(sentencePhrase(each))}</p>`),
    ...(wanted === undefined ? [] : [`<p><strong>To merge:</strong> ${phraseHtml(wanted)}</p>`]),
    ...changesTable(view),
    ...findingsList('New with this change', 'introduced', assessment),
    ...notFoundAnyMore(assessment).flatMap(({ heading, findings }) => list(heading, folded(findings))),
    ...findingsList('Found on both sides', 'existing', assessment),
    ...tables(view),
    ...list('Taken for granted', assessment.assumptions.map(doubtHtml)),
  ])
}

function doubtHtml(doubt: Doubt): string {
  const block = doubtWords(doubt).settle?.block
  return `${phraseHtml(doubtPhrase(doubt))}${block === undefined ? '' : `<pre>${block.split('\n').map(escaped).join('\n')}</pre>`}`
}

function tone(assessment: Assessment): string {
  const { kind } = verdictOf(assessment)
  if (kind === 'ok' || kind === 'overridden') return 'ok'
  return kind === 'waiting' ? 'waiting' : 'blocked'
}

function changesTable({ rows }: View): readonly string[] {
  if (rows.length === 0) return []
  const heads = head.map((each) => `<th>${each}</th>`).join('')
  return ['<table>', `<tr>${heads}</tr>`, ...rows.map(rowHtml), '</table>']
}

function rowHtml(row: Row): string {
  const { today, afterMerge } = row.answers
  const [example] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  const cells = [
    ...[row.who, row.requests, today, afterMerge].map(phraseHtml),
    phraseHtml(kindPhrase(row)),
    example === undefined ? '' : `<code>${escaped(example)}</code>`,
  ]
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function findingsList(heading: string, status: Finding['status'], assessment: Assessment): readonly string[] {
  return list(heading, folded(toldAs(status, assessment)))
}

function folded(findings: readonly Finding[]): readonly string[] {
  return foldedLines(findings, {
    line: findingHtml,
    more: (words, rule) => `<code>${escaped(rule)}</code> ${escaped(words)}`,
  })
}

function findingHtml(finding: Finding): string {
  const { rule, range, because, todo, effect } = finding
  const said = [finding, ...because].map(sentencePhrase)
  const text = [...said, ...(todo === undefined ? [] : [ended(todo)])].map(phraseHtml).join(' ')
  const blocks = effect === 'block' ? ' <strong>blocks</strong>' : ''
  return `<code>${escaped(rule)}</code>${blocks} ${text} <span class="place">${escaped(placeText(range))}</span>`
}

function list(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [`<h2>${escaped(heading)}</h2>`, '<ul>', ...lines.map((line) => `<li>${line}</li>`), '</ul>']
}

function tables({ assessment }: View): readonly string[] {
  return differingTables(assessment.comparison).flatMap(({ name, lines }) => [
    `<h2>Route table of ${phraseHtml(name)}</h2>`,
    `<pre>${lines.map(diffLine).join('\n')}</pre>`,
  ])
}

function diffLine({ sign, text }: TableLine): string {
  if (sign === ' ') return escaped(text)
  return sign === '+' ? `<ins>${escaped(text)}</ins>` : `<del>${escaped(text)}</del>`
}
