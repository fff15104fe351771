import type { MergedSide, PullRequest } from '../../app/ports.ts'
import { diffTrees, meetingPaths, strandedPaths } from '../../git/diff-trees.ts'
import type { GitMirror } from '../../git/merge.ts'
import { type GitHubClient, unlessStatus } from '../client.ts'
import { readMergeBase } from './merge-base.ts'
import type { GitHubTrees } from './trees.ts'

export interface MergedSideOptions {
  readonly client: GitHubClient
  readonly trees: GitHubTrees
  /** Absent where the installation of Firebreak keeps no mirrors. */
  readonly mirror?: Pick<GitMirror, 'merge' | 'listing'>
  /** The test merge, where it was read along with the pull request. */
  readonly tried?: TestMerge | undefined
  /** Reads the pull request again, which also makes GitHub try the merge. */
  readonly again: () => Promise<PullRequest>
  readonly pause: (milliseconds: number) => Promise<void>
}

/** A commit that GitHub has made to try a merge. */
export interface TestMerge {
  readonly sha: string
  readonly parents: readonly string[]
}

/** How long GitHub is given to try a merge that it has not tried yet. */
const patience = [1000, 2000]

/**
 * What the base branch will hold after the merge: the merge queue's commit, where there is one; GitHub's test merge if it is of exactly this base tip and this head
 * (GitHub does not renew it when the base moves); else the pull request's changes over the base tip, if the two have one
 * merge base and touched no path in common since; else Git's own merge in the mirror. Never a guess: anything else is a conflict or unknown.
 */
export async function readMergedSide(options: MergedSideOptions, pull: PullRequest): Promise<MergedSide> {
  const { tip } = pull.base
  if (pull.group !== undefined) return changedBy(options.trees, { kind: 'commit', sha: pull.group.sha }, tip)
  const test = options.tried ? fitting(options.tried, pull) : await testMerge(options.client, pull)
  if (test !== undefined) return changedBy(options.trees, { kind: 'commit', sha: test }, tip)
  const laid = await overlay(options, pull)
  if (laid.kind === 'overlay') return pull.mergeable === 'no' ? { kind: 'conflict', paths: [] } : laid.side
  if (pull.mergeable === 'no') return { kind: 'conflict', paths: laid.paths }
  if (laid.kind === 'tree-cut') return { kind: 'unknown', because: { code: laid.kind } }
  const merged = options.mirror && (await mirrored(options.mirror, pull, options.trees))
  if (merged !== undefined && merged.kind !== 'unknown') return merged
  const late = await lateTestMerge(options, pull)
  if (late === 'conflict') return { kind: 'conflict', paths: laid.paths }
  if (late !== undefined) return changedBy(options.trees, { kind: 'commit', sha: late }, tip)
  return merged ?? { kind: 'unknown', because: { code: laid.kind, details: laid.paths } }
}

/** The commit of `refs/pull/N/merge`, unless it is of other parents than this base tip and this head. */
async function testMerge(client: GitHubClient, pull: PullRequest): Promise<string | undefined> {
  const where = { owner: pull.ref.owner, repo: pull.ref.repo }
  const ref = await unlessStatus([404], () =>
    client.rest.git.getRef({ ...where, ref: `pull/${pull.ref.number}/merge` }),
  )
  if (ref === undefined) return undefined
  const commit_sha = ref.data.object.sha
  const { data } = await client.rest.git.getCommit({ ...where, commit_sha })
  return fitting({ sha: commit_sha, parents: data.parents.map(({ sha }) => sha) }, pull)
}

function fitting({ sha, parents }: TestMerge, { base, head }: PullRequest): string | undefined {
  return parents.length === 2 && parents[0] === base.tip && parents[1] === head.sha ? sha : undefined
}

/** Waits a little for the merge that GitHub tries anew some time after it was asked for the pull request. */
async function lateTestMerge(
  { client, again, pause }: MergedSideOptions,
  pull: PullRequest,
): Promise<string | 'conflict' | undefined> {
  for (const milliseconds of patience) {
    await pause(milliseconds)
    if ((await again()).mergeable === 'no') return 'conflict'
    const test = await testMerge(client, pull)
    if (test !== undefined) return test
  }
  return undefined
}

async function changedBy(
  trees: GitHubTrees,
  side: { readonly kind: 'commit'; readonly sha: string },
  tip: string,
): Promise<MergedSide> {
  const [before, after] = await Promise.all([trees.listing(tip), trees.listing(side.sha)])
  return { ...side, changed: diffTrees(before.tree, after.tree) }
}

type Overlay =
  | { readonly kind: 'overlay'; readonly side: MergedSide }
  | { readonly kind: 'meeting' | 'unrelated' | 'in-doubt' | 'tree-cut'; readonly paths: readonly string[] }

async function overlay({ client, trees }: MergedSideOptions, pull: PullRequest): Promise<Overlay> {
  const base = pull.base.tip
  const head = pull.head.sha
  const mergeBase = await readMergeBase(client, pull, head)
  if (mergeBase.kind === 'none') return { kind: 'unrelated', paths: [] }
  if (mergeBase.kind === 'in-doubt') return { kind: 'in-doubt', paths: [] }
  const [before, ours, theirs] = await Promise.all(
    [mergeBase.sha, base, head].map((sha) => trees.listing(sha)),
  )
  if (before === undefined || ours === undefined || theirs === undefined)
    throw new Error('three trees were read')
  const changed = diffTrees(before.tree, theirs.tree)
  const paths = [
    ...meetingPaths(diffTrees(before.tree, ours.tree), changed),
    ...strandedPaths(before.tree, ours.tree, theirs.tree),
  ]
  if (paths.length > 0) return { kind: 'meeting', paths }
  // A folder that could not be listed may hold changes on both sides.
  if (before.cut.length + ours.cut.length + theirs.cut.length > 0) return { kind: 'tree-cut', paths }
  return { kind: 'overlay', side: { kind: 'overlay', base, head, changed } }
}

async function mirrored(
  mirror: NonNullable<MergedSideOptions['mirror']>,
  pull: PullRequest,
  trees: GitHubTrees,
): Promise<MergedSide> {
  const base = { sha: pull.base.tip, ref: `refs/heads/${pull.base.branch}` }
  const head = { sha: pull.head.sha, ref: `refs/pull/${pull.ref.number}/head` }
  const merge = await mirror.merge(base, head)
  if (merge.kind === 'conflict') return merge
  if (merge.kind === 'impossible') return { kind: 'unknown', because: merge.because }
  const [before, after] = await Promise.all([trees.listing(base.sha), mirror.listing(merge.sha)])
  return { kind: 'tree', sha: merge.sha, changed: diffTrees(before.tree, after.tree) }
}
