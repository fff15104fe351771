import { budgets } from '../../domain/budgets.ts'
import { shownGateway } from '../../domain/manifest/names.ts'
import type { RouteTable } from '../../domain/routing/route-table.ts'
import { counted } from '../print/counted.ts'
import { escaped } from '../print/html-text.ts'
import type { DiffLine, RouteLine } from '../sentences/tables/table-diff.ts'
import { foldHtml, piecesOf } from './fold.ts'
import { rowData } from './row-data.ts'

/** Both sides of the table of one gateway and host; on a page of one side there is nothing before. */
export interface TablePair {
  readonly table: RouteTable
  readonly lines: readonly DiffLine[]
  readonly teams: ReadonlyMap<RouteLine, string>
  readonly differing: number
  /** Lines for which there is no room. */
  readonly left: number
}

/** How a table is shown. */
export interface Showing {
  readonly manyMeshes: boolean
  readonly isCompared: boolean
  readonly isOpen: boolean
}

const heads = ['Requests', 'VirtualService', 'Team', 'What happens', 'Written in']

/** A table as a fold; a long one in pieces that are folds again. */
export function tableHtml(pair: TablePair, showing: Showing): readonly string[] {
  const { table, lines, left } = pair
  const name = plainName(table)
  const pieces =
    lines.length <= budgets.openTableLines.size ? [lines] : piecesOf(lines, budgets.foldTableLines.size)
  const [only] = pieces
  const shown =
    pieces.length === 1 && only !== undefined
      ? linesHtml(only, name, { pair, showing })
      : pieces.flatMap((piece) => pieceHtml(piece, name, { pair, showing }))
  const more = left === 0 ? [] : [`<p>${left} more lines: <code>firebreak routes</code> prints all.</p>`]
  return foldHtml({
    summary: `${nameOf(table, showing.manyMeshes)}${differingWords(pair.differing)}`,
    lines: [...shown, ...more],
    isOpen: showing.isOpen,
  })
}

interface Around {
  readonly pair: TablePair
  readonly showing: Showing
}

function pieceHtml(lines: readonly DiffLine[], name: string, around: Around): readonly string[] {
  const [first, last] = [lines.at(0)?.line.requests ?? '', lines.at(-1)?.line.requests ?? '']
  const differing = lines.filter(({ sign }) => sign !== ' ').length
  const ends = `<code>${escaped(first)}</code> to <code>${escaped(last)}</code>`
  return foldHtml({
    summary: `${ends}, ${counted(lines.length, 'line')}${differingWords(differing)}`,
    lines: linesHtml(lines, `${name}, ${first} to ${last}`, around),
    isOpen: false,
  })
}

function differingWords(differing: number): string {
  return differing === 0 ? '' : `, ${counted(differing, 'line')} ${differing === 1 ? 'differs' : 'differ'}`
}

function linesHtml(lines: readonly DiffLine[], name: string, { pair, showing }: Around): readonly string[] {
  const { isCompared } = showing
  const sign = isCompared ? ['<th scope="col"><span class="visually-hidden">Difference</span></th>'] : []
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(`Route table of ${name}`)}">`,
    '<table class="lines">',
    `<thead><tr>${sign.join('')}${heads.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead><tbody>`,
    ...lines.map((line) => lineHtml(line, pair, isCompared)),
    '</tbody></table></div>',
  ]
}

function nameOf({ mesh, gateway, host, ports }: RouteTable, manyMeshes: boolean): string {
  const where = gateway === 'mesh' ? ' inside the mesh' : ` on <code>${escaped(shownGateway(gateway))}</code>`
  const port = ports === undefined ? '' : `, port ${ports.join(', ')}`
  return `${manyMeshes ? `${escaped(mesh)}: ` : ''}<code>${escaped(host)}</code>${where}${port}`
}

function plainName({ mesh, gateway, host }: RouteTable): string {
  return `${host} on ${shownGateway(gateway)}, ${mesh}`
}

const signs = {
  '+': ['more', '+', 'only after the merge'],
  '-': ['less', '\u2212', 'only today'],
  ' ': ['', '', 'on both sides'],
} as const

const unreachedMark = ' <span class="tag">no request reaches it</span>'

function lineHtml({ sign, line }: DiffLine, { table, teams }: TablePair, isCompared: boolean): string {
  const [className, shown, words] = signs[sign]
  const team = teams.get(line)
  const found = rowData({
    teams: team === undefined ? [] : [team],
    hosts: [table.host],
    paths: [line.requests],
  })
  const mark = line.unreached === true ? unreachedMark : ''
  const cells = [line.requests, line.supplier, team ?? '', line.action, line.place].map(
    (cell, at) => `<td>${escaped(cell)}${at === 0 ? mark : ''}</td>`,
  )
  const first = isCompared
    ? `<td><span aria-hidden="true">${shown}</span><span class="visually-hidden">${words}</span></td>`
    : ''
  const classes = [className, line.unreached === true ? 'unreached' : '']
    .filter((each) => each !== '')
    .join(' ')
  return `<tr${classes === '' ? '' : ` class="${classes}"`}${found}>${first}${cells.join('')}</tr>`
}
