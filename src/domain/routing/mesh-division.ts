import { type Doubt, doubt } from '../doubt.ts'
import type { Gateway } from '../manifest/gateway.ts'
import { folderOf } from '../manifest/layers/paths.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { buildDelegationGraph } from './delegation-graph.ts'
import type { IstioSettings } from './istio-settings.ts'
import { resolveNames } from './resolve-names.ts'

/** Which mesh each path belongs to, and what was taken for granted to say so. */
export interface MeshDivision {
  readonly meshOf: (path: string) => string
  readonly assumptions: readonly Doubt[]
}

/** The name of the only mesh of an undivided repository. */
export const onlyMesh = 'default'

/**
 * One mesh, unless the same object (`ns/name`) stands in different directories: then the directories at the first
 * segment where the copies part are a mesh each. Never where a delegate would no longer find its secondary: a
 * repository whose copies are something else stays one mesh.
 */
export function divideMeshes(manifests: Manifests, settings: IstioSettings): MeshDivision {
  const parent = partingDirectory(resourcesOf(manifests))
  if (parent === undefined) return { meshOf: () => onlyMesh, assumptions: [] }
  const meshOf = (path: string) => segmentUnder(parent, path) ?? onlyMesh
  const names = [...new Set(manifests.virtualServices.map((each) => meshOf(each.file.path)))].toSorted()
  const folder = parent.join('/')
  if (keepsDelegates(manifests.virtualServices, meshOf, settings)) {
    return { meshOf, assumptions: [doubt({ code: 'divided-meshes', folder, meshes: names })] }
  }
  const meshes = names.filter((name) => name !== onlyMesh)
  return {
    meshOf: () => onlyMesh,
    assumptions: [doubt({ code: 'undivided-meshes', folder, meshes })],
  }
}

/**
 * The paths of VirtualServices and Gateways, on either side, that would lie in another mesh if the merged side were the base:
 * whoever copies an object of their own changes what the others are compared with. Sorted; none while there was nothing.
 */
export function redividedPaths(
  { base, merged }: { readonly base: Manifests; readonly merged: Manifests },
  settings: IstioSettings,
): readonly string[] {
  const before = resourcesOf(base)
  if (before.length === 0) return []
  const [today, later] = [divideMeshes(base, settings), divideMeshes(merged, settings)]
  const paths = new Set([...before, ...resourcesOf(merged)].map(({ file }) => file.path))
  return [...paths].filter((path) => today.meshOf(path) !== later.meshOf(path)).sort()
}

function resourcesOf({ virtualServices, gateways }: Manifests): readonly (VirtualService | Gateway)[] {
  return [...virtualServices, ...gateways]
}

/** The shortest directory below which copies of one object part. */
function partingDirectory(resources: readonly (VirtualService | Gateway)[]): readonly string[] | undefined {
  const named = resources.filter(({ name }) => !isUnknown(name))
  const copies = Map.groupBy(named, (each) => `${each.kind} ${identityOf(each)}`)
  const parents = [...copies.values()].flatMap((same) => {
    const directories = [...new Set(same.map((each) => folderOf(each.file.path)))].map((path) =>
      path.split('/'),
    )
    return directories.length < 2 ? [] : [commonStart(directories)]
  })
  return parents.toSorted((a, b) => a.length - b.length)[0]
}

function commonStart(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = lists
  const end = first.findIndex((segment, index) => lists.some((list) => list[index] !== segment))
  return end === -1 ? first : first.slice(0, end)
}

/** The directory directly under `parent` that holds the path, if one does. */
function segmentUnder(parent: readonly string[], path: string): string | undefined {
  const directories = path.split('/').slice(0, -1)
  if (parent.some((segment, index) => directories[index] !== segment)) return undefined
  return directories[parent.length]
}

function keepsDelegates(
  virtualServices: readonly VirtualService[],
  meshOf: (path: string) => string,
  settings: IstioSettings,
): boolean {
  const resolved = virtualServices.map((each) => resolveNames(each, settings.clusterDomain))
  const found = (list: readonly VirtualService[]) =>
    buildDelegationGraph(list, settings, { complete: true }).edges.filter(
      (edge) => edge.secondary !== undefined,
    ).length
  const parts = [...Map.groupBy(resolved, (each) => meshOf(each.file.path)).values()]
  return parts.reduce((sum, part) => sum + found(part), 0) >= found(resolved)
}
