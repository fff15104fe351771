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
