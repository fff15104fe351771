import type { BranchAt, PullRequest } from '../ports.ts'
import { diffTrees } from './diff-trees.ts'
import { type GitHubClient, unlessStatus } from './github-client.ts'
import type { GitHubTrees } from './github-trees.ts'

/** A commit that nobody can reach any more is forgotten after a while; 422 is for a name that is no object. */
const gone = [404, 422]

/** Where a commit parted from the base tip; undefined where their histories have nothing in common. */
export async function readMergeBase(
  client: GitHubClient,
  { ref, base }: PullRequest,
  sha: string,
): Promise<string | undefined> {
  const compared = await unlessStatus([404], () =>
    client.rest.repos.compareCommitsWithBasehead({
      owner: ref.owner,
      repo: ref.repo,
      basehead: `${base.tip}...${sha}`,
      // Files come with the first page alone, and only the merge base is wanted.
      per_page: 1,
      page: 2,
    }),
  )
  return compared?.data.merge_base_commit.sha
}

/** The branch of a pull request as it was at one of its commits, be it overwritten since. */
export async function readBranchAt(
  { client, trees }: { readonly client: GitHubClient; readonly trees: GitHubTrees },
  pull: PullRequest,
  commit: string,
): Promise<BranchAt | undefined> {
  return unlessStatus(gone, async () => {
    const parted = await readMergeBase(client, pull, commit)
    if (parted === undefined) return undefined
    const [before, after, tip] = await Promise.all([
      trees.listing(parted),
      trees.listing(commit),
      trees.listing(pull.base.tip),
    ])
    if (before.cut.length + after.cut.length + tip.cut.length > 0) return undefined
    const changed = diffTrees(before.tree, after.tree)
    return { commit, parted, changed, missed: diffTrees(before.tree, tip.tree) }
  })
}
