import { repositoryNamed } from '../access/permissions.ts'
import { readFileAt } from '../git/objects.ts'
import { branchTip } from '../git/references.ts'
import type { CheckRun } from '../state/checks.ts'
import type { Delivery } from '../state/deliveries.ts'
import type { LoggedRequest } from '../state/faults.ts'
import type { IssueComment, PullRequest, Review, ReviewComment } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { pullAt } from './pull-requests.ts'

/** Looks at the state without going through the API. Nothing that is returned may be changed. */
export interface Readers {
  /** All runs on a commit, oldest first; the last of a name is the one that counts. */
  checkRuns(repo: string, sha: string): readonly CheckRun[]
  comments(repo: string, number: number): readonly IssueComment[]
  reviews(repo: string, number: number): readonly Review[]
  reviewComments(repo: string, number: number): readonly ReviewComment[]
  /** Logins, and teams as `org/slug`. */
  requestedReviewers(repo: string, number: number): { readonly users: string[]; readonly teams: string[] }
  pullRequest(repo: string, number: number): PullRequest
  branchTip(repo: string, branch: string): Promise<string | undefined>
  readFile(repo: string, revision: string, path: string): Promise<string | undefined>
  deliveries(): readonly Delivery[]
  requests(): readonly LoggedRequest[]
  /** Bugs of the simulator: its responses that GitHub's description forbids. Must stay empty. */
  contractViolations(): readonly string[]
}

/** Looks at the state of a world. */
export function readers(world: World): Readers {
  return {
    checkRuns: (repo, sha) => repositoryNamed(world, repo).checkRuns.filter(({ headSha }) => headSha === sha),
    comments: (repo, number) => pullAt(world, { repo, number }).comments,
    reviews: (repo, number) => pullAt(world, { repo, number }).reviews,
    reviewComments: (repo, number) => pullAt(world, { repo, number }).reviewComments,
    requestedReviewers(repo, number) {
      const pull = pullAt(world, { repo, number })
      return {
        users: [...pull.requestedReviewers].map(({ login }) => login),
        teams: [...pull.requestedTeams].map((team) => `${team.organization.account.login}/${team.slug}`),
      }
    },
    pullRequest: (repo, number) => pullAt(world, { repo, number }),
    branchTip: (repo, branch) => branchTip(repositoryNamed(world, repo).directory, branch),
    readFile: async (repo, revision, path) =>
      (await readFileAt(repositoryNamed(world, repo).directory, revision, path))?.toString(),
    deliveries: () => world.deliveries,
    requests: () => world.requests,
    contractViolations: () => world.contractViolations,
  }
}
