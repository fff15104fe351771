import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, isWildcard } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { areAlike } from '../../routing/alike-tables.ts'
import { chooseHost, covers } from '../../routing/host-choice.ts'
import { serverNames, type TlsServer } from '../../routing/listeners/tls-listeners.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { ConnectionsOf, Met, MetHost, ToldHost } from './met-host.ts'

/** A listener of one side, and what its servers make of hosts. */
export interface ListeningSide {
  /** Those that the name asked for is compared with. */
  readonly names: readonly string[]
  /** Those, and all that some table is for. */
  readonly hosts: readonly string[]
  serverFor(name: string): TlsServer | undefined
  tablesOf(server: TlsServer | undefined): readonly RouteTable[]
  /** Nothing where TLS refuses the name. */
  meet(server: TlsServer | undefined, host: string): Met | undefined
}

interface Meeting {
  readonly hosts: readonly string[]
  readonly before: ListeningSide
  readonly after: ListeningSide
  /** What hosts meet where TLS is asked for them. */
  readonly told: readonly ToldHost[]
}

/** Undefined where nobody answers on either side. */
export function toldHost(host: string, from: Met | undefined, to: Met | undefined): ToldHost | undefined {
  const teller = [from, to].find((each) => each !== undefined && each.tables.length > 0)?.gateway
  if (teller === undefined) return undefined
  const names = { base: from?.gateway ?? teller, merged: to?.gateway ?? teller }
  return { teller, target: { host, names, base: from?.tables ?? [], merged: to?.tables ?? [] } }
}

interface Servers {
  readonly before: TlsServer | undefined
  readonly after: TlsServer | undefined
}

/**
 * Each host on each connection that meets other servers than its own would, where the two sides do not have the same for it. On a
 * connection that TLS refuses after the merge nothing is sent.
 */
export function metOnOthers(meeting: Meeting): readonly ToldHost[] {
  const { before, after, told } = meeting
  const among = [...new Set([...before.names, ...after.names])]
  const serversFor = (name: string): Servers => ({
    before: before.serverFor(name),
    after: after.serverFor(name),
  })
  const own = new Map(told.map((each) => [each.target.host, each]))
  return groupedBy(among, serversFor).flatMap(({ servers, names }) => {
    const { after: server } = servers
    if (server === undefined) return []
    return changedHosts(servers, meeting).flatMap((host) => {
      const asItself = serversFor(chooseHost(among, host) ?? host)
      if (asItself.before === servers.before && asItself.after === servers.after) return []
      const met = toldHost(host, before.meet(servers.before, host), after.meet(servers.after, host))
      if (met === undefined || areSame(met.target.base, met.target.merged)) return []
      const known = own.get(host)
      const connections: ConnectionsOf = {
        ...{ names, among },
        gateway: identityOf(server.gateway),
        areReused: isGoodFor(server, host, [asItself.before, asItself.after]),
        holders: holdersOf(known?.target),
        teller: known?.teller,
      }
      return [{ ...met, target: { ...met.target, connections } }]
    })
  })
}

interface Group {
  readonly servers: Servers
  readonly names: readonly string[]
}

/** The names that pick the same servers on both sides. */
function groupedBy(names: readonly string[], serversFor: (name: string) => Servers): readonly Group[] {
  const numbers = new Map<TlsServer | undefined, number>()
  const numberOf = (server: TlsServer | undefined) =>
    numbers.get(server) ?? numbers.set(server, numbers.size).size - 1
  const groups = Map.groupBy(names, (name) => {
    const { before, after } = serversFor(name)
    return `${numberOf(before)} ${numberOf(after)}`
  })
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    return first === undefined ? [] : [{ servers: serversFor(first), names: own }]
  })
}

/** The hosts for which some table is there, unless both sides have the same tables for all. */
function changedHosts({ before, after }: Servers, sides: Meeting): readonly string[] {
  const [base, merged] = [sides.before.tablesOf(before), sides.after.tablesOf(after)]
  if (areSame(base, merged)) return []
  const all = new Set([...base, ...merged].map(({ host }) => host))
  const wildcards = [...all].filter(isWildcard)
  const under = wildcards.length === 0 ? [] : sides.hosts.filter((host) => chooseHost(wildcards, host))
  return [...new Set([...all, ...under])]
}

function areSame(base: readonly RouteTable[], merged: readonly RouteTable[]): boolean {
  return base.length === merged.length && base.every((table, at) => isAlikeTo(table, merged[at]))
}

function isAlikeTo(table: RouteTable, other: RouteTable | undefined): boolean {
  return other !== undefined && areAlike(table, other)
}

/** A certificate is taken to be good for the names of every server that has it. */
function isGoodFor(server: TlsServer, host: string, own: readonly (TlsServer | undefined)[]): boolean {
  const isNamed = serverNames(server).some((name) => covers(name.toLowerCase(), host))
  return isNamed || own.some((each) => each !== undefined && certificatesOf(each) === certificatesOf(server))
}

function certificatesOf({ server: { tls } }: TlsServer): string {
  const { credentialName, credentialNames, serverCertificate, tlsCertificates } = tls ?? {}
  return canonicalJson([credentialName, credentialNames, serverCertificate, tlsCertificates].map(orNull))
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}

function holdersOf(own: MetHost | undefined): readonly VirtualService[] {
  const contributions = (own?.base ?? []).flatMap((table) => table.contributions)
  return [...new Set(contributions.map(({ virtualService }) => virtualService))]
}
