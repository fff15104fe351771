import type { Membership, People, Person, Review } from '../domain/policy/people.ts'
import type { PullRequest } from '../ports.ts'
import { type GitHubClient, unlessStatus } from './github-client.ts'
import { personOf } from './github-person.ts'
import { readPushers } from './github-pushers.ts'
import { createGitHubTeams } from './github-teams.ts'
import { mapConcurrently } from './map-concurrently.ts'

/** A comment is no opinion and leaves the last one standing; a pending review is nobody's business yet. */
const opinions: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
}

const concurrency = 5

type Opinion = Omit<Review, 'mayWrite'>

async function readOpinions(client: GitHubClient, pull: PullRequest): Promise<readonly Opinion[]> {
  const { owner, repo, number } = pull.ref
  const reviews = await client.paginate(client.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  })
  const latest = new Map<string, Opinion>()
  for (const { user, state, commit_id, submitted_at, body } of reviews) {
    const opinion = opinions[state]
    if (user === null || opinion === undefined) continue
    const by = personOf(user)
    // GitHub lists in the order of time, so a later one replaces.
    latest.set(by.login.toLowerCase(), {
      by,
      state: opinion,
      commit: commit_id ?? '',
      at: submitted_at ?? '',
      body,
    })
  }
  return [...latest.values()]
}

async function mayWrite(client: GitHubClient, pull: PullRequest, { login }: Person): Promise<boolean> {
  const { owner, repo } = pull.ref
  const found = await unlessStatus([403, 404], () =>
    client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login }),
  )
  return found !== undefined && ['admin', 'write'].includes(found.data.permission)
}

function readReviews(client: GitHubClient, pull: PullRequest, opinions: readonly Opinion[]) {
  return mapConcurrently(opinions, concurrency, async (opinion): Promise<Review> => {
    const counts = opinion.state !== 'dismissed'
    return { ...opinion, mayWrite: counts && (await mayWrite(client, pull, opinion.by)) }
  })
}

function keyOf(owner: string, login: string): string {
  return `${owner} ${login}`.toLowerCase()
}

async function readMemberships(
  client: GitHubClient,
  pull: PullRequest,
  asked: { readonly owners: readonly string[]; readonly people: readonly Person[] },
): Promise<ReadonlyMap<string, Membership>> {
  const { organization } = pull
  const teams = createGitHubTeams({ client, ...(organization === undefined ? {} : { organization }) })
  const pairs = asked.owners.flatMap((owner) => asked.people.map((person) => ({ owner, person })))
  const found = await mapConcurrently(pairs, concurrency, async ({ owner, person }) => {
    const key = keyOf(owner, person.login)
    return [key, await teams.membership(owner, person.login)] as const
  })
  return new Map(found)
}

/**
 * Everybody who took part, each team and person asked for once. Whether somebody speaks for an owner who was not among
 * `owners`, or for somebody who took no part, is unresolvable: an omission here must never count as consent.
 */
export async function readPeople(
  client: GitHubClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  const [pushed, opinions] = await Promise.all([readPushers(client, pull), readOpinions(client, pull)])
  const reviews = await readReviews(client, pull, opinions)
  const pushers = pushed.pushers === 'unknown' ? [] : pushed.pushers
  const reviewers = reviews.filter(({ state }) => state !== 'dismissed').map(({ by }) => by)
  const people = new Map([pull.author, ...pushers, ...reviewers].map((person) => [person.login, person]))
  const asked = { owners: [...new Set(owners)], people: [...people.values()] }
  const memberships = await readMemberships(client, pull, asked)
  return {
    author: pull.author,
    ...pushed,
    reviews,
    membership: (owner, login) => memberships.get(keyOf(owner, login)) ?? 'unresolvable',
  }
}
