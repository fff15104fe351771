import { type Doubt, doubt, keyOfDoubt } from '../../doubt.ts'
import { identityOf } from '../../manifest/names.ts'
import { areAlike } from '../../routing/alike-tables.ts'
import { tlsServersOf } from '../../routing/listeners/tls-listeners.ts'
import { allGatewaysOf } from '../../routing/meshes/all-gateways.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { tablesAtGateway } from '../../routing/tables-of-host.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { rangeOf } from '../../source/located.ts'
import { nameNow } from '../renamed-gateways.ts'
import { isOn, type Port, serves, tablesOn } from '../tables-for.ts'
import type { MetHost } from './met-host.ts'
import { besideMoved, listeningInstead, perhapsListeningInstead } from './shared-listeners.ts'
import type { MeetingSides, TlsMeeting } from './tls-meetings.ts'

/** The two meshes that are compared. */
export interface MeshSides extends MeetingSides {
  /** What meets a Gateway where TLS is spoken on a port. */
  readonly tlsMeeting: (gateway: string, port: Port) => TlsMeeting | undefined
}

/** One request target: a host on some ports that all lead to the same tables of both sides. */
export interface Target extends MetHost {
  /** All hosts on these ports: the more special ones take requests away from a wildcard. */
  readonly hosts: readonly string[]
  /** Equal numbers, equal lists of hosts. */
  readonly hostList: number
  readonly ports: readonly Port[]
  /** Why it is not certain who answers there. */
  readonly doubts: readonly Doubt[]
}

/** The request targets of a gateway, by host: each group of ports that lead to the same tables is one. */
export function targetsOf(gateway: string, sides: MeshSides): readonly Target[] {
  return gathered(portsOf(gateway, sides), (port) => metOn(gateway, port, sides))
}

/** The same on connections that were opened for another name than the host, where that meets something else. */
export function targetsOnOthers(gateway: string, sides: MeshSides): readonly Target[] {
  return gathered(tlsPortsOf(gateway, sides), (port) => {
    const meeting = sides.tlsMeeting(gateway, port)
    return { hosts: meeting?.hosts ?? [], met: meeting?.onOthers.get(gateway) ?? [], doubts: [] }
  })
}

/** All Gateways of both sides, by the names of the base side: one without tables of its own may answer on a connection of another. */
export function gatewaysListening({ base, merged, renamed }: MeetingSides): readonly string[] {
  const [before = [], after = []] = [base, merged].map((mesh) => allGatewaysOf(mesh).map(identityOf))
  return [...new Set([...before, ...after.map((name) => renamed.get(name) ?? name)])]
}

function tlsPortsOf(gateway: string, { base, merged, renamed }: MeshSides): readonly number[] {
  const now = nameNow(gateway, renamed)
  const before = allGatewaysOf(base).filter((each) => identityOf(each) === gateway)
  const after = allGatewaysOf(merged).filter((each) => identityOf(each) === now)
  return [...new Set([...before, ...after].flatMap(tlsServersOf).map(({ port }) => port))]
}

function portsOf(gateway: string, sides: MeshSides): readonly Port[] {
  const own = [...tablesAt(sides.base, gateway), ...tablesAt(sides.merged, gateway)]
  return [...new Set<Port>(own.flatMap((table): readonly Port[] => table.ports ?? [undefined]))]
}

function gathered(ports: readonly Port[], metOf: (port: Port) => MetOnPort): readonly Target[] {
  const known = new Map<Numbered, number>()
  const numberOf = (each: Numbered) => known.get(each) ?? known.set(each, known.size).size - 1
  const targets = ports.flatMap((port) => {
    const { hosts, met, doubts } = metOf(port)
    const hostList = numberOf(hosts.join(' '))
    return met.map((each): Target => ({ ...each, hosts, hostList, ports: [port], doubts }))
  })
  const alike = Map.groupBy(targets, (target) =>
    JSON.stringify([
      target.host,
      target.hostList,
      target.names,
      target.base.map(numberOf),
      target.merged.map(numberOf),
      changesTerms(target),
      target.doubts.map(keyOfDoubt),
      ...askedFor(target).map(numberOf),
    ]),
  )
  return [...alike.values()]
    .flatMap((group) =>
      group.slice(0, 1).map((first) => ({ ...first, ports: group.flatMap(({ ports: own }) => own) })),
    )
    .toSorted((a, b) => compareTexts(a.host, b.host))
}

type Numbered = string | RouteTable | readonly string[]

function askedFor({ connections }: Target): readonly Numbered[] {
  if (connections === undefined) return []
  const { names, areReused, teller } = connections
  return [names, `${areReused} ${teller}`]
}

function tablesAt(mesh: Mesh | undefined, gateway: string): readonly RouteTable[] {
  return mesh === undefined ? [] : tablesAtGateway(mesh, gateway)
}

/** All hosts on one port of a gateway, and those that are told of there. */
interface MetOnPort {
  readonly hosts: readonly string[]
  readonly met: readonly MetHost[]
  readonly doubts: readonly Doubt[]
}

function metOn(gateway: string, port: Port, sides: MeshSides): MetOnPort {
  const meeting = sides.tlsMeeting(gateway, port)
  if (meeting !== undefined)
    return { hosts: meeting.hosts, met: meeting.toldBy.get(gateway) ?? [], doubts: [] }
  const names = namesOn(gateway, port, sides)
  const [base, merged] = [tablesAt(sides.base, names.base), tablesAt(sides.merged, names.merged)]
  const there = [...base, ...merged].filter((table) => serves(table) && isOn(table, port))
  const hosts = [...new Set(there.map(({ host }) => host))].toSorted()
  const [before, after] = [tablesOn(base, port), tablesOn(merged, port)]
  const met = hosts.map((host) => ({ host, names, base: before(host), merged: after(host) }))
  return { hosts, met, doubts: sharingDoubts(gateway, port, sides) }
}

/** Others are on the pods that this Gateway leaves, or come to perhaps the same pods where it listens on one side alone. */
function sharingDoubts(gateway: string, port: Port, { base, merged, renamed }: MeshSides): readonly Doubt[] {
  if (gateway === 'mesh' || [...renamed.values()].includes(gateway)) return []
  const others = [
    ...perhapsListeningInstead(gateway, port, { there: merged, here: base }),
    ...perhapsListeningInstead(gateway, port, { there: base, here: merged }),
  ]
  const beside = [
    ...besideMoved(gateway, port, { there: merged, here: base }),
    ...besideMoved(gateway, port, { there: base, here: merged }),
  ]
  if (beside.length > 0) return [doubt({ code: 'other-terms', gateway })]
  if (others.length === 0) return []
  const of = [...new Set([gateway, ...others.map(identityOf)])].toSorted()
  return [doubt({ code: 'shared-pods', of }, ...others.map((each) => rangeOf(each)))]
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
