import { membershipAmong, membershipEntry } from '../../app/memberships.ts'
import { everybodyAmong } from '../../app/people-asked.ts'
import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import { overrideReason } from '../../domain/policy/consent/override.ts'
import type { People, Person, Review } from '../../domain/policy/consent/people.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { readShown } from '../checks/shown.ts'
import type { AppClient, RestClient } from '../client.ts'
import { isFork, readNotedPusher } from '../pushes/push-notes.ts'
import { readPushers } from '../pushes/pushers.ts'
import { readPeopleByGraph } from '../reading/people-reading.ts'
import type { TeamMembers } from '../reading/teams-reading.ts'
import { type Answers, createAnswers } from './answers.ts'
import { type GivenOpinion, readOpinions } from './opinions.ts'
import { readEditor } from './review-editor.ts'
import { createGitHubTeams, slugsAmong } from './teams.ts'
import { readTimeline, type Timeline } from './timeline.ts'

const concurrency = budgets.questions.size

function readReviews(
  client: RestClient,
  answers: Answers,
  { opinions, timeline }: { readonly opinions: readonly GivenOpinion[]; readonly timeline: Timeline },
) {
  return mapConcurrently(opinions, concurrency, async ({ node, id, ...opinion }): Promise<Review> => {
    if (opinion.state === 'dismissed') {
      return { ...opinion, mayWrite: false, dismissal: timeline.dismissals.get(id) ?? { was: 'objection' } }
    }
    const mayWrite = await answers.mayWrite(opinion.by.login)
    const editor =
      overrideReason(opinion.body) === undefined
        ? undefined
        : await readEditor(client, { node, author: opinion.by.login })
    return { ...opinion, mayWrite, ...(editor === undefined ? {} : { editedBy: editor }) }
  })
}

/** Who of some people speaks for each owner. */
async function readMemberships(
  answers: Answers,
  owners: readonly string[],
  people: readonly Person[],
): Promise<Pick<People, 'membership' | 'refused'>> {
  const pairs = [...new Set(owners)].flatMap((owner) => people.map(({ login }) => ({ owner, login })))
  const found = await mapConcurrently(pairs, concurrency, async ({ owner, login }) =>
    membershipEntry(owner, login, await answers.membership(owner, login)),
  )
  return {
    membership: membershipAmong(new Map(found)),
    ...(answers.isRefused() && { refused: 'teams' as const }),
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
  const given = await readPeopleByGraph(client, pull, slugsAmong(owners, pull.organization))
  const answers = answersOn(client, pull, given?.teams)
  const [pushed, opinions] = await Promise.all([
    readPushers(client, pull, given?.commits),
    given?.opinions ?? readOpinions(client, pull.ref),
  ])
  const [timeline, earlier] = await Promise.all([readHistory(client, pull, opinions), readEarlier(opinions)])
  const { retargetedAt } = timeline
  const reviews = await readReviews(client, answers, { opinions, timeline })
  const { author } = pull
  return {
    author,
    ...pushed,
    ...earlier,
    ...(retargetedAt === undefined ? {} : { retargetedAt }),
    ...(isFork(pull) && { isOfFork: true as const }),
    reviews,
    ...(await readMemberships(answers, owners, everybodyAmong({ author, ...pushed, reviews }))),
  }
}

function answersOn(client: RestClient, { ref, organization }: PullRequest, known?: TeamMembers): Answers {
  return createAnswers(client, ref, { organization, known })
}

/** What is known of the author, who alone has had a say. */
export async function readAuthor(
  { client }: AppClient,
  pull: PullRequest,
  owners: readonly string[],
): Promise<People> {
  const { author } = pull
  const memberships = await readMemberships(answersOn(client, pull), owners, [author])
  return { author, pushers: [author], reviews: [], ...memberships }
}

/** What is known of people who are said to take part; whose word counts is asked for those who are said to have approved. */
export async function readNamed(
  client: RestClient,
  pull: PullRequest,
  named: { readonly owners: readonly string[]; readonly people: readonly Person[] },
): Promise<Pick<People, 'membership'> & { readonly mayWrite: (login: string) => Promise<boolean> }> {
  const answers = answersOn(client, pull)
  const { membership } = await readMemberships(answers, named.owners, named.people)
  return { membership, mayWrite: answers.mayWrite }
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
