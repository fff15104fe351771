import { areAlike } from '../../routing/alike-tables.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { memoized } from '../../source/memoized.ts'
import { isOn, type Port, serves, tablesOn } from '../tables-for.ts'
import { listeningInstead } from './shared-listeners.ts'
import type { MeetingSides, TlsMeeting } from './tls-meetings.ts'

const byGateway = memoized(({ tables }: Mesh) => Map.groupBy(tables, ({ gateway }) => gateway))

/** The two meshes that are compared. */
export interface MeshSides extends MeetingSides {
  /** What meets a Gateway where TLS is spoken on a port. */
  readonly tlsMeeting: (gateway: string, port: Port) => TlsMeeting | undefined
}

/** One request target: a host on some ports that all lead to the same tables of both sides. */
export interface Target {
  readonly host: string
  /** All hosts on these ports: the more special ones take requests away from a wildcard. */
  readonly hosts: readonly string[]
  /** Equal numbers, equal lists of hosts. */
  readonly hostList: number
  readonly ports: readonly Port[]
  /** The Gateways that the tables of each side are of. */
  readonly names: Readonly<Record<'base' | 'merged', string>>
  /** The tables that its requests meet, the most special first: more than one only where clients pass one by. */
  readonly base: readonly RouteTable[]
  readonly merged: readonly RouteTable[]
}

/** The request targets of a gateway, by host: each group of ports that lead to the same tables is one. */
export function targetsOf(gateway: string, sides: MeshSides): readonly Target[] {
  const of = (mesh: Mesh | undefined, name: string) => (mesh && byGateway(mesh).get(name)) ?? []
  const own = [...of(sides.base, gateway), ...of(sides.merged, gateway)]
  const ports = new Set<Port>(own.flatMap((table): readonly Port[] => table.ports ?? [undefined]))
  const known = new Map<string | RouteTable, number>()
  const numberOf = (each: string | RouteTable) => known.get(each) ?? known.set(each, known.size).size - 1
  const targets = [...ports].flatMap((port) => {
    const meeting = sides.tlsMeeting(gateway, port)
    if (meeting !== undefined) {
      const hostList = numberOf(meeting.hosts.join(' '))
      const told = meeting.toldBy.get(gateway) ?? []
      return told.map((target): Target => ({ ...target, hosts: meeting.hosts, hostList, ports: [port] }))
    }
    const names = namesOn(gateway, port, sides)
    const [base, merged] = [of(sides.base, names.base), of(sides.merged, names.merged)]
    const hosts = [
      ...new Set(
        [...base, ...merged].filter((table) => serves(table) && isOn(table, port)).map(({ host }) => host),
      ),
    ]
    const sorted = hosts.toSorted()
    const hostList = numberOf(sorted.join(' '))
    const [before, after] = [tablesOn(base, port), tablesOn(merged, port)]
    return hosts.map((host) => ({
      host,
      hosts: sorted,
      hostList,
      ports: [port],
      names,
      base: before(host),
      merged: after(host),
    }))
  })
  const alike = Map.groupBy(targets, (target) =>
    JSON.stringify([
      target.host,
      target.hostList,
      target.names,
      target.base.map(numberOf),
      target.merged.map(numberOf),
      changesTerms(target),
    ]),
  )
  return [...alike.values()]
    .flatMap((group) =>
      group.slice(0, 1).map((first) => ({ ...first, ports: group.flatMap(({ ports: own }) => own) })),
    )
    .toSorted((a, b) => compareTexts(a.host, b.host))
}

/** The Gateways whose tables requests to a port met on each side: the one itself, or one that listens there in its stead. */
function namesOn(gateway: string, port: Port, { base, merged, renamed }: MeshSides): Target['names'] {
  const itself = { base: gateway, merged: gateway }
  if (gateway === 'mesh' || [...renamed.values()].includes(gateway)) return itself
  const before = listeningInstead(gateway, port, { there: merged, here: base })
  const after = listeningInstead(gateway, port, { there: base, here: merged })
  return {
    base: before ?? gateway,
    merged: after === undefined ? gateway : (renamed.get(after) ?? after),
  }
}

/** Whether the servers on these ports take requests in on other terms than before: then any request may end differently. */
export function changesTerms({ base: [base], merged: [merged], ports }: Target): boolean {
  if (base === undefined || merged === undefined) return false
  return ports.some((port) => port !== undefined && base.terms.get(port) !== merged.terms.get(port))
}

/** Whether both sides meet tables that are made of the same: then nobody looks into them. */
export function isUntouched({ base, merged }: Target): boolean {
  return base.length === merged.length && base.every((table, at) => isAlikeTo(table, merged[at]))
}

function isAlikeTo(table: RouteTable, other: RouteTable | undefined): boolean {
  return other !== undefined && areAlike(table, other)
}
