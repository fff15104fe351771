import type { SourceFile } from '../../../source/source-file.ts'
import { deliveredPaths } from '../delivered-paths.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import { selectedFiles } from '../kustomize/selected.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, isBelow } from '../paths.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { fieldsOf, listIn } from '../written.ts'

/**
 * Files that ytt reads to write others: overlays, values, libraries. They reach what an App of kapp renders together with them, what
 * lies in their folder, and what an overlay names.
 */
export function yttFiles(delivering: Delivering): readonly Layer[] {
  const { side, reach } = delivering
  const folders = delivering.objects
    .filter(
      ({ kind, spec }) =>
        kind === 'App' && listIn(spec['template']).some((each) => fieldsOf(each)['ytt'] !== undefined),
    )
    .map((object) => deliveredPaths(delivering.hereOf(object)))
    .flatMap((paths) => (paths === 'mesh' ? [''] : paths))
  return filesBelow('', side)
    .filter(isOfYtt)
    .map((file) => {
      const around = [folderOf(file.path), ...folders.filter((folder) => isBelow(file.path, folder))]
      const together = [...new Set(around.flatMap((folder) => reach.below(folder)))]
      return {
        kind: 'file of ytt',
        name: file.path,
        file,
        statements: file.text.split(/^---.*$/m).flatMap((part) => statementOf(part, together, side)),
      }
    })
}

/** By what it loads, lays over or defines, or by its name; a template alone writes nothing but itself. */
function isOfYtt({ path, text }: SourceFile): boolean {
  return (
    path.endsWith('.star') || /^#@ ?(?:overlay\/match|data\/values|library|schema|load|def)\b/m.test(text)
  )
}

function statementOf(part: string, together: readonly string[], side: SideFiles): readonly LayerStatement[] {
  const what = part.trim()
  if (what === '') return []
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
