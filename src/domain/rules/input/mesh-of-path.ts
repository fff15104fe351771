import type { Snapshot } from '../../routing/snapshot.ts'

const known = new WeakMap<Snapshot, ReadonlyMap<string, string>>()

/** The mesh that holds a file's objects; of a file without any, the first mesh, or none. */
export function meshOfPath(side: Snapshot, path: string): string {
  const paths = known.get(side) ?? meshesByPath(side)
  known.set(side, paths)
  return paths.get(path) ?? side.meshes[0]?.name ?? ''
}

function meshesByPath({ meshes }: Snapshot): ReadonlyMap<string, string> {
  return new Map(
    meshes.flatMap(({ name, virtualServices, gateways }) =>
      [...virtualServices, ...gateways].map(({ file }) => [file.path, name] as const),
    ),
  )
}
