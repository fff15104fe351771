import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { type GitHubClient, unlessStatus } from '../client.ts'

/**
 * Where a commit parted from the base tip. Histories that have merged each other have several best common ancestors, of
 * which GitHub names one: a merge is of all of them, so that what lies between that one and the head says nothing of it.
 */
export type MergeBase =
  | { readonly kind: 'one'; readonly sha: string }
  /** It cannot be shown that there is no other. */
  | { readonly kind: 'in-doubt' }
  /** The histories have nothing in common. */
  | { readonly kind: 'none' }

/** Pages of 100 commits; whoever has more of their own is in doubt. */
const pageLimit = budgets.mergeBasePages.size

/** More commits than this, at which a branch has met its base, are not asked about. */
const mostMeetings = budgets.meetings.size

const concurrency = budgets.questions.size

interface Compared {
  readonly named: string
  /** The parents of every commit that GitHub lists as the branch's own. */
  readonly own: ReadonlyMap<string, readonly string[]>
}

async function readComparison(
  client: GitHubClient,
  { ref, base }: PullRequest,
  sha: string,
): Promise<Compared | undefined> {
  const own = new Map<string, readonly string[]>()
  for (let page = 1; ; page++) {
    const compared = await unlessStatus([404], () =>
      client.rest.repos.compareCommitsWithBasehead({
        owner: ref.owner,
        repo: ref.repo,
        basehead: `${base.tip}...${sha}`,
        per_page: 100,
        page,
      }),
    )
    if (compared === undefined) return undefined
    const { commits, total_commits, merge_base_commit } = compared.data
    for (const commit of commits)
      own.set(
        commit.sha,
        commit.parents.map((parent) => parent.sha),
      )
    if (commits.length === 0 || own.size >= total_commits || page === pageLimit)
      return { named: merge_base_commit.sha, own }
  }
}

/** The commits at which all paths back from a commit leave those that are the branch's own. */
export function meetings(sha: string, own: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>()
  const waiting = [sha]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...(own.get(next) ?? []))
  }
  return [...seen].filter((each) => !own.has(each))
}

/** Whether a commit is an ancestor of another. */
async function isBehind(
  client: GitHubClient,
  { ref }: PullRequest,
  { commit, of }: { readonly commit: string; readonly of: string },
): Promise<boolean> {
  const compared = await unlessStatus([404], () =>
    client.rest.repos.compareCommitsWithBasehead({
      owner: ref.owner,
      repo: ref.repo,
      basehead: `${of}...${commit}`,
      // Files come with the first page alone, and only the status is wanted.
      per_page: 1,
      page: 2,
    }),
  )
  return compared?.data.status === 'behind' || compared?.data.status === 'identical'
}

/**
 * Where a commit parted from the base tip, with the proof that it did so once. Every common ancestor lies on some path back
 * from the commit, at or behind the place where that path leaves the branch's own commits; if all these places are the merge base
 * that GitHub names, or ancestors of it, there is no other. A commit that GitHub has left out of its list is such a place
 * and no ancestor, so that a list which was cut proves nothing.
 */
export async function readMergeBase(
  client: GitHubClient,
  pull: PullRequest,
  sha: string,
): Promise<MergeBase> {
  const compared = await readComparison(client, pull, sha)
  if (compared === undefined) return { kind: 'none' }
  const { named, own } = compared
  const others = meetings(sha, own).filter((commit) => commit !== named)
  if (others.length > mostMeetings) return { kind: 'in-doubt' }
  const behind = await mapConcurrently(others, concurrency, (commit) =>
    isBehind(client, pull, { commit, of: named }),
  )
  return behind.every((each) => each) ? { kind: 'one', sha: named } : { kind: 'in-doubt' }
}
