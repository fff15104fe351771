import { accountNamed } from '../access/accounts.ts'
import { findTeam } from '../access/teams.ts'
import { addIssueComment } from '../behaviour/issue-comments.ts'
import type { CommentInput } from '../behaviour/review-comments.ts'
import { addReviewRequests } from '../behaviour/review-requests.ts'
import {
  createReview,
  dismissReview,
  editReview,
  type ReviewEvent,
  replyInThread,
  reviewOf,
} from '../behaviour/reviews.ts'
import type { World } from '../state/world.ts'
import { type PullRequestBy, pullAt } from './pull-requests.ts'

/** A review as a person gives it. */
interface ReviewBy extends PullRequestBy {
  readonly event: ReviewEvent
  readonly body?: string
  /** The commit looked at; the head unless told. */
  readonly commit?: string
  readonly comments?: readonly CommentInput[]
}

/** What reviewers do. */
export interface ReviewActions {
  /** Returns the review's id. Nobody can approve their own pull request. */
  submitReview(review: ReviewBy): Promise<number>
  dismissReview(at: PullRequestBy, review: number, message: string): void
  editReview(at: PullRequestBy, review: number, body: string): void
  /** Answers a review comment; returns the new comment's id. */
  replyToReviewComment(at: PullRequestBy, comment: number, body: string): number
  /** Returns the comment's id. */
  comment(at: PullRequestBy, body: string): number
  requestReview(
    at: PullRequestBy,
    from: { readonly users?: readonly string[]; readonly teams?: readonly string[] },
  ): Promise<void>
}

/** What reviewers do. */
export function reviewActions(world: World): ReviewActions {
  return {
    async submitReview(given) {
      const review = await createReview(world, pullAt(world, given), {
        author: accountNamed(world, given.by),
        event: given.event,
        body: given.body ?? '',
        comments: given.comments ?? [],
        ...(given.commit === undefined ? {} : { commit: given.commit }),
      })
      return review.id
    },
    dismissReview(at, id, message) {
      const pull = pullAt(world, at)
      const by = accountNamed(world, at.by)
      dismissReview(world, pull, { review: reviewOf(pull, id, by), by, message })
    },
    editReview(at, id, body) {
      const pull = pullAt(world, at)
      const by = accountNamed(world, at.by)
      editReview(world, pull, { review: reviewOf(pull, id, by), by, body })
    },
    replyToReviewComment: (at, to, body) =>
      replyInThread(world, pullAt(world, at), { to, body, author: accountNamed(world, at.by) }).id,
    comment: (at, body) =>
      addIssueComment(world, pullAt(world, at), { author: accountNamed(world, at.by), body }).id,
    async requestReview(at, { users = [], teams = [] }) {
      const pull = pullAt(world, at)
      await addReviewRequests(world, pull, {
        by: accountNamed(world, at.by),
        accounts: users.map((login) => accountNamed(world, login)),
        teams: teams.flatMap((slug) => findTeam(world, pull.repository.owner.login, slug) ?? []),
      })
    },
  }
}
