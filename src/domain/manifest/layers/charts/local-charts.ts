import { budgets } from '../../../budgets.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject } from '../../json.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../written.ts'
import { localFolder } from './chart-family.ts'

/** A helmfile, by its name. */
const helmfile = /(?:^|\/)(?:(?:[^/]+\.)?helmfile\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]+\.(?:ya?ml|gotmpl))$/

/** Whether a file is a helmfile, by its name. */
function isHelmfile(path: string): boolean {
  return helmfile.test(path)
}

/** All helmfiles among some files: by their names, and those that others name. */
export function helmfilesAmong(files: ReadonlyMap<string, SourceFile>): readonly SourceFile[] {
  return withNested(
    [...files.values()].filter(({ path }) => isHelmfile(path)),
    files,
  )
}

/** Some helmfiles with all that they name, and those in turn. */
export function withNested(
  helmfiles: readonly SourceFile[],
  files: ReadonlyMap<string, SourceFile>,
): readonly SourceFile[] {
  const found = new Set(helmfiles)
  for (const file of found)
    for (const path of nestedIn(file)) {
      const nested = files.get(path)
      if (nested !== undefined) found.add(nested)
    }
  return [...found]
}

/** The helmfiles that a helmfile names, as far as it can be read. */
function nestedIn(file: SourceFile): readonly string[] {
  return (documentsIn(file) ?? [])
    .flatMap((document) => listIn(fieldsOf(document)['helmfiles']))
    .flatMap((each) => textIn(each) ?? textIn(fieldsOf(each)['path']) ?? [])
    .flatMap((path) => resolvedPath(folderOf(file.path), path) || [])
}

/** The folders with charts that a helmfile releases, or that a chart draws in by `file://`. */
export function chartsOf(file: SourceFile): readonly string[] {
  const folder = folderOf(file.path)
  if (isHelmfile(file.path)) return releasedBy(file).flatMap((path) => resolvedPath(folder, path) ?? [])
  return /(?:^|\/)(?:Chart|requirements)\.yaml$/.test(file.path)
    ? dependenciesOf(file).flatMap((each) => localFolder(each, folder) ?? [])
    : []
}

/** The files of values that releases of a helmfile in a folder name. */
export function valueFilesOfHelmfile(releases: readonly JsonObject[], folder: string): readonly string[] {
  return releases
    .flatMap(({ values }) => listIn(values))
    .flatMap((each) => resolvedPath(folder, textIn(each) ?? '') || [])
}

/** The paths of files that a helmfile may name: values, patches, other helmfiles. */
export function filesNamedByHelmfile(file: SourceFile): readonly string[] {
  return isHelmfile(file.path) ? pathsWrittenIn(file) : []
}

/** Whatever in a helmfile may be a path, read from the text where it is a template. */
export function pathsWrittenIn(file: SourceFile): readonly string[] {
  const documents = documentsIn(file)
  const texts = documents?.flatMap(textsIn) ?? file.text.split(/[\s"',[\]{}]+/)
  return texts
    .filter((text) => text.length < budgets.path.size && /[./]/.test(text) && !/[\s:]/.test(text))
    .flatMap((text) => resolvedPath(folderOf(file.path), text) || [])
}

/** Read from the text: a helmfile may be a template. A chart of a repository, `name/chart`, begins with no dot. */
export function releasedBy({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(/\bchart["']?:[ \t]*["']?(?<path>\.{1,2}\/[^\s"',}#]*)/g)].flatMap(
    ({ groups }) => groups?.['path'] ?? [],
  )
}

function dependenciesOf(file: SourceFile): readonly JsonObject[] {
  return (documentsIn(file) ?? []).flatMap((document) =>
    listIn(fieldsOf(document)['dependencies']).map(fieldsOf),
  )
}
