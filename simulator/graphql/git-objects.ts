import { isUtf8 } from 'node:buffer'
import { findObject } from '../git/loose-objects.ts'
import { readTree, resolvePath, type TreeEntry } from '../git/objects.ts'
import { resolveRevision } from '../git/references.ts'
import { nodeId } from '../state/names.ts'
import type { Repository } from '../state/repository.ts'
import type { GraphObject } from './nodes.ts'

/** The most of a text that GitHub gives, in bytes; the rest is cut off, and `isTruncated` says so. */
const longestText = 512_000

function idOf(type: string, repository: Repository, oid: string): string {
  return `${nodeId(type, repository.id)}:${oid}`
}

/** As Git does, by a zero among the first bytes; what is no UTF-8 has no text either. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0) || !isUtf8(content)
}

/** Whole characters of the first bytes. */
function cutText(content: Buffer): string {
  if (content.length <= longestText) return content.toString()
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content.subarray(0, longestText), {
    stream: true,
  })
}

function blobObject(repository: Repository, oid: string, content: Buffer): GraphObject {
  const binary = isBinary(content)
  return {
    __typename: 'Blob',
    id: idOf('Blob', repository, oid),
    oid,
    byteSize: content.length,
    isBinary: binary,
    isTruncated: content.length > longestText,
    text: binary ? null : cutText(content),
  }
}

interface ObjectAsked {
  readonly oid?: string | null
  readonly expression?: string | null
}

async function idAsked(
  { directory, defaultBranch }: Repository,
  { oid, expression }: ObjectAsked,
): Promise<string | undefined> {
  if (oid) return oid
  const [asked = '', path] = (expression ?? '').split(/:(.*)/s)
  const revision = asked === 'HEAD' ? defaultBranch : asked
  if (path === undefined) return resolveRevision(directory, revision)
  const commit = await resolveRevision(directory, revision)
  return commit && resolvePath(directory, commit, path)
}

type AsCommit = (sha: string) => GraphObject

function treeObject(repository: Repository, oid: string, asCommit: AsCommit): GraphObject {
  return {
    __typename: 'Tree',
    id: idOf('Tree', repository, oid),
    oid,
    entries: async () =>
      (await readTree(repository.directory, oid, 'flat')).map((entry) =>
        entryObject(repository, entry, asCommit),
      ),
  }
}

/** The mode is the number that Git writes in octal digits. A commit of another repository is no object of this one. */
function entryObject(
  repository: Repository,
  { path, mode, type, sha, size = 0 }: TreeEntry,
  asCommit: AsCommit,
): object {
  return {
    name: path,
    mode: Number.parseInt(mode, 8),
    type,
    oid: sha,
    size,
    object: () => (type === 'commit' ? null : gitObject(repository, { oid: sha }, asCommit)),
  }
}

/** What a name stands for, or null; `commit` makes a commit of the graph. */
export async function gitObject(
  repository: Repository,
  asked: ObjectAsked,
  commit: AsCommit,
): Promise<GraphObject | null> {
  const id = await idAsked(repository, asked)
  const found = id !== undefined && /^[0-9a-f]{40}$/.test(id) && (await findObject(repository.directory, id))
  if (!found) return null
  if (found.type === 'commit') return commit(found.sha)
  if (found.type === 'blob') return blobObject(repository, found.sha, found.content)
  return treeObject(repository, found.sha, commit)
}
