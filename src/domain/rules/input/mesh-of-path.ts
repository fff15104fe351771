import type { Comparison } from '../../diff/comparison.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'

type Sides = Pick<Comparison, 'base' | 'merged'>

/**
 * The mesh that holds a file's objects on one side; if it has none there, on the other, so that what a file holds besides is in one
 * mesh on both. Of a file without any, the first mesh, or none.
 */
export function meshOfPath(path: string, side: Snapshot, { base, merged }: Sides): string {
  const other = side === base ? merged : base
  const known = meshesByPath(side).get(path) ?? meshesByPath(other).get(path)
  return known ?? [...base.meshes, ...merged.meshes][0]?.name ?? ''
}

const meshesByPath = memoized(
  ({ meshes }: Snapshot): ReadonlyMap<string, string> =>
    new Map(
      meshes.flatMap(({ name, virtualServices, gateways }) =>
        [...virtualServices, ...gateways].map(({ file }) => [file.path, name] as const),
      ),
    ),
)
