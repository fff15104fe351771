import { uniteDoubts } from '../doubt.ts'
import { isEmpty, sharesOf, type Work } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { Universe } from '../match/box.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import type { RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { tablesOfHost } from '../routing/tables-of-host.ts'
import { byAccess } from './access/access-of-target.ts'
import { admitsAll } from './access/changed-access.ts'
import { refusedDifferences } from './access/refused-differences.ts'
import { type AlikeHosts, alikeHosts } from './alike-hosts.ts'
import type { ConnectionsOf } from './hosts/met-host.ts'
import {
  changesTerms,
  gatewaysListening,
  isUntouched,
  type MeshSides,
  type Target,
  targetsOf,
  targetsOnOthers,
} from './hosts/request-targets.ts'
import { amongTexts, type Meant, meantBy, universeFor, withoutTold } from './hosts/surely-meant.ts'
import { tlsMeetings } from './hosts/tls-meetings.ts'
import { promisingAfter, promisingBefore } from './promising.ts'
import { nameNow, renamedGateways } from './renamed-gateways.ts'
import { scopeEntries } from './scope.ts'
import { conditionOptions } from './tables/placed-route.ts'
import type { TableContext, TableDifference, TableSide } from './tables/table-difference.ts'
import { asOneTable } from './tables-for.ts'
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
  /** Those of its ports on which the Gateway speaks TLS; absent where its servers are not known. */
  readonly tlsPorts?: readonly number[]
  /** The names that the host is looked for under, wildcards included; absent where all that stand for it are. */
  readonly names?: readonly string[]
  /** Each of the names is that of a service, which answers where no route does. */
  readonly areServices?: true
  /** The connections on which it is so; absent where they are opened for the host itself. */
  readonly connections?: ConnectionsOf
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
  const both = { base, merged: merged && underNames(merged, renamed), renamed }
  const alike = alikeHosts<readonly HostDifference[]>()
  const sides: Sides = { ...both, tlsMeeting: tlsMeetings(both), settings, work, narrowing, alike }
  const gateways = new Set([...tablesOf(base), ...tablesOf(sides.merged)].map((table) => table.gateway))
  const targets = [...gateways]
    .toSorted()
    .flatMap((gateway) => targetsOf(gateway, sides).map((target) => ({ gateway, target })))
  const others = gatewaysListening(sides)
    .toSorted()
    .flatMap((gateway) => targetsOnOthers(gateway, sides).map((target) => ({ gateway, target })))
  const shares = sharesOf(work, targets.length + others.length)
  return [...targets, ...others].flatMap(({ gateway, target }) =>
    shares((share) => targetDifferences(gateway, target, { ...sides, work: share })),
  )
}

/** What it takes to compare two meshes. */
export interface DiffOptions {
  readonly settings: IstioSettings
  /** What all comparisons may cost. */
  readonly work: Work
  /** What it may cost besides to find whom requests touch that could not be compared. */
  readonly narrowing: Work
}

