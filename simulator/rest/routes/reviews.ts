import { ApiError, unprocessable } from '../../access/api-error.ts'
import { roleOf } from '../../access/permissions.ts'
import {
  createReview,
  dismissReview,
  editReview,
  type ReviewEvent,
  reviewOf,
  submitPendingReview,
} from '../../behaviour/reviews.ts'
import { presentReview } from '../../present/comments.ts'
import { roleIncludes } from '../../state/accounts.ts'
import { type Json, textAt } from '../../state/json.ts'
import type { Review } from '../../state/pull-request.ts'
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

function calledReview(call: RepositoryCall): Review {
  return reviewOf(calledPull(call), numberParameter(call, 'review_id'), caller(call))
}

function listReviews(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const viewer = caller(call)
  const visible = pull.reviews.filter(({ state, author }) => state !== 'PENDING' || author === viewer)
  return paginated(call, visible, { each: (review) => presentReview(call.world, pull, review) })
}

async function create(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  const event = textAt(call.body, 'event') as ReviewEvent | undefined
  const commit = textAt(call.body, 'commit_id')
  const comments = Array.isArray(call.body['comments']) ? (call.body['comments'] as Json[]) : []
  if (comments.some((comment) => 'subject_type' in comment))
    throw unprocessable('subject_type is not a permitted key of comments')
  const review = await createReview(call.world, pull, {
    author: caller(call),
    body: textAt(call.body, 'body') ?? '',
    comments: comments.map(commentInput),
    ...(event === undefined ? {} : { event }),
    ...(commit === undefined ? {} : { commit }),
  })
  return ok(presentReview(call.world, pull, review))
}

function submit(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const review = calledReview(call)
  const event = (textAt(call.body, 'event') ?? 'COMMENT') as ReviewEvent
  submitPendingReview(call.world, pull, { review, event, body: textAt(call.body, 'body') ?? '' })
  return ok(presentReview(call.world, pull, review))
}

function edit(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const review = calledReview(call)
  if (review.author !== caller(call)) throw new ApiError(403, 'Resource not accessible by integration')
  editReview(call.world, pull, { review, by: caller(call), body: textAt(call.body, 'body') ?? '' })
  return ok(presentReview(call.world, pull, review))
}

/** Dismissing takes write access; an App has it by its permission. */
function dismiss(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const by = caller(call)
  if (call.token.kind === 'user' && !roleIncludes(roleOf(call.world, call.repository, by), 'write'))
    throw new ApiError(403, 'Must have write access to dismiss a review')
  const review = calledReview(call)
  dismissReview(call.world, pull, { review, by, message: textAt(call.body, 'message') ?? '' })
  return ok(presentReview(call.world, pull, review))
}

const reading = onRepository('pull_requests', 'read')
const writing = onRepository('pull_requests', 'write')

/** Reviews. */
export const reviewRoutes: readonly Route[] = [
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', async (call) => listReviews(call)),
  writing('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', create),
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', async (call) =>
    ok(presentReview(call.world, calledPull(call), calledReview(call))),
  ),
  writing('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', async (call) => edit(call)),
  writing('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events', async (call) =>
    submit(call),
  ),
  writing('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals', async (call) =>
    dismiss(call),
  ),
]
