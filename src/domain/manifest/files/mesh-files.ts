import type { Manifests } from '../manifests.ts'

const known = new WeakMap<Manifests, ReadonlySet<string>>()

/** The paths of all files that hold something of the mesh, readable or not; layers are none. */
export function meshFilesOf(manifests: Manifests): ReadonlySet<string> {
  const before = known.get(manifests)
  if (before !== undefined) return before
  const { virtualServices, gateways, unmodelled, unreadable } = manifests
  const objects = [...virtualServices, ...gateways, ...unmodelled.filter(({ says }) => says === undefined)]
  const paths = new Set([...objects.map(({ file }) => file.path), ...unreadable.map(({ path }) => path)])
  known.set(manifests, paths)
  return paths
}
