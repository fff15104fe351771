import type { Resource } from '../manifest/resource.ts'
import { compareTexts } from '../source/compare-texts.ts'

/** What tells the turns of objects apart. */
type Aged = Pick<Resource, 'name' | 'namespace' | 'inCluster'>

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

function createdAt({ inCluster }: Aged): string | undefined {
  return inCluster?.created
}

/** Those whose order is known, the oldest first. */
export function inKnownOrder<T extends Aged>(objects: readonly T[]): readonly T[] {
  return objects.filter((each) => createdAt(each) !== undefined).toSorted(assumedOrder)
}

/** Whether one object is known to be read before another. */
export function isKnownBefore(a: Aged, b: Aged): boolean {
  return createdAt(a) !== undefined && createdAt(b) !== undefined && assumedOrder(a, b) < 0
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

function isSame(a: Aged, b: Aged): boolean {
  return a.name === b.name && a.namespace === b.namespace
}

/** Those of one list whose age and turn are known, the first in front. */
export function inKnownTurn<T extends Read>(all: readonly T[]): readonly T[] {
  const aged = all.filter(({ virtualService }) => createdAt(virtualService) !== undefined)
  const known: T[] = []
  for (const each of aged.toSorted(inTurn)) {
    const last = known.at(-1)
    if (last === undefined || isKnownToBeReadBefore(last, each)) known.push(each)
  }
  return known
}

function inTurn(a: Read, b: Read): number {
  const [one, other] = [a.reading, b.reading]
  const byServer = one && other ? assumedOrder(one.gateway, other.gateway) || one.server - other.server : 0
  return byServer || assumedOrder(a.virtualService, b.virtualService)
}
