import type { PullRequest, RepositoryRef } from '../../app/ports.ts'
import type { GitHubClient } from '../client.ts'
import { checkedCommit, checkName } from './check-name.ts'

type Run = Awaited<ReturnType<typeof readRuns>>[number]

/** The check runs that have a pull request's name on its commit, by whomever. */
export interface NamedRuns {
  read(pull: PullRequest): Promise<readonly Run[]>
  /** As they were read last, which costs nothing; read now where they never were. */
  lastRead(pull: PullRequest): Promise<readonly Run[]>
}

function readRuns(client: GitHubClient, { owner, repo }: RepositoryRef, pull: PullRequest) {
  return client.paginate(client.rest.checks.listForRef, {
    owner,
    repo,
    ref: checkedCommit(pull),
    check_name: checkName(pull),
    filter: 'all',
    per_page: 100,
  })
}

export function createNamedRuns(client: GitHubClient, at: RepositoryRef): NamedRuns {
  const last = new Map<string, readonly Run[]>()
  async function read(pull: PullRequest): Promise<readonly Run[]> {
    const runs = await readRuns(client, at, pull)
    last.set(`${checkedCommit(pull)} ${checkName(pull)}`, runs)
    return runs
  }
  return {
    read,
    lastRead: async (pull) => last.get(`${checkedCommit(pull)} ${checkName(pull)}`) ?? read(pull),
  }
}
