import { notFound } from '../../access/api-error.ts'
import { checkCommentBody } from '../../behaviour/issue-comments.ts'
import { createReview, replyInThread } from '../../behaviour/reviews.ts'
import { presentReviewComment } from '../../present/comments.ts'
import { numberAt, textAt } from '../../state/json.ts'
import type { PullRequest, ReviewComment } from '../../state/pull-request.ts'
import {
  calledPull,
  caller,
  numberParameter,
  ok,
  onRepository,
  paginated,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'
import { commentInput } from '../comment-input.ts'
import { calledComment, ownComment } from './called-comment.ts'

const commentsOf = (pull: PullRequest) => pull.reviewComments

function isPending(pull: PullRequest, comment: ReviewComment): boolean {
  return pull.reviews.some(({ id, state }) => id === comment.reviewId && state === 'PENDING')
}

function visible(pull: PullRequest): ReviewComment[] {
  return pull.reviewComments.filter((comment) => !isPending(pull, comment))
}

/** A single comment is a review of its own, with state COMMENTED, as on GitHub. */
async function createComment(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  const inReplyTo = numberAt(call.body, 'in_reply_to')
  if (inReplyTo !== undefined) return reply(call, inReplyTo)
  const commit = textAt(call.body, 'commit_id') ?? ''
  const review = await createReview(call.world, pull, {
    author: caller(call),
    body: '',
    commit,
    event: 'COMMENT',
    comments: [commentInput(call.body)],
    single: true,
  })
  const comment = pull.reviewComments.find(({ reviewId }) => reviewId === review.id)
  if (!comment) throw new Error('a single review comment was accepted and not kept')
  return { status: 201, body: presentReviewComment(call.world, pull, comment) }
}

function reply(call: RepositoryCall, to: number): Reply {
  const pull = calledPull(call)
  const body = textAt(call.body, 'body') ?? ''
  const comment = replyInThread(call.world, pull, { to, body, author: caller(call) })
  return { status: 201, body: presentReviewComment(call.world, pull, comment) }
}

function updateComment(call: RepositoryCall): Reply {
  const { pull, comment } = ownComment(call, commentsOf)
  const body = textAt(call.body, 'body') ?? ''
  checkCommentBody(body, 'PullRequestReviewComment')
  comment.body = body
  comment.updatedAt = call.world.now()
  return ok(presentReviewComment(call.world, pull, comment))
}

function deleteComment(call: RepositoryCall): Reply {
  const { pull, comment } = ownComment(call, commentsOf)
  pull.reviewComments.splice(pull.reviewComments.indexOf(comment), 1)
  return { status: 204 }
}

const reading = onRepository('pull_requests', 'read')
const writing = onRepository('pull_requests', 'write')

/** Comments on the changed lines. */
export const reviewCommentRoutes: readonly Route[] = [
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', async (call) => {
    const pull = calledPull(call)
    const newestFirst = textAt(call.query, 'sort') !== undefined && textAt(call.query, 'direction') !== 'asc'
    const comments = newestFirst ? visible(pull).toReversed() : visible(pull)
    return paginated(call, comments, { each: (comment) => presentReviewComment(call.world, pull, comment) })
  }),
  writing('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', createComment),
  writing('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', (call) =>
    reply(call, numberParameter(call, 'comment_id')),
  ),
  reading('GET /repos/{owner}/{repo}/pulls/comments/{comment_id}', async (call) => {
    const { pull, comment } = calledComment(call, commentsOf)
    if (isPending(pull, comment)) throw notFound()
    return ok(presentReviewComment(call.world, pull, comment))
  }),
  writing('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', async (call) => updateComment(call)),
  writing('DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}', async (call) => deleteComment(call)),
]
