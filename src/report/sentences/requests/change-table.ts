import { budgets } from '../../../domain/budgets.ts'
import { type Phrase, say, words } from '../../../domain/words/phrase.ts'
import { table } from '../../print/markdown.ts'
import { markdownOf } from '../../print/print.ts'
import { doubtsInRow } from '../doubt-phrases.ts'
import type { View } from '../view.ts'
import { foldedRows, markedRequests, type Row } from './rows.ts'

function cells(row: Row): readonly string[] {
  const { today, afterMerge } = row.answers
  const who = row.who.length === 0 ? words('nobody known here') : row.who
  return [who, markedRequests(row), today, afterMerge].map(markdownOf)
}

const head = ['Team', 'Requests', 'Today', 'After merge']

function counted(rows: readonly Row[]): Phrase {
  const paths = rows.reduce((sum, row) => sum + row.paths, 0)
  return words(
    `And ${rows.length} more rows with ${paths} ${paths === 1 ? 'path' : 'paths'}: all of them are in the check.`,
  )
}

const most = budgets.commentRows.size

/** The table of a comment: four columns and at most six rows, what is left over folded by answer, then counted. */
export function commentTable(view: View, columns: readonly string[] = head): string | undefined {
  if (view.rows.length === 0) return undefined
  const rows = view.rows.length <= most ? view.rows : foldedRows(view.rows, view, most)
  const shown = rows.length <= most ? rows : rows.slice(0, most - 1)
  const rest = rows.slice(shown.length)
  const lines = table(columns, shown.map(cells))
  return rest.length === 0 ? lines : `${lines}\n\n${markdownOf(counted(rest))}`
}

/** What a change is, in a few words. */
export const changeKinds: Readonly<Record<Row['kind'], string>> = {
  dropped: 'no route any more',
  opened: 'a route for the first time',
  moved: 'another team answers',
  reassigned: 'another VirtualService answers',
  reclaimed: 'goes to the team it was given to',
  inherited: 'changed by the primary',
  changed: 'changed',
  denied: 'a policy refuses them',
  admitted: 'no policy refuses them any more',
}

/** The same where no route answers on either side: the service inside the mesh begins to, or no longer does. */
const ofService: Readonly<Partial<Record<Row['kind'], string>>> = {
  dropped: 'the service no longer answers by itself',
  opened: 'the service answers by itself again',
}

/** What kind of change a row is, in words. */
export function kindWords(row: Row): string {
  const isOfService = row.changes.every(({ before, after }) => before === undefined && after === undefined)
  const what = (isOfService ? ofService : changeKinds)[row.kind] ?? changeKinds[row.kind]
  const spills = row.changes.some(({ spill, after }) => spill && after !== undefined)
  const spill = spills ? ', answered outside of what was given' : ''
  return `${what}${spill}${row.doubts.length === 0 ? '' : ', not certain'}`
}

/** The same with the reasons why it is not certain. */
export function kindPhrase(row: Row): Phrase {
  return row.doubts.length === 0 ? words(kindWords(row)) : say`${kindWords(row)}: ${doubtsInRow(row.doubts)}`
}

/** The rows of the table of the check, with the kind of change and an example. */
export function fullCells(row: Row, example: string): readonly string[] {
  return [...cells(row), markdownOf(kindPhrase(row)), example]
}

/** The first line of the table of the check. */
export const fullHead: readonly string[] = [...head, 'What happens', 'For example']
