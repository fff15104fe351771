import type { MergeGroup, PullRequestRef } from '../../app/ports.ts'
import type { Ahead } from '../../report/github/queue-comment.ts'
import type { AppClient, GitHubClient } from '../client.ts'
import { subjectOf } from './external-id.ts'
import { queuedOn } from './queue-branch.ts'

/** A branch that a merge queue has made: its full name, and its commit. */
export interface QueueBranch {
  readonly ref: string
  readonly sha: string
}

/**
 * The turns of a pull request in merge queues, as far as a check run of ours was begun on their commits: it alone says
 * what the commit is judged against. One that was not begun is still to come, and reads everything afresh by itself.
 */
export async function readMergeGroups(
  { client, appId }: AppClient,
  { owner, repo, number }: PullRequestRef,
  given?: readonly QueueBranch[],
): Promise<readonly MergeGroup[]> {
  const where = { owner, repo }
  const found: MergeGroup[] = []
  for (const { ref, sha } of given ?? (await readQueueBranches(client, where))) {
    if (queuedOn(ref) !== number) continue
    const { data } = await client.rest.checks.listForRef({ ...where, ref: sha, app_id: appId })
    const subject = data.check_runs
      .map(({ external_id }) => subjectOf(external_id, sha))
      .find((each) => each?.number === number && each.group !== undefined)
    if (subject?.group !== undefined) found.push(subject.group)
  }
  return found
}

/** The pull requests that a turn in a merge queue is built on. */
export async function readAhead(
  client: GitHubClient,
  where: { readonly owner: string; readonly repo: string },
  group: MergeGroup,
): Promise<Ahead> {
  const numbers = await readQueuedAhead(client, where, group)
  if (numbers.length > 0) return { kind: 'queued', numbers }
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    ...where,
    commit_sha: group.parent,
  })
  const merged = data.filter(({ merge_commit_sha }) => merge_commit_sha === group.parent)
  return { kind: 'merged', numbers: merged.slice(0, 1).map(({ number }) => number) }
}

async function readQueuedAhead(
  client: GitHubClient,
  where: { readonly owner: string; readonly repo: string },
  { parent }: MergeGroup,
): Promise<readonly number[]> {
  const turns = new Map((await readQueueBranches(client, where)).map(({ ref, sha }) => [sha, ref]))
  const ahead: number[] = []
  for (let ref = turns.get(parent); ref !== undefined; ) {
    const number = queuedOn(ref)
    if (number === undefined || ahead.includes(number)) break
    ahead.push(number)
    ref = turns.get(ref.slice(ref.lastIndexOf('-') + 1))
  }
  return ahead
}

async function readQueueBranches(
  client: GitHubClient,
  where: { readonly owner: string; readonly repo: string },
): Promise<readonly QueueBranch[]> {
  const refs = await client.paginate(client.rest.git.listMatchingRefs, {
    ...where,
    ref: 'heads/gh-readonly-queue/',
  })
  return refs.map(({ ref, object }) => ({ ref, sha: object.sha }))
}
