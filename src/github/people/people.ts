import { type Memberships, membershipAmong, membershipEntry } from '../../app/memberships.ts'
import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { repositoryAdmins } from '../../domain/policy/administrators.ts'
import { overrideReason } from '../../domain/policy/consent/override.ts'
import type { Membership, People, Person, Review } from '../../domain/policy/consent/people.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { readShown } from '../checks/shown.ts'
import { type AppClient, type GitHubClient, unlessStatus } from '../client.ts'
import { isFork, readNotedPusher } from '../pushes/push-notes.ts'
import { readPushers } from '../pushes/pushers.ts'
import { type PeopleReading, readPeopleByGraph } from '../reading/people-reading.ts'
import { type GivenOpinion, readOpinions } from './opinions.ts'
import { readEditor } from './review-editor.ts'
import { createGitHubTeams, slugsAmong } from './teams.ts'
import { readTimeline, type Timeline } from './timeline.ts'

const concurrency = budgets.questions.size

/** Each person's permission is read once. No permission to look counts as none. */
function createPermissions(client: GitHubClient, { ref }: PullRequest): (login: string) => Promise<string> {
  const known = new Map<string, Promise<string>>()
  async function read(username: string): Promise<string> {
    const found = await unlessStatus([403, 404], () =>
      client.rest.repos.getCollaboratorPermissionLevel({ owner: ref.owner, repo: ref.repo, username }),
    )
    return found?.data.permission ?? 'none'
  }
  return (login) => {
    const key = login.toLowerCase()
    const permission = known.get(key) ?? read(login)
    known.set(key, permission)
    return permission
  }
}

type Permissions = ReturnType<typeof createPermissions>

function readReviews(
  client: GitHubClient,
  permissions: Permissions,
  { opinions, timeline }: { readonly opinions: readonly GivenOpinion[]; readonly timeline: Timeline },
) {
  return mapConcurrently(opinions, concurrency, async ({ node, id, ...opinion }): Promise<Review> => {
    if (opinion.state === 'dismissed') {
      return { ...opinion, mayWrite: false, dismissal: timeline.dismissals.get(id) ?? { was: 'objection' } }
    }
    const mayWrite = ['admin', 'write'].includes(await permissions(opinion.by.login))
    const editor =
      overrideReason(opinion.body) === undefined
        ? undefined
        : await readEditor(client, { node, author: opinion.by.login })
    return { ...opinion, mayWrite, ...(editor === undefined ? {} : { editedBy: editor }) }
  })
}

interface Asked {
  readonly owners: readonly string[]
  readonly people: readonly Person[]
  readonly permissions: Permissions
  readonly known?: PeopleReading['teams']
}

async function readMemberships(
  client: GitHubClient,
  { organization }: PullRequest,
  { owners, people, permissions, known }: Asked,
): Promise<Memberships> {
  const teams = createGitHubTeams({
    client,
    ...(organization === undefined ? {} : { organization }),
    ...(known && { known }),
  })
  async function membership(owner: string, login: string): Promise<Membership> {
    if (owner !== repositoryAdmins.key) return teams.membership(owner, login)
    return (await permissions(login)) === 'admin' ? 'member' : 'no-member'
  }
  const pairs = owners.flatMap((owner) => people.map(({ login }) => ({ owner, login })))
  const found = await mapConcurrently(pairs, concurrency, async ({ owner, login }) =>
    membershipEntry(owner, login, await membership(owner, login)),
  )
  return new Map(found)
}

/** What an approval has to be held against; where nobody approved there is nothing to read. */
async function readEarlierChecks(
  options: AppClient,
  pull: PullRequest,
  opinions: readonly GivenOpinion[],
): Promise<Pick<People, 'shown' | 'lastPusher'>> {
  const commits = opinions.filter(({ state }) => state === 'approved').map(({ commit }) => commit)
  if (commits.length === 0) return {}
  const known = [...new Set(commits)].filter((commit) => commit !== '')
  const [shown, noted] = await Promise.all([
    readShown(options, pull, known),
    isFork(pull) ? readNotedPusher(options, pull) : undefined,
  ])
  return { shown, ...(noted === undefined ? {} : { lastPusher: noted }) }
}

/** The history matters to approvals and to what was dismissed alone. */
function readHistory(
  client: GitHubClient,
  pull: PullRequest,
  opinions: readonly GivenOpinion[],
): Promise<Timeline> {
  const matters = opinions.some(({ state }) => state !== 'changes-requested')
  return matters ? readTimeline(client, pull) : Promise.resolve({ dismissals: new Map() })
}

/** Whoever said something that counts, or that is told; and who took it out of force. */
function speakers({ by, state, dismissal }: Review): readonly Person[] {
  if (state !== 'dismissed') return [by]
  if (dismissal?.was !== 'objection') return []
  return dismissal.by === undefined ? [by] : [by, dismissal.by]
}

/**
 * Everybody who took part, each team and person asked for once. Whether somebody speaks for an owner who was not among
 * `owners`, or for somebody who took no part, is unresolvable: an omission here must never count as consent.
 */
export async function readPeople(
  options: AppClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  const { client } = options
  const permissions = createPermissions(client, pull)
  const given = await readPeopleByGraph(client, pull, slugsAmong(owners, pull.organization))
  const [pushed, opinions] = await Promise.all([
    readPushers(client, pull, given?.commits),
    given?.opinions ?? readOpinions(client, pull.ref),
  ])
  const [timeline, earlier] = await Promise.all([
    readHistory(client, pull, opinions),
    readEarlierChecks(options, pull, opinions),
  ])
  const { retargetedAt } = timeline
  const reviews = await readReviews(client, permissions, { opinions, timeline })
  const pushers = pushed.pushers === 'unknown' ? [] : pushed.pushers
  const people = new Map(
    [pull.author, ...pushers, ...reviews.flatMap(speakers)].map((person) => [person.login, person]),
  )
  const asked = {
    owners: [...new Set(owners)],
    people: [...people.values()],
    permissions,
    ...(given && { known: given.teams }),
  }
  const memberships = await readMemberships(client, pull, asked)
  return {
    author: pull.author,
    ...pushed,
    ...earlier,
    ...(retargetedAt === undefined ? {} : { retargetedAt }),
    reviews,
    membership: membershipAmong(memberships),
  }
}

/** What is known of the author, who alone has had a say. */
export async function readAuthor(
  { client }: AppClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  const { author } = pull
  const permissions = createPermissions(client, pull)
  const asked = { owners: [...new Set(owners)], people: [author], permissions }
  const memberships = await readMemberships(client, pull, asked)
  return {
    author,
    pushers: [author],
    reviews: [],
    membership: membershipAmong(memberships),
  }
}

/** More teams than this are not listed to find somebody who is in several. */
const mostListed = budgets.listedTeams.size

/** Who is in each of the owners, where GitHub says and there are not too many of either. */
export async function readMembers(
  { client }: AppClient,
  { organization }: PullRequest,
  owners: readonly string[],
): Promise<ReadonlyMap<string, readonly Person[]>> {
  if (owners.length > mostListed) return new Map()
  const teams = createGitHubTeams({ client, ...(organization === undefined ? {} : { organization }) })
  const listed = await mapConcurrently(
    owners,
    concurrency,
    async (owner) => [owner.toLowerCase(), await teams.members(owner)] as const,
  )
  return new Map(
    listed.flatMap(([owner, members]) => (members === undefined ? [] : [[owner, members] as const])),
  )
}
