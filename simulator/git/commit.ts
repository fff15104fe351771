import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type NewFile, writeChangedTree } from './change-tree.ts'
import { mergeBase } from './history.ts'
import { writeObject } from './loose-objects.ts'
import { endReaders } from './object-reader.ts'
import { readCommit, type Signature } from './objects.ts'
import { GitError, git, gitText } from './run.ts'

/** A commit to be made on top of `parent` (absent for a root commit). */
export interface NewCommit {
  readonly files: Readonly<Record<string, NewFile>>
  readonly message: string
  readonly author: Signature
  readonly parent?: string
  /** Further parents. What the commit holds is up to whoever makes it: its first parent's files, and `files`. */
  readonly merges?: readonly string[]
}

function signature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
}

/** Writes a commit and returns its id; no branch is moved. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const { parent, merges = [], message } = commit
  const tree = await writeChangedTree(directory, parent, commit.files)
  const by = signature(commit.author)
  const parents = [...(parent === undefined ? [] : [parent]), ...merges]
  return writeCommitObject(directory, { tree, parents, author: by, committer: by, message })
}

interface CommitObject {
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: string
  readonly committer: string
  readonly message: string
}

function writeCommitObject(directory: string, commit: CommitObject): string {
  const { tree, parents, author, committer, message } = commit
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    `committer ${committer}`,
    '',
    message,
  ]
  return writeObject(directory, 'commit', lines.join('\n'))
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
  const committer = { ...merge.by, name: 'GitHub', email: 'noreply@github.com' }
  return writeCommitObject(directory, {
    tree,
    parents: merge.squash ? [merge.base] : [merge.base, merge.head],
    author: signature(merge.by),
    committer: signature(committer),
    message: merge.message.endsWith('\n') ? merge.message : `${merge.message}\n`,
  })
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
