import type { Mesh, Snapshot } from '../../../routing/snapshot.ts'

/**
 * The mesh to which a file without VirtualServices and Gateways most likely belongs: the one that has some in the nearest folder
 * around it; of several, the first.
 */
export function nearestMesh({ meshes }: Snapshot, path: string): Mesh | undefined {
  if (meshes.length < 2) return meshes[0]
  const depths = meshes.map((mesh) => ({ mesh, depth: depthInCommon(mesh, path) }))
  return depths.reduce((best, each) => (each.depth > best.depth ? each : best)).mesh
}

function depthInCommon({ virtualServices, gateways }: Mesh, path: string): number {
  const own = foldersOf(path)
  const depths = [...virtualServices, ...gateways].map(({ file }) => {
    const folders = foldersOf(file.path)
    const apart = own.findIndex((folder, at) => folder !== folders[at])
    return file.path === path ? Number.POSITIVE_INFINITY : apart === -1 ? own.length : apart
  })
  return depths.reduce((most, depth) => Math.max(most, depth), 0)
}

function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1)
}
