import { budgets } from '../../domain/budgets.ts'
import { conditionOptions } from '../../domain/diff/tables/placed-route.ts'
import { unreachedIn } from '../../domain/reach/unreached-routes.ts'
import type { IstioSettings } from '../../domain/routing/istio-settings.ts'
import { type EffectiveRoute, type RouteTable, supplierOf } from '../../domain/routing/route-table.ts'
import type { Snapshot } from '../../domain/routing/snapshot.ts'
import { counted } from '../print/counted.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'
import {
  type DiffLine,
  diffLines,
  type IsUnreached,
  type RouteLine,
  routeLines,
} from '../sentences/tables/table-diff.ts'
import type { Section } from './frame.ts'
import { type TablePair, tableHtml } from './table-html.ts'

interface TwoSides {
  readonly base?: Snapshot
  readonly merged: Snapshot
  readonly settings: IstioSettings
}

/** The route tables before and after, those that differ first and open as long as they are few, all others folded. */
export function tablesSection(sides: TwoSides, teams: TeamNames): Section {
  const manyMeshes = new Set(sides.merged.meshes.map(({ name }) => name)).size > 1
  const all = pairsOf(sides, teams).toSorted((a, b) => Math.sign(b.differing) - Math.sign(a.differing))
  const shown = withinLines(all)
  const left = all.length - shown.length
  const isCompared = sides.base !== undefined
  let room = budgets.openTableLines.size
  return {
    id: 'tables',
    heading: isCompared ? 'Route tables, before and after' : 'Route tables',
    lines: [
      ...shown.flatMap((pair) => {
        const isWanted = pair.differing > 0 || !isCompared
        // A long one shows no more than its pieces when it is open.
        if (isWanted) room -= Math.min(pair.lines.length, budgets.openTableLines.size)
        return tableHtml(pair, { manyMeshes, isCompared, isOpen: isWanted && room >= 0 })
      }),
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

function pairsOf({ base, merged, settings }: TwoSides, names: TeamNames): readonly TablePair[] {
  const after = tablesOf(merged)
  const unreached = unreachedOn(merged, settings)
  const before = base === undefined ? after : tablesOf(base)
  return [...new Map([...after, ...before]).keys()].flatMap((key) => {
    const table = after.get(key) ?? before.get(key)
    if (table === undefined || (table.routes.length === 0 && before.get(key)?.routes.length === 0)) return []
    const teams = new Map<RouteLine, string>()
    const read = (one: RouteTable | undefined) => linesOf(one, teams, { names, unreached })
    const lines =
      before.get(key) === after.get(key)
        ? read(table).map((line) => ({ sign: ' ' as const, line }))
        : diffLines(read(before.get(key)), read(after.get(key)))
    return [{ table, lines, teams, differing: lines.filter(({ sign }) => sign !== ' ').length, left: 0 }]
  })
}

/** Which routes of the merged side no request reaches, table by table; of a table of the base side none is said to be such. */
function unreachedOn(
  { meshes }: Snapshot,
  settings: IstioSettings,
): (table: RouteTable) => IsUnreached | undefined {
  const byTable = new Map(
    meshes.flatMap((mesh) => {
      const isUnreached = unreachedIn(mesh, conditionOptions(settings))
      return mesh.tables.map(
        (table) => [table, (route: EffectiveRoute) => isUnreached(table, route)] as const,
      )
    }),
  )
  return (table) => byTable.get(table)
}

interface Reading {
  readonly names: TeamNames
  readonly unreached: (table: RouteTable) => IsUnreached | undefined
}

function linesOf(
  table: RouteTable | undefined,
  teams: Map<RouteLine, string>,
  { names, unreached }: Reading,
): readonly RouteLine[] {
  const lines = routeLines(table, undefined, table && unreached(table))
  for (const [at, line] of lines.entries()) {
    const route = table?.routes[at]
    const team = route && names(supplierOf(route))
    if (team !== undefined) teams.set(line, team)
  }
  return lines
}
