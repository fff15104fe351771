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
