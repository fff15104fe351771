import type { Comparison } from '../diff/comparison.ts'
import type { RouteChange } from '../diff/route-change.ts'
import { type HostIndex, indexHosts } from '../routing/explain/host-index.ts'
import { namesInMesh } from '../routing/mesh-names.ts'
import type { RouteTable } from '../routing/route-table.ts'

/** Both sides, and what differs between them. */
export type Compared = Pick<Comparison, 'base' | 'merged' | 'changes' | 'settings'>

/** Where requests arrive: the tables of one gateway of one mesh, on both sides. */
export interface Door {
  readonly mesh: string
  readonly gateway: string
  readonly hosts: readonly HostIndex[]
  readonly tables: readonly RouteTable[]
  readonly changes: readonly RouteChange[]
}

/** A door that serves a host, and the changes of the tables that the host meets there. */
export interface Served {
  readonly door: Door
  readonly changes: readonly RouteChange[]
  /** The ports of those tables; undefined where one of them is there on any. */
  readonly ports: readonly number[] | undefined
  /** It is not known in which namespace the client has looked for a name. */
  readonly guessed: boolean
}

/** Every gateway of every mesh that has a table on either side. */
export function doorsOf({ base, merged, changes }: Compared): readonly Door[] {
  const keyOf = ({ mesh, gateway }: Pick<Door, 'mesh' | 'gateway'>) => JSON.stringify([mesh, gateway])
  const sides = [base, merged].map(({ meshes }) =>
    Map.groupBy(
      meshes.flatMap(({ tables }) => tables),
      keyOf,
    ),
  )
  const byDoor = Map.groupBy(changes, keyOf)
  const keys = new Set(sides.flatMap((side) => [...side.keys()]))
  return [...keys].flatMap((key) => {
    const tables = sides.map((side) => side.get(key) ?? [])
    const [first] = tables.flat()
    if (first === undefined) return []
    const { mesh, gateway } = first
    return [
      { mesh, gateway, hosts: tables.map(indexHosts), tables: tables.flat(), changes: byDoor.get(key) ?? [] },
    ]
  })
}

/** The doors at which somebody serves a host. */
export function servedIn(
  doors: readonly Door[],
  authority: string,
  { settings }: Pick<Compared, 'settings'>,
): readonly Served[] {
  const { clusterDomain } = settings
  return doors.flatMap((door): readonly Served[] => {
    const isMesh = door.gateway === 'mesh'
    const names = isMesh ? namesInMesh(authority, undefined, clusterDomain) : [authority]
    const tables = door.hosts.flatMap((hosts) => firstTables(hosts, names))
    const guessed = tables.length === 0 && isMesh && !authority.includes('.')
    const met = guessed ? namesakes(authority, door.tables, clusterDomain) : tables
    return met.length === 0 ? [] : [{ door, guessed, ...meetingOf(met, door) }]
  })
}

function meetingOf(tables: readonly RouteTable[], door: Door): Pick<Served, 'changes' | 'ports'> {
  const met = new Set(tables.map(({ host }) => host))
  const isAnyPort = tables.some(({ ports }) => ports === undefined)
  return {
    changes: door.changes.filter(({ host }) => met.has(host)),
    ports: isAnyPort ? undefined : tables.flatMap(({ ports = [] }) => ports),
  }
}

/** The services of a name in whatever namespace. */
function namesakes(
  name: string,
  tables: readonly RouteTable[],
  clusterDomain: string,
): readonly RouteTable[] {
  const suffix = `.svc.${clusterDomain}`
  return tables.filter(({ host }) => host.startsWith(`${name}.`) && host.endsWith(suffix))
}

/** The most special host that has a route, on whatever port. */
function firstTables(hosts: HostIndex, names: readonly string[]): readonly RouteTable[] {
  const all = names
    .flatMap((name) => hosts.tablesFor(name, undefined))
    .filter(({ routes }) => routes.length > 0)
  const host = all[0]?.host
  return all.filter((table) => table.host === host)
}