interface Sides extends DiffOptions, MeshSides {
  readonly alike: AlikeHosts<readonly HostDifference[]>
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

/** What surely differs, and what besides if a host of the mesh is a service of which nothing is known here. */
function targetDifferences(gateway: string, target: Target, sides: Sides): readonly HostDifference[] {
  return byAccess(target, sides).flatMap((each) => differencesAt(gateway, each, sides))
}

function differencesAt(
  gateway: string,
  { target, access }: AtAccess,
  sides: Sides,
): readonly HostDifference[] {
  if (isUntouched(target) && access.base.key === access.merged.key) return []
  const find = () => hostDifferences(gateway, { target, access }, sides)
  // What policies refuse hangs on the host.
  const found = admitsAll(access) ? sides.alike(gateway, target, find) : find()
  const { connections } = target
  if (connections === undefined && found.every(({ host }) => host === target.host)) return found
  const universe = universeOf(gateway, { target, meant: wholeHost }, sides)
  return found.map((each) => ({ ...each, host: target.host, universe, ...(connections && { connections }) }))
}

/** All that stands for a host, as at a gateway. */
const wholeHost: Meant = { doubts: [] }

type AtAccess = ReturnType<typeof byAccess>[number]

function hostDifferences(
  gateway: string,
  { target, access }: AtAccess,
  sides: Sides,
): readonly HostDifference[] {
  const both = tableSides(target, sides)
  const [first = [], ...others] = meantBy(target, sides.settings.clusterDomain).map((meant) =>
    meantDifferences(gateway, { target, access, meant, both }, sides),
  )
  return [...first, ...others.flatMap((each) => withoutTold(each, first, endsOf, sides.narrowing))]
}

/** Equal where requests end alike on each side, and were promised to the same. */
export function endsOf({ before, after, unanswered, undecided, scope }: HostDifference): string {
  const ends = [before?.outcome.key ?? unanswered.before, after?.outcome.key ?? unanswered.after]
  return JSON.stringify([ends, undecided, scope.map(({ key }) => key)])
}

interface MeantTarget extends AtAccess {
  readonly meant: Meant
  readonly both: readonly [base: TableSide, merged: TableSide]
}

function meantDifferences(
  gateway: string,
  { target, access, meant, both: [base, merged] }: MeantTarget,
  sides: Sides,
): readonly HostDifference[] {
  const ports = meant.ports ?? target.ports
  const universe = universeOf(gateway, { target, meant }, sides)
  if (meant.names !== undefined && isEmpty(universe('authority').present)) return []
  const options = conditionOptions(sides.settings)
  const numbers = ports.flatMap((port) => port ?? []).toSorted((a, b) => a - b)
  const unsure = [...target.doubts, ...[...target.base, ...target.merged].flatMap((table) => table.doubts)]
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
  return refusedDifferences([base, merged], { access, host: target.host.toLowerCase() }, context).map(
    (difference) => ({
      ...difference,
      doubts: uniteDoubts([...difference.doubts, ...unsure, ...meant.doubts]),
      mesh,
      gateway,
      host: target.host,
      unanswered: unansweredSides(difference, { base, merged, context }),
      homes,
      universe,
      ...(numbers.length > 0 && {
        ports: numbers,
        tlsPorts: numbers.filter((port) => speaksTls(target, port, sides)),
      }),
      ...(meant.names && { names: meant.names }),
      ...(meant.areServices && { areServices: meant.areServices }),
    }),
  )
}

function speaksTls({ names }: Target, port: number, { base, merged, renamed }: Sides): boolean {
  const [before, after] = [
    base?.listeners.serverOf(names.base, port),
    merged?.listeners.serverOf(nameNow(names.merged, renamed), port),
  ]
  return (after ?? before) !== undefined
}

function universeOf(
  gateway: string,
  { target, meant }: Pick<MeantTarget, 'target' | 'meant'>,
  sides: Sides,
): Universe {
  const ports = meant.ports ?? target.ports
  const meantIn = universeFor(gateway, { ...target, ports }, { meant, settings: sides.settings })
  return withLabelsOfPods(meantIn, gateway, sides)
}

function unansweredSides(
  { before, after, taken, refused, requests: { boxes } }: TableDifference,
  { base, merged, context }: Compared,
): UnansweredSides {
  const asking = { gateway: context.gateway, boxes, work: context.narrowing }
  const endOn = ({ table }: TableSide, isTaken: boolean | undefined): Unanswered => {
    if (isTaken === undefined) return unansweredIn(table, asking)
    return isTaken || context.gateway !== 'mesh' ? 'not-found' : 'service'
  }
  const [first, last] = [refused?.before && 'denied', refused?.after && 'denied'] as const
  return {
    ...(before === undefined && { before: first ?? endOn(base, taken?.before) }),
    ...(after === undefined && { after: last ?? endOn(merged, taken?.after) }),
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
  const now = nameNow(target.names.merged, sides.renamed)
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
  const mesh = sides[which]
  return asOneTable(target[which]) ?? (mesh && tablesOfHost(mesh, { gateway: names[which], host })[0])
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
