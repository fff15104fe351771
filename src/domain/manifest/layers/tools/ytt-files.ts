import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import { selectedFiles } from '../kustomize/selected.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, isBelow } from '../paths.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { filesOfYtt, isReadByYtt, type YttFolder, yttFoldersOf } from './ytt-folders.ts'

/**
 * Files that ytt reads to write others: overlays, values, libraries. They reach what an App of kapp renders together with them, what
 * lies in their folder, and what an overlay names.
 */
export function yttFiles(delivering: Delivering): readonly Layer[] {
  const { side, reach } = delivering
  const folders = delivering.objects.flatMap((object) => yttFoldersOf(delivering.hereOf(object)))
  const files = filesBelow('', side)
  const loaded = Map.groupBy(
    files.flatMap((file) => filesOfYtt(file).map((path) => ({ path, by: file.path }))),
    ({ path }) => path,
  )
  return files
    .filter((file) => isOfYtt(file) || loaded.has(file.path) || isTemplate(file, folders))
    .map((file) => {
      const above = folders.flatMap(({ folder }) => (isBelow(file.path, folder) ? [folder] : []))
      const around = [folderOf(file.path), ...above]
      const loading = (loaded.get(file.path) ?? []).map(({ by }) => by).filter((by) => side.mesh.has(by))
      const together = [...new Set([...around.flatMap((folder) => reach.below(folder)), ...loading])]
      return {
        kind: 'file of ytt',
        name: file.path,
        file,
        statements: file.text.split(/^(?=---)/m).flatMap((part) => statementOf(part, together, side)),
      }
    })
}

/** Of texts those alone that hold marks of ytt. */
function isTemplate({ path, text }: SourceFile, folders: readonly YttFolder[]): boolean {
  return isReadByYtt(path, folders) && (!path.endsWith('.txt') || text.includes('(@'))
}

/** By what it loads, lays over or defines, or by its name; a template alone writes nothing but itself. */
const isOfYtt = memoized(
  ({ path, text }: SourceFile) =>
    path.endsWith('.star') ||
    (text.includes('#@') &&
      (/^#@ ?(?:overlay\/match|data\/values|library|schema|load|def)\b/m.test(text) || anyObject.test(text))),
)

/** A document that is filled in as a whole, or by its kind, may be any object. */
const anyObject = /^(?:---.*#@|[ \t]*(?:apiVersion|kind):[ \t]*#@)/m

function statementOf(part: string, together: readonly string[], side: SideFiles): readonly LayerStatement[] {
  const what = part.replace(/^---/, '').trim()
  if (what === '') return []
  if (anyObject.test(part)) return [{ what, reach: 'mesh' }]
  const named = /^#@ ?overlay\/match\b/m.test(part) ? namedBy(part, side) : []
  return [{ what, reach: [...new Set([...together, ...named])] }]
}

/** What the conditions of an overlay name by kind, name or both. */
function namedBy(part: string, side: SideFiles): readonly string[] {
  const conditions = part
    .split('\n')
    .filter((line) => line.startsWith('#@'))
    .join('\n')
  const textAt = (field: string) =>
    new RegExp(`["']${field}["']\\s*:\\s*["']([^"']+)["']`).exec(conditions)?.[1]
  const [kind, name] = [textAt('kind'), textAt('name')]
  return kind === undefined && name === undefined
    ? []
    : selectedFiles({ kind, name }, meshBelow('', side), side)
}
