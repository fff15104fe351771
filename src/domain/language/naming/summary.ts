import { budgets } from '../../budgets.ts'
import { BudgetExceeded } from '../budget-exceeded.ts'
import { commonPrefix } from '../common-prefix.ts'
import type { StringSet } from '../language.ts'
import { startingWith } from '../literals.ts'
import { intersect, isEmpty, isSubset, meets, subtract } from '../operations.ts'
import { isUsedUp, type Work, workOf } from '../work.ts'
import { ignoringCase, isCaseless, lowerCase } from './caseless.ts'
import { type Items, type Listing, noItems, trieCover } from './trie-cover.ts'

/** A set that has a name of its own: the language of a pattern that somebody wrote. */
export interface NamedSet {
  readonly pattern: string
  readonly set: StringSet
}

/**
 * A set in finitely many words, exact within its universe. With `all`: what all these patterns match, but the items.
 * Otherwise: the items, as far as all patterns of `among` match. Then without what a pattern of `without` matches; and
 * whatever was excepted before, all that a pattern of `also` matches. With `ignoringCase` the case of ASCII letters in the
 * items makes no difference, but `inThisCase` (without exceptions of its own) is taken away as it is written.
 */
export interface Summary {
  readonly items: Items
  readonly all?: readonly string[]
  readonly among?: readonly string[]
  readonly without: readonly string[]
  readonly also: readonly string[]
  readonly ignoringCase: boolean
  readonly inThisCase: Items
}

/** What there is to put into words: a set, the universe it is part of, and names that may be used. */
export interface Subject {
  readonly set: StringSet
  readonly universe: StringSet
  readonly named: readonly NamedSet[]
}

/** A subject, and what looking for its words may cost. */
interface Search extends Subject {
  readonly work: Work
}

interface Candidate {
  readonly cost: number
  readonly summary: (limit: number) => Summary
}

/** Which names a candidate uses, and how. */
interface Names {
  readonly base: readonly NamedSet[]
  readonly also: readonly NamedSet[]
  readonly without: readonly NamedSet[]
}

/** A name takes the reader as long as two literals. */
const costOfName = 2
/** Up to here a plain list is as clear as any name. */
const plainEnough = 2

const patternsOf = (named: readonly NamedSet[]): readonly string[] => named.map(({ pattern }) => pattern)

function outside(set: StringSet, named: readonly NamedSet[], work: Work): StringSet {
  return named.reduce((rest, one) => subtract(rest, one.set, work), set)
}

function inside(set: StringSet, named: readonly NamedSet[], work: Work): StringSet {
  return named.reduce((rest, one) => intersect(rest, one.set, work), set)
}

function candidates({ set, universe, work }: Search, { base, also, without }: Names): readonly Candidate[] {
  const scope = outside(outside(inside(universe, base, work), also, work), without, work)
  const cover = trieCover(outside(set, also, work), scope, work)
  const names = {
    without: patternsOf(without),
    also: patternsOf(also),
    ignoringCase: false,
    inThisCase: noItems,
  }
  const among = patternsOf(base)
  const price = costOfName * (also.length + without.length + base.length)
  const members: Candidate = {
    cost: cover.members.cost + price,
    summary: (limit) => ({
      items: cover.members.list(limit),
      ...(base.length === 0 ? {} : { among }),
      ...names,
    }),
  }
  if (base.length === 0) return [members]
  const others: Candidate = {
    cost: cover.others.cost + price,
    summary: (limit) => ({ items: cover.others.list(limit), all: among, ...names }),
  }
  return [others, members]
}

/**
 * Where case makes no difference to a set, its lower-case members stand for all. Where it does, the set may still be one
 * to which it does not, without some strings in just this case: what remains when a route stops to ignore case. Where all
 * members share a letter in one case, those in the other case would all have to be taken away again, which is never shorter.
 */
function caselessCandidate({ set, universe, work }: Search): readonly Candidate[] {
  if (!isCaseless(universe) || /[a-z]/i.test(commonPrefix(set))) return []
  const whole = isCaseless(set) ? set : ignoringCase(set, work)
  const { members } = trieCover(intersect(whole, lowerCase, work), intersect(universe, lowerCase, work), work)
  if (members.cost === Number.POSITIVE_INFINITY) return []
  const lacking = trieCover(subtract(whole, set, work), universe, work).members
  const isPlain = whole === set || (isFlat(members) && isFlat(lacking))
  const summary = (limit: number): Summary => ({
    items: members.list(limit),
    without: [],
    also: [],
    ignoringCase: true,
    inThisCase: lacking.list(limit),
  })
  return isPlain ? [{ cost: members.cost + lacking.cost, summary }] : []
}

/** Whether no item of a short list has exceptions. */
function isFlat(listing: Listing): boolean {
  if (listing.cost > budgets.listedExactly.size) return false
  return listing.list(budgets.listedExactly.size).items.every(({ except }) => except.items.length === 0)
}

