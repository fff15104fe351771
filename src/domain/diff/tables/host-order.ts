import { identityOf } from '../../manifest/names.ts'
import { inKnownTurn } from '../../routing/assumed-order.ts'
import type { Contribution } from '../../routing/route-table.ts'
import { levelOf, serverOf, type Turn, turns, turnsAmong } from '../../routing/turns.ts'

/**
 * The VirtualServices of a host on one side. Prepared once, so that a group of paths costs what has a route there, however many
 * others share the host.
 */
export interface HostOrder {
  readonly contributions: readonly Contribution[]
  named(identity: string): readonly Contribution[]
  /** Those whose turn some routes may have to wait for: at a gateway who has some of the routes, in the mesh everybody. */
  concerned(own: Iterable<Contribution>): readonly Contribution[]
  /** Those concerned in turn: who is not in the order given comes first, as it is written. */
  inTurn(concerned: readonly Contribution[], order: readonly string[]): readonly Turn[]
}

export function hostOrder(gateway: string, contributions: readonly Contribution[]): HostOrder {
  const byName = byIdentity(contributions)
  const inMesh = gateway === 'mesh'
  const turnsOf = inMesh ? (all: readonly Contribution[]) => turns(gateway, all) : turnsAmong(contributions)
  const places = new Map(contributions.map((each, place) => [each, place]))
  const placeOf = (each: Contribution) => places.get(each) ?? 0
  return {
    contributions,
    named: (identity) => byName.get(identity) ?? [],
    concerned: (own) => (inMesh ? contributions : [...own].sort((a, b) => placeOf(a) - placeOf(b))),
    inTurn: (concerned, order) => turnsOf(inGivenOrder(concerned, order)),
  }
}

function byIdentity(contributions: readonly Contribution[]): ReadonlyMap<string, readonly Contribution[]> {
  return Map.groupBy(contributions, ({ virtualService }): string => identityOf(virtualService))
}

/** Those that are not named come first, as they are; the others follow in the order given. */
function inGivenOrder(
  contributions: readonly Contribution[],
  order: readonly string[],
): readonly Contribution[] {
  const byName = byIdentity(contributions)
  const named = new Set(order.flatMap((name) => byName.get(name) ?? []))
  return [...contributions.filter((each) => !named.has(each)), ...named]
}

/** What the sides of a host know together. */
export interface HostAges {
  /** No client comes here from a more special host. */
  readonly isFlat: boolean
  /** Of some VirtualServices those whose turn is known, the first in front. */
  readonly known: (names: readonly string[]) => readonly string[]
  /**
   * Whether some of these are read in one order before, and in another after: `wholly` where it is known of all on both sides, `partly` where
   * it is known of some, or they are read at other servers.
   */
  readonly turned: (names: readonly string[]) => 'no' | 'partly' | 'wholly'
}

export function hostAges(base: readonly Contribution[], merged: readonly Contribution[]): HostAges {
  const lists = [base, merged].flatMap((side) => [...Map.groupBy(side, levelOf).values()]).map(byIdentity)
  const isFlat = [...base, ...merged].every((each) => levelOf(each) === 0)
  const chainsOf = (some: readonly string[]) =>
    lists.map((list) => namesInTurn(some.flatMap((name) => list.get(name) ?? [])))
  return {
    isFlat,
    turned: (some) => {
      const chains = chainsOf(some)
      const isElsewhere = (name: string) =>
        lists.some((list) => isReadElsewhere(list.get(name), lists[0]?.get(name)))
      if (!isFlat || some.length < 2 || !(areTurned(chains) || some.some(isElsewhere))) return 'no'
      const isWhole = lists.every((list, at) =>
        some.every((name) => !list.has(name) || chains[at]?.includes(name)),
      )
      return isWhole ? 'wholly' : 'partly'
    },
    known: (some) => {
      const chains = chainsOf(some)
      const sets = chains.map((chain) => new Set(chain))
      const isKnown = (name: string) => lists.every((list, at) => !list.has(name) || sets[at]?.has(name))
      return inOneOrder(chains.map((chain) => chain.filter(isKnown)))
    },
  }
}

/** At another server of the listener than on the other side, where others may come before. */
function isReadElsewhere(here: readonly Contribution[] = [], there: readonly Contribution[] = []): boolean {
  const servers = (all: readonly Contribution[]) => all.map(serverOf).toSorted().join('\n')
  return here.length > 0 && there.length > 0 && servers(here) !== servers(there)
}

/** Whether two lists have the same ones in different orders. */
function areTurned([before = [], after = []]: readonly (readonly string[])[]): boolean {
  const [first, second] = [new Set(before), new Set(after)]
  const common = (list: readonly string[], other: ReadonlySet<string>) =>
    list.filter((name) => other.has(name))
  return common(before, second).join() !== common(after, first).join()
}

function namesInTurn(contributions: readonly Contribution[]): readonly string[] {
  return [
    ...new Set<string>(inKnownTurn(contributions).map(({ virtualService }) => identityOf(virtualService))),
  ]
}

/** One order for all lists: nothing is known where they read the same ones in different orders. */
function inOneOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const all = lists.reduce(interleaved, [])
  const isKept = (list: readonly string[]) => {
    const own = new Set(list)
    return all.filter((name) => own.has(name)).join() === list.join()
  }
  return lists.every(isKept) ? all : []
}

function interleaved(before: readonly string[], after: readonly string[]): readonly string[] {
  const [first, second] = [new Set(before), new Set(after)]
  const common = after.filter((name) => first.has(name))
  if (before.filter((name) => second.has(name)).join() !== common.join()) return []
  const known: string[] = []
  let at = 0
  for (const name of before) {
    const until = second.has(name) ? after.indexOf(name, at) : at
    known.push(...after.slice(at, until), name)
    at = second.has(name) ? until + 1 : at
  }
  return [...known, ...after.slice(at)]
}
