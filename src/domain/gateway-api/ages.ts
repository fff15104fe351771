import type { Resource } from '../manifest/resource.ts'
import { compareTexts } from '../source/compare-texts.ts'

type Aged = Pick<Resource, 'name' | 'namespace' | 'inCluster'>

/** Which of several objects without a known age is taken to be the oldest: the first by name, or the last. */
export type Oldest = 'first' | 'last'

/** Sorts behind every time. */
const unknownAge = '~'

/** Routes in the order of their creation; those that are equally old by namespace, then name. */
export function byAge(oldest: Oldest): (a: Aged, b: Aged) => number {
  return (a, b) => {
    const [one, other] = [createdAt(a), createdAt(b)]
    const isOpen = one === undefined && other === undefined
    return (
      compareTexts(one ?? unknownAge, other ?? unknownAge) ||
      (isOpen && oldest === 'last' ? -1 : 1) *
        (compareTexts(a.namespace ?? '', b.namespace ?? '') || compareTexts(a.name, b.name))
    )
  }
}

export function createdAt({ inCluster }: Pick<Aged, 'inCluster'>): string | undefined {
  return inCluster?.created
}
