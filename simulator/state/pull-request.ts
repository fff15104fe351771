import type { Account, Team } from './accounts.ts'
import type { App } from './app.ts'
import type { Repository } from './repository.ts'

/** The side of a diff that a line number counts on. */
export type Side = 'LEFT' | 'RIGHT'

/** A comment in the conversation. */
export interface IssueComment {
  readonly id: number
  readonly author: Account
  readonly app?: App
  readonly createdAt: string
  body: string
  updatedAt: string
}

/** Where a review comment stands: a line (or a range that ends there), or the file as a whole. */
export type CommentPlace =
  | { readonly kind: 'file' }
  | {
      readonly kind: 'line'
      readonly side: Side
      readonly line: number
      /** Lines below the first hunk header of the file's patch. */
      readonly position: number
      readonly startLine?: number
      readonly startSide?: Side
    }

/** A review comment. `current` is where it stands on today's head; absent once it is outdated. */
export interface ReviewComment {
  readonly id: number
  readonly reviewId: number
  readonly author: Account
  readonly path: string
  readonly originalCommit: string
  readonly original: CommentPlace
  readonly diffHunk: string
  readonly inReplyTo?: number
  readonly createdAt: string
  commit: string
  current?: CommentPlace
  body: string
  updatedAt: string
}

/** A review; `PENDING` ones are visible to their author alone. */
export interface Review {
  readonly id: number
  readonly author: Account
  readonly commit: string
  body: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  submittedAt?: string
  /** Who changed the text last; over GraphQL alone GitHub tells. */
  /** Every change of its text, oldest first. */
  readonly edits: { readonly by: Account; readonly at: string }[]
}

/** Something that happened to a pull request besides comments, reviews and commits. */
export interface TimelineEvent {
  readonly id: number
  readonly at: string
  readonly actor: Account
  readonly event:
    | 'base_ref_changed'
    | 'closed'
    | 'convert_to_draft'
    | 'head_ref_force_pushed'
    | 'merged'
    | 'ready_for_review'
    | 'renamed'
    | 'reopened'
    | 'review_dismissed'
    | 'review_requested'
    | 'review_request_removed'
  readonly text: string
  readonly team?: Team
  readonly reviewer?: Account
  readonly rename?: { readonly from: string; readonly to: string }
  readonly review?: Review
  /** What a dismissed review was before. */
  readonly was?: Review['state']
}

/** The commit of `refs/pull/N/merge`: `none` on a conflict. */
interface TestMerge {
  readonly base: string
  readonly head: string
  readonly commit: string | 'none'
}

/** A pull request. */
export interface PullRequest {
  readonly id: number
  readonly number: number
  readonly repository: Repository
  readonly author: Account
  readonly createdAt: string
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string }
  readonly base: { ref: string; sha: string }
  readonly requestedReviewers: Set<Account>
  readonly requestedTeams: Set<Team>
  readonly comments: IssueComment[]
  readonly reviews: Review[]
  readonly reviewComments: ReviewComment[]
  readonly timeline: TimelineEvent[]
  title: string
  body: string | null
  state: 'open' | 'closed'
  draft: boolean
  updatedAt: string
  closedAt?: string
  merged?: { readonly at: string; readonly by: Account; readonly commit: string }
  testMerge?: TestMerge
  /** GitHub computes mergeability when somebody asks: the first answer after a change is null. */
  mergeableAsked: boolean
}
