import { budgets } from '../../domain/budgets.ts'
import { shownGateway } from '../../domain/manifest/names.ts'
import { type RouteTable, supplierOf } from '../../domain/routing/route-table.ts'
import type { Snapshot } from '../../domain/routing/snapshot.ts'
import { counted } from '../print/counted.ts'
import { escaped } from '../print/html-text.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'
import { type DiffLine, diffLines, type RouteLine, routeLines } from '../sentences/tables/table-diff.ts'
import type { Section } from './frame.ts'
import { rowData } from './row-data.ts'

/** Both sides of the table of one gateway and host; on a page of one side there is nothing before. */
interface TablePair {
  readonly table: RouteTable
  readonly lines: readonly DiffLine[]
  readonly teams: ReadonlyMap<RouteLine, string>
  readonly differing: number
  /** Lines for which there is no room. */
  readonly left: number
}

interface TwoSides {
  readonly base?: Snapshot
  readonly merged: Snapshot
}

/** The route tables before and after, those that differ first and open, all others folded. */
export function tablesSection(sides: TwoSides, teams: TeamNames): Section {
  const manyMeshes = new Set(sides.merged.meshes.map(({ name }) => name)).size > 1
  const all = pairsOf(sides, teams).toSorted((a, b) => Math.sign(b.differing) - Math.sign(a.differing))
  const shown = withinLines(all)
  const left = all.length - shown.length
  const isCompared = sides.base !== undefined
  return {
    id: 'tables',
    heading: isCompared ? 'Route tables, before and after' : 'Route tables',
    lines: [
      ...shown.flatMap((pair) => tableHtml(pair, { manyMeshes, isCompared })),
      ...(left === 0
        ? []
        : [`<p>${counted(left, 'more table')}: <code>firebreak routes</code> prints all.</p>`]),
    ],
  }
}

/** As many tables as there is room for; of one that is longer than the room that is left, what is near a difference. */
function withinLines(all: readonly TablePair[]): readonly TablePair[] {
  let room = budgets.pageTableLines.size
  return all.slice(0, budgets.pageTables.size).flatMap((pair) => {
    const lines = pair.lines.length <= room ? pair.lines : nearDifferences(pair.lines).slice(0, room)
    room -= lines.length
    return lines.length === 0 ? [] : [{ ...pair, lines, left: pair.lines.length - lines.length }]
  })
}

const around = 3

function nearDifferences(lines: readonly DiffLine[]): readonly DiffLine[] {
  return lines.filter((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== ' '),
  )
}

function keyOf({ mesh, gateway, host, ports }: RouteTable): string {
  return JSON.stringify([mesh, gateway, host, ports])
}

function tablesOf(side: Snapshot): ReadonlyMap<string, RouteTable> {
  return new Map(side.meshes.flatMap(({ tables }) => tables).map((table) => [keyOf(table), table]))
}

function pairsOf({ base, merged }: TwoSides, names: TeamNames): readonly TablePair[] {
  const after = tablesOf(merged)
  const before = base === undefined ? after : tablesOf(base)
  return [...new Map([...after, ...before]).keys()].flatMap((key) => {
    const table = after.get(key) ?? before.get(key)
    if (table === undefined || (table.routes.length === 0 && before.get(key)?.routes.length === 0)) return []
    const teams = new Map<RouteLine, string>()
    const read = (one: RouteTable | undefined) => linesOf(one, names, teams)
    const lines =
      before.get(key) === after.get(key)
        ? read(table).map((line) => ({ sign: ' ' as const, line }))
        : diffLines(read(before.get(key)), read(after.get(key)))
    return [{ table, lines, teams, differing: lines.filter(({ sign }) => sign !== ' ').length, left: 0 }]
  })
}

function linesOf(
  table: RouteTable | undefined,
  names: TeamNames,
  teams: Map<RouteLine, string>,
): readonly RouteLine[] {
  const lines = routeLines(table)
  for (const [at, line] of lines.entries()) {
    const route = table?.routes[at]
    const team = route && names(supplierOf(route))
    if (team !== undefined) teams.set(line, team)
  }
  return lines
}

interface Around {
  readonly manyMeshes: boolean
  readonly isCompared: boolean
}

const heads = ['Requests', 'VirtualService', 'Team', 'What happens', 'Written in']

function tableHtml(pair: TablePair, { manyMeshes, isCompared }: Around): readonly string[] {
  const { table, lines, differing, left } = pair
  const name = nameOf(table, manyMeshes)
  const count =
    differing > 0 ? `, ${counted(differing, 'line')} ${differing === 1 ? 'differs' : 'differ'}` : ''
  const sign = isCompared ? ['<th scope="col"><span class="visually-hidden">Difference</span></th>'] : []
  return [
    `<details data-group${differing > 0 || !isCompared ? ' open' : ''}><summary>${name}${count}</summary>`,
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(`Route table of ${plainName(table)}`)}">`,
    '<table class="lines">',
    `<thead><tr>${sign.join('')}${heads.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead><tbody>`,
    ...lines.map((line) => lineHtml(line, pair, isCompared)),
    '</tbody></table></div>',
    ...(left === 0 ? [] : [`<p>${left} more lines: <code>firebreak routes</code> prints all.</p>`]),
    '</details>',
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

function lineHtml({ sign, line }: DiffLine, { table, teams }: TablePair, isCompared: boolean): string {
  const [className, shown, words] = signs[sign]
  const team = teams.get(line)
  const found = rowData({
    teams: team === undefined ? [] : [team],
    hosts: [table.host],
    paths: [line.requests],
  })
  const cells = [line.requests, line.supplier, team ?? '', line.action, line.place].map(
    (cell) => `<td>${escaped(cell)}</td>`,
  )
  const first = isCompared
    ? `<td><span aria-hidden="true">${shown}</span><span class="visually-hidden">${words}</span></td>`
    : ''
  return `<tr${className === '' ? '' : ` class="${className}"`}${found}>${first}${cells.join('')}</tr>`
}
