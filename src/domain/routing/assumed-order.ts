import type { Resource } from '../manifest/resource.ts'
import { compareTexts } from '../source/compare-texts.ts'

/**
 * The order in which Istio reads objects that are equally old: by name, then namespace (`sortConfigByCreationTime`).
 * Assumed of all of them, since their age is not in Git; files and their order do not count.
 */
export function assumedOrder(
  a: Pick<Resource, 'name' | 'namespace'>,
  b: Pick<Resource, 'name' | 'namespace'>,
): number {
  return compareTexts(a.name, b.name) || compareTexts(a.namespace ?? '', b.namespace ?? '')
}
