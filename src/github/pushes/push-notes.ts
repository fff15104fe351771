import type { PullRequest } from '../../app/ports.ts'
import { checkName } from '../checks/check-name.ts'
import type { CheckRuns } from '../checks/check-run.ts'
import { notedPusher, pushNoteId } from '../checks/external-id.ts'
import type { AppClient } from '../client.ts'

/** Whether a pull request comes from another repository, or from one that is gone: GitHub tells of no push there later. */
export function isFork({ ref, head }: Pick<PullRequest, 'ref' | 'head'>): boolean {
  return head.repository?.toLowerCase() !== `${ref.owner}/${ref.repo}`.toLowerCase()
}

/**
 * Keeps who pushed the head, as its event alone says, where it outlives this server: on a check run that is over already and
 * lets nothing be merged. The evaluation that follows hides it behind a run of its own.
 */
export async function notePusher(
  { client, where }: CheckRuns,
  pull: PullRequest,
  login: string,
): Promise<void> {
  await client.rest.checks.create({
    ...where,
    name: checkName(pull),
    head_sha: pull.head.sha,
    status: 'completed',
    conclusion: 'cancelled',
    external_id: pushNoteId(pull, login),
    output: {
      title: 'Pushed, to be evaluated',
      summary: `The head of #${pull.ref.number} was pushed to a fork.`,
    },
  })
}

/** Who pushed the head last, as it was noted at the time; undefined where it was not. */
export async function readNotedPusher(
  { client, appId }: AppClient,
  { ref, head }: PullRequest,
): Promise<string | undefined> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    owner: ref.owner,
    repo: ref.repo,
    ref: head.sha,
    app_id: appId,
    filter: 'all',
    per_page: 100,
  })
  return runs
    .filter(({ app }) => app?.id === appId)
    .toSorted((a, b) => b.id - a.id)
    .map(({ external_id }) => notedPusher(external_id))
    .find((noted) => noted?.number === ref.number)?.login
}
