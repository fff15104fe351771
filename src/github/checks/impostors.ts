import type { PullRequest } from '../../app/ports.ts'
import type { AppClient } from '../client.ts'
import { checkedCommit } from './check-name.ts'

/**
 * Who else wrote a check run of this name on the head: a required check that is not pinned to our App would take it for
 * ours. A workflow's job is one, written by GitHub Actions. Each is named once, in order.
 */
export async function readImpostors(
  { client, appId }: AppClient,
  pull: PullRequest,
  name: string,
): Promise<readonly string[]> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    owner: pull.ref.owner,
    repo: pull.ref.repo,
    ref: checkedCommit(pull),
    check_name: name,
    filter: 'latest',
    per_page: 100,
  })
  const others = runs.filter(({ app }) => app?.id !== appId)
  return [...new Set(others.map(({ app }) => app?.name ?? 'an unknown App'))].sort()
}
