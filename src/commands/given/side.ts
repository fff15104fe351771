import { resolve } from 'node:path'
import { type GitClone, openGitClone } from '../../git/clone.ts'
import { type DirectoryOptions, isDirectory, openDirectory } from '../../git/directory.ts'
import type { FileStore } from '../../git/file-store.ts'
import { GitUnusable } from '../../git/process.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'

/** What `--base` or `--head` names. */
export type Side =
  | { readonly kind: 'directory'; readonly name: string; readonly path: string }
  | { readonly kind: 'ref'; readonly name: string }

/**
 * An argument that is a directory is a directory, whatever branches of that name there are. One that is called like what was fetched
 * (`origin/main`) is refused: whoever proposes something could have written it, to be judged by a base of their own.
 */
export async function sideOf(argument: string, terminal: Terminal): Promise<Side> {
  const path = resolve(terminal.directory, argument)
  if (argument !== '' && (await isDirectory(path))) {
    if (!saysWhere.test(argument) && (await isFetched(argument, terminal)))
      throw new UserError(
        `${argument} is a commit that was fetched, and a directory here as well: write ./${argument} for the directory, or remove it.`,
      )
    return { kind: 'directory', name: argument, path }
  }
  return { kind: 'ref', name: argument }
}

/**
 * The same where the working directory is a proposal that was checked out, in which whoever made it may have written a directory of any
 * name: a commit stands before it, and what is said to be a ref is nothing else.
 */
export async function sideIn(
  { name, isRef }: { readonly name: string; readonly isRef: boolean },
  terminal: Terminal,
): Promise<Side> {
  if (await inClone(terminal, async (clone) => (await clone.commit(name)) !== undefined))
    return { kind: 'ref', name }
  if (!isRef) return sideOf(name, terminal)
  throw new UserError(
    `${name} is not in the clone at ${terminal.directory}: check the repository out before this step with all of its history (fetch-depth: 0 of actions/checkout).`,
  )
}

/** `./origin/main`, `/tmp/before`: a path, and no ref. */
const saysWhere = /^\.{0,2}(?:\/|$)/

/** Directories need no Git: where there is none nothing was fetched. */
async function isFetched(name: string, terminal: Terminal): Promise<boolean> {
  return inClone(terminal, (clone) => clone.isRemote(name)).catch((error: unknown) => {
    if (error instanceof UserError) return false
    throw error
  })
}

/** What is so in the clone around the working directory; where there is none nothing is. */
async function inClone(
  { directory, environment }: Terminal,
  holds: (clone: GitClone) => Promise<boolean>,
): Promise<boolean> {
  const clone = await openGitClone({ directory, environment }).catch(explainGit)
  if (clone === undefined) return false
  try {
    return await holds(clone)
  } finally {
    await clone.close()
  }
}

/** Runs `work` with the clone around the working directory, in which the refs among the sides are, and closes it. */
export async function withClone<T>(
  terminal: Terminal,
  sides: readonly Side[],
  work: (clone: GitClone) => Promise<T>,
): Promise<T> {
  const names = sides.flatMap(({ kind, name }) => (kind === 'ref' ? [name || 'An empty name'] : []))
  const otherwise = `${names.join(' and ')} ${names.length > 1 ? 'are no directories' : 'is no directory'}, and ${terminal.directory} does not lie in a Git repository: name two directories with --base and --head, or go to a clone.`
  return withCloneAt(terminal, otherwise, work)
}

/** The same, where it takes a clone whatever is asked for; `otherwise` is what is wrong where there is none. */
export async function withCloneAt<T>(
  { directory, environment }: Pick<Terminal, 'directory' | 'environment'>,
  otherwise: string,
  work: (clone: GitClone) => Promise<T>,
): Promise<T> {
  const clone = await openGitClone({ directory, environment }).catch(explainGit)
  if (clone === undefined) throw new UserError(otherwise)
  try {
    return await work(clone).catch(explainGit)
  } finally {
    await clone.close()
  }
}

/** Runs `work` with the clone in which a directory lies. */
export async function withCloneIn<T>(
  dir: string,
  terminal: Terminal,
  work: (clone: GitClone) => Promise<T>,
): Promise<T> {
  const directory = resolve(terminal.directory, dir)
  if (!(await isDirectory(directory))) throw new UserError(`--dir ${dir} is no directory.`)
  return withCloneAt(
    { ...terminal, directory },
    `--dir ${dir} does not lie in a Git repository: name a clone.`,
    work,
  )
}

function explainGit(error: unknown): never {
  if (error instanceof GitUnusable) throw new UserError(error.message)
  throw error
}

/** The commit that a ref names. */
export async function commitOf(clone: GitClone, ref: string): Promise<string> {
  const commit = await clone.commit(ref)
  if (commit !== undefined) return commit
  const advice =
    ref === 'origin/HEAD'
      ? 'name the base with --base, or let Git look it up: git remote set-head origin --auto'
      : 'name a directory, or a branch, tag or commit of this clone'
  throw new UserError(`${ref || 'An empty name'} is neither a directory nor a commit here: ${advice}.`)
}

/** The files of a directory; one that cannot be read is the user's to mend. */
export function directoryStore(options: DirectoryOptions): FileStore {
  const store = openDirectory(options)
  const explain = (error: unknown): never => {
    throw new UserError(`${pathIn(error) ?? options.path} cannot be read: ${causeOf(error)}.`)
  }
  return { listing: () => store.listing().catch(explain), blob: (sha) => store.blob(sha).catch(explain) }
}

function pathIn(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
}
