import { remember } from './remember.ts'
import { GitError, git, gitText, isObjectId, resolvePath, resolveRevision } from './run.ts'

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

const format = '%H%n%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B'

function utc(date: string): string {
  return new Date(date).toISOString().replace(/\.\d+Z$/, 'Z')
}

function parseCommit(text: string): Commit {
  const [sha = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', ...body] =
    text.split('\n')
  return {
    sha,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: body.join('\n').replace(/\n+$/, ''),
  }
}

async function readCommits(directory: string, args: readonly string[]): Promise<Commit[]> {
  const text = await gitText(directory, [
    'log',
    '-z',
    '--topo-order',
    '--reverse',
    `--format=${format}`,
    ...args,
  ])
  return text === '' ? [] : text.replace(/\0$/, '').split('\0').map(parseCommit)
}

const ranges = remember<Commit[]>(500)

/** The commits that one commit has and another has not, oldest first. Both are given by id. */
export function commitsBetween(directory: string, from: string, to: string): Promise<Commit[]> {
  return ranges(`${directory} ${from} ${to}`, () => readCommits(directory, [`${from}..${to}`]))
}

const commits = remember<Commit | undefined>(2000, (found) => found !== undefined)

/** One commit, or undefined where the revision names none. */
export async function readCommit(directory: string, revision: string): Promise<Commit | undefined> {
  const id = isObjectId(revision) ? revision : await resolveRevision(directory, revision)
  return id === undefined ? undefined : commits(`${directory} ${id}`, () => askForCommit(directory, id))
}

async function askForCommit(directory: string, revision: string): Promise<Commit | undefined> {
  try {
    return (await readCommits(directory, ['-1', `${revision}^{commit}`, '--']))[0]
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** The entries of a tree; recursively, the sub-trees are listed too, as GitHub lists them. */
export async function readTree(
  directory: string,
  tree: string,
  depth: 'flat' | 'recursive',
): Promise<TreeEntry[]> {
  const recursion = depth === 'recursive' ? ['-r', '-t'] : []
  const text = (await git(directory, ['ls-tree', '-z', '-l', ...recursion, tree])).toString()
  return text
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/)
      const entry = { path: line.slice(tab + 1), mode, type: type as TreeEntry['type'], sha }
      return size === '-' ? entry : { ...entry, size: Number(size) }
    })
}

const blobs = remember<Buffer | undefined>(500, (found) => found !== undefined)

/** The bytes of a blob, or undefined where there is none of that id. */
export function readBlob(directory: string, sha: string): Promise<Buffer | undefined> {
  return blobs(`${directory} ${sha}`, () => askForBlob(directory, sha))
}

async function askForBlob(directory: string, sha: string): Promise<Buffer | undefined> {
  try {
    return await git(directory, ['cat-file', 'blob', sha])
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
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
