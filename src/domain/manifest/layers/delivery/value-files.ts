import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject } from '../../json.ts'
import { sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { resolvedPath } from '../paths.ts'
import { fieldsOf, listIn, textIn, textsIn } from '../written.ts'

/** The files of values that an Application or a HelmRelease names for its chart, from the root of the repository; or patterns of them. */
export function valueFilesOf({ kind, spec }: DeliveryObject): readonly string[] {
  if (kind === 'HelmRelease') return valuesOfChart(fieldsOf(fieldsOf(spec['chart'])['spec']))
  if (kind === 'HelmChart') return valuesOfChart(spec)
  return sourcesIn(spec).flatMap(({ path, helm }) =>
    textsIn(fieldsOf(helm)['valueFiles']).flatMap((each) => fileOfSource(each, textIn(path) ?? '') || []),
  )
}

/** The files of which each is one value. */
export function parameterFilesOf({ spec }: DeliveryObject): readonly string[] {
  return sourcesIn(spec).flatMap(({ path, helm }) =>
    listIn(fieldsOf(helm)['fileParameters']).flatMap(
      (each) => fileOfSource(textIn(fieldsOf(each)['path']) ?? '', textIn(path) ?? '') || [],
    ),
  )
}

function valuesOfChart({ valuesFiles, valuesFile }: JsonObject): readonly string[] {
  return [...listIn(valuesFiles), valuesFile].flatMap((each) => resolvedPath('', textIn(each) ?? '') || [])
}

/** Those of an Application, and of what an ApplicationSet makes. */
function sourcesIn(spec: JsonObject): readonly JsonObject[] {
  return [...sourcesOf(spec), ...sourcesOf(fieldsOf(fieldsOf(spec['template'])['spec']))]
}

/** `$name/path` begins at the root of the source of that name, `/path` at that of the repository. */
export function fileOfSource(written: string, folder: string): string | undefined {
  const named = /^\$[^/]*\/(?<rest>.*)$/.exec(written)?.groups?.['rest']
  const fromRoot = named ?? (written.startsWith('/') ? written.replace(/^\/+/, '') : undefined)
  return resolvedPath(fromRoot === undefined ? folder : '', fromRoot ?? written)
}

/** The name of the source in which a file of values lies, where that is written before it. */
export function refNamedBy(written: string): string | undefined {
  return /^\$(?<ref>[^/]*)\//.exec(written)?.groups?.['ref']
}

/** The files that a path means, or as many as a pattern may. */
export function filesMeantBy(written: string, files: ReadonlyMap<string, SourceFile>): readonly SourceFile[] {
  if (!isPattern(written)) return [files.get(written)].flatMap((each) => each ?? [])
  const isMeant = isMeantBy(written)
  return [...files.values()].filter(({ path }) => isMeant(path))
}

/** Whether a path has marks of a pattern. */
export function isPattern(path: string): boolean {
  return marks.test(path)
}

const marks = /[*?[{]/

/** Whether a file is meant by a pattern, as broadly as its literal beginning and end leave it. */
export function isMeantBy(pattern: string): (path: string) => boolean {
  const first = pattern.search(marks)
  const [start, end] = [pattern.slice(0, first), /[^*?\]}]*$/.exec(pattern)?.[0] ?? '']
  return (path) => path.startsWith(start) && path.endsWith(end)
}
