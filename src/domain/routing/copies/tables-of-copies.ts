import { budgets } from '../../budgets.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf, kindAndName } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { RouteTable } from '../route-table.ts'
import { type Mesh, meshWithout, type SnapshotOptions } from '../snapshot.ts'
import { atHomeIn, claims, notAskedIn, standingIn } from '../standing.ts'

export type MeshOptions = Omit<SnapshotOptions, 'meshOf' | 'inForce'>

/** A table as it is where a cluster has other copies of some objects than those that the mesh is shown with. */
export interface TableOfCopies extends RouteTable {
  /** The copies that live in it in place of others of their name. */
  readonly living: readonly Modelled[]
}

/** Objects of one name of which no two say the same for all. */
type Group = readonly Modelled[]

/** Copies that live together, each with the group it is of. */
type Living = ReadonlyMap<Group, Modelled>

/** Beyond so many ways in which copies may live, those that are left are only counted. */
const mostShown = budgets.shownCopies.size

/**
 * What the tables of a mesh do not show, since they show another copy of the same name: each table in which a VirtualService stands that
 * stands in none before. Copies of one file live together.
 */
export function tablesOfCopies(mesh: Mesh, options: MeshOptions): readonly TableOfCopies[] {
  const own = new Set<VirtualService>(mesh.inForce.virtualServices)
  const shown = new Set(mesh.tables.flatMap((table) => [...standingIn(table)].map(formOf)))
  const isNew = (each: VirtualService) => own.has(each) && !shown.has(formOf(each))
  const unasked = mesh.tables.flatMap((table) =>
    notAskedIn(table).map((of) => ({ table, of: identityOf(of) })),
  )
  const isToldBeside = (each: VirtualService) =>
    unasked.some(({ table, of }) => of === identityOf(each) && claims(each, table))
  return waysToLive(mesh, shown)
    .slice(0, mostShown)
    .flatMap((living) => {
      const { tables } = meshWithout(mesh, othersThan(living), options)
      const found = tables.filter(
        (table) =>
          atHomeIn(table).some(isNew) || notAskedIn(table).some((each) => isNew(each) && !isToldBeside(each)),
      )
      for (const table of found)
        for (const each of [...standingIn(table), ...table.bound]) shown.add(formOf(each))
      return found.map((table) => ({ ...table, living: livingIn(table, living) }))
    })
}

/** What tells copies of one name apart. */
export function formOf(each: Modelled): string {
  return JSON.stringify([identityOf(each), normalForm(each)])
}

/** As few ways as it takes for each copy that is not shown to live in one of them. */
function waysToLive(mesh: Mesh, shown: ReadonlySet<string>): readonly Living[] {
  const groups = differingGroups([...mesh.inForce.virtualServices, ...mesh.inForce.gateways])
  const groupOf = new Map(groups.flatMap((group) => group.map((each) => [each, group] as const)))
  const isHidden = (each: Modelled) =>
    each.kind === 'VirtualService'
      ? !shown.has(formOf(each))
      : each.namespace !== undefined && groupOf.get(each)?.at(-1) !== each
  const ways: Map<Group, Modelled>[] = []
  for (const copies of Map.groupBy(groups.flat().filter(isHidden), ({ file }) => file.path).values())
    for (const together of inTurn(copies, groupOf)) {
      const free = ways.find((way) => [...together.keys()].every((group) => !way.has(group)))
      if (free === undefined) ways.push(together)
      else for (const [group, copy] of together) free.set(group, copy)
    }
  return ways
}

function differingGroups(objects: readonly Modelled[]): readonly Group[] {
  const named = objects.filter((each) => !isUnknown(identityOf(each)))
  const groups = Map.groupBy(named, kindAndName)
  return [...groups.values()].filter((group) => new Set(group.map(formOf)).size > 1)
}

/** The first copies of each name that one file holds, the second ones, and so on. */
function inTurn(
  copies: readonly Modelled[],
  groupOf: ReadonlyMap<Modelled, Group>,
): readonly Map<Group, Modelled>[] {
  const turns: Map<Group, Modelled>[] = []
  for (const copy of copies) {
    const group = groupOf.get(copy)
    if (group === undefined) continue
    const turn = turns.find((each) => !each.has(group))
    if (turn === undefined) turns.push(new Map([[group, copy]]))
    else turn.set(group, copy)
  }
  return turns
}

function othersThan(living: Living): ReadonlySet<Modelled> {
  return new Set([...living].flatMap(([group, copy]) => group.filter((each) => each !== copy)))
}

function livingIn(table: RouteTable, living: Living): readonly Modelled[] {
  const there = new Set([...standingIn(table), ...table.bound])
  return [...living.values()].filter((each) =>
    each.kind === 'VirtualService' ? there.has(each) : identityOf(each) === table.gateway,
  )
}
