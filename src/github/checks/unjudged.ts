import type { PullRequestRef, RepositoryRef } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import type { AppClient } from '../client.ts'
import { checkNameFor } from './check-name.ts'

const concurrency = budgets.questions.size

/**
 * The open pull requests without a finished verdict of ours on their head, or with a run in progress: an event, or an evaluation,
 * was lost.
 */
export async function readUnjudged(
  { client, appId }: AppClient,
  at: RepositoryRef,
): Promise<readonly PullRequestRef[]> {
  const where = { owner: at.owner, repo: at.repo }
  const pulls = await client.paginate(client.rest.pulls.list, { ...where, state: 'open', per_page: 100 })
  const judged = await mapConcurrently(pulls, concurrency, async ({ head, base }) => {
    const { data } = await client.rest.checks.listForRef({
      ...where,
      ref: head.sha,
      check_name: checkNameFor(base.ref, base.repo.default_branch),
      app_id: appId,
      filter: 'all',
      per_page: 100,
    })
    const [newest] = data.check_runs.toSorted((a, b) => b.id - a.id)
    const isOver = data.check_runs.every(({ status }) => status === 'completed')
    return isOver && newest !== undefined && newest.conclusion !== 'cancelled'
  })
  return pulls.filter((_, index) => judged[index] === false).map(({ number }) => ({ ...at, number }))
}
