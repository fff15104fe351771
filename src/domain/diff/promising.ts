import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { DelegationGraph } from '../routing/delegation-graph.ts'
import type { RouteTable } from '../routing/route-table.ts'
import { memoized } from '../source/memoized.ts'

/** A primary whose entries are promises to those who send requests to a host. */
export interface Promising {
  readonly primary: VirtualService
  /** Nothing about the primary's hosts and gateways brought it here, but a Gateway or another VirtualService. */
  readonly arrived?: true
}

/** One side: the table that is met, and who delegates there. */
export interface PromisingSide {
  readonly table: RouteTable | undefined
  readonly graph: DelegationGraph | undefined
}

/** The primaries of the base side's table. */
export function promisingBefore({ table, graph }: PromisingSide): readonly Promising[] {
  return primariesOf(table, graph).map((primary) => ({ primary }))
}

/**
 * The primaries of the merged side's table, and those of the base side's that kept their hosts and gateways: a Gateway
 * that gives up a host, or a broken secondary, takes back no promise.
 */
export function promisingAfter(base: PromisingSide, merged: PromisingSide): readonly Promising[] {
  const before = primariesOf(base.table, base.graph)
  const here = new Set(primariesOf(merged.table, merged.graph))
  const kept = before.flatMap((primary) => {
    const same = primariesIn(merged.graph).byName.get(identityOf(primary))
    return same === undefined || here.has(same) || !isBoundAlike(primary, same) ? [] : [same]
  })
  const old = new Set(before.map(identityOf))
  return [
    ...kept.map((primary) => ({ primary })),
    ...[...here].map((primary): Promising => {
      const name = identityOf(primary)
      const same = primariesIn(base.graph).byName.get(name)
      return !old.has(name) && same && isBoundAlike(same, primary) ? { primary, arrived: true } : { primary }
    }),
  ]
}

function primariesOf(
  table: RouteTable | undefined,
  graph: DelegationGraph | undefined,
): readonly VirtualService[] {
  const { all } = primariesIn(graph)
  return (table?.bound ?? []).filter((each) => all.has(each))
}

interface Primaries {
  readonly all: ReadonlySet<VirtualService>
  readonly byName: ReadonlyMap<string, VirtualService>
}

const noPrimaries: Pick<DelegationGraph, 'primaries'> = { primaries: [] }

function primariesIn(graph: DelegationGraph | undefined): Primaries {
  return indexed(graph ?? noPrimaries)
}

const indexed = memoized(
  ({ primaries }: Pick<DelegationGraph, 'primaries'>): Primaries => ({
    all: new Set(primaries),
    byName: new Map(primaries.map((each) => [identityOf(each), each])),
  }),
)

function isBoundAlike({ spec: a }: VirtualService, { spec: b }: VirtualService): boolean {
  return canonicalJson([a.hosts, a.gateways]) === canonicalJson([b.hosts, b.gateways])
}
