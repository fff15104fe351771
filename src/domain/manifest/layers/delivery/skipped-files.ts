import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import type { SideFiles } from '../side-files.ts'

/** What Argo CD passes over, wherever it stands in the text of a file: a comment does. */
const skipped = '+argocd:skip-file-rendering'

/** Files with mesh manifests that a directory of Argo CD leaves out for what is written in them. */
export function skippedFiles({ files, mesh }: SideFiles): readonly Layer[] {
  return [...mesh.keys()].flatMap((path) => {
    const file = files.get(path)
    if (file === undefined || !file.text.includes(skipped)) return []
    const statement: LayerStatement = { what: { passedOverByArgoCd: skipped }, reach: [path] }
    return [{ kind: 'mark', name: path, file, statements: [statement] }]
  })
}
