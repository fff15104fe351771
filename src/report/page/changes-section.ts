import { budgets } from '../../domain/budgets.ts'
import { type Phrase, plainOf, say } from '../../domain/words/phrase.ts'
import { escaped, phraseHtml } from '../print/html-text.ts'
import { ownershipChanges } from '../sentences/judge/ownership-changes.ts'
import { kindPhrase } from '../sentences/requests/change-table.ts'
import { exampleOf } from '../sentences/requests/curl.ts'
import type { Row } from '../sentences/requests/rows.ts'
import type { View } from '../sentences/view.ts'
import type { Section } from './frame.ts'
import { rowData } from './row-data.ts'

const heads = ['Team', 'Requests', 'Today', 'After merge', 'What happens', 'For example']

/** Every request that is treated differently, and every VirtualService that changes hands. */
export function changesSection(view: View): Section {
  const shown = view.rows.slice(0, budgets.pageRows.size)
  const left = view.rows.length - shown.length
  const rows = shown.map((row) => rowHtml(row, view))
  const isAddressed = rows.some((row) => row.includes('$GATEWAY'))
  return {
    id: 'changes',
    heading: 'What changes',
    lines: [
      ...(rows.length === 0 ? ['<p>No request is treated differently.</p>'] : tableHtml(rows)),
      ...(left === 0
        ? []
        : [`<p>${left} more rows: <code>firebreak check --format json</code> lists them.</p>`]),
      ...(isAddressed
        ? ['<p class="hint"><code>$GATEWAY</code> stands for the address of the gateway.</p>']
        : []),
      ...ownershipHtml(view),
    ],
  }
}

/** The roles are said, because on a narrow screen a row is laid out otherwise. */
function tableHtml(rows: readonly string[]): readonly string[] {
  const cells = heads.map((each) => `<th scope="col" role="columnheader">${each}</th>`).join('')
  return [
    '<table class="changes" role="table" aria-label="Requests that change">',
    `<thead role="rowgroup"><tr role="row">${cells}</tr></thead><tbody role="rowgroup">`,
    ...rows,
    '</tbody></table>',
  ]
}

function rowHtml(row: Row, { audience }: View): string {
  const [example] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  const cells = [
    ...[row.who, requestsOf(row), row.answers.today, row.answers.afterMerge, kindPhrase(row)].map(phraseHtml),
    example === undefined ? '' : `<code>${escaped(example)}</code>`,
  ]
  const isWide = (at: number) => at !== 2 && at !== 3
  const found = rowData({
    teams: row.changes.flatMap(({ touched, told, scope }) =>
      [...touched, ...told, ...scope].map(audience.name),
    ),
    hosts: row.changes.map(({ host }) => host),
    paths: [plainOf(row.requests)],
    kind: `request:${row.kind}`,
  })
  const columns = cells.map(
    (cell, at) =>
      `<td role="cell"${isWide(at) ? ' class="whole"' : ''} data-label="${heads[at]}">${cell}</td>`,
  )
  return `<tr role="row"${found}>${columns.join('')}</tr>`
}

/** Marked where a team that has approved has not seen them. */
function requestsOf({ requests, newSince }: Row): Phrase {
  return newSince === undefined ? requests : say`${requests} (new since ${newSince}'s approval)`
}

function ownershipHtml(view: View): readonly string[] {
  const changes = ownershipChanges(view.assessment)
  if (changes.length === 0) return []
  const shown = changes.slice(0, budgets.pageRows.size)
  const left = changes.length - shown.length
  const nameOf = (team: (typeof changes)[number]['today']) =>
    team.owners.length === 0 ? 'nobody' : view.audience.name(team)
  return [
    '<h3>VirtualServices that change hands</h3>',
    '<ul>',
    ...shown.map(
      ({ resource, today, afterMerge }) =>
        `<li><code>${escaped(`${resource.namespace ?? '?'}/${resource.name}`)}</code>: ${escaped(nameOf(today))} today, ${escaped(nameOf(afterMerge))} after the merge</li>`,
    ),
    ...(left === 0 ? [] : [`<li>and ${left} more</li>`]),
    '</ul>',
  ]
}
