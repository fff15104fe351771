import { ApiError } from '../access/api-error.ts'
import { roleOf } from '../access/permissions.ts'
import { teamHasAccess } from '../access/teams.ts'
import { presentTeam, presentUser } from '../present/accounts.ts'
import { type Account, roleIncludes, type Team } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import { fullName } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { emitPullRequest, record } from './pull-requests.ts'

/** Reviewers to be asked, or asked no more, and who says so. */
export interface ReviewRequest {
  readonly accounts: readonly Account[]
  readonly teams: readonly Team[]
  readonly by: Account
}

function checkReviewers(world: World, pull: PullRequest, { accounts, teams }: ReviewRequest): void {
  const name = fullName(pull.repository)
  for (const account of accounts) {
    if (account === pull.author)
      throw new ApiError(422, 'Review cannot be requested from pull request author.')
    if (!roleIncludes(roleOf(world, pull.repository, account), 'read') || account.type !== 'User')
      throw new ApiError(
        422,
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${name} repository.`,
      )
  }
  for (const team of teams) {
    if (!teamHasAccess(team, pull.repository.id))
      throw new ApiError(
        422,
        `Reviews may only be requested from collaborators. One or more of the teams you specified is not a collaborator of the ${name} repository.`,
      )
  }
}

/** Asks for reviews; whoever was asked before is not asked again. */
export async function addReviewRequests(
  world: World,
  pull: PullRequest,
  request: ReviewRequest,
): Promise<void> {
  checkReviewers(world, pull, request)
  for (const account of request.accounts) {
    if (pull.requestedReviewers.has(account)) continue
    pull.requestedReviewers.add(account)
    const text = `requested a review from ${account.login}`
    record(world, pull, { event: 'review_requested', actor: request.by, text, reviewer: account })
    await tell(world, pull, { action: 'review_requested', request, account })
  }
  for (const team of request.teams) {
    if (pull.requestedTeams.has(team)) continue
    pull.requestedTeams.add(team)
    const text = `requested a review from ${team.organization.account.login}/${team.slug}`
    record(world, pull, { event: 'review_requested', actor: request.by, text, team })
    await tell(world, pull, { action: 'review_requested', request, team })
  }
}

/** Withdraws requests for reviews. */
export async function removeReviewRequests(
  world: World,
  pull: PullRequest,
  request: ReviewRequest,
): Promise<void> {
  for (const account of request.accounts) {
    if (!pull.requestedReviewers.delete(account)) continue
    const text = `removed the request for ${account.login}`
    record(world, pull, { event: 'review_request_removed', actor: request.by, text, reviewer: account })
    await tell(world, pull, { action: 'review_request_removed', request, account })
  }
  for (const team of request.teams) {
    if (!pull.requestedTeams.delete(team)) continue
    const text = `removed the request for ${team.organization.account.login}/${team.slug}`
    record(world, pull, { event: 'review_request_removed', actor: request.by, text, team })
    await tell(world, pull, { action: 'review_request_removed', request, team })
  }
}

async function tell(
  world: World,
  pull: PullRequest,
  what: {
    readonly action: string
    readonly request: ReviewRequest
    readonly account?: Account
    readonly team?: Team
  },
): Promise<void> {
  const extra = {
    ...(what.account ? { requested_reviewer: presentUser(world, what.account) } : {}),
    ...(what.team ? { requested_team: presentTeam(world, what.team) } : {}),
  }
  await emitPullRequest(world, pull, { action: what.action, sender: what.request.by, extra })
}
