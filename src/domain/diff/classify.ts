import { BudgetExceeded, exactly, intersect, startingWith } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { present } from '../language/values.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import { type Box, isWithin, type Space, withinUniverse } from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { sameTeam, sortedTeams, type Team, unowned } from '../ownership/team.ts'
import { mergeMatch } from '../routing/merge-http-routes.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../routing/route-table.ts'
import type { ConnectionsOf } from './hosts/met-host.ts'
import type { ChangeKind } from './route-change.ts'
import type { ScopeEntry } from './scope.ts'
import { asksOf } from './tables/placed-route.ts'
import type { Unanswered, UnansweredSides } from './unanswered.ts'

/** What a difference means for the teams. */
export interface Classification {
  readonly kind: ChangeKind
  readonly spill: boolean
  readonly touched: readonly Team[]
  readonly told: readonly Team[]
  readonly scope: readonly Team[]
}

interface Ends {
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  readonly scope: readonly ScopeEntry[]
  readonly formerly: readonly ScopeEntry[]
  readonly undecided?: true
  /** Who answers the host by its own name may lose requests to whoever answers on connections of others. */
  readonly connections?: Pick<ConnectionsOf, 'holders'>
  /** For each side on which no route answers. */
  readonly unanswered?: UnansweredSides
  /** Whoever has the service that answers in the mesh where no route does, and whether some clients of theirs are among those asking. */
  readonly service?: { readonly owners: readonly Team[]; readonly isOfOthers: boolean }
}

/** How matches are read, and which requests can come at all. */
type ClassifyOptions = ConditionOptions & Space

/** Kind, spill and teams of a difference, by the base side's owners. */
export function classify(ends: Ends, ownership: Ownership, options: ClassifyOptions): Classification {
  const scope = sortedTeams(ends.scope.map(({ holder }) => ownership.teamOf(holder)))
  const before = supplierTeam(ends.before, ownership)
  const after = supplierTeam(ends.after, ownership)
  const spilledBefore = isSpill(before, scope)
  const spillsAfter = isSpill(after, scope)
  const isTakenBack = spilledBefore && after !== undefined && !spillsAfter && !ends.undecided
  const reclaimed = isTakenBack && !wasPromised(before, ends, ownership) && isBroad(ends, options)
  const suppliers = [reclaimed ? undefined : before, after].flatMap((team) => team ?? [])
  const disturbed = spillsAfter || (spilledBefore && !reclaimed) || ends.undecided ? scope : []
  const behind = servedByItself(ends) ? (ends.service?.owners ?? []) : []
  // Who gets back what a route took of a service of theirs is told, as with any prefix that is reclaimed.
  const asked = ends.before === undefined && ends.service?.isOfOthers === true ? behind : []
  const beside = ends.before === undefined ? (ends.connections?.holders ?? []) : []
  const holding = beside.map((each) => ownership.teamOf(each))
  const concerned = sortedTeams([...suppliers, ...disturbed, ...asked, ...holding])
  const touched = isLostOnReuse(ends) ? [] : concerned
  const written = [ends.before, ends.after].flatMap((route) => writersOf(route, ownership))
  const told = sortedTeams([
    ...(reclaimed && before !== undefined ? [before] : []),
    ...[...behind, ...written, ...concerned],
  ])
  return {
    kind: reclaimed ? 'reclaimed' : kindOf(ends, before, after),
    spill: spillsAfter || (spilledBefore && after === undefined),
    touched,
    told: told.filter((team) => !touched.some((other) => sameTeam(team, other))),
    scope,
  }
}

/** On a connection that is opened for the host itself the request is answered as ever: whoever loses it on others is told. */
function isLostOnReuse({ connections, after, undecided }: Ends): boolean {
  return connections !== undefined && after === undefined && !undecided
}

/** Whether the service's own answer goes to 404, or comes back; what a VirtualService takes from it is a claim. */
function servedByItself({ before, after, unanswered }: Ends): boolean {
  const isService = (end: Unanswered | undefined) => end === 'service' || end === 'either'
  return (
    after === undefined &&
    (isService(unanswered?.after) || (before === undefined && isService(unanswered?.before)))
  )
}

/** A secondary in another repository has no team here: its primary's owners speak for the delegation. */
function supplierTeam(route: EffectiveRoute | undefined, ownership: Ownership): Team | undefined {
  return route && ownership.teamOf(supplierOf(route))
}

