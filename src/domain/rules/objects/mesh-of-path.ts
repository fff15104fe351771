import type { Snapshot } from '../../routing/snapshot.ts'

/** The mesh that holds a file's objects; of a file without any, the first mesh, or none. */
export function meshOfPath(side: Snapshot, path: string): string {
  const mesh = side.meshes.find(({ virtualServices, gateways }) =>
    [...virtualServices, ...gateways].some((resource) => resource.file.path === path),
  )
  return (mesh ?? side.meshes[0])?.name ?? ''
}
