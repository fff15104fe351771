import { ApiError } from '../../access/api-error.ts'
import { findTeam } from '../../access/teams.ts'
import { describePullRequest } from '../../behaviour/pull-requests.ts'
import { addReviewRequests, removeReviewRequests } from '../../behaviour/review-requests.ts'
import { changedFiles, commitsOf } from '../../git/pull-request-commits.ts'
import { presentTeam, presentUser } from '../../present/accounts.ts'
import { presentCommit, presentFile } from '../../present/git.ts'
import { presentPullRequest } from '../../present/pull-request.ts'
import { presentTimeline } from '../../present/timeline.ts'
import type { Account, Team } from '../../state/accounts.ts'
import { type Json, textAt, textsAt } from '../../state/json.ts'
import { nameKey } from '../../state/names.ts'
import type { PullRequest } from '../../state/pull-request.ts'
import {
  calledPull,
  caller,
  ok,
  onRepository,
  paginated,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'

function listPulls(call: RepositoryCall): Reply {
  const { query, repository, world } = call
  const state = textAt(query, 'state') ?? 'open'
  const head = textAt(query, 'head')
  const base = textAt(query, 'base')
  const newestFirst = (textAt(query, 'direction') ?? 'desc') === 'desc'
  const sorted = repository.pulls
    .filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (base === undefined || pull.base.ref === base) &&
        (head === undefined || `${pull.head.repository.owner.login}:${pull.head.ref}` === head),
    )
    .toSorted((a, b) => (newestFirst ? b.number - a.number : a.number - b.number))
  return paginated(call, sorted, { each: (pull) => presentPullRequest(world, pull) })
}

/** The first look after a change starts GitHub's computation; `mergeable` is null until the next. */
async function readPull(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  const body = await describePullRequest(call.world, pull)
  pull.mergeableAsked = true
  return ok(body)
}

async function listFiles(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  const files = await changedFiles(call.world, pull)
  const at = { repository: call.repository, commit: pull.head.sha }
  return paginated(call, files.slice(0, call.world.limits.pullRequestFiles), {
    each: (file) => presentFile(call.world, at, file),
  })
}

async function listCommits(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  const commits = await commitsOf(pull)
  return paginated(call, commits.slice(0, 250), {
    each: (commit) => presentCommit(call.world, call.repository, commit),
  })
}

function presentRequested(call: RepositoryCall, pull: PullRequest): Json {
  return {
    users: [...pull.requestedReviewers].map((account) => presentUser(call.world, account)),
    teams: [...pull.requestedTeams].map((team) => presentTeam(call.world, team)),
  }
}

interface Reviewers {
  readonly accounts: readonly Account[]
  readonly teams: readonly Team[]
}

function namedReviewers(call: RepositoryCall): Reviewers {
  const { world, body, repository } = call
  const unknown = (what: string, name: string) =>
    new ApiError(
      422,
      `Could not resolve to a ${what} with the ${what === 'node' ? 'login' : 'slug'} of '${name}'.`,
    )
  const accounts = textsAt(body, 'reviewers').map((login) => {
    const account = world.accounts.get(nameKey(login))
    if (!account) throw unknown('node', login)
    return account
  })
  const teams = textsAt(body, 'team_reviewers').map((slug) => {
    const team = findTeam(world, repository.owner.login, slug)
    if (!team) throw unknown('team', slug)
    return team
  })
  return { accounts, teams }
}

async function requestReviewers(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  await addReviewRequests(call.world, pull, { ...namedReviewers(call), by: caller(call) })
  return { status: 201, body: presentPullRequest(call.world, pull) }
}

async function unrequestReviewers(call: RepositoryCall): Promise<Reply> {
  const pull = calledPull(call)
  await removeReviewRequests(call.world, pull, { ...namedReviewers(call), by: caller(call) })
  return ok(presentPullRequest(call.world, pull))
}

const reading = onRepository('pull_requests', 'read')
const writing = onRepository('pull_requests', 'write')

/** Pull requests, what they change, and who is asked to review them. */
export const pullRoutes: readonly Route[] = [
  reading('GET /repos/{owner}/{repo}/pulls', async (call) => listPulls(call)),
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}', readPull),
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', listFiles),
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', listCommits),
  reading('GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', async (call) =>
    ok(presentRequested(call, calledPull(call))),
  ),
  writing('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', requestReviewers),
  writing('DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', unrequestReviewers),
  reading('GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', async (call) => {
    const pull = calledPull(call)
    return paginated(call, await presentTimeline(call.world, pull), { each: (event) => event })
  }),
]
