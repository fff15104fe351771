import { commitsOf } from '../git/pull-request-commits.ts'
import type { Account, Team } from '../state/accounts.ts'
import { nodeId } from '../state/names.ts'
import type { IssueComment, PullRequest, Review } from '../state/pull-request.ts'
import { fullName } from '../state/repository.ts'
import { commitObject, type Permitted, refObject } from './commits.ts'
import { actor, type Boundaries, connection, type GraphObject, reviewObject } from './nodes.ts'

/** What a pull request is called by the graph: open, closed, or merged. */
export function stateOf({ merged, state }: PullRequest): string {
  return merged ? 'MERGED' : state.toUpperCase()
}

interface ReviewsAsked extends Boundaries {
  readonly states?: readonly Review['state'][] | null
}

/** A pull request as the graph has it. */
export function pullRequestObject(pull: PullRequest, permitted: Permitted): GraphObject {
  const { id, number, head, base, repository } = pull
  const asCommit = (sha: string) => commitObject(repository, sha, permitted)
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', id),
    number,
    state: stateOf(pull),
    isDraft: pull.draft,
    author: actor(pull.author),
    baseRefName: base.ref,
    baseRefOid: base.sha,
    baseRef: () => refObject(repository, base.ref, permitted),
    headRefName: head.ref,
    headRefOid: head.sha,
    headRepository: head.repository.deleted
      ? null
      : {
          __typename: 'Repository',
          id: nodeId('Repository', head.repository.id),
          name: head.repository.name,
          nameWithOwner: fullName(head.repository),
        },
    mergeable: () => mergeability(pull),
    potentialMergeCommit: () => testMergeOf(pull, asCommit),
    commits: async (asked: Boundaries) =>
      connection(
        'commits',
        (await commitsOf(pull)).map(({ sha }) => ({
          id: nodeId('PullRequestCommit', id),
          commit: asCommit(sha),
        })),
        asked,
      ),
    reviews: (asked: ReviewsAsked) => reviewsOf(pull, asked, asCommit),
    reviewRequests: (asked: Boundaries) => connection('reviewRequests', requestsOf(pull), asked),
    reviewThreads: (asked: Boundaries) =>
      connection(
        'reviewThreads',
        pull.reviewComments.filter(({ inReplyTo }) => inReplyTo === undefined),
        asked,
      ),
    comments: (asked: Boundaries) => connection('comments', pull.comments.map(commentObject), asked),
  }
}

/** As over REST: the first look after a change starts the computation. */
function mergeability(pull: PullRequest): string {
  const { state, testMerge, mergeableAsked } = pull
  pull.mergeableAsked = true
  if (state === 'closed' || !mergeableAsked || !testMerge) return 'UNKNOWN'
  return testMerge.commit === 'none' ? 'CONFLICTING' : 'MERGEABLE'
}

/** The commit of `refs/pull/N/merge`; none of what is merged, nor where it conflicts. */
function testMergeOf(
  { state, testMerge }: PullRequest,
  asCommit: (sha: string) => GraphObject,
): GraphObject | null {
  if (state === 'closed' || !testMerge || testMerge.commit === 'none') return null
  return asCommit(testMerge.commit)
}

function requestsOf({ id, requestedReviewers, requestedTeams }: PullRequest): readonly GraphObject[] {
  const asked = [...[...requestedReviewers].map(userOf), ...[...requestedTeams].map(teamOf)]
  return asked.map((requestedReviewer) => ({
    __typename: 'ReviewRequest',
    id: nodeId('ReviewRequest', id),
    requestedReviewer,
  }))
}

function userOf(account: Account): GraphObject {
  return actor(account)
}

function teamOf({ id, slug }: Team): GraphObject {
  return { __typename: 'Team', id: nodeId('Team', id), slug }
}

function commentObject({ id, author, body }: IssueComment): GraphObject {
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', id),
    databaseId: id,
    author: actor(author),
    body,
  }
}

function reviewsOf(
  { reviews }: PullRequest,
  asked: ReviewsAsked,
  asCommit: (sha: string) => GraphObject,
): object {
  const submitted = reviews.filter(({ state }) => state !== 'PENDING')
  const all = submitted.filter(({ state }) => asked.states?.includes(state) ?? true)
  return connection(
    'reviews',
    all.map((review) => ({ ...reviewObject(review), commit: asCommit(review.commit) })),
    asked,
  )
}
