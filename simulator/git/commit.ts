import { rm } from 'node:fs/promises'
import type { Signature } from './objects.ts'
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
  const parents = merge.squash ? ['-p', merge.base] : ['-p', merge.base, '-p', merge.head]
  return gitText(directory, ['commit-tree', tree, ...parents, '-F', '-'], {
    input: merge.message,
    environment: {
      GIT_AUTHOR_NAME: merge.by.name,
      GIT_AUTHOR_EMAIL: merge.by.email,
      GIT_AUTHOR_DATE: merge.by.date,
      GIT_COMMITTER_NAME: 'GitHub',
      GIT_COMMITTER_EMAIL: 'noreply@github.com',
      GIT_COMMITTER_DATE: merge.by.date,
    },
  })
}

async function mergedTree(directory: string, base: string, head: string): Promise<string | undefined> {
  try {
    return (await gitText(directory, ['merge-tree', '--write-tree', '--name-only', base, head])).split(
      '\n',
    )[0]
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** Moves a reference; `new` undefined deletes it. */
export async function updateReference(
  directory: string,
  reference: string,
  target: string | undefined,
): Promise<void> {
  await git(
    directory,
    target === undefined ? ['update-ref', '-d', reference] : ['update-ref', reference, target],
  )
}

/** Makes an empty bare repository, or a copy of another that shares its history. */
export async function createBareRepository(
  directory: string,
  from: { readonly branch: string } | { readonly copyOf: string },
): Promise<void> {
  if ('branch' in from)
    await git('/', ['init', '--quiet', '--bare', `--initial-branch=${from.branch}`, directory])
  else await git('/', ['clone', '--quiet', '--bare', from.copyOf, directory])
}

/** Removes a repository from the disk. */
export async function removeBareRepository(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
}
