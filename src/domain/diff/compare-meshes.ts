import { uniteDoubts } from '../doubt.ts'
import { isEmpty, type Work } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { Universe } from '../match/box.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import type { RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'
import { compareTables } from './compare-tables.ts'
import { listeningInstead } from './hosts/shared-listeners.ts'
import { amongTexts, type Meant, meantBy, universeFor, withoutTold } from './hosts/surely-meant.ts'
import { type TlsMeeting, tlsMeetings } from './hosts/tls-meetings.ts'
import { conditionOptions } from './placed-route.ts'
import { promisingAfter, promisingBefore } from './promising.ts'
import { renamedGateways } from './renamed-gateways.ts'
import { scopeEntries } from './scope.ts'
import type { TableContext, TableDifference, TableSide } from './table-difference.ts'
import { asOneTable, isOn, type Port, serves, tablesOn } from './tables-for.ts'
import { type Unanswered, type UnansweredSides, unansweredIn } from './unanswered.ts'

/** What differs for one host of one gateway, on the ports named. */
export interface HostDifference extends TableDifference {
  readonly mesh: string
  readonly gateway: string
  readonly host: string
  readonly ports?: readonly number[]
  readonly unanswered: UnansweredSides
  /** The namespaces of the VirtualServices that have the host on either side. */
  readonly homes: readonly string[]
  /** All values of each dimension that a request to this host can have. */
  readonly universe: Universe
  /** The names that the host is looked for under, wildcards included; absent where all that stand for it are. */
  readonly names?: readonly string[]
}

/**
 * Every request of one mesh that the merged side treats differently from the base side: for each gateway, each host of
 * either side and each port, the table that a request would meet on one side against the one it would meet on the
 * other. "No table" is an ordinary side, so that hosts may come and go. A gateway that is renamed goes by the name that it had.
 */
export function compareMeshes(
  base: Mesh | undefined,
  merged: Mesh | undefined,
  { settings, work, narrowing }: DiffOptions,
): readonly HostDifference[] {
  const renamed = renamedGateways(base, merged)
  const sides: Sides = {
    base,
    merged: merged && underNames(merged, renamed),
    renamed,
    tlsMeeting: tlsMeetings({ base, merged: merged && underNames(merged, renamed), renamed }),
    settings,
    work,
    narrowing,
  }
  const gateways = new Set([...tablesOf(base), ...tablesOf(sides.merged)].map((table) => table.gateway))
  return [...gateways].toSorted().flatMap((gateway) => gatewayDifferences(gateway, sides))
}

/** What it takes to compare two meshes. */
export interface DiffOptions {
  readonly settings: IstioSettings
  /** What all comparisons may cost. */
  readonly work: Work
  /** What it may cost besides to find whom requests touch that could not be compared. */
  readonly narrowing: Work
}

interface Sides extends DiffOptions {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
  /** The names that gateways had before, by those of the merged side. */
  readonly renamed: ReadonlyMap<string, string>
  /** What meets a Gateway where TLS is spoken on a port. */
  readonly tlsMeeting: (gateway: string, port: Port) => TlsMeeting | undefined
}

function underNames(mesh: Mesh, renamed: Sides['renamed']): Mesh {
  if (renamed.size === 0) return mesh
  const tables = mesh.tables.map((table) => {
    const gateway = renamed.get(table.gateway)
    return gateway === undefined ? table : { ...table, gateway }
  })
  return { ...mesh, tables }
}

function tablesOf(mesh: Mesh | undefined): readonly RouteTable[] {
  return mesh?.tables ?? []
}

const byGateway = memoized(({ tables }: Mesh) => Map.groupBy(tables, ({ gateway }) => gateway))

