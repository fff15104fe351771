import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { mergeBase } from './history.ts'
import { endReaders } from './object-reader.ts'
import { readCommit, type Signature } from './objects.ts'
import { GitError, git, gitText, noCommit } from './run.ts'

/** Contents of a file in a commit to be made; null removes the path, `symlink` makes its text the target. */
export type NewFile =
  | null
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly executable: string }

/** A commit to be made on top of `parent` (absent for a root commit). */
export interface NewCommit {
  readonly files: Readonly<Record<string, NewFile>>
  readonly message: string
  readonly author: Signature
  readonly parent?: string
  /** Further parents. What the commit holds is up to whoever makes it: its first parent's files, and `files`. */
  readonly merges?: readonly string[]
}

function quotePath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

function fileCommand(path: string, file: NewFile): Buffer {
  if (file === null) return Buffer.from(`D ${quotePath(path)}\n`)
  const [mode, content] =
    typeof file === 'string' || file instanceof Uint8Array
      ? ['100644', file]
      : 'symlink' in file
        ? ['120000', file.symlink]
        : ['100755', file.executable]
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quotePath(path)}\n`), data(content)])
}

function signature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
}

/** Writes a commit with Git's own importer and returns its id; no branch is moved. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const reference = `refs/imports/${crypto.randomUUID()}`
  const by = signature(commit.author)
  const stream = Buffer.concat([
    Buffer.from(`commit ${reference}\nmark :1\nauthor ${by}\ncommitter ${by}\n`),
    data(commit.message),
    Buffer.from(commit.parent === undefined ? '' : `from ${commit.parent}\n`),
    ...(commit.merges ?? []).map((other) => Buffer.from(`merge ${other}\n`)),
    ...Object.entries(commit.files).map(([path, file]) => fileCommand(path, file)),
    // The importer wants a reference to write to; it is taken away again in the same breath.
    Buffer.from(`\nget-mark :1\nreset ${reference}\nfrom ${noCommit}\n\ndone\n`),
  ])
  return gitText(directory, ['fast-import', '--quiet', '--done', '--force'], { input: stream })
}

/** Two commits to be merged, the first parent first. */
export interface NewMerge {
  readonly base: string
  readonly head: string
  readonly message: string
  readonly by: Signature
  readonly squash?: true
}

/** Merges two commits in memory; undefined when Git reports a conflict or no common history. */
export async function writeMerge(directory: string, merge: NewMerge): Promise<string | undefined> {
  const tree = await mergedTree(directory, merge.base, merge.head)
  if (tree === undefined) return undefined
  const parents = merge.squash ? [merge.base] : [merge.base, merge.head]
  const committer = { ...merge.by, name: 'GitHub', email: 'noreply@github.com' }
  return writeObject(
    directory,
    'commit',
    [
      `tree ${tree}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${signature(merge.by)}`,
      `committer ${signature(committer)}`,
      '',
      merge.message.endsWith('\n') ? merge.message : `${merge.message}\n`,
    ].join('\n'),
  )
}

/** Writes an object where Git keeps loose ones. */
async function writeObject(directory: string, type: string, content: string): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${type} ${Buffer.byteLength(content)}\0`), Buffer.from(content)])
  const sha = createHash('sha1').update(bytes).digest('hex')
  const folder = join(directory, 'objects', sha.slice(0, 2))
  const draft = join(folder, `tmp_obj_${crypto.randomUUID()}`)
  await mkdir(folder, { recursive: true })
  await writeFile(draft, deflateSync(bytes))
  await rename(draft, join(folder, sha.slice(2)))
  return sha
}

/** Where the base has nothing of its own, the merge has what the head has; everything else Git merges. */
async function mergedTree(directory: string, base: string, head: string): Promise<string | undefined> {
  if ((await mergeBase(directory, base, head)) === base) return (await readCommit(directory, head))?.tree
  try {
    return (await gitText(directory, ['merge-tree', '--write-tree', '--name-only', base, head])).split(
      '\n',
    )[0]
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** Makes an empty bare repository, or a copy of another that shares its history. */
export async function createBareRepository(
  directory: string,
  from: { readonly branch: string } | { readonly copyOf: string },
): Promise<void> {
  if ('copyOf' in from) await git('/', ['clone', '--quiet', '--bare', from.copyOf, directory])
  else await createEmpty(directory, from.branch)
}

/** What `git init --bare` makes, but for its examples. */
async function createEmpty(directory: string, branch: string): Promise<void> {
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'])
    await mkdir(join(directory, folder), { recursive: true })
  await writeFile(join(directory, 'HEAD'), `ref: refs/heads/${branch}\n`)
  await writeFile(
    join(directory, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n',
  )
}

/** Removes a repository from the disk. */
export async function removeBareRepository(directory: string): Promise<void> {
  await endReaders(directory)
  await rm(directory, { recursive: true, force: true })
}
