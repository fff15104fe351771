import { identityOf } from '../../manifest/names.ts'
import type { TlsListener, TlsServer } from '../../routing/listeners/tls-listeners.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { tablesAtGateway } from '../../routing/tables-of-host.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { nameNow } from '../renamed-gateways.ts'
import { isOn, type Port, serves, tablesOn } from '../tables-for.ts'
import type { MetHost, ToldHost } from './met-host.ts'
import { type ListeningSide, metOnOthers, toldHost } from './other-connections.ts'

/** Both sides, under the names of the base side. */
export interface MeetingSides {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
  /** The names that gateways had before, by those of the merged side. */
  readonly renamed: ReadonlyMap<string, string>
}

/** What requests meet on one port where the name that TLS asks for picks the server, among all Gateways that listen there. */
export interface TlsMeeting {
  /** Every name that some table or server of either side knows. */
  readonly hosts: readonly string[]
  /** The hosts by the Gateway that they are told of: that which answers on the base side, else on the merged side. */
  readonly toldBy: ReadonlyMap<string, readonly MetHost[]>
  /** The same for requests whose connection was opened for another name than their host, where that meets something else. */
  readonly onOthers: ReadonlyMap<string, readonly MetHost[]>
}

/** Where the Gateways of both sides meet under TLS; what one listener makes of all of them is worked out once. */
export function tlsMeetings(sides: MeetingSides): (gateway: string, port: Port) => TlsMeeting | undefined {
  const known = new Map<TlsListener | undefined, Map<TlsListener | undefined, TlsMeeting>>()
  return (gateway, port) => {
    const both = listenersAt(gateway, port, sides)
    if (port === undefined || both === undefined) return undefined
    const there = known.get(both.base) ?? new Map<TlsListener | undefined, TlsMeeting>()
    known.set(both.base, there)
    const meeting = there.get(both.merged) ?? meetingOf(both, port, sides)
    there.set(both.merged, meeting)
    return meeting
  }
}

type Side = 'base' | 'merged'

type Listeners = Readonly<Record<Side, TlsListener | undefined>>

/** Undefined where no TLS is spoken, on one side something else is, or names are filled in later. */
function listenersAt(gateway: string, port: Port, sides: MeetingSides): Listeners | undefined {
  const { base, merged, renamed } = sides
  const before = base?.listeners.serverOf(gateway, port)
  const after = merged?.listeners.serverOf(nameNow(gateway, renamed), port)
  const some = before ?? after
  if (some === undefined) return undefined
  const isElse = (mesh: Mesh | undefined, own: TlsServer | undefined) =>
    own === undefined && tablesAt(mesh, gateway, port).length > 0
  if (isElse(base, before) || isElse(merged, after)) return undefined
  const both = {
    base: base?.listeners.around(before ?? some),
    merged: merged?.listeners.around(after ?? some),
  }
  return both.base?.isOpen || both.merged?.isOpen ? undefined : both
}

function tablesAt(mesh: Mesh | undefined, gateway: string, port: Port): readonly RouteTable[] {
  const all = mesh === undefined ? [] : tablesAtGateway(mesh, gateway)
  return all.filter((table) => serves(table) && isOn(table, port))
}

function meetingOf({ base, merged }: Listeners, port: Port, sides: MeetingSides): TlsMeeting {
  const before = listening(base, { port, mesh: sides.base, nameOf: (name) => name })
  const after = listening(merged, {
    port,
    mesh: sides.merged,
    nameOf: (name) => sides.renamed.get(name) ?? name,
  })
  const hosts = [...new Set([...before.hosts, ...after.hosts])].toSorted(compareTexts)
  const told = hosts.flatMap((host) => {
    const [from, to] = [before, after].map((side) => side.meet(side.serverFor(host), host))
    return toldHost(host, from, to) ?? []
  })
  return { hosts, toldBy: byTeller(told), onOthers: byTeller(metOnOthers({ hosts, before, after, told })) }
}

function byTeller(told: readonly ToldHost[]): TlsMeeting['toldBy'] {
  const groups = Map.groupBy(told, ({ teller }) => teller)
  return new Map([...groups].map(([teller, own]) => [teller, own.map(({ target }) => target)]))
}

interface Placed {
  readonly port: Port
  readonly mesh: Mesh | undefined
  readonly nameOf: (gateway: string) => string
}

function listening(listener: TlsListener | undefined, { port, mesh, nameOf }: Placed): ListeningSide {
  const known = new Map((listener?.servers ?? []).map((server) => [server, tablesOfServer(server, mesh)]))
  const tablesFor = new Map([...known].map(([server, own]) => [server, tablesOn(own, port)]))
  const names = listener?.names ?? []
  return {
    names,
    hosts: [...names, ...[...known.values()].flat().map(({ host }) => host)],
    serverFor: (name) => listener?.serverFor(name),
    tablesOf: (server) => (server && known.get(server)) ?? [],
    meet: (server, host) =>
      server && {
        gateway: nameOf(identityOf(server.gateway)),
        tables: tablesFor.get(server)?.(host) ?? [],
      },
  }
}

/** As the Gateway has them, ports folded, wherever its pods pick the server too. */
function tablesOfServer(server: TlsServer, mesh: Mesh | undefined): readonly RouteTable[] {
  if (mesh === undefined) return []
  const gateway = identityOf(server.gateway)
  const alone = mesh.listeners.onEachPod(gateway, server.port)
  const known = Map.groupBy(tablesAt(mesh, gateway, server.port), ({ host }) => host)
  return mesh
    .tablesOfServer(server)
    .filter(serves)
    .map((table) => {
      const [own] = alone?.serverFor(table.host) === server ? (known.get(table.host) ?? []) : []
      return own ?? table
    })
}
