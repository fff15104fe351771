import type { Listing } from '../../app/reading/git-objects.ts'
import { budgets } from '../../domain/budgets.ts'

/** What is known of commits and repositories besides their trees, by their scope. */
export interface TreeNames {
  /** The tree of a commit; the name itself where that is not known. */
  treeOf(scope: string, commit: string): string
  know(scope: string, commit: string, tree: string): void
  /** Whether the trees of a repository, as far as was seen, are so small that one comes along with other answers. */
  isSmall(scope: string): boolean
  see(scope: string, listing: Listing): void
  /** One did not come along. */
  doubt(scope: string): void
}

const mostCommits = budgets.knownTrees.size
const mostEntries = budgets.graphTree.size
const mostFolders = budgets.graphTreeDepth.size

/** Of all repositories of a process. */
export function createTreeNames(): TreeNames {
  const trees = new Map<string, string>()
  const small = new Set<string>()
  return {
    treeOf: (scope, commit) => trees.get(scope + commit) ?? commit,
    know(scope, commit, tree) {
      trees.set(scope + commit, tree)
      const [oldest] = trees.keys()
      if (trees.size > mostCommits && oldest !== undefined) trees.delete(oldest)
    },
    isSmall: (scope) => small.has(scope),
    see(scope, listing) {
      if (fits(listing)) small.add(scope)
      else small.delete(scope)
    },
    doubt: (scope) => small.delete(scope),
  }
}

function fits({ tree, cut }: Listing): boolean {
  if (cut.length > 0 || tree.size > mostEntries) return false
  return [...tree.keys()].every((path) => path.split('/').length <= mostFolders)
}
