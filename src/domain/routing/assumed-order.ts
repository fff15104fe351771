import type { Resource } from '../manifest/resource.ts'

/**
 * The order in which Istio reads objects that are equally old: by name, then namespace (`sortConfigByCreationTime`).
 * Assumed of all of them, since their age is not in Git; files and their order do not count.
 */
export function assumedOrder(
  a: Pick<Resource, 'name' | 'namespace'>,
  b: Pick<Resource, 'name' | 'namespace'>,
): number {
  return compare(a.name, b.name) || compare(a.namespace ?? '', b.namespace ?? '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