/** One request target: a host on some ports that all lead to the same tables of both sides. */
interface Target {
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

function gatewayDifferences(gateway: string, sides: Sides): readonly HostDifference[] {
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
    .toSorted((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0))
    .flatMap((target) => targetDifferences(gateway, target, sides))
}

/** The Gateways whose tables requests to a port met on each side: the one itself, or one that listens there in its stead. */
function namesOn(gateway: string, port: Port, { base, merged, renamed }: Sides): Target['names'] {
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
function changesTerms({ base: [base], merged: [merged], ports }: Target): boolean {
  if (base === undefined || merged === undefined) return false
  return ports.some((port) => port !== undefined && base.terms.get(port) !== merged.terms.get(port))
}

/** What surely differs, and what besides if a host of the mesh is a service of which nothing is known here. */
function targetDifferences(gateway: string, target: Target, sides: Sides): readonly HostDifference[] {
  const both = tableSides(target, sides)
  const [first = [], ...others] = meantBy(target, sides.settings.clusterDomain).map((meant) =>
    meantDifferences(gateway, { target, meant, both }, sides),
  )
  return [...first, ...others.flatMap((each) => withoutTold(each, first, endsOf, sides.narrowing))]
}

function endsOf({ before, after, unanswered, undecided, scope }: HostDifference): string {
  const ends = [before?.outcome.key ?? unanswered.before, after?.outcome.key ?? unanswered.after]
  return JSON.stringify([ends, undecided, scope.map(({ key }) => key)])
}

interface MeantTarget {
  readonly target: Target
  readonly meant: Meant
  readonly both: readonly [base: TableSide, merged: TableSide]
}

function meantDifferences(
  gateway: string,
  { target, meant, both: [base, merged] }: MeantTarget,
  sides: Sides,
): readonly HostDifference[] {
  const ports = meant.ports ?? target.ports
  const meantIn = universeFor(gateway, { ...target, ports }, { meant, settings: sides.settings })
  const universe = withLabelsOfPods(meantIn, gateway, sides)
  if (meant.names !== undefined && isEmpty(universe('authority').present)) return []
  const options = conditionOptions(sides.settings)
  const numbers = ports.flatMap((port) => port ?? []).toSorted((a, b) => a - b)
  const unsure = [...target.base, ...target.merged].flatMap((table) => table.doubts)
  const bound = [...target.base, ...target.merged].flatMap((table) => table.bound)
  const homes = [...new Set(bound.flatMap(({ namespace }) => namespace ?? []))]
  const mesh = (sides.merged ?? sides.base)?.name ?? 'default'
  const context = {
    gateway,
    universe,
    options,
    work: sides.work,
    narrowing: sides.narrowing,
    newTerms: changesTerms(target),
  }
  return compareTables(base, merged, context).map((difference) => ({
    ...difference,
    doubts: uniteDoubts([...difference.doubts, ...unsure, ...meant.doubts]),
    mesh,
    gateway,
    host: target.host,
    unanswered: unansweredSides(difference, { base, merged, context }),
    homes,
    universe,
    ...(numbers.length > 0 && { ports: numbers }),
    ...(meant.names && { names: meant.names }),
  }))
}

function unansweredSides(
  { before, after, taken, requests: { boxes } }: TableDifference,
  { base, merged, context }: Compared,
): UnansweredSides {
  const asking = { gateway: context.gateway, boxes, work: context.narrowing }
  const endOn = ({ table }: TableSide, isTaken: boolean | undefined): Unanswered => {
    if (isTaken === undefined) return unansweredIn(table, asking)
    return isTaken || context.gateway !== 'mesh' ? 'not-found' : 'service'
  }
  return {
    ...(before === undefined && { before: endOn(base, taken?.before) }),
    ...(after === undefined && { after: endOn(merged, taken?.after) }),
  }
}

function tableSides(target: Target, sides: Sides): readonly [base: TableSide, merged: TableSide] {
  const context = { gateway: target.names.base, options: conditionOptions(sides.settings), work: sides.work }
  const promisingSide = (which: 'base' | 'merged') => ({
    table: promisingTable(which, target, sides),
    graph: sides[which]?.graph,
  })
  const [base, merged] = [promisingSide('base'), promisingSide('merged')]
  const before = scopeEntries(promisingBefore(base), base.graph, context)
  const { merged: named } = target.names
  const [now = named] = [...sides.renamed].flatMap(([name, old]) => (old === named ? [name] : []))
  const after = scopeEntries(promisingAfter(base, merged), merged.graph, { ...context, gateway: now })
  return [
    { table: asOneTable(target.base), scope: before },
    { table: asOneTable(target.merged), scope: after },
  ]
}

interface Compared {
  readonly base: TableSide
  readonly merged: TableSide
  readonly context: TableContext
}

/** A primary keeps its promises on a host even while none of its entries is left to serve it. */
function promisingTable(which: 'base' | 'merged', target: Target, sides: Sides): RouteTable | undefined {
  const { names, host } = target
  const own = tablesOf(sides[which]).find((table) => table.gateway === names[which] && table.host === host)
  return asOneTable(target[which]) ?? own
}

/** A gateway's pods have the labels that select them, the same on both sides; others they may have besides. */
function withLabelsOfPods(universe: Universe, gateway: string, { base, merged }: Sides): Universe {
  const selectors = [base, merged]
    .flatMap((mesh) => mesh?.gateways ?? [])
    .flatMap((each) => (identityOf(each) === gateway ? [each.spec.selector ?? {}] : []))
  const [first = {}] = selectors
  const labels = new Map(
    Object.entries(first)
      .filter(([name, value]) => !isUnknown(value) && selectors.every((each) => each[name] === value))
      .map(([name, value]) => [`label:${name}`, amongTexts([value])]),
  )
  return (dimension) => labels.get(dimension) ?? universe(dimension)
}