function cheapest(all: readonly Candidate[]): Candidate | undefined {
  return all.reduce<Candidate | undefined>((a, b) => (a === undefined || b.cost < a.cost ? b : a), undefined)
}

/** The names that contain no other one, or that no other one contains; of equal ones the first. */
function extreme(
  named: readonly NamedSet[],
  isBetter: (a: StringSet, b: StringSet) => boolean,
): readonly NamedSet[] {
  return named.filter((one, at) =>
    named.every((other, place) => {
      if (place === at || !isBetter(other.set, one.set)) return true
      return isBetter(one.set, other.set) && place > at
    }),
  )
}

function noneOrAll<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.length === 0 ? [[]] : [[], all]
}

/** The ways to use the names that are worth comparing: none or all of those that fit, for each pattern around the set. */
function* uses({ set, named, work }: Search): Generator<Names> {
  const vicinity = startingWith(commonPrefix(set))
  const within = extreme(
    named.filter((one) => isSubset(one.set, set, work)),
    (a, b) => isSubset(b, a, work),
  )
  const around = extreme(
    named.filter((one) => isSubset(set, one.set, work)),
    (a, b) => isSubset(a, b, work),
  ).slice(0, budgets.namesAround.size)
  const apart = extreme(
    named.filter((one) => !meets(one.set, set, work) && meets(one.set, vicinity, work)),
    (a, b) => isSubset(b, a, work),
  )
  const bases = [[], ...around.map((one) => [one]), ...(around.length > 1 ? [around] : [])]
  for (const base of bases) {
    const near = apart.filter((one) => base.every((other) => meets(one.set, other.set, work)))
    for (const also of noneOrAll(within)) {
      for (const without of noneOrAll(near)) yield { base, also, without }
    }
  }
}

interface Found {
  readonly names: Names
  readonly best: Candidate
}

function better(subject: Search, names: Names, found: Found | undefined): Found | undefined {
  const best = cheapest(candidates(subject, names))
  return best !== undefined && best.cost < (found?.best.cost ?? Number.POSITIVE_INFINITY)
    ? { names, best }
    : found
}

function bestNames(subject: Search): Found | undefined {
  let found: Found | undefined
  for (const names of uses(subject)) found = better(subject, names, found)
  return found
}

/** Leaves out the names that are not needed: all of a list if that will do, else what can be spared of each half. */
function withoutSpareNames(subject: Search, found: Found): Candidate {
  let left = found
  let attempts = budgets.namesLookedAt.size / (1 + found.names.also.length + found.names.without.length)
  const spare = (key: keyof Names, some: readonly NamedSet[]): void => {
    if (some.length === 0 || attempts-- <= 0) return
    const fewer: Names = { ...left.names, [key]: left.names[key].filter((one) => !some.includes(one)) }
    const shorter = better(subject, fewer, left) ?? left
    if (shorter !== left) left = shorter
    else if (some.length > 1) {
      spare(key, some.slice(0, some.length >> 1))
      spare(key, some.slice(some.length >> 1))
    }
  }
  for (const key of ['base', 'also', 'without'] as const) spare(key, left.names[key])
  return left.best
}

function bestCandidate(subject: Search): Candidate | undefined {
  const literal = cheapest(candidates(subject, { base: [], also: [], without: [] }))
  const caseless = (literal?.cost ?? 0) <= 1 ? [] : caselessCandidate(subject)
  const plain = cheapest([...(literal === undefined ? [] : [literal]), ...caseless])
  if (subject.named.length === 0 || (plain?.cost ?? 0) <= plainEnough) return plain
  const named = bestNames(subject)
  if (named === undefined) return plain
  const best = withoutSpareNames(subject, named)
  return cheapest([...(plain === undefined ? [] : [plain]), best])
}

/**
 * The shortest exact summary that is found with literals, prefixes and the given names, each list cut at `limit` (and the
 * rest counted); none where there is no finite one, or where looking for it costs too much.
 */
export function summarise(subject: Subject, limit: number): Summary | undefined {
  const { universe } = subject
  // One that takes very long leaves plain words to the others.
  const work: Work = isUsedUp() ? { ...workOf('sayingLeast'), apart: true } : workOf('sayingSet')
  try {
    const set = intersect(subject.set, universe, work)
    const named = subject.named
      .filter((one) => one.set.states.length <= budgets.namedSet.size)
      .map((one) => ({ pattern: one.pattern, set: intersect(one.set, universe, work) }))
      .filter((one) => !isEmpty(one.set))
    const isSmall = set.states.length <= budgets.namedSet.size
    const best = bestCandidate({ set, universe, named: isSmall ? named : [], work })
    return best === undefined || best.cost === Number.POSITIVE_INFINITY ? undefined : best.summary(limit)
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined
    throw error
  }
}
