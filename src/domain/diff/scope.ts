import { exactly, intersect, startingWith } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes, isWithin } from '../match/box.ts'
import { type ConditionOptions, conditionsOf, type PathLiteral } from '../match/conditions.ts'
import { universeOf } from '../match/dimensions.ts'
import type { DelegationGraph } from '../routing/delegation-graph.ts'
import type { RouteTable } from '../routing/route-table.ts'

/** One match of a primary's entry: a part of the host, promised to whoever the entry delegates to. */
export interface ScopeEntry {
  /** The secondary, or the primary itself for an entry without delegate (or one that resolves to nothing). */
  readonly holder: VirtualService
  readonly path: PathLiteral
  readonly asks: Box
  /** `path` and `asks` in one. */
  readonly whole: Box
  /** Who promised what to whom, in normal form: equal on both sides while the delegation is the same. */
  readonly key: string
}

/** The promises that the primaries of one table make on its gateway. */
export function scopeEntries(
  table: RouteTable | undefined,
  graph: DelegationGraph | undefined,
  options: ConditionOptions,
): readonly ScopeEntry[] {
  if (table === undefined || graph === undefined) return []
  return table.bound
    .filter((each) => graph.primaries.includes(each))
    .flatMap((primary) =>
      (primary.spec.http ?? []).flatMap((route, entry) => {
        const edge = graph.edges.find((each) => each.primary === primary && each.entry === entry)
        const holder = edge?.secondary ?? primary
        const target = edge?.target ?? 'itself'
        const matches = (route.match ?? []).length === 0 ? [undefined] : (route.match ?? [])
        return matches
          .filter((match) => isFor(match, table.gateway))
          .flatMap((match) => scopeEntry(holder, `${identityOf(primary)} ${target}`, match, options) ?? [])
      }),
    )
}

function isFor(match: HTTPMatchRequest | undefined, gateway: string): boolean {
  const gateways = match?.gateways ?? []
  return gateways.length === 0 || gateways.includes(gateway)
}

function scopeEntry(
  holder: VirtualService,
  promise: string,
  match: HTTPMatchRequest | undefined,
  options: ConditionOptions,
): ScopeEntry | undefined {
  const conditions = conditionsOf(match, options)
  if (conditions === undefined) return undefined
  const { path, rest } = conditions
  const literal = intersect(path.kind === 'exact' ? exactly(path.text) : startingWith(path.text), paths)
  const whole = intersectBoxes(rest, new Map([['path', literal]]))
  const { name: _, statPrefix: __, ...asked } = match ?? {}
  return whole && { holder, path, asks: rest, whole, key: `${promise} ${canonicalJson(asked)}` }
}

/** Of the promises that cover a request, those that are not broader than another of them. */
export function narrowest(entries: readonly ScopeEntry[]): readonly ScopeEntry[] {
  return entries.filter(
    (entry) => !entries.some((other) => other !== entry && contains(entry, other) && !contains(other, entry)),
  )
}

function contains(outer: ScopeEntry, inner: ScopeEntry): boolean {
  return isWithin(inner.whole, outer.whole, universeOf)
}
