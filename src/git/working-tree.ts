import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type GitOutput, type GitProcess, runGit } from './process.ts'

/** How many files of the working tree around a directory differ from its commit, those that are not yet added among them. */
export async function countUncommitted(git: GitProcess): Promise<number> {
  const status = await runGit(['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames'], git)
  return status.output.toString().split('\0').length - 1
}

/**
 * A commit of all files of a working tree as they lie there, upon the commit that it was made of. It is written to a
 * repository beside the clone, by whose configuration nothing is filtered; what Git ignores is left out.
 */
export async function commitWorkingTree(top: string, head: string, scratch: GitProcess): Promise<string> {
  const git = {
    directory: top,
    environment: { ...scratch.environment, ...nobody, GIT_WORK_TREE: top },
  }
  const run = async (...args: readonly string[]) =>
    written(args, await runGit(['-c', 'core.bare=false', ...args], git))
  await run('read-tree', head)
  await run('add', '--all', '.')
  return run('commit-tree', '-p', head, '-m', 'The working tree', await run('write-tree'))
}

/**
 * The tree of what is staged in a clone, written to the repository beside it; undefined while it is in conflict. While a
 * commit is made Git names the index that counts, and it is read from a copy, for to write a tree of it may change it.
 */
export async function writeStaged(git: GitProcess, scratch: GitProcess): Promise<string | undefined> {
  const found = await runGit(['rev-parse', '--git-path', 'index'], git)
  const index = git.environment['GIT_INDEX_FILE'] ?? found.output.toString().replace(/\n$/, '')
  const copy = join(scratch.environment['GIT_DIR'] ?? scratch.directory, 'staged')
  // Without an index nothing is staged: Git takes an absent one for an empty one.
  await copyFile(resolve(git.directory, index), copy).catch(() => {})
  const tree = await runGit(['write-tree'], {
    ...scratch,
    environment: { ...scratch.environment, GIT_INDEX_FILE: copy },
  })
  return tree.code === 0 ? tree.output.toString().trim() : undefined
}

const nobody = {
  GIT_AUTHOR_NAME: 'nobody',
  GIT_AUTHOR_EMAIL: 'nobody@localhost',
  GIT_COMMITTER_NAME: 'nobody',
  GIT_COMMITTER_EMAIL: 'nobody@localhost',
}

function written([command = '']: readonly string[], { code, output, complaint }: GitOutput): string {
  if (code !== 0) throw new Error(`git ${command} failed: ${complaint.trim()}`)
  return output.toString().trim()
}
