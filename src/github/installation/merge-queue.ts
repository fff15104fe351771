import { statusOf } from '../../app/status-of.ts'
import type { Fact } from '../../domain/installation/facts.ts'
import type { Asked } from './asked.ts'

const query = `query($owner: String!, $repo: String!, $branch: String!) {
  repository(owner: $owner, name: $repo) { mergeQueue(branch: $branch) { id } }
}`

interface Answer {
  readonly repository: { readonly mergeQueue: { readonly id: string } | null } | null
}

/** Whether a queue merges into a branch: of classic protection REST does not say it. */
export async function readQueue({
  client,
  owner,
  repo,
  branch,
}: Asked & { readonly branch: string }): Promise<Fact<boolean>> {
  try {
    const { repository } = await client.graphql<Answer>(query, { owner, repo, branch })
    return repository === null ? { missing: 'merge-queues' } : { known: repository.mergeQueue !== null }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { missing: 'merge-queues' }
  }
}

/** An older server knows no queues, and refuses the query. */
function isRefusal(error: unknown): boolean {
  const refused = error instanceof Error && error.name === 'GraphqlResponseError'
  return refused || [403, 404].includes(statusOf(error) ?? 0)
}
