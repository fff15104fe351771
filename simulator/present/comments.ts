import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { nameKey, nodeId } from '../state/names.ts'
import type { CommentPlace, IssueComment, PullRequest, Review, ReviewComment } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { presentApp, presentUser } from './accounts.ts'
import { repositoryPage, repositoryUrl } from './repository.ts'

/**
 * How an author relates to a repository. Computed without a viewer: a member of the organization appears as
 * CONTRIBUTOR, which is why nobody may take this for an authorization.
 */
export function authorAssociation(world: World, repository: Repository, author: Account): string {
  if (author === repository.owner) return 'OWNER'
  const organization = world.organizations.get(nameKey(repository.owner.login))
  const known = organization?.members.has(nameKey(author.login)) || author.type === 'Bot'
  return known || repository.collaborators.has(nameKey(author.login)) ? 'CONTRIBUTOR' : 'NONE'
}

/** A comment in the conversation. */
export function presentIssueComment(world: World, pull: PullRequest, comment: IssueComment): Json {
  const url = repositoryUrl(world, pull.repository)
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${url}/issues/comments/${comment.id}`,
    html_url: `${repositoryPage(world, pull.repository)}/pull/${pull.number}#issuecomment-${comment.id}`,
    issue_url: `${url}/issues/${pull.number}`,
    user: presentUser(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world, pull.repository, comment.author),
    performed_via_github_app: comment.app ? presentApp(world, comment.app) : null,
  }
}

/** A review, its state in capitals as REST has it. */
export function presentReview(world: World, pull: PullRequest, review: Review): Json {
  const pullUrl = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`
  const page = `${repositoryPage(world, pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: presentUser(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl,
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    ...(review.submittedAt === undefined ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commit,
    author_association: authorAssociation(world, pull.repository, review.author),
  }
}

function presentPlace(place: CommentPlace | undefined, prefix: '' | 'original_'): Json {
  if (place?.kind !== 'line')
    return { [`${prefix}line`]: null, [`${prefix}start_line`]: null, [`${prefix}position`]: null }
  return {
    [`${prefix}line`]: place.line,
    [`${prefix}start_line`]: place.startLine ?? null,
    [`${prefix}position`]: place.position,
  }
}

function presentSides(place: CommentPlace): Json {
  if (place.kind === 'file') return { subject_type: 'file', start_side: null }
  return { subject_type: 'line', side: place.side, start_side: place.startSide ?? null }
}

/** A review comment; `line` is null once the line it stood on is gone. */
export function presentReviewComment(world: World, pull: PullRequest, comment: ReviewComment): Json {
  const pullUrl = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`
  const self = `${repositoryUrl(world, pull.repository)}/pulls/comments/${comment.id}`
  const page = `${repositoryPage(world, pull.repository)}/pull/${pull.number}#discussion_r${comment.id}`
  return {
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    url: self,
    html_url: page,
    pull_request_url: pullUrl,
    _links: { self: { href: self }, html: { href: page }, pull_request: { href: pullUrl } },
    pull_request_review_id: comment.reviewId,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.originalCommit,
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: presentUser(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world, pull.repository, comment.author),
    ...presentPlace(comment.current, ''),
    ...presentPlace(comment.original, 'original_'),
    ...presentSides(comment.original),
  }
}
