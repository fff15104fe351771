import type { Unmerged } from '../domain/policy/obstruction.ts'

/** What merging two commits gives, or why it gives nothing. */
export type GitMerge = MergedTree | { readonly kind: 'impossible'; readonly because: Unmerged }

type MergedTree =
  | { readonly kind: 'tree'; readonly sha: string }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }

/** How `git merge-tree -z --name-only` has ended. */
interface Ended {
  readonly code: number
  readonly output: Buffer
}

/**
 * What `git merge-tree --write-tree -z --name-only` has printed: the tree, and behind it the paths in conflict, up to an empty
 * one; what follows is prose. Nothing where it has failed.
 */
export function readMergeTree({ code, output }: Ended): MergedTree | undefined {
  const [sha = '', ...rest] = output.toString().split('\0')
  if (code === 0) return { kind: 'tree', sha }
  if (code !== 1) return undefined
  const end = rest.indexOf('')
  return { kind: 'conflict', paths: [...new Set(end === -1 ? rest : rest.slice(0, end))].sort() }
}