/** Whoever wrote what an overlay of others delivers. */
function writersOf(route: EffectiveRoute | undefined, ownership: Ownership): readonly Team[] {
  const supplier = route && supplierOf(route)
  if (supplier?.overlay === undefined) return []
  return [ownership.ownersOf(supplier.file.path)].filter(({ key }) => key !== unowned.key)
}

function isSpill(supplier: Team | undefined, scope: readonly Team[]): boolean {
  return supplier !== undefined && scope.length > 0 && !scope.some((team) => sameTeam(team, supplier))
}

/** Who answered what the primary promised them did not spill, although it promises that to others by now. */
function wasPromised(supplier: Team | undefined, { formerly }: Ends, ownership: Ownership): boolean {
  return supplier !== undefined && formerly.some(({ holder }) => sameTeam(ownership.teamOf(holder), supplier))
}

/** Over the budget a match is not taken to be broad: its team is asked. */
function isBroad(ends: Ends, options: ClassifyOptions): boolean {
  try {
    return coversScope(ends, options)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return false
  }
}

/** Whether the route answered only by a match of its own that is at least as broad as every prefix that was promised here. */
function coversScope({ before, scope }: Ends, options: ClassifyOptions): boolean {
  return (before === undefined ? [] : ownMatches(before)).some((own) => {
    const whole = before && wholeOf(withMatch(before, own), options)
    return (
      whole !== undefined &&
      scope.every((entry) => isWithin(withinUniverse(entry.whole, options) ?? entry.whole, whole, options))
    )
  })
}

/**
 * The matches that a secondary wrote itself and that its primary's entry made this one of: what the primary asks for beside was its
 * promise, and no narrowness of the secondary's. Any other route has its own.
 */
function ownMatches({ match, from }: EffectiveRoute): readonly Pick<EffectiveRoute, 'match'>[] {
  const { primary, entry, secondary, secondaryEntry = 0, external } = from
  const given = primary.spec.http?.[entry]?.match ?? []
  if (secondary === undefined || external !== undefined || given.length === 0 || match === undefined)
    return [match === undefined ? {} : { match }]
  const written = secondary.spec.http?.[secondaryEntry]?.match ?? []
  if (written.length === 0) return [{}]
  const own = written.filter((inner) =>
    given.some((outer) => canonicalJson(mergeMatch(outer, inner)) === canonicalJson(match)),
  )
  return own.length === 0 ? [{ match }] : own.map((each) => ({ match: each }))
}

function withMatch(
  { match: _, ...route }: EffectiveRoute,
  own: Pick<EffectiveRoute, 'match'>,
): EffectiveRoute {
  return { ...route, ...own }
}

/** All requests that a route asks for, its path included. */
function wholeOf(route: EffectiveRoute, options: ClassifyOptions): Box | undefined {
  const { work } = options
  const asks = asksOf(route, options)
  if (asks === undefined) return undefined
  const literal = asks.path.kind === 'exact' ? exactly(asks.path.text) : startingWith(asks.path.text)
  const own = asks.rest.get('path')?.present
  const texts = intersect(own === undefined ? literal : intersect(literal, own, work), paths, work)
  return new Map(asks.rest).set('path', present(texts))
}

function kindOf(
  { before, after, unanswered }: Ends,
  from: Team | undefined,
  to: Team | undefined,
): ChangeKind {
  if (unanswered?.after === 'denied') return 'denied'
  if (unanswered?.before === 'denied') return 'admitted'
  if (after === undefined)
    return before === undefined && unanswered?.after === 'service' ? 'opened' : 'dropped'
  if (before === undefined) return 'opened'
  if (from !== undefined && to !== undefined && !sameTeam(from, to)) return 'moved'
  if (identityOf(supplierOf(before)) !== identityOf(supplierOf(after))) return 'reassigned'
  return isInherited(before, after) ? 'inherited' : 'changed'
}

/** The secondary wrote the same on both sides, so that a field of the primary's entry made the difference. */
function isInherited(before: EffectiveRoute, after: EffectiveRoute): boolean {
  if (before.from.secondary === undefined || after.from.secondary === undefined) return false
  if (before.outcome.key === after.outcome.key) return false
  return canonicalJson(writtenEntryOf(before)) === canonicalJson(writtenEntryOf(after))
}
