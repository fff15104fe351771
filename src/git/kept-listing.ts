import { createHash } from 'node:crypto'
import type { Listing, TreeEntry } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import { type FolderEntry, folderMode, hashOf, treeId } from './object-id.ts'

const most = budgets.keptEntries.size

type Row = readonly [path: string, mode: string, sha: string, size?: number]

/** A folder by what is in it, files and folders by name. */
interface Folder {
  readonly folders: Map<string, Folder>
  readonly entries: FolderEntry[]
}

function emptyFolder(): Folder {
  return { folders: new Map(), entries: [] }
}

function folderOf(root: Folder, names: readonly string[]): Folder {
  let folder = root
  for (const name of names) {
    const next = folder.folders.get(name) ?? emptyFolder()
    folder.folders.set(name, next)
    folder = next
  }
  return folder
}

function idOfFolder({ folders, entries }: Folder, of: string): string {
  const below = [...folders].map(([name, folder]) => ({
    ...{ name, mode: folderMode },
    sha: idOfFolder(folder, of),
  }))
  return treeId([...entries, ...below], hashOf(of))
}

/** Whether these are all files of a tree, whoever says so. */
function isListingOf(of: string, tree: Listing['tree']): boolean {
  const root = emptyFolder()
  for (const [path, { sha, mode }] of tree) {
    const names = path.split('/')
    const name = names.pop() ?? ''
    folderOf(root, names).entries.push({ name, mode, sha })
  }
  return idOfFolder(root, of) === of
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A listing as it is kept on disk; undefined where it is not all of the tree of this name, or too long. */
export function listingToKeep(sha: string, { tree, cut }: Listing): Buffer | undefined {
  if (cut.length > 0 || tree.size > most || !isListingOf(sha, tree)) return undefined
  const rows: readonly Row[] = [...tree].map(([path, entry]) =>
    entry.size === undefined ? [path, entry.mode, entry.sha] : [path, entry.mode, entry.sha, entry.size],
  )
  const text = JSON.stringify(rows)
  // The name of a tree says nothing of the sizes of its files.
  return Buffer.from(`${digestOf(text)}\n${text}`)
}

/** What was kept of a tree; undefined where that is not what was written. */
export function keptListing(sha: string, content: Buffer): Listing | undefined {
  const [digest, text = ''] = content.toString().split('\n', 2)
  if (digest !== digestOf(text)) return undefined
  const rows = JSON.parse(text) as readonly Row[]
  const tree = new Map<string, TreeEntry>(
    rows.map(([path, mode, id, size]) => [
      path,
      size === undefined ? { sha: id, mode } : { sha: id, mode, size },
    ]),
  )
  return isListingOf(sha, tree) ? { tree, cut: [] } : undefined
}
