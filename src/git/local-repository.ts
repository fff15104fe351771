import type { MergedSide, ReadRepository } from '../app/ports.ts'
import { budgets } from '../domain/budgets.ts'
import type { SourceFile } from '../domain/source/source-file.ts'
import { diffTrees } from './diff-trees.ts'
import { type FileStore, onlyOnce } from './file-store.ts'
import { readContents } from './read-contents.ts'
import { readFiles } from './read-files.ts'

/** What the merge gives: files, or what stands in its way. */
export type LocalMerge =
  | { readonly kind: 'files'; readonly store: FileStore }
  | Extract<MergedSide, { kind: 'conflict' | 'unknown' }>

export interface LocalRepositoryOptions {
  readonly base: FileStore
  readonly merged: LocalMerge
  /** Knows whether a name is a branch, or of what was never merged; absent where there is no history. */
  readonly isUnmerged?: (name: string) => Promise<boolean>
  /** What applies where the base has no configuration. */
  readonly defaults?: SourceFile
}

const most = budgets.localFiles.size

/** Two sides on this machine as the repository of one pull request that nobody has opened yet. */
export function createLocalRepository({
  base,
  merged,
  defaults,
  isUnmerged = async () => false,
}: LocalRepositoryOptions): ReadRepository {
  const before = onlyOnce(base)
  const after = onlyOnce(merged.kind === 'files' ? merged.store : empty)
  return {
    async mergedSide({ head }) {
      if (merged.kind !== 'files') return merged
      const [{ tree: old }, { tree: now }] = await Promise.all([before(), after()])
      return { kind: 'tree', sha: head.sha, changed: diffTrees(old, now) }
    },
    async files(side, wanted) {
      if (side.kind === 'tip') return readFiles({ listing: await before(), wanted, blob: base.blob, most })
      if (merged.kind !== 'files') return { files: [], problems: [] }
      return readFiles({ listing: await after(), wanted, blob: merged.store.blob, most })
    },
    async contents(side, wanted) {
      if (side.kind === 'tip') return readContents({ listing: await before(), wanted, blob: base.blob })
      if (merged.kind !== 'files') return undefined
      return readContents({ listing: await after(), wanted, blob: merged.store.blob })
    },
    defaultConfiguration: async () =>
      defaults === undefined ? { kind: 'none' } : { kind: 'file', file: defaults },
    codeownersErrors: async () => 'not-asked',
    isUnmerged: (_, name) => isUnmerged(name),
    impostors: async () => [],
  }
}

const empty: Pick<FileStore, 'listing'> = { listing: async () => ({ tree: new Map(), cut: [] }) }
