import type { SourceFile } from '../../../source/source-file.ts'
import { literalFolder, sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { Layer } from '../layer.ts'
import { folderOf, isBelow, resolvedPath } from '../paths.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { fieldsOf, textIn, textsIn } from '../written.ts'
import type { Delivering } from './delivery-layers.ts'

/**
 * Argo CD evaluates Jsonnet beside the manifests of a directory, with whatever it imports: which objects come of it is not known
 * here, and where it fails nothing of the directory is delivered.
 */
export function jsonnetFiles(delivering: Delivering): readonly Layer[] {
  const { side, reach } = delivering
  const directories = delivering.objects.flatMap((object) => directoriesOf(delivering.hereOf(object)))
  const reaches = new Map<SourceFile, Set<string>>()
  for (const entry of filesBelow('', side).filter(({ path }) => path.endsWith('.jsonnet'))) {
    const holding = directories.filter(({ folder, recurses }) =>
      recurses ? isBelow(entry.path, folder) : folderOf(entry.path) === folder,
    )
    const files = holding.flatMap(({ folder }) => reach.below(folder))
    for (const part of holding.length === 0 ? [] : importedBy(entry, holding, side))
      reaches.set(part, new Set([...(reaches.get(part) ?? []), ...files]))
  }
  return [...reaches].map(([file, files]) => ({
    kind: 'Jsonnet',
    name: file.path,
    file,
    statements: [{ what: file.text, reach: [...files] }],
  }))
}

/** The file itself, and whatever is read for it. */
function importedBy(
  entry: SourceFile,
  directories: readonly Directory[],
  { files }: SideFiles,
): ReadonlySet<SourceFile> {
  const found = new Set([entry])
  for (const file of found)
    for (const path of importsOf(
      file,
      directories.flatMap(({ libraries }) => libraries),
    )) {
      const imported = files.get(path)
      if (imported !== undefined) found.add(imported)
    }
  return found
}

/** Whether a file is of Jsonnet, by its name. */
export function isJsonnet(path: string): boolean {
  return /\.(?:jsonnet|libsonnet)$/.test(path)
}

/** What a file of Jsonnet imports from where it stands. */
export function filesOfJsonnet(file: SourceFile): readonly string[] {
  return isJsonnet(file.path) ? importsOf(file) : []
}

/** The paths at which Jsonnet looks for what a file imports: from the file itself, and from the folders of libraries. */
function importsOf(file: SourceFile, libraries: readonly string[] = []): readonly string[] {
  return placesOfImports(file, libraries).flat()
}

/** The same for each import: of its places the first with a file counts. */
export function placesOfImports(
  { path, text }: SourceFile,
  libraries: readonly string[],
): readonly (readonly string[])[] {
  const written = text.matchAll(/\bimport(?:str|bin)?\s+@?(?:"(?<double>[^"\n]+)"|'(?<single>[^'\n]+)')/g)
  return [...written].map(({ groups }) =>
    [folderOf(path), ...libraries].flatMap(
      (folder) => resolvedPath(folder, groups?.['double'] ?? groups?.['single'] ?? '') ?? [],
    ),
  )
}

interface Directory {
  readonly folder: string
  readonly recurses: boolean
  /** Where Jsonnet looks for what is not beside the file, from the root of the repository. */
  readonly libraries: readonly string[]
}

function directoriesOf({ kind, spec }: DeliveryObject): readonly Directory[] {
  if (kind !== 'Application' && kind !== 'ApplicationSet') return []
  const own = kind === 'Application' ? spec : fieldsOf(fieldsOf(spec['template'])['spec'])
  return sourcesOf(own).flatMap(({ path, directory, chart }) => {
    const written = textIn(path)
    const folder = written === undefined || chart !== undefined ? undefined : literalFolder(written)
    if (folder === undefined) return []
    const isPattern = /[{*?[]/.test(written ?? '')
    const { recurse, jsonnet } = fieldsOf(directory)
    const libraries = textsIn(fieldsOf(jsonnet)['libs']).flatMap((each) => resolvedPath('', each) ?? [])
    return [{ folder, recurses: isPattern || recurse === true, libraries }]
  })
}
