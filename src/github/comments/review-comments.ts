import { statusOf } from '../../app/status-of.ts'
import { budgets } from '../../domain/budgets.ts'
import type { LineComment } from '../../report/github/review-comments.ts'
import { isOurs } from '../identity.ts'
import { type Conversation, sameText } from './summary-comment.ts'

/** What stands on a changed line, ours or anybody's. */
interface Existing {
  readonly id: number
  readonly body: string
  /** Null once the line is no longer part of the diff. */
  readonly line?: number | null
  readonly in_reply_to_id?: number
}

const markerPattern = /<!-- firebreak:review .*? -->/

const commentLimit = budgets.reviewComments.size

const withdrawn = 'This no longer applies to the current head: the change it described is gone.'

function markerOf({ body }: { readonly body: string }): string | undefined {
  return markerPattern.exec(body)?.[0]
}

async function create(
  { client, where, number }: Conversation,
  comment: LineComment,
  commit: string,
): Promise<'posted' | 'refused'> {
  const { path, startLine, line } = comment
  const range = startLine < line ? { start_line: startLine, start_side: 'RIGHT' as const } : {}
  try {
    await client.rest.pulls.createReviewComment({
      ...where,
      pull_number: number,
      commit_id: commit,
      path,
      line,
      side: 'RIGHT',
      ...range,
      body: comment.body,
      request: { retries: 0 },
    })
    return 'posted'
  } catch (error) {
    // The line lies outside the hunks that GitHub shows.
    if (statusOf(error) === 422) return 'refused'
    throw error
  }
}

async function retire(
  { client, where }: Conversation,
  old: Existing,
  all: readonly Existing[],
): Promise<void> {
  const answered = all.some(({ in_reply_to_id }) => in_reply_to_id === old.id)
  if (!answered) {
    await client.rest.pulls.deleteReviewComment({ ...where, comment_id: old.id })
    return
  }
  const body = `${markerOf(old) ?? ''}\n${withdrawn}`
  if (!sameText(old.body, body))
    await client.rest.pulls.updateReviewComment({ ...where, comment_id: old.id, body })
}

async function readAll({ client, identity, where, number, reviewThreads }: Conversation) {
  if (reviewThreads === 0) return { all: [], ours: [] }
  const all = await client.paginate(client.rest.pulls.listReviewComments, {
    ...where,
    pull_number: number,
    per_page: 100,
  })
  const ours = all.filter((comment) => isOurs(identity, comment) && markerOf(comment) !== undefined)
  return { all, ours }
}

/**
 * Brings our review comments up to date: those with the same marker are edited in place, obsolete ones are deleted, or
 * edited to say so where somebody replied. One by one, since GitHub refuses a whole review for one line outside the
 * diff. Returns those that it refused, for the caller to say elsewhere.
 */
export async function writeReviewComments(
  conversation: Conversation,
  commit: string,
  comments: readonly LineComment[],
): Promise<readonly LineComment[]> {
  const { client, where } = conversation
  const { all, ours } = await readAll(conversation)
  const obsolete = new Map<number, Existing>(ours.map((comment) => [comment.id, comment]))
  const refused: LineComment[] = []
  for (const comment of comments.slice(0, commentLimit)) {
    const { body, marker } = comment
    const old = ours.find((each) => obsolete.has(each.id) && markerOf(each) === marker && each.line != null)
    if (old === undefined) {
      if ((await create(conversation, comment, commit)) === 'refused') refused.push(comment)
      continue
    }
    obsolete.delete(old.id)
    if (!sameText(old.body, body))
      await client.rest.pulls.updateReviewComment({ ...where, comment_id: old.id, body })
  }
  for (const old of obsolete.values()) await retire(conversation, old, all)
  return [...refused, ...comments.slice(commentLimit)]
}
