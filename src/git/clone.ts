import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type BranchHistory, branchHistory } from './branch-history.ts'
import type { FileStore } from './file-store.ts'
import { readGitListing } from './listing.ts'
import { type GitMerge, readMergeTree } from './merge-tree.ts'
import { openGitObjects } from './objects.ts'
import { type GitOutput, type GitProcess, GitUnusable, runGit } from './process.ts'
import { createGitScratch } from './scratch.ts'
import { commitWorkingTree, countUncommitted, writeStaged } from './working-tree.ts'

/** A local clone: read, and merged in, without a change to it. */
export interface GitClone {
  /** The commit that a ref or a SHA names, if there is one. Refs are hostile: nothing in them is an option or a path. */
  commit(ref: string): Promise<string | undefined>
  /** Whether a name says where it was fetched from, or all of a ref or a SHA: nobody calls a directory so by accident. */
  isRemote(name: string): Promise<boolean>
  /** How many files of the working tree are not as they are committed. */
  uncommitted(): Promise<number>
  /**
   * A commit of what lies in the working tree; undefined where the directory is not the top of one with a commit. The directory in which
   * the clone was opened stands for all of it.
   */
  workingTree(directory: string): Promise<string | undefined>
  /** The tree of what is staged for the next commit; undefined while it is in conflict. */
  staged(): Promise<string | undefined>
  /** The addresses of the repositories that it fetches from, by the names that it has for them. */
  remotes(): Promise<ReadonlyMap<string, string>>
  /** Whether a name is a branch here or where it was fetched from, or names a commit that another one does not hold. */
  isUnmerged(name: string, base: string): Promise<boolean>
  /** Merges the second commit into the first. */
  merge(base: string, head: string): Promise<GitMerge>
  /** The files of a commit or of a merged tree. */
  store(sha: string): FileStore
  /** Where it keeps its objects, which is one place for all its working trees. */
  readonly objects: string
  /** What came into its branches, step by step. */
  readonly history: BranchHistory
  /** Ends what was started, and removes what the merge has written. */
  close(): Promise<void>
}

/** Opens the clone that a directory lies in; undefined where there is none. Throws where Git is missing. */
export async function openGitClone(git: GitProcess): Promise<GitClone | undefined> {
  const found = await runGit(['rev-parse', '--git-path', 'objects'], git)
  if (found.complaint.includes('dubious ownership')) {
    throw new GitUnusable(
      `Git refuses to read ${git.directory}, which somebody else owns: git config --global --add safe.directory ${git.directory}`,
    )
  }
  if (found.code !== 0) return undefined
  const objects = resolve(git.directory, lineOf(found))
  const scratch = await createGitScratch(git, objects)
  const inClone: GitProcess = { ...git, environment: scratch.visibleIn(git.environment) }
  const blobs = openGitObjects(inClone)
  const commit = async (ref: string) => {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]
    const parsed = await runGit(args, inClone)
    return parsed.code === 0 ? lineOf(parsed) : undefined
  }
  return {
    commit,
    async isRemote(name) {
      if ((await commit(name)) === undefined) return false
      if (/^refs\/|^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name)) return true
      const args = ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', '--end-of-options', name]
      return lineOf(await runGit(args, inClone)).startsWith('refs/remotes/')
    },
    uncommitted: () => countUncommitted(git),
    async workingTree(directory) {
      const top = await runGit(['rev-parse', '--show-toplevel'], git)
      const head = await commit('HEAD')
      const named = await realpath(directory)
      const isAll = named === lineOf(top) || named === (await realpath(git.directory))
      if (head === undefined || top.code !== 0 || !isAll) return undefined
      return commitWorkingTree(lineOf(top), head, scratch.process)
    },
    staged: () => writeStaged(git, scratch.process),
    remotes: () => readRemotes(git),
    async isUnmerged(name, base) {
      const remotes = [...(await readRemotes(git)).keys()].map((remote) => `refs/remotes/${remote}/${name}`)
      for (const head of [`refs/heads/${name}`, ...remotes])
        if ((await commit(head)) !== undefined) return true
      const named = (await commit(`refs/tags/${name}`)) ?? (await commit(name))
      if (named === undefined) return false
      const held = await runGit(['merge-base', '--is-ancestor', '--end-of-options', named, base], inClone)
      return held.code !== 0
    },
    merge: (base, head) => merge(base, head, scratch.process),
    store: (sha) => ({
      async listing() {
        const args = ['ls-tree', '-r', '-z', '--long', '--full-tree', '--end-of-options', sha]
        const listed = await runGit(args, inClone)
        if (listed.code !== 0) throw new GitUnusable(`git ls-tree failed: ${listed.complaint.trim()}`)
        return { tree: readGitListing(listed.output.toString()), cut: [] }
      },
      blob: blobs.blob,
    }),
    objects,
    history: branchHistory(inClone),
    async close() {
      blobs.close()
      await scratch.remove()
    },
  }
}

async function readRemotes(git: GitProcess): Promise<ReadonlyMap<string, string>> {
  const listed = await runGit(['config', '-z', '--get-regexp', String.raw`^remote\..*\.url$`], git)
  const written = listed.output.toString().split('\0').filter(Boolean)
  return new Map(
    written.map((each) => {
      const [key = '', ...url] = each.split('\n')
      return [key.slice('remote.'.length, -'.url'.length), url.join('\n')] as const
    }),
  )
}

/**
 * Whether the clone lacks history on which the merge depends: one side ends before it meets the other, or there are several
 * merge bases, which Git merges among themselves first.
 */
async function isCut(base: string, head: string, git: GitProcess): Promise<boolean> {
  const shallow = await runGit(['rev-parse', '--is-shallow-repository'], git)
  if (lineOf(shallow) !== 'true') return false
  const [ends, bases] = await Promise.all([
    runGit(['rev-list', '--max-parents=0', '--end-of-options', `${base}...${head}`], git),
    runGit(['merge-base', '--all', '--end-of-options', base, head], git),
  ])
  return lineOf(ends) !== '' || lineOf(bases).includes('\n')
}

async function merge(base: string, head: string, git: GitProcess): Promise<GitMerge> {
  const common = await runGit(['merge-base', '--end-of-options', base, head], git)
  if (common.code !== 0) return { kind: 'impossible', because: { code: 'no-ancestor' } }
  if (await isCut(base, head, git)) return { kind: 'impossible', because: { code: 'shallow' } }
  const merged = await runGit(
    ['merge-tree', '--write-tree', '-z', '--name-only', '--end-of-options', base, head],
    git,
  )
  const outcome = readMergeTree(merged)
  if (outcome !== undefined) return outcome
  if (/usage:|unknown option/.test(merged.complaint))
    throw new GitUnusable('This Git is too old to merge in memory: install Git 2.38 or newer.')
  return { kind: 'impossible', because: { code: 'git-failed', details: [merged.complaint.trim()] } }
}

function lineOf({ output }: GitOutput): string {
  return output.toString().replace(/\n$/, '')
}
