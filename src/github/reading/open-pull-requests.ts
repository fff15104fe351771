import { z } from 'zod'
import type { PullRequestRef, RepositoryRef } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import type { RestClient } from '../client.ts'
import { tryGraph } from './graphql.ts'

/** Which of them are asked for; all where nothing is said. */
export interface Wanted {
  readonly base?: string
  readonly headSha?: string
}

interface Open {
  readonly number: number
  readonly head: string
}

/** Open pull requests of a repository. There may be a thousand: over REST each would come with two whole repositories. */
export async function readOpenPullRequests(
  client: RestClient,
  at: RepositoryRef,
  { base, headSha }: Wanted,
): Promise<readonly PullRequestRef[]> {
  const pulls = (await overGraph(client, at, base)) ?? (await overRest(client, at, base))
  return pulls
    .filter(({ head }) => headSha === undefined || head === headSha)
    .map(({ number }) => ({ ...at, number }))
}

/** The oldest first, so that what is opened meanwhile moves none that is still to come. */
const query = `query($owner: String!, $name: String!, $base: String, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(
      states: [OPEN], baseRefName: $base, orderBy: { field: CREATED_AT, direction: ASC },
      first: ${budgets.graphPage.size}, after: $after
    ) {
      pageInfo { hasNextPage endCursor }
      nodes { number headRefOid }
    }
  }
}`

const shape = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(z.object({ number: z.number(), headRefOid: z.string() })),
    }),
  }),
})

/** Undefined where the graph does not give all of them. */
async function overGraph(
  client: RestClient,
  { owner, repo: name }: RepositoryRef,
  base: string | undefined,
): Promise<readonly Open[] | undefined> {
  const found: Open[] = []
  for (let after: string | null = null; ; ) {
    const variables: Readonly<Record<string, unknown>> = {
      owner,
      name,
      after,
      ...(base !== undefined && { base }),
    }
    const answer = await tryGraph<unknown>(client, query, variables)
    const read = answer?.errors.length === 0 ? shape.safeParse(answer.data) : undefined
    if (!read?.success) return undefined
    const { nodes, pageInfo } = read.data.repository.pullRequests
    found.push(...nodes.map(({ number, headRefOid: head }) => ({ number, head })))
    if (!pageInfo.hasNextPage) return found
    after = pageInfo.endCursor
  }
}

async function overRest(
  client: RestClient,
  { owner, repo }: RepositoryRef,
  base: string | undefined,
): Promise<readonly Open[]> {
  const pulls = await client.paginate(client.rest.pulls.list, {
    owner,
    repo,
    state: 'open',
    per_page: 100,
    ...(base === undefined ? {} : { base }),
  })
  return pulls.map(({ number, head }) => ({ number, head: head.sha }))
}
