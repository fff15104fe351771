import { createHash } from 'node:crypto'
import type { NewFile } from '@firebreak/simulator'
import type { TreeEntry } from '../../src/app/reading/git-objects.ts'
import { memoizedByText } from '../../src/domain/source/memoized.ts'
import type { FileStore } from '../../src/git/file-store.ts'

/** Files in memory as a store, with the modes and names that Git gives them. Null stands for no file. */
export function memoryStore(files: Readonly<Record<string, NewFile>>): FileStore {
  const blobs = new Map<string, Buffer>()
  const tree = new Map<string, TreeEntry>()
  for (const [path, file] of Object.entries(files)) {
    if (file === null) continue
    const [mode, written] = contentOf(file)
    const { sha, content } = typeof written === 'string' ? blobOfText(written) : blobOf(written)
    blobs.set(sha, content)
    tree.set(path, { mode, sha, size: content.length })
  }
  refuseFilesBelowFiles([...tree.keys()])
  return {
    listing: async () => ({ tree, cut: [] }),
    async blob(sha) {
      const found = blobs.get(sha)
      if (found === undefined) throw new Error(`${sha} was never listed`)
      return found
    },
  }
}

function contentOf(file: Exclude<NewFile, null>): readonly [string, string | Uint8Array] {
  if (typeof file === 'string' || file instanceof Uint8Array) return ['100644', file]
  return 'symlink' in file ? ['120000', file.symlink] : ['100755', file.executable]
}

interface Blob {
  readonly sha: string
  readonly content: Buffer
}

function blobOf(written: string | Uint8Array): Blob {
  const content = Buffer.from(written)
  const sha = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
  return { sha, content }
}

/** Objects of Git never change: one text is one object, as in the App, however many commits have it. */
const blobOfText = memoizedByText(blobOf)

/** No disk and no tree of Git can hold both; a test that writes them means something else. */
function refuseFilesBelowFiles(paths: readonly string[]): void {
  const known = new Set(paths)
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (known.has(path.slice(0, end))) throw new Error(`${path.slice(0, end)} is a file, and ${path} too`)
    }
  }
}
