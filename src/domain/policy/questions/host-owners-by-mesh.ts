import { createHostOwners, type HostOwners } from '../../ownership/host-owners.ts'
import { memoizedByText } from '../../source/memoized.ts'
import { pathRules } from '../configuration/path-rules.ts'
import type { Questioned } from './ask.ts'

/** Who has which hosts on the base side, by the name of the mesh; each is indexed once, when it is first asked for. */
export function hostOwnersByMesh({ comparison, policy }: Questioned): (mesh: string) => HostOwners {
  const { base, ownership, settings } = comparison
  const { namespaceOf, meshOf } = pathRules(policy)
  const meshOfResources = new Map(
    base.meshes.flatMap((mesh) =>
      [...mesh.virtualServices, ...mesh.gateways].map(({ file }) => [file.path, mesh.name] as const),
    ),
  )
  return memoizedByText((mesh) => {
    const isInMesh = (path: string) => (meshOf(path) ?? meshOfResources.get(path) ?? mesh) === mesh
    const { manifests } = base
    const { clusterDomain } = settings
    return createHostOwners({ manifests, ownership, clusterDomain, namespaceOf, isInMesh })
  })
}
