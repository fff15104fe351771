import { budgets } from '../../domain/budgets.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { escaped, phraseHtml } from '../print/html-text.ts'
import { ownershipChanges } from '../sentences/judge/ownership-changes.ts'
import { kindPhrase } from '../sentences/requests/change-table.ts'
import { exampleOf } from '../sentences/requests/curl.ts'
import { foldedRows, markedRequests, type Row } from '../sentences/requests/rows.ts'
import type { View } from '../sentences/view.ts'
import { foldsOf, teamsOfRow } from './changes-folds.ts'
import { foldHtml } from './fold.ts'
import type { Section } from './frame.ts'
import { rowData } from './row-data.ts'

const heads = ['Team', 'Requests', 'Today', 'After merge', 'What happens', 'For example']

/** Every request that is treated differently, and every VirtualService that changes hands. */
export function changesSection(view: View): Section {
  const shown = view.rows.slice(0, budgets.pageRows.size)
  const left = view.rows.length - shown.length
  const lines = shown.length > budgets.openRows.size ? manyHtml(shown, view) : fewHtml(shown, view)
  const isAddressed = lines.some((line) => line.includes('$GATEWAY'))
  return {
    id: 'changes',
    heading: 'What changes',
    lines: [
      ...lines,
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

function fewHtml(rows: readonly Row[], view: View): readonly string[] {
  return rows.length === 0
    ? ['<p>No request is treated differently.</p>']
    : tableHtml(
        rows.map((row) => rowHtml(row, view)),
        'Requests that change',
      )
}

/** What they come to where many read alike, then all of them in folds; the first are open as long as they are few. */
function manyHtml(rows: readonly Row[], view: View): readonly string[] {
  let room = budgets.openRows.size
  const folds = foldsOf(rows, view).flatMap((fold) => {
    room -= fold.rows.length
    const each = fold.rows.map((row) => rowHtml(row, view))
    const name = `Requests that change, ${fold.rows.length} of ${rows.length} rows`
    return foldHtml({ summary: fold.name, lines: tableHtml(each, name), isOpen: room >= 0 })
  })
  return [...overviewHtml(view), ...folds]
}

/** The fields leave it out, since it stands for rows that they may not look for. */
function overviewHtml(view: View): readonly string[] {
  const most = budgets.commentRows.size
  const rows = foldedRows(view.rows, view, most)
  if (rows.length > most) return []
  const said = rows.map((row) => rowHtml(row, view, false))
  return [
    '<div data-overview>',
    ...tableHtml(said, 'Requests that change, in short'),
    '<p>Row by row:</p>',
    '</div>',
  ]
}

/** The roles are said, because on a narrow screen a row is laid out otherwise. */
function tableHtml(rows: readonly string[], name: string): readonly string[] {
  const cells = heads.map((each) => `<th scope="col" role="columnheader">${each}</th>`).join('')
  return [
    `<table class="changes" role="table" aria-label="${escaped(name)}">`,
    `<thead role="rowgroup"><tr role="row">${cells}</tr></thead><tbody role="rowgroup">`,
    ...rows,
    '</tbody></table>',
  ]
}

function rowHtml(row: Row, view: View, isFound = true): string {
  const [example] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  const cells = [
    ...[row.who, markedRequests(row), row.answers.today, row.answers.afterMerge, kindPhrase(row)].map(
      phraseHtml,
    ),
    example === undefined ? '' : `<code>${escaped(example)}</code>`,
  ]
  const isWide = (at: number) => at !== 2 && at !== 3
  const found = rowData({
    teams: teamsOfRow(row, view),
    hosts: row.changes.map(({ host }) => host),
    paths: [plainOf(row.requests)],
    kind: `request:${row.kind}`,
  })
  const columns = cells.map(
    (cell, at) =>
      `<td role="cell"${isWide(at) ? ' class="whole"' : ''} data-label="${heads[at]}">${cell}</td>`,
  )
  return `<tr role="row"${isFound ? found : ''}>${columns.join('')}</tr>`
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
