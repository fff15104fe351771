import type { PullRequest } from '../../app/ports.ts'
import { type GitHubClient, unlessStatus } from '../client.ts'

/** No such name, or one that is none. */
const unknown = [404, 422]

/** Whether a name is a branch, or names a commit that the base does not hold. */
export async function readIsUnmerged(
  client: GitHubClient,
  { ref: { owner, repo }, base }: PullRequest,
  name: string,
): Promise<boolean> {
  const branch = await unlessStatus(unknown, () =>
    client.rest.git.getRef({ owner, repo, ref: `heads/${name}` }),
  )
  if (branch !== undefined) return true
  const basehead = `${base.tip}...${name}`
  const compared = await unlessStatus(unknown, () =>
    client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 }),
  )
  return compared !== undefined && !['identical', 'behind'].includes(compared.data.status)
}
