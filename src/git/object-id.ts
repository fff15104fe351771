import { createHash } from 'node:crypto'

type Hash = 'sha1' | 'sha256'

function idOf(type: 'blob' | 'tree', content: Buffer, hash: Hash): string {
  return createHash(hash).update(`${type} ${content.length}\0`).update(content).digest('hex')
}

/** By which hash a name was made. */
export function hashOf({ length }: string): Hash {
  return length === 64 ? 'sha256' : 'sha1'
}

/** The name that Git gives a content. */
export function blobId(content: Buffer, hash: Hash = 'sha1'): string {
  return idOf('blob', content, hash)
}

/** Whether a content is that of a blob, whoever says so; the length of the name says by which hash. */
export function isBlobOf(sha: string, content: Buffer): boolean {
  return blobId(content, hashOf(sha)) === sha
}

/** What a folder holds under one name. */
export interface FolderEntry {
  readonly name: string
  /** In octal digits, as in a listing. */
  readonly mode: string
  readonly sha: string
}

/** The mode of a folder in a folder. */
export const folderMode = '040000'

/** Git sorts the names of folders as if they ended in a slash. */
function sortedName({ name, mode }: FolderEntry): Buffer {
  return Buffer.from(mode === folderMode ? `${name}/` : name)
}

/** The name that Git gives a folder. */
export function treeId(entries: readonly FolderEntry[], hash: Hash): string {
  const written = entries
    .map((entry) => ({ entry, key: sortedName(entry) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry: { name, mode, sha: id } }) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0+/, '')} ${name}\0`), Buffer.from(id, 'hex')]),
    )
  return idOf('tree', Buffer.concat(written), hash)
}

/** Whether these are the entries of a tree, all of them and no others, whoever says so. */
export function isTreeOf(sha: string, entries: readonly FolderEntry[]): boolean {
  return treeId(entries, hashOf(sha)) === sha
}
