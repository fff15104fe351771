import { budgets } from '../budgets.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { madeOf } from '../source/made-of.ts'
import { memoized } from '../source/memoized.ts'
import { assumedOrder } from './assumed-order.ts'
import type { DelegateEdge, DelegationGraph } from './delegation-graph.ts'
import type { IstioSettings } from './istio-settings.ts'
import { mergeHTTPRoutes } from './merge-http-routes.ts'
import type { DroppedEntry, MergedEntry } from './route-table.ts'

/** A VirtualService with hosts after its delegates were merged in: what Istio goes on with. */
export interface MergedVirtualService {
  readonly virtualService: VirtualService
  readonly entries: readonly MergedEntry[]
  readonly dropped: readonly DroppedEntry[]
  /** A list of the Gateway API: whoever reads it in its own namespace has it before the public ones of others. */
  readonly ownFirst?: true
}

/**
 * The ordinary VirtualServices and the merged primaries; secondaries never appear alone (Istio
 * `mergeVirtualServices`). In creation order, of which Git knows only the tie-break: by name, then namespace.
 */
export function mergeVirtualServices(
  graph: DelegationGraph,
  settings: IstioSettings,
): readonly MergedVirtualService[] {
  const edges = new Map<VirtualService, Map<number, DelegateEdge>>()
  for (const edge of graph.edges) {
    const known = edges.get(edge.primary) ?? new Map<number, DelegateEdge>()
    edges.set(edge.primary, known.set(edge.entry, edge))
  }
  return [...graph.primaries, ...graph.ordinary].toSorted(assumedOrder).map((each) => {
    const own = edges.get(each) ?? new Map<number, DelegateEdge>()
    return mergedLately(each)(partsOf(own, settings), () => mergeOne(each, own, settings))
  })
}

/** Both sides, and each edit that is tried, have most VirtualServices in common: what is merged of the same is one object. */
const mergedLately = memoized((_: VirtualService) =>
  madeOf<MergedVirtualService>(budgets.mergedVariants.size),
)

/** Everything that a VirtualService is merged from besides itself. */
function partsOf(edges: ReadonlyMap<number, DelegateEdge>, { version }: IstioSettings): readonly unknown[] {
  const delegates = [...edges.values()].flatMap(({ entry, target, state, secondary }) => [
    entry,
    target,
    state,
    secondary,
  ])
  return [version, ...delegates]
}

function mergeOne(
  virtualService: VirtualService,
  edges: ReadonlyMap<number, DelegateEdge>,
  settings: IstioSettings,
): MergedVirtualService {
  const entries: MergedEntry[] = []
  const dropped: DroppedEntry[] = []
  for (const [entry, http] of (virtualService.spec.http ?? []).entries()) {
    const edge = edges.get(entry)
    if (edge === undefined) entries.push({ http, primary: virtualService, entry })
    else expand(edge, settings, entries, dropped)
  }
  return { virtualService, entries, dropped }
}

/** The merged entries take the place of the entry that delegates. */
function expand(
  edge: DelegateEdge,
  settings: IstioSettings,
  entries: MergedEntry[],
  dropped: DroppedEntry[],
): void {
  const { primary, entry, secondary } = edge
  if (edge.state === 'external') {
    entries.push({ http: edge.route, primary, entry, external: edge.target })
    return
  }
  if (edge.state !== 'resolved' || secondary === undefined) {
    const reason = edge.state === 'resolved' ? 'missing' : edge.state
    dropped.push({ primary, entry, reason, ...(secondary && { secondary }) })
    return
  }
  for (const merge of mergeHTTPRoutes(edge.route, secondary.spec.http ?? [], settings.version)) {
    const { secondaryEntry } = merge
    if (merge.kind === 'merged') entries.push({ http: merge.http, primary, entry, secondary, secondaryEntry })
    else {
      const { match, field } = merge
      dropped.push({ primary, entry, secondary, secondaryEntry, reason: 'conflict', match, field })
    }
  }
}
