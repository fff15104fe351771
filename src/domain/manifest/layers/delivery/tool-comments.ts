import type { SourceFile } from '../../../source/source-file.ts'
import type { Layer } from '../layer.ts'
import type { SideFiles } from '../side-files.ts'

/**
 * Comments that tools read: setters of kpt and of Flux's image automation, annotations of ytt, schemas of Kustomize. To a
 * person they say nothing, and to the tool what it is to write there.
 */
const read = /#(?:@[^\n]*|[ \t]*(?:kpt-set:|kpt-merge:|\{ *"\$)[^\n]*)/g

/** Files with manifests in which a tool finds comments for itself. */
export function toolComments({ files, mesh }: SideFiles): readonly Layer[] {
  return [...mesh.keys()].flatMap((path) => {
    const file = files.get(path)
    const comments = file === undefined ? [] : commentsIn(file)
    if (file === undefined || comments.length === 0) return []
    const statements = comments.map((comment) => ({ what: { readByTool: comment }, reach: [path] }))
    return [{ kind: 'comment', name: path, file, statements }]
  })
}

function commentsIn({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(read)].map(([comment]) => comment.trimEnd())
}
