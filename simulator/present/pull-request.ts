import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { presentTeam, presentUser } from './accounts.ts'
import { authorAssociation } from './comments.ts'
import { presentRepository, repositoryPage, repositoryUrl } from './repository.ts'

/** What only the pull request by itself says. */
export interface PullRequestFacts {
  readonly mergeable: boolean | null
  readonly mergeableState: string
  readonly commits: number
  readonly additions: number
  readonly deletions: number
  readonly changedFiles: number
}

function links(world: World, pull: PullRequest): Record<string, string> {
  const url = repositoryUrl(world, pull.repository)
  const self = `${url}/pulls/${pull.number}`
  return {
    self,
    html: `${repositoryPage(world, pull.repository)}/pull/${pull.number}`,
    issue: `${url}/issues/${pull.number}`,
    comments: `${url}/issues/${pull.number}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${url}/statuses/${pull.head.sha}`,
  }
}

function presentSide(world: World, repository: Repository, at: { ref: string; sha: string }): Json {
  return {
    label: `${repository.owner.login}:${at.ref}`,
    ref: at.ref,
    sha: at.sha,
    user: presentUser(world, repository.owner),
    repo: repository.deleted ? null : presentRepository(world, repository),
  }
}

function dates(pull: PullRequest): Json {
  return {
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.merged?.at ?? null,
  }
}

/** A pull request as lists show it. */
export function presentPullRequest(world: World, pull: PullRequest): Json {
  const link = links(world, pull)
  const testMerge = pull.testMerge?.commit
  return {
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    url: link['self'],
    html_url: link['html'],
    diff_url: `${link['html']}.diff`,
    patch_url: `${link['html']}.patch`,
    issue_url: link['issue'],
    commits_url: link['commits'],
    review_comments_url: link['review_comments'],
    review_comment_url: link['review_comment'],
    comments_url: link['comments'],
    statuses_url: link['statuses'],
    _links: Object.fromEntries(Object.entries(link).map(([name, href]) => [name, { href }])),
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    user: presentUser(world, pull.author),
    body: pull.body,
    labels: [],
    milestone: null,
    ...dates(pull),
    merge_commit_sha: pull.merged?.commit ?? (testMerge === 'none' ? null : (testMerge ?? null)),
    assignee: null,
    assignees: [],
    requested_reviewers: [...pull.requestedReviewers].map((account) => presentUser(world, account)),
    requested_teams: [...pull.requestedTeams].map((team) => presentTeam(world, team)),
    head: presentSide(world, pull.head.repository, pull.head),
    base: presentSide(world, pull.repository, pull.base),
    author_association: authorAssociation(world, pull.repository, pull.author),
    auto_merge: null,
    draft: pull.draft,
  }
}

/** A pull request by itself, as `GET /pulls/N` and webhooks show it. */
export function presentFullPullRequest(world: World, pull: PullRequest, facts: PullRequestFacts): Json {
  return {
    ...presentPullRequest(world, pull),
    merged: pull.merged !== undefined,
    merged_by: pull.merged ? presentUser(world, pull.merged.by) : null,
    mergeable: facts.mergeable,
    rebaseable: facts.mergeable,
    mergeable_state: facts.mergeableState,
    comments: pull.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.head.repository !== pull.repository,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  }
}
