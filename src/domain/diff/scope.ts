import { exactly, intersect, startingWith, unmetered, type Work } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { present } from '../language/values.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes, isWithin, type Space, withinUniverse } from '../match/box.ts'
import { type ConditionOptions, conditionsOf, type PathLiteral } from '../match/conditions.ts'
import type { Doubts } from '../match/doubtful-box.ts'
import { withoutLabels } from '../match/fields/without-labels.ts'
import type { DelegationGraph } from '../routing/delegation-graph.ts'
import { memoized } from '../source/memoized.ts'
import type { Promising } from './promising.ts'

/** One match of a primary's entry: a part of the host, promised to whoever the entry delegates to. */
export interface ScopeEntry {
  /** The secondary, or the primary itself for an entry without delegate (or one that resolves to nothing). */
  readonly holder: VirtualService
  readonly primary: VirtualService
  /** Its place among the entries of the primary. */
  readonly entry: number
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
    const edges = (graph && edgesByPrimary(graph).get(primary)) ?? []
    return (primary.spec.http ?? []).flatMap((route, entry) => {
      const edge = edges.find((each) => each.entry === entry)
      const holder = edge?.secondary ?? primary
      const target = edge?.target ?? 'itself'
      const matches = (route.match ?? []).length === 0 ? [undefined] : (route.match ?? [])
      return matches
        .filter((match) => isFor(match, context.gateway))
        .flatMap((match) => scopeEntry({ holder, primary, entry }, target, match, context) ?? [])
        .map((promise) => (arrived ? { ...promise, arrived } : promise))
    })
  })
}

const edgesByPrimary = memoized(({ edges }: DelegationGraph) => Map.groupBy(edges, ({ primary }) => primary))

function isFor(match: HTTPMatchRequest | undefined, gateway: string): boolean {
  const gateways = match?.gateways ?? []
  return gateways.length === 0 || gateways.includes(gateway)
}

function scopeEntry(
  from: Pick<ScopeEntry, 'holder' | 'primary' | 'entry'>,
  target: string,
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
  const key = `${identityOf(from.primary)} ${target} ${canonicalJson(withoutLabels(match ?? {}))}`
  return whole && { ...from, path, asks: rest, doubts, whole, key, ...(match && { match }) }
}

/** Of the promises that cover some requests, those that decide whose they are. */
interface DecidingScope {
  readonly scope: readonly ScopeEntry[]
  /** Those that decided before, but for catch-alls whose holder has still one around these requests: they promise what is left. */
  readonly formerly: readonly ScopeEntry[]
}

/** Base decides; merged where base promises nothing, or where the change alters the promise itself. */
export function decidingScope(
  base: readonly ScopeEntry[],
  merged: readonly ScopeEntry[],
  space: Space,
): DecidingScope {
  const before = deciding(base, space)
  const after = deciding(
    merged.filter(({ arrived }) => !arrived),
    space,
  )
  const isAsBefore = before.length > 0 && keysOf(before) === keysOf(after)
  const holders = new Set(merged.map(({ holder }) => identityOf(holder)))
  const stands = (entry: ScopeEntry) => promisesAll(entry) && holders.has(identityOf(entry.holder))
  return {
    scope: isAsBefore ? before : deciding(merged, space),
    formerly: before.filter((entry) => !stands(entry)),
  }
}

/** Whether a promise is of all that nobody else is promised: a catch-all of the primary. */
export function promisesAll({ path, asks }: Pick<ScopeEntry, 'path' | 'asks'>): boolean {
  return path.kind !== 'exact' && ['', '/'].includes(path.text) && asks.size === 0
}

function keysOf(entries: readonly ScopeEntry[]): string {
  return [...new Set(entries.map(({ key }) => key))].toSorted().join('\n')
}

/**
 * Those that are not broader than another one, among the requests that can come to the host at all: a condition that all of them
 * meet narrows nothing. Where a primary has several that differ, none within another, its first entry decides, as it does for requests.
 */
function deciding(entries: readonly ScopeEntry[], space: Space): readonly ScopeEntry[] {
  const wholes = new Map(entries.map((entry) => [entry, withinUniverse(entry.whole, space) ?? entry.whole]))
  const contains = (outer: ScopeEntry, inner: ScopeEntry) =>
    isWithin(wholes.get(inner) ?? inner.whole, wholes.get(outer) ?? outer.whole, space)
  const narrowest = entries.filter(
    (entry) => !entries.some((other) => contains(entry, other) && !contains(other, entry)),
  )
  const ofPrimaries = Map.groupBy(narrowest, ({ primary }) => primary)
  return [...ofPrimaries.values()].flatMap((own) => {
    const [first] = own.toSorted((a, b) => a.entry - b.entry)
    return own.filter((each) => first !== undefined && contains(first, each))
  })
}
