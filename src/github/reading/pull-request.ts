import type { PullRequest, PullRequestRef, RepositoryRef } from '../../app/ports.ts'
import type { RestClient } from '../client.ts'
import { personOf } from '../people/person.ts'

async function readTip(client: RestClient, at: RepositoryRef, branch: string): Promise<string> {
  const { data } = await client.rest.git.getRef({ owner: at.owner, repo: at.repo, ref: `heads/${branch}` })
  return data.object.sha
}

/** Reads a pull request and the tip of its base over REST. */
export async function readPullRequest(client: RestClient, ref: PullRequestRef): Promise<PullRequest> {
  const where = { owner: ref.owner, repo: ref.repo }
  const { data } = await client.rest.pulls.get({ ...where, pull_number: ref.number })
  const { head, base } = data
  const open = data.state === 'open'
  // Closed because its base was deleted, it has no tip to be read.
  const tip = open ? await readTip(client, ref, base.ref) : base.sha
  // GitHub's description says that a head always has a repository; a deleted fork has none.
  const fork = head.repo as typeof head.repo | null
  return {
    ref,
    state: open ? 'open' : data.merged ? 'merged' : 'closed',
    draft: data.draft === true,
    author: personOf(data.user),
    head: { sha: head.sha, branch: head.ref, ...(fork === null ? {} : { repository: fork.full_name }) },
    base: { branch: base.ref, tip },
    defaultBranch: base.repo.default_branch,
    ...(base.repo.owner.type === 'Organization' ? { organization: base.repo.owner.login } : {}),
    mergeable: data.mergeable === null ? 'unknown' : data.mergeable ? 'yes' : 'no',
    requestedReviewers: [
      ...(data.requested_reviewers ?? []).map(({ login }) => `@${login}`),
      ...(data.requested_teams ?? []).map(({ slug }) => `@${base.repo.owner.login}/${slug}`),
    ],
  }
}
