import { beforeAll, type Resource } from '../manifest/resource.ts'
import { compareTexts } from '../source/compare-texts.ts'

/** What tells the turns of objects apart. */
type Aged = Pick<Resource, 'name' | 'namespace' | 'inCluster' | 'madeOf'>

/**
 * The order in which Istio reads objects: by age, and those that are equally old by name, then namespace
 * (`sortConfigByCreationTime`). The age is not in Git: whose age no snapshot of the cluster says is taken to be younger than those of which one
 * does, and equally old among themselves; files and their order do not count.
 */
export function assumedOrder(a: Aged, b: Aged): number {
  return (
    compareTexts(createdAt(a) ?? unknownAge, createdAt(b) ?? unknownAge) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.namespace ?? '', b.namespace ?? '')
  )
}

/** Sorts behind every time. */
const unknownAge = '~'

/** When an object was created, as far as is known here; before everything else where it has no age. */
export function createdAt({ inCluster, madeOf }: Pick<Aged, 'inCluster' | 'madeOf'>): string | undefined {
  return madeOf?.age === beforeAll ? '' : inCluster?.created
}

/** Whether one object is known to be read before another. */
export function isKnownBefore(a: Aged, b: Aged): boolean {
  return (haveKnownAges(a, b) || areOneAge(a, b)) && assumedOrder(a, b) < 0
}

/** Whether nobody knows here which of two objects is read first. */
export function isOrderOpen(a: Aged, b: Aged): boolean {
  return !isKnownBefore(a, b) && !isKnownBefore(b, a)
}

/** What has no age at all comes before everything that has one, known or not. */
function haveKnownAges(a: Aged, b: Aged): boolean {
  const [one, other] = [createdAt(a), createdAt(b)]
  return one === '' || other === '' || (one !== undefined && other !== undefined)
}

/** What the control plane makes of one object is as old as that, whatever its age. */
function areOneAge({ madeOf: a }: Aged, { madeOf: b }: Aged): boolean {
  return a !== undefined && a.age === b?.age
}

/** Where a gateway reads a VirtualService first: the servers of a listener one after the other, those of the older Gateway first. */
export interface Reading {
  readonly gateway: Aged
  /** Its place among the servers of the Gateway. */
  readonly server: number
}

/** A VirtualService, in its turn. */
interface Read {
  readonly virtualService: Aged
  /** Absent on the mesh, and where the Gateway is not here. */
  readonly reading?: Reading
}

/** Whether one VirtualService is known to be read before another of its host: its age decides only within one server. */
export function isKnownToBeReadBefore(a: Read, b: Read): boolean {
  const [one, other] = [a.reading, b.reading]
  if (one === undefined || other === undefined) return isKnownBefore(a.virtualService, b.virtualService)
  if (!isSame(one.gateway, other.gateway)) return isKnownBefore(one.gateway, other.gateway)
  if (one.server !== other.server) return one.server < other.server
  return isKnownBefore(a.virtualService, b.virtualService)
}

/** Whether it is an age that says which of two is read first, and not the place of a server. */
export function isByAge({ reading: one }: Read, { reading: other }: Read): boolean {
  return !one || !other || !isSame(one.gateway, other.gateway) || one.server === other.server
}

function isSame(a: Aged, b: Aged): boolean {
  return a.name === b.name && a.namespace === b.namespace
}

/**
 * Of one list the VirtualServices of which each is known to be read before the next, in its first turn; whose age is known are preferred.
 * One that is read several times is not known unless all of its turns are.
 */
export function inKnownTurn<T extends Read>(all: readonly T[]): readonly T[] {
  const known = longerChainOf(all.toSorted(inTurn))
  const times = (some: readonly T[]) => Map.groupBy(some, ({ virtualService }) => virtualService)
  const [told, written] = [times(known), times(all)]
  return known.filter((each) => {
    const own = told.get(each.virtualService)
    return own?.[0] === each && own.length === written.get(each.virtualService)?.length
  })
}

function longerChainOf<T extends Read>(sorted: readonly T[]): readonly T[] {
  const aged = chainOf(sorted.filter(({ virtualService }) => createdAt(virtualService) !== undefined))
  let next = 0
  return chainOf(
    sorted.filter((each) => {
      const ahead = aged[next]
      if (each === ahead) next++
      return ahead === undefined || each === ahead || isKnownToBeReadBefore(each, ahead)
    }),
  )
}

/** Each that is known to come behind the one before it. */
function chainOf<T extends Read>(sorted: readonly T[]): readonly T[] {
  const chain: T[] = []
  for (const each of sorted) {
    const last = chain.at(-1)
    if (last === undefined || isKnownToBeReadBefore(last, each)) chain.push(each)
  }
  return chain
}

function inTurn(a: Read, b: Read): number {
  const [one, other] = [a.reading, b.reading]
  const byServer = one && other ? assumedOrder(one.gateway, other.gateway) || one.server - other.server : 0
  return byServer || assumedOrder(a.virtualService, b.virtualService)
}
