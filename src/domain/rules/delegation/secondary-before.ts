import type { Comparison } from '../../diff/comparison.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { DelegateEdge, DelegationGraph } from '../../routing/delegation-graph.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'

/** What a delegate of the merged side found on the base side, in the mesh of that name; nothing when asked of the base side. */
export function secondaryBefore(
  { target }: DelegateEdge,
  mesh: string,
  side: Snapshot,
  comparison: Comparison,
): VirtualService | undefined {
  if (side !== comparison.merged) return undefined
  const before = comparison.base.meshes.find(({ name }) => name === mesh)
  return before && targetsOf(before.graph).get(target)
}

/** What each reference of a mesh finds. */
const targetsOf = memoized(
  ({ edges }: DelegationGraph): ReadonlyMap<string, VirtualService> =>
    new Map(edges.flatMap(({ target, secondary }) => (secondary ? [[target, secondary] as const] : []))),
)
