import type { People } from '../domain/policy/people.ts'
import type { MergedSide, PullRequest, Repository } from '../ports.ts'
import { diffTrees } from './diff-trees.ts'
import type { FileStore } from './file-store.ts'
import { readFiles } from './read-files.ts'

/** What the merge gives: files, or what stands in its way. */
export type LocalMerge =
  | { readonly kind: 'files'; readonly store: FileStore }
  | Extract<MergedSide, { kind: 'conflict' | 'unknown' }>

export interface LocalRepositoryOptions {
  readonly base: FileStore
  readonly merged: LocalMerge
  readonly pull: PullRequest
  /** Knows of each owner who is meant. */
  readonly people: (owners: readonly string[]) => People
}

/** Two sides on this machine as the repository of one pull request that nobody has opened yet. */
export function createLocalRepository({ base, merged, pull, people }: LocalRepositoryOptions): Repository {
  return {
    pullRequest: async () => pull,
    async mergedSide() {
      if (merged.kind !== 'files') return merged
      const [before, after] = await Promise.all([base.listing(), merged.store.listing()])
      return { kind: 'tree', sha: pull.head.sha, changed: diffTrees(before.tree, after.tree) }
    },
    async files(side, wanted) {
      if (side.kind !== 'tip' && merged.kind !== 'files') return { files: [], problems: [] }
      const store = side.kind === 'tip' || merged.kind !== 'files' ? base : merged.store
      return readFiles({ listing: await store.listing(), wanted, blob: store.blob })
    },
    people: async (_, owners) => people(owners),
    openPullRequests: async () => [],
    diffLines: async () => new Map(),
    impostors: async () => [],
  }
}
