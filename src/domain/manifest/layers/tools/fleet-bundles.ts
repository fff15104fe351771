import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, pathIn, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, filesNamed, type SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

const isBundle = /(?:^|\/)fleet\.ya?ml$/

/** When Fleet rolls out, and what it is to forget: nothing of what is delivered. */
const timing = new Set(['rolloutStrategy', 'dependsOn', 'diff', 'ignore', 'labels'])

/**
 * Fleet makes a bundle of a folder with a `fleet.yaml`: of its manifests, of the kustomization or the chart that the file names, with
 * values and overlays for some clusters.
 */
export function fleetBundles(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesNamed(side, isBundle).flatMap((file) => {
    const bundle = bundleOf(file, reach)
    return [
      { kind: 'fleet', name: file.path, file, statements: bundle.statements },
      ...partsOf('values', valueFilesOf(bundle, side), bundle.reaches),
      ...overlaysOf(bundle, side),
    ]
  })
}

interface Bundle {
  readonly folder: string
  readonly statements: readonly LayerStatement[]
  readonly reaches: readonly string[]
  readonly all: readonly JsonObject[]
}

function bundleOf(file: SourceFile, reach: Reach): Bundle {
  const folder = folderOf(file.path)
  const documents = documentsIn(file)
  const all = rootsOf(file)
  const named = all.flatMap((each) => foldersOf(each, folder))
  const reaches = [...new Set([folder, ...named].flatMap((each) => reach.below(each)))]
  const said = documents === undefined ? [file.text] : documents.map(fieldsOf).flatMap(saidBy)
  return { folder, all, reaches, statements: said.map((what) => ({ what, reach: reaches })) }
}

/** What is said for all clusters, and for some. */
function rootsOf(file: SourceFile): readonly JsonObject[] {
  return (documentsIn(file) ?? [])
    .map(fieldsOf)
    .flatMap((root) => [root, ...listIn(root['targetCustomizations']).map(fieldsOf)])
}

/** Each customization by itself: who adds one says nothing of the others. */
function saidBy({ targetCustomizations, ...root }: JsonObject): readonly JsonValue[] {
  return [
    withoutTiming(root),
    ...listIn(targetCustomizations).map((each) => withoutTiming(fieldsOf(each))),
  ].filter((each) => Object.keys(each).length > 0)
}

function withoutTiming(root: JsonObject): JsonObject {
  const kept = Object.entries(root).filter(([field]) => !timing.has(field))
  const { helm, ...said } = Object.fromEntries(kept)
  if (helm === undefined) return said
  const { version: _, values = null, timeoutSeconds: __, maxHistory: ___, ...rest } = fieldsOf(helm)
  return { ...said, helm: { ...rest, values: weightyValues(values) } }
}

/** The folders beside its own that a bundle is made of, written from there. */
function foldersOf({ kustomize, helm }: JsonObject, folder: string): readonly string[] {
  const written = [fieldsOf(kustomize)['dir'], fieldsOf(helm)['chart']]
  return written.flatMap((each) => {
    const path = textIn(each)
    const found = path === undefined ? undefined : resolvedPath(folder, path)
    return found === undefined ? [] : [found]
  })
}

function valueFilesOf({ all, folder }: Bundle, { files }: SideFiles): readonly SourceFile[] {
  return all.flatMap((each) => valuePaths(each, folder)).flatMap((path) => files.get(path) ?? [])
}

function valuePaths({ helm }: JsonObject, folder: string): readonly string[] {
  return listIn(fieldsOf(helm)['valuesFiles']).flatMap(
    (each) => resolvedPath(folder, textIn(each) ?? '') ?? [],
  )
}

/** The files of values that a bundle names, from the root of the repository. */
export function filesOfBundle(file: SourceFile): readonly string[] {
  if (!isBundle.test(file.path)) return []
  return rootsOf(file).flatMap((each) => valuePaths(each, folderOf(file.path)))
}

function partsOf(kind: string, files: readonly SourceFile[], reach: readonly string[]): readonly Layer[] {
  return files.map((file) => ({
    kind,
    name: file.path,
    file,
    statements: [{ what: weightyValues(contentOf(file)), reach }],
  }))
}

/** `overlays/NAME/x_patch.yaml` is laid over `x.yaml` of the bundle; whatever else lies there replaces or adds files. */
function overlaysOf({ folder, reaches }: Bundle, side: SideFiles): readonly Layer[] {
  const start = pathIn(folder, 'overlays/')
  return filesBelow(start.slice(0, -1), side).flatMap((file) => {
    const within = file.path.slice(start.length).replace(/^[^/]*\//, '')
    const target = `${folder === '' ? '' : `${folder}/`}${within.replace(/_patch(?=\.ya?ml$)/, '')}`
    const reach = side.files.has(target) ? reaches.filter((path) => path === target) : reaches
    return partsOf('file of an overlay', [file], reach)
  })
}
