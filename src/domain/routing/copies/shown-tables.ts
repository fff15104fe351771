import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { RouteTable } from '../route-table.ts'
import type { Mesh } from '../snapshot.ts'
import { atHomeIn, claims, notAskedIn, standingIn } from '../standing.ts'
import { formOf, type MeshOptions, type TableOfCopies, tablesOfCopies } from './tables-of-copies.ts'

/** A table of a mesh or of its copies, and what belongs to it beside its routes. */
export interface ShownTable extends RouteTable, Partial<Pick<TableOfCopies, 'living'>> {
  /** Those in other files that say the same as a VirtualService that stands in it. */
  readonly alike?: readonly VirtualService[]
  /** Copies of those that are not asked, which would not be asked either. */
  readonly neither?: readonly VirtualService[]
}

/** All tables of a mesh: as they are if of each name the last one by path lives, then those of copies that are not shown so. */
export function shownTables(mesh: Mesh, options: MeshOptions): readonly ShownTable[] {
  const tables = [...mesh.tables, ...tablesOfCopies(mesh, options)]
  const all = mesh.inForce.virtualServices
  const shown = new Set(tables.flatMap((table) => [...standingIn(table)].map(formOf)))
  const known: Known = {
    alike: Map.groupBy(all, formOf),
    hidden: Map.groupBy(
      all.filter((each) => !shown.has(formOf(each))),
      (each) => identityOf(each),
    ),
  }
  return tables.map((table) => ({ ...table, ...besideRoutes(table, known) }))
}

interface Known {
  readonly alike: ReadonlyMap<string, readonly VirtualService[]>
  /** Those of which no table shows what they say, by name. */
  readonly hidden: ReadonlyMap<string, readonly VirtualService[]>
}

function besideRoutes(
  table: RouteTable,
  { alike, hidden }: Known,
): Required<Pick<ShownTable, 'alike' | 'neither'>> {
  const [there, bound] = [standingIn(table), new Set(table.bound)]
  const same = new Set(atHomeIn(table).flatMap((each) => alike.get(formOf(each)) ?? []))
  const copies = notAskedIn(table).flatMap((each) => hidden.get(identityOf(each)) ?? [])
  return {
    alike: [...same.difference(there)],
    neither: copies.filter((each) => !bound.has(each) && claims(each, table)),
  }
}
