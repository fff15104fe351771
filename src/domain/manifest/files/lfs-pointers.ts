import { holding } from '../../source/holding.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { documentFault } from '../document-fault.ts'
import type { NamedFiles } from '../layers/named-files.ts'
import { folderOf } from '../layers/paths.ts'
import type { Unreadable } from '../manifests.ts'

const isPointer = holding(/^version https:\/\/git-lfs\.github\.com\/spec\//)

/**
 * Files that are pointers of Git LFS where manifests may be: YAML anywhere, whatever a layer names, and any file in a
 * folder of mesh manifests. What is deployed is what they point to, which is not in Git.
 */
export function lfsPointers(
  files: readonly SourceFile[],
  meshFiles: ReadonlySet<string>,
  named: NamedFiles,
): readonly Unreadable[] {
  const folders = new Set([...meshFiles].map(folderOf))
  return files
    .filter(isPointer)
    .filter(({ path }) => /\.ya?ml$/.test(path) || named.has(path) || folders.has(folderOf(path)))
    .map((file) => ({
      path: file.path,
      elsewhere: true as const,
      diagnostic: {
        id: 'invalid-manifest',
        severity: 'error',
        ...documentFault('lfs-pointer'),
        range: { file, start: 0, end: file.text.split('\n')[0]?.length ?? 0 },
      },
    }))
}
