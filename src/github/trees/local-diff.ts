import { isUtf8 } from 'node:buffer'
import type { PullRequest } from '../../app/ports.ts'
import type { TreeEntry } from '../../app/reading/git-objects.ts'
import { budgets } from '../../domain/budgets.ts'
import { diffTrees } from '../../git/diff-trees.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { shownLines } from '../../report/github/changed-lines.ts'
import type { DiffLines } from '../../report/github/spot.ts'
import { meetings } from './merge-base.ts'
import type { GitHubTrees } from './trees.ts'

/** More files GitHub lists on a second page. */
const mostFiles = budgets.graphPage.size
const mostBytes = budgets.localDiff.size
const concurrency = budgets.fetches.size

interface Changed {
  readonly path: string
  readonly before: TreeEntry | undefined
  readonly after: TreeEntry
}

/**
 * The lines of each changed file that GitHub shows, worked out of what is held anyway. Undefined where that may be something else
 * than GitHub shows: a base that has moved on since, files that were moved or removed, what is large or no text.
 */
export async function localDiffLines(
  trees: GitHubTrees,
  { base, head }: PullRequest,
  own: ReadonlyMap<string, readonly string[]> | undefined,
): Promise<DiffLines | undefined> {
  if (own === undefined || !hasAllOf(base.tip, head.sha, own)) return undefined
  const [before, after] = await Promise.all([trees.listing(base.tip), trees.listing(head.sha)])
  if (before.cut.length + after.cut.length > 0) return undefined
  const paths = diffTrees(before.tree, after.tree)
  if (paths.length > mostFiles || paths.some(({ status }) => !['added', 'modified'].includes(status)))
    return undefined
  const changed = paths.flatMap(({ path }) => {
    const entry = after.tree.get(path)
    return entry === undefined ? [] : [{ path, before: before.tree.get(path), after: entry }]
  })
  return changed.every(isPlain) && bytesOf(changed) <= mostBytes ? linesOf(trees, changed) : undefined
}

/** Whether all paths back from a head leave its own commits at the tip: then its diff is against that tip. */
function hasAllOf(tip: string, head: string, own: ReadonlyMap<string, readonly string[]>): boolean {
  const met = meetings(head, own)
  return met.length === 1 && met[0] === tip
}

function isPlain({ before, after }: Changed): boolean {
  return [before, after].every((entry) => entry === undefined || entry.mode.startsWith('100'))
}

function bytesOf(changed: readonly Changed[]): number {
  const sizes = changed.flatMap(({ before, after }) => [before?.size ?? 0, after.size ?? 0])
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function linesOf(trees: GitHubTrees, changed: readonly Changed[]): Promise<DiffLines | undefined> {
  const lines = new Map<string, readonly (readonly [number, number])[]>()
  const read = await mapConcurrently(changed, concurrency, async ({ path, before, after }) => {
    const [old, young] = await Promise.all([before && textOf(trees, before), textOf(trees, after)])
    if (young === undefined || (before !== undefined && old === undefined)) return false
    const shown = shownLines(old ?? '', young)
    if (shown !== undefined && shown.length > 0) lines.set(path, shown)
    return shown !== undefined
  })
  return read.every((each) => each) ? lines : undefined
}

/** Git takes what has a zero in it for no text. */
async function textOf(trees: GitHubTrees, { sha, size }: TreeEntry): Promise<string | undefined> {
  const content = await trees.blob(sha, size)
  return isUtf8(content) && !content.includes(0) ? content.toString() : undefined
}
