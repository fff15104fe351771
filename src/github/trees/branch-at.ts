import type { BranchAt, ChangedPath, PullRequest } from '../../app/ports.ts'
import type { Tree } from '../../app/reading/git-objects.ts'
import { diffTrees } from '../../git/diff-trees.ts'
import { type GitHubClient, goneCommit, unlessStatus } from '../client.ts'
import { readMergeBase } from './merge-base.ts'
import type { GitHubTrees } from './trees.ts'

/** The branch of a pull request as it was at one of its commits, be it overwritten since. */
export async function readBranchAt(
  { client, trees }: { readonly client: GitHubClient; readonly trees: GitHubTrees },
  pull: PullRequest,
  commit: string,
): Promise<BranchAt | undefined> {
  return unlessStatus(goneCommit, async () => {
    const mergeBase = await readMergeBase(client, pull, commit)
    // Of several, none says what the branch has changed and what a merge of the base has brought along.
    if (mergeBase.kind !== 'one') return undefined
    const parted = mergeBase.sha
    const [before, after, tip] = await Promise.all([
      trees.listing(parted),
      trees.listing(commit),
      trees.listing(pull.base.tip),
    ])
    if (before.cut.length + after.cut.length + tip.cut.length > 0) return undefined
    const changed = diffTrees(before.tree, after.tree)
    const links = linksIn(changed, after.tree)
    return { commit, parted, changed, links, missed: diffTrees(before.tree, tip.tree) }
  })
}

function linksIn(changed: readonly ChangedPath[], tree: Tree): BranchAt['links'] {
  const paths = changed
    .filter(({ link, was }) => link !== undefined || was !== undefined)
    .flatMap(({ path, previousPath }) => [path, ...(previousPath === undefined ? [] : [previousPath])])
  return new Map(paths.map((path) => [path, tree.get(path)?.sha ?? '']))
}
