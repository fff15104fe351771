import { findObject } from './loose-objects.ts'
import type { GitObject } from './object-reader.ts'
import { resolveRevision } from './references.ts'
import { remember } from './remember.ts'
import { gitText, isObjectId } from './run.ts'

/** Who wrote or applied a commit, and when. */
export interface Signature {
  readonly name: string
  readonly email: string
  readonly date: string
}

/** A commit as Git stores it. */
export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

/** An entry of a tree. `size` is known for blobs alone. */
export interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly sha: string
  readonly size?: number
}

const signaturePattern = /^(?<name>.*?) ?<(?<email>[^>]*)> (?<seconds>\d+) [+-]\d{4}$/

function signatureIn(line: string): Signature {
  const { name = '', email = '', seconds = '0' } = signaturePattern.exec(line)?.groups ?? {}
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, 'Z') }
}

/** A commit object: lines of a key and its value, an empty line, and the message. */
function parseCommit({ sha, content }: GitObject): Commit {
  const text = content.toString()
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, end).split('\n')
  const valuesOf = (key: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []))
  return {
    sha,
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: signatureIn(valuesOf('author')[0] ?? ''),
    committer: signatureIn(valuesOf('committer')[0] ?? ''),
    message: text.slice(end + 2).replace(/\n+$/, ''),
  }
}

const commits = remember<Commit | undefined>(2000, (found) => found !== undefined)

/** One commit, or undefined where the revision names none. */
export async function readCommit(directory: string, revision: string): Promise<Commit | undefined> {
  const id = isObjectId(revision) ? revision : await resolveRevision(directory, revision)
  return id === undefined ? undefined : commits(`${directory} ${id}`, () => askForCommit(directory, id))
}

async function askForCommit(directory: string, id: string): Promise<Commit | undefined> {
  const sha = await resolveRevision(directory, id)
  const found = sha === undefined ? undefined : await findObject(directory, sha)
  return found && parseCommit(found)
}

/** The commits of a range, oldest first. */
export async function readCommits(directory: string, range: string): Promise<Commit[]> {
  const text = await gitText(directory, ['rev-list', '--topo-order', '--reverse', range, '--'])
  const found = await Promise.all(
    text
      .split('\n')
      .filter((id) => id !== '')
      .map((id) => readCommit(directory, id)),
  )
  return found.flatMap((commit) => commit ?? [])
}

/** The entries of a tree; recursively, the sub-trees are listed too, as GitHub lists them. */
export async function readTree(
  directory: string,
  tree: string,
  depth: 'flat' | 'recursive',
): Promise<TreeEntry[]> {
  return depth === 'flat' ? flatTree(directory, tree) : deepTree(directory, tree)
}

const trees = remember<TreeEntry[]>(2000)

function flatTree(directory: string, tree: string): Promise<TreeEntry[]> {
  return trees(`${directory} ${tree}`, async () =>
    Promise.all(
      (await entriesOf(directory, tree)).map(async (entry) => {
        if (entry.type !== 'blob') return entry
        return { ...entry, size: (await findObject(directory, entry.sha))?.size ?? 0 }
      }),
    ),
  )
}

/** The entries of the tree that an id names, without sizes. */
export async function entriesOf(directory: string, id: string): Promise<TreeEntry[]> {
  const sha = await resolveRevision(directory, id, 'tree')
  const found = sha === undefined ? undefined : await findObject(directory, sha)
  if (found === undefined) throw new Error(`${id} names no tree of ${directory}`)
  return entriesIn(found.content)
}

async function deepTree(directory: string, tree: string): Promise<TreeEntry[]> {
  const nested = (await flatTree(directory, tree)).map(async (entry) => {
    if (entry.type !== 'tree') return [entry]
    const below = await deepTree(directory, entry.sha)
    return [entry, ...below.map((each) => ({ ...each, path: `${entry.path}/${each.path}` }))]
  })
  return (await Promise.all(nested)).flat()
}

/** A tree object: for each entry its mode, a space, its name, a zero and the twenty bytes of its id. */
function entriesIn(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = []
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const end = content.indexOf(0, space)
    const mode = content.subarray(at, space).toString().padStart(6, '0')
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
    const sha = content.subarray(end + 1, end + 21).toString('hex')
    entries.push({ path: content.subarray(space + 1, end).toString(), mode, type, sha })
    at = end + 21
  }
  return entries
}

/** The bytes of a blob, or undefined where there is none of that id. */
export async function readBlob(directory: string, sha: string): Promise<Buffer | undefined> {
  const found = await findObject(directory, sha)
  return found?.type === 'blob' ? found.content : undefined
}

const paths = remember<string | undefined>(5000)

/** The tree or blob at a path of a commit, given by id, or undefined; the empty path is the root. */
export function resolvePath(directory: string, commit: string, path: string): Promise<string | undefined> {
  return paths(`${directory} ${commit} ${path}`, async () => {
    let at = await resolveRevision(directory, commit, 'tree')
    for (const step of path === '' ? [] : path.split('/')) {
      const tree = at === undefined ? undefined : await resolveRevision(directory, at, 'tree')
      if (tree === undefined) return undefined
      at = (await entriesOf(directory, tree)).find((entry) => entry.path === step)?.sha
    }
    return at
  })
}

/** The bytes of the file at a path of a commit, or undefined where there is none. */
export async function readFileAt(
  directory: string,
  commit: string,
  path: string,
): Promise<Buffer | undefined> {
  const sha = await resolvePath(directory, commit, path)
  return sha === undefined ? undefined : readBlob(directory, sha)
}
