import { createHostOwners, type HostOwners } from '../../ownership/host-owners.ts'
import { memoizedByText } from '../../source/memoized.ts'
import { pathRules } from '../configuration/path-rules.ts'
import type { Questioned } from './ask.ts'

/** Who has which hosts on the base side, by the name of the mesh; each is indexed once, when it is first asked for. */
export function hostOwnersByMesh({ comparison, policy }: Questioned): (mesh: string) => HostOwners {
  const { base, ownership, settings } = comparison
  const { namespaceOf, meshOf } = pathRules(policy)
  const pairs = base.meshes.flatMap((mesh) =>
    [...mesh.virtualServices, ...mesh.gateways].map(({ file }) => ({ path: file.path, name: mesh.name })),
  )
  const meshesOfPath = Map.groupBy(pairs, ({ path }) => path)
  return memoizedByText((mesh) => {
    const isInMesh = (path: string) => {
      const configured = meshOf(path)
      if (configured !== undefined) return configured === mesh
      return meshesOfPath.get(path)?.some(({ name }) => name === mesh) ?? true
    }
    const { manifests } = base
    const { clusterDomain } = settings
    return createHostOwners({ manifests, ownership, clusterDomain, namespaceOf, isInMesh })
  })
}
