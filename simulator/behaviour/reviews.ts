import { notFound, unprocessable } from '../access/api-error.ts'
import { isMember } from '../access/teams.ts'
import { resolveRevision } from '../git/references.ts'
import { presentReview } from '../present/comments.ts'
import { presentPullRequest } from '../present/pull-request.ts'
import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import type { PullRequest, Review, ReviewComment } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { emit } from './events.ts'
import { record } from './pull-requests.ts'
import { addComments, type CommentInput, placeComments, replyToComment } from './review-comments.ts'

/** What a reviewer decides. */
export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT'

/** A review as a client sends it; without an event it stays pending, seen by its author alone. */
export interface NewReview {
  readonly author: Account
  readonly event?: ReviewEvent
  readonly body: string
  readonly commit?: string
  readonly comments: readonly CommentInput[]
  /** One comment outside any review: GitHub wraps it in a review without a body. */
  readonly single?: true
}

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const

function checkEvent(pull: PullRequest, given: Pick<NewReview, 'author' | 'event' | 'body' | 'single'>): void {
  const own = given.author === pull.author
  if (own && given.event === 'APPROVE') throw unprocessable('Can not approve your own pull request')
  if (own && given.event === 'REQUEST_CHANGES')
    throw unprocessable('Can not request changes on your own pull request')
  const needsBody = given.event === 'COMMENT' || given.event === 'REQUEST_CHANGES'
  if (needsBody && !given.single && given.body.trim() === '') throw unprocessable("Body can't be blank")
  if (pull.state === 'closed' && given.event === 'APPROVE' && pull.merged)
    throw unprocessable('Can not approve a merged pull request')
}

async function reviewedCommit(pull: PullRequest, given: string | undefined): Promise<string> {
  if (given === undefined) return pull.head.sha
  const sha = await resolveRevision(pull.repository.directory, given)
  if (sha === undefined) throw unprocessable('The commit_id could not be resolved')
  return sha
}

/** Tells the App about a review; webhooks write its state in small letters. */
function emitReview(
  world: World,
  pull: PullRequest,
  what: { readonly review: Review; readonly action: string; readonly sender: Account; readonly extra?: Json },
): void {
  const review = presentReview(world, pull, what.review)
  emit(world, {
    event: 'pull_request_review',
    action: what.action,
    repository: pull.repository,
    sender: what.sender,
    payload: {
      review: {
        ...review,
        state: what.review.state.toLowerCase(),
        body: what.review.body === '' ? null : what.review.body,
      },
      pull_request: presentPullRequest(world, pull),
      ...what.extra,
    },
  })
}

/** Makes a review. A comment that does not fit the diff refuses the whole. */
export async function createReview(world: World, pull: PullRequest, given: NewReview): Promise<Review> {
  if (given.event !== undefined) checkEvent(pull, given)
  else if (pull.reviews.some(({ author, state }) => author === given.author && state === 'PENDING'))
    throw unprocessable('User can only have one pending review per pull request')
  const commit = await reviewedCommit(pull, given.commit)
  const placed = await placeComments(world, pull, { commit, comments: given.comments })
  const review: Review = {
    id: world.nextId(),
    author: given.author,
    commit,
    body: given.body,
    state: 'PENDING',
    edits: [],
  }
  pull.reviews.push(review)
  addComments(world, pull, { placed, context: { author: given.author, reviewId: review.id, commit } })
  if (given.event !== undefined) publish(world, pull, { review, event: given.event })
  return review
}

function publish(
  world: World,
  pull: PullRequest,
  given: { readonly review: Review; readonly event: ReviewEvent },
): void {
  const { review } = given
  review.state = states[given.event]
  review.submittedAt = world.now()
  pull.updatedAt = review.submittedAt
  pull.requestedReviewers.delete(review.author)
  for (const team of pull.requestedTeams)
    if (isMember(world, team, review.author)) pull.requestedTeams.delete(team)
  emitReview(world, pull, { review, action: 'submitted', sender: review.author })
}

/** Answers a review comment; the answer is a review of its own, as on GitHub. */
export function replyInThread(
  world: World,
  pull: PullRequest,
  given: { readonly to: number; readonly body: string; readonly author: Account },
): ReviewComment {
  const review: Review = {
    id: world.nextId(),
    author: given.author,
    commit: pull.head.sha,
    body: '',
    state: 'PENDING',
    edits: [],
  }
  const comment = replyToComment(world, pull, { ...given, reviewId: review.id })
  pull.reviews.push(review)
  publish(world, pull, { review, event: 'COMMENT' })
  return comment
}

/** Publishes a pending review. */
export function submitPendingReview(
  world: World,
  pull: PullRequest,
  given: { readonly review: Review; readonly event: ReviewEvent; readonly body: string },
): void {
  if (given.review.state !== 'PENDING')
    throw unprocessable('Can not submit a review that was already submitted')
  const body = given.body === '' ? given.review.body : given.body
  checkEvent(pull, { author: given.review.author, event: given.event, body })
  given.review.body = body
  publish(world, pull, given)
}

/** The review of an id, if the caller may see it. */
export function reviewOf(pull: PullRequest, id: number, viewer: Account): Review {
  const review = pull.reviews.find((candidate) => candidate.id === id)
  if (!review || (review.state === 'PENDING' && review.author !== viewer)) throw notFound()
  return review
}

/** Dismisses an approval or a request for changes; the entry itself changes its state. */
export function dismissReview(
  world: World,
  pull: PullRequest,
  given: { readonly review: Review; readonly by: Account; readonly message: string },
): void {
  const { review, by, message } = given
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
    throw unprocessable(
      `Can not dismiss a ${review.state.toLowerCase().replace('_', ' ')} pull request review`,
    )
  if (message.trim() === '') throw unprocessable("Message can't be blank")
  const was = review.state
  review.state = 'DISMISSED'
  record(world, pull, { event: 'review_dismissed', actor: by, text: message, review, was })
  emitReview(world, pull, { review, action: 'dismissed', sender: by })
}

/** Changes the text of a review. */
export function editReview(
  world: World,
  pull: PullRequest,
  given: { readonly review: Review; readonly by: Account; readonly body: string },
): void {
  const from = given.review.body
  given.review.body = given.body
  given.review.edits.push({ by: given.by, at: world.now() })
  emitReview(world, pull, {
    review: given.review,
    action: 'edited',
    sender: given.by,
    extra: { changes: { body: { from } } },
  })
}
