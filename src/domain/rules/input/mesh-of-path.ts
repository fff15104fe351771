import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'

/** The mesh that holds a file's objects; of a file without any, the first mesh, or none. */
export function meshOfPath(side: Snapshot, path: string): string {
  return meshesByPath(side).get(path) ?? side.meshes[0]?.name ?? ''
}

const meshesByPath = memoized(
  ({ meshes }: Snapshot): ReadonlyMap<string, string> =>
    new Map(
      meshes.flatMap(({ name, virtualServices, gateways }) =>
        [...virtualServices, ...gateways].map(({ file }) => [file.path, name] as const),
      ),
    ),
)
