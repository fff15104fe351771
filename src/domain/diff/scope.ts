import { exactly, intersect, startingWith, unmetered, type Work } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { present } from '../language/values.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes, isWithin } from '../match/box.ts'
import { type ConditionOptions, conditionsOf, type PathLiteral } from '../match/conditions.ts'
import { universeOf } from '../match/dimensions.ts'
import type { Doubts } from '../match/doubtful-box.ts'
import { withoutLabels } from '../match/fields/without-labels.ts'
import type { DelegateEdge, DelegationGraph } from '../routing/delegation-graph.ts'
import type { Promising } from './promising.ts'

/** One match of a primary's entry: a part of the host, promised to whoever the entry delegates to. */
export interface ScopeEntry {
  /** The secondary, or the primary itself for an entry without delegate (or one that resolves to nothing). */
  readonly holder: VirtualService
  readonly path: PathLiteral
  readonly asks: Box
  /** Why, of each dimension of `asks` that is not looked into. */
  readonly doubts: Doubts
  /** `path` and `asks` in one. */
  readonly whole: Box
  /** Who promised what to whom, in normal form: equal on both sides while the delegation is the same. */
  readonly key: string
  readonly match?: HTTPMatchRequest
  /** As in `Promising`. */
  readonly arrived?: true
}

interface ScopeContext {
  readonly gateway: string
  readonly options: ConditionOptions
  readonly work: Work
}

/** What the primaries promise on a gateway. */
export function scopeEntries(
  primaries: readonly Promising[],
  graph: DelegationGraph | undefined,
  context: ScopeContext,
): readonly ScopeEntry[] {
  return primaries.flatMap(({ primary, arrived }) => {
    const edges = edgesOf(graph, primary)
    return (primary.spec.http ?? []).flatMap((route, entry) => {
      const edge = edges.find((each) => each.entry === entry)
      const holder = edge?.secondary ?? primary
      const target = edge?.target ?? 'itself'
      const matches = (route.match ?? []).length === 0 ? [undefined] : (route.match ?? [])
      return matches
        .filter((match) => isFor(match, context.gateway))
        .flatMap((match) => scopeEntry(holder, `${identityOf(primary)} ${target}`, match, context) ?? [])
        .map((promise) => (arrived ? { ...promise, arrived } : promise))
    })
  })
}

const known = new WeakMap<DelegationGraph, ReadonlyMap<VirtualService, readonly DelegateEdge[]>>()

function edgesOf(graph: DelegationGraph | undefined, primary: VirtualService): readonly DelegateEdge[] {
  if (graph === undefined) return []
  const edges = known.get(graph) ?? Map.groupBy(graph.edges, (edge) => edge.primary)
  known.set(graph, edges)
  return edges.get(primary) ?? []
}

function isFor(match: HTTPMatchRequest | undefined, gateway: string): boolean {
  const gateways = match?.gateways ?? []
  return gateways.length === 0 || gateways.includes(gateway)
}

function scopeEntry(
  holder: VirtualService,
  promise: string,
  match: HTTPMatchRequest | undefined,
  { options, work }: ScopeContext,
): ScopeEntry | undefined {
  const conditions = conditionsOf(match, { ...options, work })
  if (conditions === undefined) return undefined
  const { path, rest, doubts } = conditions
  const literal = intersect(
    path.kind === 'exact' ? exactly(path.text) : startingWith(path.text),
    paths,
    unmetered,
  )
  const whole = intersectBoxes(rest, new Map([['path', present(literal)]]), unmetered)
  const key = `${promise} ${canonicalJson(withoutLabels(match ?? {}))}`
  return whole && { holder, path, asks: rest, doubts, whole, key, ...(match && { match }) }
}

/** Base decides; merged where base promises nothing, or where the change alters the promise itself. */
export function decidingScope(
  base: readonly ScopeEntry[],
  merged: readonly ScopeEntry[],
  work: Work,
): readonly ScopeEntry[] {
  const before = narrowest(base, work)
  const after = narrowest(
    merged.filter(({ arrived }) => !arrived),
    work,
  )
  return before.length > 0 && keysOf(before) === keysOf(after) ? before : narrowest(merged, work)
}

function keysOf(entries: readonly ScopeEntry[]): string {
  return [...new Set(entries.map(({ key }) => key))].toSorted().join('\n')
}

/** Of the promises that cover a request, those that are not broader than another of them. */
function narrowest(entries: readonly ScopeEntry[], work: Work): readonly ScopeEntry[] {
  return entries.filter(
    (entry) =>
      !entries.some(
        (other) => other !== entry && contains(entry, other, work) && !contains(other, entry, work),
      ),
  )
}

function contains(outer: ScopeEntry, inner: ScopeEntry, work: Work): boolean {
  return isWithin(inner.whole, outer.whole, { universe: universeOf, work })
}
