import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlNode } from '../../source/yaml.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { deliveredPaths } from './delivered-paths.ts'
import { type DeliveryObject, deliveriesIn } from './delivery-objects.ts'
import { keptFromFlux } from './git/ignore-files.ts'
import { builtUpon, type Kustomization, kustomizationIn, pathsIn } from './kustomization.ts'
import { folderOf, foldersAbove, isBelow } from './paths.ts'
import { createReach, type Reach } from './reach.ts'
import type { SideFiles } from './side-files.ts'
import { fieldsOf } from './written.ts'

/** Who delivers a piece, and so what it is that fails all of it. */
type By = 'kustomize' | 'flux' | 'argo-cd'

/** What is delivered in one piece: where one file of it fails, none of it arrives. */
export interface Piece {
  readonly by: By
  /** The files with mesh manifests in it. */
  readonly mesh: readonly string[]
  /** All files in it, as far as they need not be named. */
  readonly files: readonly SourceFile[]
}

/** Finds the pieces that a file of one side is part of; what that takes is worked out once. */
export function piecesIn(side: SideFiles): (path: string) => readonly Piece[] {
  const files = [...side.files.values()]
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const objects = files.flatMap((file) => deliveriesIn(file).objects)
  const around: Around = {
    side,
    reach: createReach(side, kustomizations, []),
    folders: new Set(kustomizations.map(({ folder }) => folder)),
    isIgnored: keptFromFlux(files),
  }
  const naming = Map.groupBy(
    kustomizations.flatMap((each) =>
      builtUpon.flatMap((field) => pathsIn(each, field).map((path) => ({ path, each }))),
    ),
    ({ path }) => path,
  )
  return (path) =>
    [
      ...(naming.get(path) ?? []).map(({ each }) => builtPiece(each, around.reach)),
      ...objects.flatMap((object) => plainPieces(object, path, around)),
    ].filter(({ mesh }) => mesh.length > 0)
}

function builtPiece(kustomization: Kustomization, reach: Reach): Piece {
  return { by: 'kustomize', mesh: reach.around(kustomization), files: [] }
}

interface Around {
  readonly side: SideFiles
  readonly reach: Reach
  /** Folders with a kustomization. */
  readonly folders: ReadonlySet<string>
  /** Flux leaves it out. */
  readonly isIgnored: (path: string) => boolean
}

/** Folders that are delivered as they stand, the one of the file among them. */
function plainPieces(object: DeliveryObject, path: string, around: Around): readonly Piece[] {
  const { kind } = object
  const by = kind === 'Kustomization' ? 'flux' : kind.startsWith('Application') ? 'argo-cd' : undefined
  const paths = by === undefined ? 'mesh' : deliveredPaths(object)
  if (by === undefined || paths === 'mesh') return []
  const isDeep = by === 'flux' || recurses(object)
  const isPart = (folder: string) => (each: string) =>
    isBelow(each, folder) &&
    /\.ya?ml$/.test(each) &&
    (isDeep || folderOf(each) === folder) &&
    !(by === 'flux' && around.isIgnored(each)) &&
    !foldersAbove(each).some((above) => isBelow(above, folder) && around.folders.has(above))
  return paths
    .filter((folder) => isPart(folder)(path))
    .map((folder) => ({
      by,
      mesh: around.reach.below(folder).filter((each) => isDeep || folderOf(each) === folder),
      files: [...around.side.files.values()].filter((file) => isPart(folder)(file.path)),
    }))
}

function recurses({ spec }: DeliveryObject): boolean {
  return JSON.stringify([fieldsOf(spec), null]).includes('"recurse":true')
}

/**
 * Whether a file fails the piece that it is in: Kustomize, and Flux for every file of a folder, take nothing but objects with
 * kind and name; Argo CD gives up what looks like an object and does not parse.
 */
export function failsPiece(file: SourceFile, by: By): boolean {
  return by === 'argo-cd' ? failsArgoCd(file) : failsKustomize(file)
}

const failsArgoCd = memoized((file: SourceFile): boolean => {
  const documents = parseYaml(file, { id: 'invalid-manifest', reader: 'plain' })
  return (
    documents.some(({ root }) => root === undefined) &&
    ['apiVersion:', 'kind:', 'metadata:'].every((word) => file.text.includes(word))
  )
})

const failsKustomize = memoized((file: SourceFile): boolean => {
  const documents = parseYaml(file, { id: 'invalid-manifest', reader: 'kustomize' })
  return documents.some(({ root }) => root === undefined || !isObject(root))
})

function isObject(root: YamlNode): boolean {
  if (root.kind !== 'map') return root.kind === 'scalar' && root.value === null
  const kind = textAt(root, 'kind')
  if (kind?.endsWith('List') && entryOf(root, 'items') !== undefined) return true
  const metadata = entryOf(root, 'metadata')?.value
  return kind !== undefined && metadata !== undefined && textAt(metadata, 'name') !== undefined
}

function textAt(node: YamlNode, key: string): string | undefined {
  const value = node.kind === 'map' ? entryOf(node, key)?.value : undefined
  return value?.kind === 'scalar' && value.value !== null && value.value !== ''
    ? String(value.value)
    : undefined
}
