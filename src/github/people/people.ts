import { membershipAmong, membershipEntry } from '../../app/memberships.ts'
import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { repositoryAdmins } from '../../domain/policy/administrators.ts'
import { overrideReason } from '../../domain/policy/consent/override.ts'
import type { Membership, People, Person, Review } from '../../domain/policy/consent/people.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { readShown } from '../checks/shown.ts'
import { type AppClient, type RestClient, unlessStatus } from '../client.ts'
import { isFork, readNotedPusher } from '../pushes/push-notes.ts'
import { readPushers } from '../pushes/pushers.ts'
import { type PeopleReading, readPeopleByGraph } from '../reading/people-reading.ts'
import { type GivenOpinion, readOpinions } from './opinions.ts'
import { readEditor } from './review-editor.ts'
import { createGitHubTeams, slugsAmong } from './teams.ts'
import { readTimeline, type Timeline } from './timeline.ts'

const concurrency = budgets.questions.size

/** Each person's permission is read once. No permission to look counts as none. */
function createPermissions(client: RestClient, { ref }: PullRequest): (login: string) => Promise<string> {
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
  client: RestClient,
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
  client: RestClient,
  { organization }: PullRequest,
  { owners, people, permissions, known }: Asked,
): Promise<Pick<People, 'membership' | 'refused'>> {
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
  return {
    membership: membershipAmong(new Map(found)),
    ...(teams.isRefused() && { refused: 'teams' as const }),
  }
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
  client: RestClient,
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
export function readPeople(
  options: AppClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  return readPeopleBeside(options.client, pull, {
    owners,
    earlier: (opinions) => readEarlierChecks(options, pull, opinions),
  })
}

/** The same for whoever keeps no checks there: a review counts for the commit that it was given on. */
export function readPeopleAlone(
  client: RestClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  return readPeopleBeside(client, pull, { owners, earlier: async () => ({}) })
}

/** Whom to ask about, and what is known of earlier checks. */
interface Beside {
  readonly owners: readonly string[]
  readonly earlier: (opinions: readonly GivenOpinion[]) => Promise<Pick<People, 'shown' | 'lastPusher'>>
}

async function readPeopleBeside(
  client: RestClient,
  pull: PullRequest,
  { owners, earlier: readEarlier }: Beside,
): Promise<People> {
  const permissions = createPermissions(client, pull)
  const given = await readPeopleByGraph(client, pull, slugsAmong(owners, pull.organization))
  const [pushed, opinions] = await Promise.all([
    readPushers(client, pull, given?.commits),
    given?.opinions ?? readOpinions(client, pull.ref),
  ])
  const [timeline, earlier] = await Promise.all([readHistory(client, pull, opinions), readEarlier(opinions)])
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
  return {
    author: pull.author,
    ...pushed,
    ...earlier,
    ...(retargetedAt === undefined ? {} : { retargetedAt }),
    reviews,
    ...(await readMemberships(client, pull, asked)),
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
  return { author, pushers: [author], reviews: [], ...memberships }
}

/** What is known of people who are said to take part; whose word counts is asked for those who are said to have approved. */
export async function readNamed(
  client: RestClient,
  pull: PullRequest,
  named: { readonly owners: readonly string[]; readonly people: readonly Person[] },
): Promise<Pick<People, 'membership'> & { readonly mayWrite: (login: string) => Promise<boolean> }> {
  const permissions = createPermissions(client, pull)
  const { membership } = await readMemberships(client, pull, { ...named, permissions })
  return {
    membership,
    mayWrite: async (login) => ['admin', 'write'].includes(await permissions(login)),
  }
}

/** More teams than this are not listed to find somebody who is in several. */
const mostListed = budgets.listedTeams.size

/** Who is in each of the owners, where GitHub says and there are not too many of either. */
export async function readMembers(
  { client }: { readonly client: RestClient },
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
