import { isWildcard } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { areAlike } from '../../routing/alike-tables.ts'
import { chooseHost } from '../../routing/host-choice.ts'
import type { TlsServer } from '../../routing/listeners/tls-listeners.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import { type ConnectionGroup, groupsOf, othersAmong, type Picked } from './connection-groups.ts'
import type { Met, MetHost, ToldHost } from './met-host.ts'

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

/**
 * Each host on each connection that meets other servers than its own would, where the two sides do not have the same for it. On a
 * connection that TLS refuses after the merge nothing is sent.
 */
export function metOnOthers(meeting: Meeting): readonly ToldHost[] {
  const { before, after, told } = meeting
  const among = [...new Set([...before.names, ...after.names])]
  const pick = (name: string): Picked => ({ before: before.serverFor(name), after: after.serverFor(name) })
  const pickedFor = (host: string) => pick(chooseHost(among, host) ?? host)
  const own = new Map(told.map((each) => [each.target.host, each]))
  const changed = groupsOf(among, pick).filter(
    (each) => !areSame(before.tablesOf(each.before), after.tablesOf(each.after)),
  )
  return [...Map.groupBy(changed, (each) => each.before)].flatMap(([server, groups]) => {
    const others = othersAmong(groups, (each) => after.tablesOf(each).map(({ host }) => host))
    return hostsAt(server, groups, meeting).flatMap((host) => {
      const itself = pickedFor(host)
      const known = own.get(host)
      return others(host, itself).flatMap((group) => onGroup(host, group, { meeting, among, known }))
    })
  })
}

interface Asking {
  readonly meeting: Meeting
  readonly among: readonly string[]
  readonly known: ToldHost | undefined
}

function onGroup(
  host: string,
  { names, gateways, areReused, ...group }: ConnectionGroup,
  { meeting: { before, after }, among, known }: Asking,
): readonly ToldHost[] {
  const met = toldHost(host, before.meet(group.before, host), after.meet(group.after, host))
  if (met === undefined || areSame(met.target.base, met.target.merged)) return []
  const whose = { holders: holdersOf(known?.target), teller: known?.teller }
  const connections = { names, among, gateways, areReused: areReused === true, ...whose }
  return [{ ...met, target: { ...met.target, connections } }]
}

/** The hosts for which some table is there. */
function hostsAt(
  server: TlsServer | undefined,
  groups: readonly ConnectionGroup[],
  { hosts, before, after }: Meeting,
): readonly string[] {
  const tables = [...before.tablesOf(server), ...groups.flatMap((each) => after.tablesOf(each.after))]
  const all = new Set(tables.map(({ host }) => host))
  const wildcards = [...all].filter(isWildcard)
  const under = wildcards.length === 0 ? [] : hosts.filter((host) => chooseHost(wildcards, host))
  return [...new Set([...all, ...under])]
}

function areSame(base: readonly RouteTable[], merged: readonly RouteTable[]): boolean {
  return base.length === merged.length && base.every((table, at) => isAlikeTo(table, merged[at]))
}

function isAlikeTo(table: RouteTable, other: RouteTable | undefined): boolean {
  return other !== undefined && areAlike(table, other)
}

function holdersOf(own: MetHost | undefined): readonly VirtualService[] {
  const contributions = (own?.base ?? []).flatMap((table) => table.contributions)
  return [...new Set(contributions.map(({ virtualService }) => virtualService))]
}
