import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import type { SideFiles } from '../side-files.ts'

/** A symbolic link delivers under another path what lies at its end. */
export function linkLayers(side: SideFiles, reach: Reach): readonly Layer[] {
  return [...side.links].map(([path, target]) => {
    const at = resolvedPath(folderOf(path), target)
    const file = { path, text: target }
    const statement: LayerStatement =
      at === undefined
        ? { what: { leadsOutside: target }, reach: 'mesh' }
        : { what: { leadsTo: at }, reach: side.files.has(at) ? reach.ofEntry(at) : reach.below(at) }
    return { kind: 'symbolic link', name: path, file, statements: [statement] }
  })
}
