import type { Tree } from '../kustomize/values/tree-of-files.ts'
import type { Policy, StatedUnit } from '../policy/configuration/policy.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Both } from './both.ts'

/** One side of a proposal, as far as it was read. */
export interface DeployedSide {
  readonly files: readonly SourceFile[]
  /** Paths at which there is something that was not read as a text. */
  readonly unread?: ReadonlySet<string>
  /** The `owner/repo` of the files, where that is known. */
  readonly own?: string
  /** Versions that are branches, or of what was never merged. */
  readonly unmerged?: ReadonlySet<string>
  /** The units that the configuration states. */
  readonly stated?: readonly StatedUnit[]
}

/** What is proposed, as far as it is deployed. */
interface AsRead extends Both<readonly SourceFile[]> {
  readonly repository?: string
  readonly unread?: Both<ReadonlySet<string>>
  readonly unmerged?: ReadonlySet<string>
}

/** Both sides of a proposal, with what the configuration in force says of them. */
export function sidesAsRead(proposal: AsRead, { units }: Pick<Policy, 'units'>): Both<DeployedSide> {
  const { repository: own, unmerged } = proposal
  const sideOf = (side: keyof Both<unknown>) => {
    const unread = proposal.unread?.[side]
    return {
      files: proposal[side],
      stated: units,
      ...(unread && { unread }),
      ...(own !== undefined && { own }),
      ...(unmerged && { unmerged }),
    }
  }
  return { base: sideOf('base'), merged: sideOf('merged') }
}

/** The files of one side as a build sees them. Links are not followed. */
export function treeOf({ files, unread = new Set() }: DeployedSide): Tree {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const folders = new Set(['', ...[...byPath.keys(), ...unread].flatMap(foldersOf)])
  return (path) => {
    const file = byPath.get(path)
    if (file !== undefined) return { kind: 'file', file }
    if (unread.has(path)) return { kind: 'not-text', path }
    return folders.has(path) ? { kind: 'folder', path } : undefined
  }
}

/** The same with a file of ours at its path, in a folder that is there. */
export function withFile(tree: Tree, file: SourceFile): Tree {
  return (path) => (path === file.path ? { kind: 'file', file } : tree(path))
}

/** The same without the files that are left out. */
export function treeWithout(tree: Tree, isLeftOut: (path: string) => boolean): Tree {
  return (path) => {
    const found = tree(path)
    return found?.kind !== 'folder' && isLeftOut(path) ? undefined : found
  }
}

function foldersOf(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1)
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'))
}
