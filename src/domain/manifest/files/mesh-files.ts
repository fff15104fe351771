import { memoized } from '../../source/memoized.ts'
import type { Manifests } from '../manifests.ts'

/** The paths of all files that hold something of the mesh, readable or not; layers are none. */
export const meshFilesOf = memoized((manifests: Manifests): ReadonlySet<string> => {
  const { virtualServices, gateways, unmodelled, unreadable } = manifests
  const objects = [...virtualServices, ...gateways, ...unmodelled.filter(({ says }) => says === undefined)]
  return new Set([...objects.map(({ file }) => file.path), ...unreadable.map(({ path }) => path)])
})
