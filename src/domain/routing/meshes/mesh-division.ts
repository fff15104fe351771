import { type Doubt, doubt } from '../../doubt.ts'
import { writtenIn } from '../../manifest/kinds/written-objects.ts'
import { folderOf } from '../../manifest/layers/paths.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { type Modelled, modelledIn } from '../../manifest/modelled.ts'
import { identityOf, kindAndName } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { memoized } from '../../source/memoized.ts'
import { remembered } from '../../source/remembered.ts'
import { keyOfUnit, type SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import { buildDelegationGraph } from '../delegation-graph.ts'
import type { IstioSettings } from '../istio-settings.ts'
import { resolveNames } from '../resolve-names.ts'
import { mayBeOneCluster } from './cluster-names.ts'
import { type MeshPlace, meshPaths } from './mesh-paths.ts'
import { renamedMeshes } from './renamed-meshes.ts'
import { type Copy, folderOfVariant, partingFolders, variantOf } from './variants.ts'

/** Where an object is written, and what delivers it. */
export type Placed = Pick<Resource, 'file' | 'unit'>

/** Where a file comes to: each unit may deliver it to another mesh. */
export function placedByUnits(file: SourceFile): readonly Placed[] {
  const units: readonly Pick<Placed, 'unit'>[] = file.delivered ?? [{}]
  return units.map(({ unit }) => ({ file, ...(unit && { unit }) }))
}

/** Which mesh each object belongs to, and what was taken for granted to say so. */
export interface MeshDivision {
  readonly meshOf: (placed: Placed) => string
  readonly assumptions: readonly Doubt[]
  /** The names that meshes had on the base side, by those that the merged side would give them. */
  readonly renamed?: ReadonlyMap<string, string>
}

/** The name of the only mesh of an undivided repository. */
export const onlyMesh = 'default'

/**
 * A unit of which the configuration says it is of that mesh. Units of one destination are one mesh, where there are several. Of the
 * rest: one mesh, unless folders are variants of each other (`variants.ts`); then each is a mesh. No guess parts a delegate from its
 * secondary: a repository whose copies are something else stays one mesh.
 */
export const divideMeshes = memoized((manifests: Manifests, settings: IstioSettings): MeshDivision => {
  const resources = modelledIn(manifests)
  const byDestination = destinationsOf(resources)
  const parting = partingFolders(
    resources.filter((each) => byDestination(each) === undefined && !isUnknown(each.name)).map(copyOf),
    () => copiesIn(manifests.files),
  )
  const byFolder = (placed: Placed) =>
    byDestination(placed) ?? variantOf(foldersOf(placed), parting) ?? onlyMesh
  const divisions = [byFolder, (placed: Placed) => byDestination(placed) ?? onlyMesh]
  const keeps = (each: (placed: Placed) => string) =>
    keepsDelegates(manifests.virtualServices, each, { settings, byDestination })
  const meshOf = divisions.find(keeps) ?? asStated
  return { meshOf, assumptions: assumedOf(parting, resources, { meshOf, byFolder, byDestination }) }
})

interface Divided {
  readonly meshOf: (placed: Placed) => string
  readonly byFolder: (placed: Placed) => string
  readonly byDestination: ByDestination
}

function assumedOf(
  parting: readonly string[],
  resources: readonly Modelled[],
  { meshOf, byFolder, byDestination }: Divided,
): readonly Doubt[] {
  const [folder] = parting
  if (folder === undefined) return []
  const isGuessed = (placed: Placed) => byDestination(placed) === undefined
  const meshes = [...new Set(resources.filter(isGuessed).map(byFolder))].toSorted()
  const entries = meshPaths(
    resources.map((placed): MeshPlace => {
      const { file, unit } = placed
      const within = isGuessed(placed) ? folderOfVariant(foldersOf(placed), parting) : undefined
      return {
        file,
        mesh: meshOf(placed),
        ...(unit && { unit }),
        ...(within !== undefined && { within }),
      }
    }),
    onlyMesh,
  )
  if (meshOf === byFolder) return [doubt({ code: 'divided-meshes', folder, meshes, entries })]
  const others = meshes.filter((name) => name !== onlyMesh)
  return [doubt({ code: 'undivided-meshes', folder, meshes: others, entries })]
}

/** The mesh that the configuration says that a unit is of, and nothing else. */
function asStated({ unit }: Placed): string {
  return unit?.mesh ?? onlyMesh
}

/** The cluster that is said for an object. */
type ByDestination = (placed: Placed) => string | undefined

/** Where everything goes to one cluster, as far as anything says, that divides nothing. */
function destinationsOf(resources: readonly Placed[]): ByDestination {
  const named = new Set(resources.flatMap(({ unit }) => unit?.mesh ?? unit?.destination ?? []))
  return ({ unit }) => unit?.mesh ?? (named.size < 2 ? undefined : unit?.destination)
}

/**
 * The division that the base side gives, for both sides. What is delivered to where nothing was before is where the merged side puts
 * it, so that a new variant is no copy of the others. A folder that is renamed with what it holds is the mesh that it was.
 */
export function divideBoth(
  { base, merged }: { readonly base: Manifests; readonly merged: Manifests },
  settings: IstioSettings,
): MeshDivision {
  const [today, later] = [divideMeshes(base, settings), divideMeshes(merged, settings)]
  const known = new Set(modelledIn(base).map(placeKey))
  const isNew = (placed: Placed) => placed.unit !== undefined && !known.has(placeKey(placed))
  const meshOf = (placed: Placed) => (isNew(placed) ? later : today).meshOf(placed)
  const renamed = renamedMeshes(modelledIn(base), modelledIn(merged), meshOf)
  return {
    ...today,
    renamed,
    meshOf: (placed) => {
      const name = meshOf(placed)
      return renamed.get(name) ?? name
    },
  }
}

/** An object of either side, and the objects that it would leave and enter were the merged side the base. */
export interface Redivided {
  readonly object: Modelled
  readonly among: readonly Modelled[]
}

/**
 * The VirtualServices and Gateways of either side that would lie in another mesh if the merged side were the base: whoever copies an
 * object of their own, or delivers it elsewhere, changes what the others are compared with. None while there was nothing.
 */
export function redividedObjects(
  { base, merged }: { readonly base: Manifests; readonly merged: Manifests },
  settings: IstioSettings,
): readonly Redivided[] {
  const before = modelledIn(base)
  if (before.length === 0) return []
  const divisions = [divideMeshes(base, settings), divideMeshes(merged, settings)] as const
  const all = [...before, ...modelledIn(merged)]
  const [today, later] = divisions.map(({ meshOf }) => Map.groupBy(all, meshOf))
  return all.flatMap((object): readonly Redivided[] => {
    const [from, to] = [divisions[0].meshOf(object), divisions[1].meshOf(object)]
    return from === to ? [] : [{ object, among: [...(today?.get(from) ?? []), ...(later?.get(to) ?? [])] }]
  })
}

/** What newly comes to a cluster to which nothing is delivered on the base side, by cluster, where clusters are said there. */
export function newClusters({
  base,
  merged,
}: {
  readonly base: Manifests
  readonly merged: Manifests
}): ReadonlyMap<string, readonly string[]> {
  const known = new Set(modelledIn(base).flatMap(({ unit }) => unit?.destination ?? []))
  const to = ({ unit }: Placed) =>
    unit?.destination === undefined || unit.mesh !== undefined || known.has(unit.destination)
      ? ''
      : unit.destination
  const arriving = known.size === 0 ? [] : modelledIn(merged).filter((each) => to(each) !== '')
  return new Map(
    [...Map.groupBy(arriving, to)].map(([cluster, list]) => [
      cluster,
      [...new Set(list.map(({ file }) => file.path))].sort(),
    ]),
  )
}

function copyOf(resource: Modelled): Copy {
  return { identity: kindAndName(resource), folders: foldersOf(resource) }
}

/** Every object of whatever kind that some files hold, where it is delivered. */
function copiesIn(files: readonly SourceFile[]): readonly Copy[] {
  return files.flatMap((file) =>
    parseYaml(file, { id: 'invalid-manifest' }).flatMap(({ root, unit }) =>
      root === undefined
        ? []
        : writtenIn(root, file.path).map(({ kind, name, namespace }) => ({
            identity: `${kind} ${identityOf({ name, ...(namespace !== undefined && { namespace }) })}`,
            folders: foldersOf({ file, ...(unit && { unit }) }),
          })),
    ),
  )
}

/** Where it is delivered from, the folder that says so first; what no unit delivers lies where it is written. */
function foldersOf({ file, unit }: Placed): readonly string[] {
  if (unit === undefined) return [folderOf(file.path)]
  return unit.by === undefined ? [unit.folder] : [unit.by, unit.folder]
}

function placeKey({ file, unit }: Placed): string {
  return unit === undefined ? file.path : keyOfUnit(unit)
}

/** No delegate is parted from its secondary by a guess; one that leads into another cluster, or out of a stated mesh, has none there. */
function keepsDelegates(
  virtualServices: readonly VirtualService[],
  meshOf: (placed: Placed) => string,
  { settings, byDestination }: { readonly settings: IstioSettings; readonly byDestination: ByDestination },
): boolean {
  const resolved = virtualServices.map((each) => resolveNames(each, settings.clusterDomain))
  const found = (list: readonly VirtualService[]) =>
    buildDelegationGraph(list, settings, { complete: true }).edges.filter(
      (edge) => edge.secondary !== undefined,
    ).length
  const parts = [...Map.groupBy(resolved, meshOf).values()].map((list) => ({
    list,
    cluster: list.map(byDestination).find((each) => each !== undefined),
    isStated: list.some(({ unit }) => unit?.mesh !== undefined),
    found: remembered(() => found(list)),
  }))
  const guessed = parts.filter(({ isStated }) => !isStated)
  const clusters = new Set([undefined, ...guessed.map(({ cluster }) => cluster)])
  return [...clusters].every((cluster) => {
    const joined = guessed.filter((part) => isPerhapsIn(cluster, part.cluster))
    if (joined.length < 2) return true
    const apart = joined.reduce((sum, part) => sum + part.found(), 0)
    return apart >= found(joined.flatMap(({ list }) => list))
  })
}

/** What no cluster is said for may be in any, and where none is asked about only that is meant. */
function isPerhapsIn(cluster: string | undefined, said: string | undefined): boolean {
  return said === undefined || (cluster !== undefined && mayBeOneCluster(said, cluster))
}
