import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject } from '../../json.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** A helmfile, by its name. */
const helmfile = /(?:^|\/)(?:(?:[^/]+\.)?helmfile\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]+\.(?:ya?ml|gotmpl))$/

/** Whether a file is a helmfile, by its name. */
export function isHelmfile(path: string): boolean {
  return helmfile.test(path)
}

/** The folders with charts that a helmfile releases, or that a chart draws in by `file://`. */
export function chartsOf(file: SourceFile): readonly string[] {
  const folder = folderOf(file.path)
  const written = helmfile.test(file.path)
    ? releasedBy(file)
    : /(?:^|\/)Chart\.yaml$/.test(file.path)
      ? dependenciesOf(file)
      : []
  return written.flatMap((path) => resolvedPath(folder, path) ?? [])
}

/** The files of values that releases of a helmfile in a folder name. */
export function valueFilesOfHelmfile(releases: readonly JsonObject[], folder: string): readonly string[] {
  return releases
    .flatMap(({ values }) => listIn(values))
    .flatMap((each) => resolvedPath(folder, textIn(each) ?? '') || [])
}

/** The files of values that a helmfile names. */
export function valueFilesNamedBy(file: SourceFile): readonly string[] {
  if (!isHelmfile(file.path)) return []
  const releases = (documentsIn(file) ?? []).flatMap((each) =>
    listIn(fieldsOf(each)['releases']).map(fieldsOf),
  )
  return valueFilesOfHelmfile(releases, folderOf(file.path))
}

/** Read from the text: a helmfile may be a template. A chart of a repository, `name/chart`, begins with no dot. */
function releasedBy({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(/\bchart["']?:[ \t]*["']?(?<path>\.{1,2}\/[^\s"',}#]*)/g)].flatMap(
    ({ groups }) => groups?.['path'] ?? [],
  )
}

function dependenciesOf(file: SourceFile): readonly string[] {
  return (documentsIn(file) ?? [])
    .flatMap((document) => listIn(fieldsOf(document)['dependencies']))
    .flatMap((each) => {
      const repository = textIn(fieldsOf(each)['repository']) ?? ''
      return repository.startsWith('file://') ? [repository.slice('file://'.length)] : []
    })
}
