import { kindAndName } from '../manifest/names.ts'
import type { Resource } from '../manifest/resource.ts'
import { compareTexts } from '../source/compare-texts.ts'

type Aged = Pick<Resource, 'kind' | 'name' | 'namespace' | 'inCluster'>

/** What is taken for granted of objects without a known age. */
export interface AssumedAges {
  /** Which of several is the oldest: the first by name, or the last. */
  readonly oldest: 'first' | 'last'
  /** Some that are older than all others of them, in their turn (`Kind ns/name`). */
  readonly eldest?: readonly string[]
}

/** Sorts behind every time. */
const unknownAge = '~'

/** Objects in the order of their creation; those that are equally old by namespace, then name. */
export function byAge({ oldest, eldest = [] }: AssumedAges): (a: Aged, b: Aged) => number {
  const placeOf = placesAmong(eldest)
  return (a, b) => {
    const [one, other] = [createdAt(a), createdAt(b)]
    const isOpen = one === undefined && other === undefined
    const byName = compareTexts(a.namespace ?? '', b.namespace ?? '') || compareTexts(a.name, b.name)
    return (
      compareTexts(one ?? unknownAge, other ?? unknownAge) ||
      (isOpen &&
        (placeOf(kindAndName(a)) - placeOf(kindAndName(b)) || (oldest === 'last' ? -byName : byName))) ||
      byName
    )
  }
}

/** The place of a name among the eldest; behind all of them for any other. */
export function placesAmong(eldest: readonly string[]): (name: string) => number {
  const places = new Map(eldest.map((name, at) => [name, at]))
  return (name) => places.get(name) ?? eldest.length
}

export function createdAt({ inCluster }: Pick<Aged, 'inCluster'>): string | undefined {
  return inCluster?.created
}

/** Those of some groups whose members only their age puts in order, and nobody knows it here. */
export function openByAge<T extends Pick<Aged, 'inCluster'>>(
  groups: Iterable<readonly T[]>,
): readonly (readonly T[])[] {
  return [...groups].flatMap((group) => {
    const members = [...new Set(group)]
    const isKnown = members.length < 2 || members.every((each) => createdAt(each) !== undefined)
    return isKnown ? [] : [members]
  })
}
