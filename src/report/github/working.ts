import { budgets } from '../../domain/budgets.ts'

/** What a check run says as long as there is no verdict. */
export interface Working {
  readonly title: string
  readonly summary: string
}

/** `Working: comparing with main at 9c1e2f4`; in a merge queue with what is ahead. */
export function workingWords(
  { branch, tip }: { readonly branch: string; readonly tip: string },
  isQueued: boolean,
): Working {
  const at = tip.slice(0, 7)
  const titles = [isQueued ? 'what is ahead in the queue' : branch, 'the base branch'].map(
    (what) => `Working: comparing with ${what} at ${at}`,
  )
  return {
    title: titles.find(({ length }) => length <= budgets.title.size) ?? 'Working',
    summary: 'The verdict follows here, by itself. Until then nothing is known to be right or wrong.',
  }
}
