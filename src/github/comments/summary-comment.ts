import { budgets } from '../../domain/budgets.ts'
import type { WrittenReport } from '../../report/github/report.ts'
import { summaryMarker } from '../../report/github/summary-comment.ts'
import type { GitHubClient } from '../client.ts'
import { type Identity, isOurs } from '../identity.ts'

/** Where the comments of one pull request are written, and as whom. */
export interface Conversation {
  readonly client: GitHubClient
  readonly identity: Identity
  readonly where: { readonly owner: string; readonly repo: string }
  readonly number: number
  /** All comments, where they have just been read. */
  readonly comments?: readonly GivenComment[]
  /** How many threads there are on lines, where that has just been read. */
  readonly reviewThreads?: number
}

/** A comment as REST has it. */
export interface GivenComment {
  readonly id: number
  readonly body?: string
  readonly user: { readonly login: string; readonly type: string } | null
}

/** GitHub's limit of a comment, in characters. */
const bodyLimit = budgets.comment.size

function marked(body: string): string {
  return body.includes(summaryMarker) ? body : `${summaryMarker}\n${body}`
}

/** Line breaks may come back from GitHub as they were not sent. */
export function sameText(a: string, b: string): boolean {
  const normal = (text: string) => text.replaceAll('\r\n', '\n').trim()
  return normal(a) === normal(b)
}

async function findSummary(conversation: Conversation): Promise<GivenComment | undefined> {
  const { client, identity, where, number, comments } = conversation
  const isSummary = (comment: GivenComment) =>
    comment.body?.includes(summaryMarker) === true && isOurs(identity, comment)
  if (comments !== undefined) return comments.find(isSummary)
  const pages = client.paginate.iterator(client.rest.issues.listComments, {
    ...where,
    issue_number: number,
    per_page: 100,
  })
  for await (const { data } of pages) {
    const found = data.find(isSummary)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Brings the one summary comment up to date: made when there is something to say, edited only when it says something
 * else, emptied to one line when nothing is left to say. Found by a hidden marker and by its author, for anybody can
 * paste the marker.
 */
export async function writeSummaryComment(
  conversation: Conversation,
  { comment, quiet }: Pick<WrittenReport, 'comment' | 'quiet'>,
): Promise<void> {
  const { client, where, number } = conversation
  const body = marked(comment ?? quiet)
  if (body.length > bodyLimit)
    throw new Error(`the summary comment has ${body.length} characters; GitHub takes ${bodyLimit}`)
  const old = await findSummary(conversation)
  if (old === undefined) {
    if (comment === undefined) return
    // Made again after a failure whose comment did arrive, there would be two.
    await client.rest.issues.createComment({ ...where, issue_number: number, body, request: { retries: 0 } })
  } else if (!sameText(old.body ?? '', body)) {
    await client.rest.issues.updateComment({ ...where, comment_id: old.id, body })
  }
}
