import type { Assessment } from '../../../domain/policy/judgement.ts'
import type { RouteTable } from '../../../domain/routing/route-table.ts'
import type { Finding } from '../../../domain/rules/rule.ts'
import type { SourceRange } from '../../../domain/source/source-file.ts'
import { listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { wordsOfRoute } from '../place.ts'
import { type IsUnreached, type TableLine, tableDiff } from './table-diff.ts'

/** One table of both sides that reads differently. */
export interface DifferingTable {
  /** "`*` on `default/bookinfo-gateway`", with the mesh where there are several. */
  readonly name: Phrase
  readonly lines: readonly TableLine[]
}

function key(table: RouteTable): string {
  return JSON.stringify([table.mesh, table.gateway, table.host, table.ports])
}

function nameOf({ mesh, gateway, host }: RouteTable, manyMeshes: boolean): Phrase {
  const where =
    gateway === 'mesh' ? say`${quoted(host)} inside the mesh` : say`${quoted(host)} on ${quoted(gateway)}`
  return manyMeshes ? say`${mesh}: ${where}` : where
}

/** The tables that differ, in the order of the merged side, those that are gone last; equal differences are shown once. */
export function differingTables({
  comparison: { base, merged },
  findings,
}: Pick<Assessment, 'comparison' | 'findings'>): readonly DifferingTable[] {
  const isUnreached = unreachedSince(findings)
  const before = new Map(base.meshes.flatMap((mesh) => mesh.tables).map((table) => [key(table), table]))
  const after = new Map(merged.meshes.flatMap((mesh) => mesh.tables).map((table) => [key(table), table]))
  const manyMeshes = new Set([...base.meshes, ...merged.meshes].map((mesh) => mesh.name)).size > 1
  const all = [...new Map([...after, ...before]).keys()].flatMap((each) => {
    const table = after.get(each) ?? before.get(each)
    const lines = tableDiff(before.get(each), after.get(each), isUnreached)
    return table === undefined || lines.length === 0 ? [] : [{ name: nameOf(table, manyMeshes), lines }]
  })
  return [...Map.groupBy(all, ({ lines }) => JSON.stringify(lines)).values()].flatMap((equal) => {
    const [first] = equal
    return first === undefined ? [] : [{ name: namesOf(equal), lines: first.lines }]
  })
}

/** Whether a route is one that the proposal newly keeps all requests from. */
function unreachedSince(findings: readonly Finding[]): IsUnreached {
  const dead = findings.flatMap(({ rule, status, range }) =>
    rule === 'shadowed-route' && status === 'introduced' && range !== undefined ? [range] : [],
  )
  return (route) => {
    const here = dead.length === 0 ? undefined : wordsOfRoute(route)
    return here !== undefined && dead.some((range) => holds(range, here))
  }
}

function holds(outer: SourceRange, inner: SourceRange): boolean {
  return outer.file.path === inner.file.path && outer.start <= inner.start && inner.end <= outer.end
}

function namesOf(tables: readonly DifferingTable[]): Phrase {
  const shown = tables.slice(0, 4).map(({ name }) => name)
  return listed([...shown, ...(tables.length > 4 ? [words(`${tables.length - 4} more`)] : [])])
}
