import { git, gitText, resolvePath, resolveRevision } from './git.ts'

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

/** The commits of a range (`base..head`) or of a single revision with `-1`, oldest first. */
export async function readCommits(directory: string, args: readonly string[]): Promise<Commit[]> {
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

/** One commit, or undefined where the revision names none. */
export async function readCommit(directory: string, revision: string): Promise<Commit | undefined> {
  const sha = await resolveRevision(directory, revision)
  return sha === undefined ? undefined : (await readCommits(directory, ['-1', sha]))[0]
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

/** The bytes of a blob, or undefined where there is none of that name. */
export async function readBlob(directory: string, name: string): Promise<Buffer | undefined> {
  const sha = await resolveRevision(directory, name, 'blob')
  return sha === undefined ? undefined : git(directory, ['cat-file', 'blob', sha])
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
