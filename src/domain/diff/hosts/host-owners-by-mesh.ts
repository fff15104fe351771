import type { Manifests } from '../../manifest/manifests.ts'
import { createHostOwners, type HostOwners } from '../../ownership/host-owners.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { onlyMesh, type Placed, placedByUnits } from '../../routing/meshes/mesh-division.ts'
import { memoizedByText } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'

/** What it takes to find out who has which hosts: one side, and where its objects go. */
export interface HostsInput {
  readonly manifests: Manifests
  readonly ownership: Ownership
  readonly clusterDomain: string
  readonly namespaceOf: (path: string) => string | undefined
  readonly meshOf: (placed: Placed) => string | undefined
}

/** Who has which hosts on one side, by the name of the mesh; each is indexed once, when it is first asked for. */
export function hostOwnersByMesh({ meshOf, ...input }: HostsInput): (mesh: string) => HostOwners {
  const meshes = new Map(input.manifests.files.map((file) => [file.path, meshesOf(file, meshOf)]))
  return memoizedByText((mesh) =>
    createHostOwners({ ...input, isInMesh: (path) => meshes.get(path)?.has(mesh) ?? true }),
  )
}

/** One of no mesh, or beside the folders and clusters that are meshes of their own, may be of any. */
function meshesOf(file: SourceFile, meshOf: HostsInput['meshOf']): ReadonlySet<string> | undefined {
  const names = placedByUnits(file).map(meshOf)
  const isAnywhere = names.some((name) => name === undefined || name === onlyMesh)
  return isAnywhere ? undefined : new Set(names.flatMap((name) => name ?? []))
}
