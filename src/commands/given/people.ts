import type { PeopleSource } from '../../app/evaluate.ts'
import type { PullRequest } from '../../app/ports.ts'
import { statusOf } from '../../app/status-of.ts'
import type { Membership, People, Person, Review } from '../../domain/policy/consent/people.ts'
import { remembered } from '../../domain/source/remembered.ts'
import { isLimit, type RestClient } from '../../github/client.ts'
import { readMembers, readNamed, readPeopleAlone } from '../../github/people/people.ts'
import { personClient } from '../../github/person-client.ts'
import { readPullRequest } from '../../github/reading/pull-request.ts'
import type { Terminal } from '../terminal.ts'
import { UserError } from '../user-error.ts'
import type { Members } from './members.ts'
import { personOf } from './proposal.ts'

/** Who is said to take part, and where GitHub is to be asked. */
export interface AskedPeople {
  readonly author?: string
  readonly approvedBy: readonly string[]
  /** The pull request whose reviews and pushes count; absent: those are named here. */
  readonly pull?: number
  /** Judged is its turn in a merge queue, a commit of its own. Its reviews are of its head, with any other it would leave the queue. */
  readonly queued?: boolean
  /** What a file says of teams stands before what GitHub says. */
  readonly members?: Members
}

/** The way to GitHub, as its own runners name it: token, address and repository. */
interface Way {
  readonly client: RestClient
  readonly owner: string
  readonly repo: string
}

const defaultApi = 'https://api.github.com'

function wayIn({ environment }: Pick<Terminal, 'environment'>): Way {
  const { GITHUB_TOKEN: token = '', GITHUB_REPOSITORY: repository = '', GITHUB_API_URL: api } = environment
  if (token === '')
    throw new UserError('--people github needs a token in GITHUB_TOKEN that may read teams (members: read).')
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(repository) ?? []
  if (owner === undefined || repo === undefined)
    throw new UserError('--people github needs GITHUB_REPOSITORY=OWNER/NAME: teams are those of its owner.')
  return { client: personClient((api || defaultApi).replace(/\/+$/, ''), token), owner, repo }
}

/** Whom GitHub knows: of a pull request who reviewed and pushed, else of those who are named who may speak for whom. */
export function askGitHub(
  asked: AskedPeople,
  judged: PullRequest,
  terminal: Pick<Terminal, 'environment'>,
): PeopleSource {
  const way = wayIn(terminal)
  const pull = remembered(() => explained(way, pullAt(way, asked, judged)))
  const { members } = asked
  return {
    people: async (_, owners) => {
      const at = await pull()
      const people = await explained(way, peopleAt(way, { asked, at, owners }))
      const found = { ...people, reviews: people.reviews.map(reviewOf(judged, at)) }
      return members === undefined ? found : { ...found, membership: preferring(members, found.membership) }
    },
    members: async (owners) => {
      if (members !== undefined) return members.of
      const found = await explained(way, readMembers(way, await pull(), owners))
      return (owner) => found.get(owner.toLowerCase())
    },
  }
}

/** As it is on GitHub, but for its head: what was not judged here was not approved either. In a queue nobody but GitHub knows its head. */
async function pullAt(
  { client, owner, repo }: Way,
  { pull: number, queued }: AskedPeople,
  judged: PullRequest,
): Promise<PullRequest> {
  const ref = { installation: 0, owner, repo, number: number ?? 0 }
  if (number !== undefined) {
    const found = await readPullRequest(client, ref)
    return queued === true ? found : { ...found, head: { ...found.head, sha: judged.head.sha } }
  }
  const { data } = await client.rest.repos.get({ owner, repo })
  return {
    ...judged,
    ref,
    ...(data.owner.type === 'Organization' && { organization: data.owner.login }),
  }
}

/** A review of the head is one of what was made of it. */
function reviewOf(judged: PullRequest, at: PullRequest): (review: Review) => Review {
  return (review) => (review.commit === at.head.sha ? { ...review, commit: judged.head.sha } : review)
}

function peopleAt(
  { client }: Way,
  { asked, at, owners }: { asked: AskedPeople; at: PullRequest; owners: readonly string[] },
): Promise<People> {
  return asked.pull === undefined
    ? namedPeople(client, { asked, at, owners })
    : readPeopleAlone(client, at, owners)
}

async function namedPeople(
  client: RestClient,
  { asked, at, owners }: { asked: AskedPeople; at: PullRequest; owners: readonly string[] },
): Promise<People> {
  const author = asked.author === undefined ? undefined : personOf(asked.author)
  const approvers = asked.approvedBy.map(personOf)
  const people: readonly Person[] = author === undefined ? approvers : [author, ...approvers]
  const { membership, mayWrite } = await readNamed(client, at, { owners, people })
  const reviews = approvers.map(async (by) => ({
    ...{ by, commit: at.head.sha, at: '1970-01-01T00:00:00Z', body: '' },
    ...{ state: 'approved' as const, mayWrite: await mayWrite(by.login) },
  }))
  return {
    ...(author !== undefined && { author, lastPusher: author.login }),
    pushers: author === undefined ? 'unknown' : [author],
    reviews: await Promise.all(reviews),
    membership,
  }
}

function preferring(members: Members, asked: People['membership']): People['membership'] {
  return (owner, login): Membership => {
    const written = members.membership(owner, login)
    return written === 'unresolvable' ? asked(owner, login) : written
  }
}

/** What GitHub refuses is for whoever gave the token to mend. */
async function explained<T>({ owner, repo }: Way, asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    const why = whyNot(error)
    if (why === undefined) throw error
    throw new UserError(`GitHub cannot be asked about ${owner}/${repo}: ${why}.`)
  }
}

/** Undefined where it is no refusal. What does not answer at all has a status in Octokit, too, but no answer. */
function whyNot(error: unknown): string | undefined {
  const status = statusOf(error)
  const settings = 'See to GITHUB_TOKEN and GITHUB_API_URL'
  if (isLimit(error)) return 'what this token may ask within an hour is used up. Try again later'
  if (status === undefined)
    return error instanceof TypeError ? `its answer is none of GitHub. ${settings}` : undefined
  const isAnswered = error instanceof Error && 'response' in error && error.response !== undefined
  return `${isAnswered ? `it answers with ${status}` : 'it does not answer'}. ${settings}`
}
