import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TreeEntry } from '../app/git-objects.ts'
import type { FileStore } from './file-store.ts'

export interface DirectoryOptions {
  readonly path: string
  /** By content, as Git does, so that sides can be compared; by path where there is only one, without reading it all. */
  readonly naming: 'content' | 'path'
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
 * followed. Throws for what cannot be read.
 */
export function openDirectory({ path: root, naming }: DirectoryOptions): FileStore {
  const bySha = new Map<string, { readonly path: string; readonly kind: Kind }>()
  return {
    async listing() {
      const tree = new Map<string, TreeEntry>()
      for await (const { path, kind } of walk(root, '')) {
        if (kind === 'other') continue
        const entry = naming === 'path' ? unread(path, kind) : await entryAt(join(root, path), kind)
        tree.set(path, entry)
        bySha.set(entry.sha, { path, kind })
      }
      return { tree, cut: [] }
    },
    async blob(sha) {
      const found = bySha.get(sha)
      if (found === undefined) throw new Error(`${sha} was never listed`)
      const at = join(root, found.path)
      return found.kind === 'link' ? Buffer.from(await readlink(at)) : readFile(at)
    },
  }
}

type Kind = 'file' | 'link'

interface Found {
  readonly path: string
  /** Git knows no sockets and pipes, and nor do we. */
  readonly kind: Kind | 'other'
}

async function* walk(root: string, folder: string): AsyncGenerator<Found> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
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
async function entryAt(path: string, kind: Kind): Promise<TreeEntry> {
  if (kind === 'link') return { mode: mode.link, sha: nameOf(Buffer.from(await readlink(path))) }
  const content = await readFile(path)
  return { mode: mode.file, sha: nameOf(content), size: content.length }
}

function nameOf(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}
