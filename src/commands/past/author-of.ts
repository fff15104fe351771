import type { Author, BranchCommit, BranchHistory } from '../../git/branch-history.ts'

/** Who wrote a merged change, and under which login, where the commits say so. */
export interface PastAuthor {
  readonly name: string
  readonly login?: string
}

/** The author of what was merged: of a merge commit, of its branches, however many. A login counts where all commits are of that one. */
export async function authorOf(
  step: BranchCommit,
  history: Pick<BranchHistory, 'authorsBetween'>,
): Promise<PastAuthor> {
  const { sha, parent, merged, author } = step
  const between =
    parent === undefined || merged === undefined ? [] : await history.authorsBetween(parent, sha)
  const [first = author, ...others] = between
  const login = loginOf(first)
  const isAlone = others.every((each) => loginOf(each) === login)
  return { name: first.name, ...(login !== undefined && isAlone && { login }) }
}

/** GitHub's own addresses hold the login: `1234+lina@users.noreply.github.com`. */
function loginOf({ email }: Author): string | undefined {
  return /^(?:\d+\+)?([A-Za-z0-9-]+(?:\[bot\])?)@users\.noreply\.github\.com$/i.exec(email)?.[1]
}

/** The title of the pull request, and its number, as GitHub writes them into a commit. */
export function pullRequestOf({ subject, further }: Pick<BranchCommit, 'subject' | 'further'>): {
  readonly subject: string
  readonly number?: number
} {
  const merge = /^Merge pull request #(\d{1,10}) from /.exec(subject)?.[1]
  if (merge !== undefined) return { subject: further === '' ? subject : further, number: Number(merge) }
  const [, title, squashed] = /^(.*) \(#(\d{1,10})\)$/.exec(subject) ?? []
  return title === undefined ? { subject } : { subject: title, number: Number(squashed) }
}
