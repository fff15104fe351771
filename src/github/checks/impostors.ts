import type { PullRequest } from '../../app/ports.ts'
import type { AppClient, GitHubClient } from '../client.ts'
import { checkedCommit } from './check-name.ts'

/** A check run of some name, and whose it is. */
export interface NamedRun {
  readonly app: string
  readonly appId?: number
}

/** What an App is called of which nothing is told. */
export const unknownApp = 'an unknown App'

/**
 * Who else wrote a check run of this name on the head: a required check that is not pinned to our App would take it for
 * ours. A workflow's job is one, written by GitHub Actions. Each is named once, in order.
 */
export async function readImpostors(
  { client, appId }: AppClient,
  pull: PullRequest,
  { name, given }: { readonly name: string; readonly given?: readonly NamedRun[] | undefined },
): Promise<readonly string[]> {
  const runs = given ?? (await readNamed(client, pull, name))
  const others = runs.filter((run) => run.appId !== appId)
  return [...new Set(others.map(({ app }) => app))].sort()
}

async function readNamed(
  client: GitHubClient,
  pull: PullRequest,
  name: string,
): Promise<readonly NamedRun[]> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    owner: pull.ref.owner,
    repo: pull.ref.repo,
    ref: checkedCommit(pull),
    check_name: name,
    filter: 'latest',
    per_page: 100,
  })
  return runs.map(({ app }) => ({ app: app?.name ?? unknownApp, ...(app && { appId: app.id }) }))
}
