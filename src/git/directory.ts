import { type Dirent, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TreeEntry } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import type { FileStore } from './file-store.ts'
import { blobId } from './object-id.ts'

export interface DirectoryOptions {
  readonly path: string
  /** By content, as Git does, so that sides can be compared; by path where there is only one, without reading it all. */
  readonly naming: 'content' | 'path'
  /** What was read to name it, to be asked for soon; of both sides that are compared. */
  readonly contents?: Contents
}

/** Contents by their names; what stands in several places is held once. */
export interface Contents {
  get(sha: string): Buffer | undefined
  /** Remembers it, as far as there is room (`blobCache`). */
  keep(sha: string, content: Buffer): void
}

export function createContents(): Contents {
  const known = new Map<string, Buffer>()
  let left: number = budgets.blobCache.size
  return {
    get: (sha) => known.get(sha),
    keep(sha, content) {
      if (known.has(sha)) return
      left -= content.length
      if (left >= 0) known.set(sha, content)
    },
  }
}

/** Whether there is a directory of this name, a symbolic link to one included. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/**
 * A directory as a store of files, whether or not Git knows it; `.git` is left out. Symbolic links are listed and never
 * followed. Throws for what cannot be read. Nothing else waits meanwhile, so that it is read at once: a promise for each of thousands
 * of small files costs ten times what reading it does.
 */
export function openDirectory({ path: root, naming, contents }: DirectoryOptions): FileStore {
  const bySha = new Map<string, { readonly path: string; readonly kind: Kind }>()
  return {
    async listing() {
      const tree = new Map<string, TreeEntry>()
      for (const { path, kind } of walk(root, '')) {
        if (kind === 'other') continue
        const entry = naming === 'path' ? unread(path, kind) : entryAt(join(root, path), kind, contents)
        tree.set(path, entry)
        bySha.set(entry.sha, { path, kind })
      }
      return { tree, cut: [] }
    },
    async blob(sha) {
      const found = bySha.get(sha)
      if (found === undefined) throw new Error(`${sha} was never listed`)
      const at = join(root, found.path)
      return contents?.get(sha) ?? contentAt(at, found.kind)
    },
  }
}

type Kind = 'file' | 'link'

interface Found {
  readonly path: string
  /** Git knows no sockets and pipes, and nor do we. */
  readonly kind: Kind | 'other'
}

function* walk(root: string, folder: string): Generator<Found> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  for (const entry of entries) {
    if (entry.name === '.git') continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* walk(root, path)
    else yield { path, kind: kindOf(entry) }
  }
}

function kindOf(entry: Dirent): Found['kind'] {
  if (entry.isSymbolicLink()) return 'link'
  return entry.isFile() ? 'file' : 'other'
}

const mode: Readonly<Record<Kind, string>> = { file: '100644', link: '120000' }

function unread(path: string, kind: Kind): TreeEntry {
  return { mode: mode[kind], sha: path }
}

/** The name that Git would give the content, so that equal files are equal wherever they are. */
function entryAt(path: string, kind: Kind, contents: Contents | undefined): TreeEntry {
  const content = contentAt(path, kind)
  const sha = blobId(content)
  contents?.keep(sha, content)
  return { mode: mode[kind], sha, ...(kind === 'file' && { size: content.length }) }
}

function contentAt(path: string, kind: Kind): Buffer {
  return kind === 'link' ? Buffer.from(readlinkSync(path)) : readFileSync(path)
}
