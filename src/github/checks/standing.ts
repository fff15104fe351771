import { keyOfOpinions } from '../../app/grounds.ts'
import type { RepositoryRef } from '../../app/ports.ts'
import type { Standing, StandingRun } from '../../app/work/standing.ts'
import { budgets } from '../../domain/budgets.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import type { AppClient } from '../client.ts'
import { latestOpinions, opinionStates, readOpinions } from '../people/opinions.ts'
import { personOfActor } from '../people/person.ts'
import { checkNameFor } from './check-name.ts'
import { groundsIn, subjectOf } from './external-id.ts'
import { peopleIn } from './kept-people.ts'

const concurrency = budgets.questions.size

/** Pull requests of one page, and reviews and names of checks that are listed with each. */
const pageSize = budgets.sweepPage.size

interface Listed<T> {
  readonly totalCount: number
  readonly nodes: readonly T[]
}

interface ListedRun {
  readonly databaseId: number
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly externalId: string | null
  readonly text: string | null
}

interface ListedSuite {
  readonly latest: Listed<ListedRun>
  readonly begun: Listed<ListedRun>
}

interface ListedReview {
  readonly author: { readonly __typename: string; readonly login: string } | null
  readonly state: string
  readonly submittedAt: string | null
  readonly body: string
}

interface ListedPull {
  readonly number: number
  readonly headRefOid: string
  readonly baseRefName: string
  readonly baseRef: { readonly target: { readonly oid: string } | null } | null
  readonly reviews: Listed<ListedReview> | null
  readonly commits: {
    readonly nodes: readonly {
      readonly commit: {
        readonly oid: string
        readonly checkSuites: Listed<ListedSuite> | null
      }
    }[]
  }
}

interface Page {
  readonly repository: {
    readonly defaultBranchRef: { readonly name: string } | null
    readonly pullRequests: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      readonly nodes: readonly ListedPull[]
    }
  }
}

const query = `query($owner: String!, $name: String!, $after: String, $app: Int!, $states: [PullRequestReviewState!]) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: [OPEN], first: ${pageSize}, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number headRefOid baseRefName
        baseRef { target { oid } }
        reviews(last: ${pageSize}, states: $states) {
          totalCount
          nodes { author { __typename login } state submittedAt body }
        }
        commits(last: 1) { nodes { commit {
          oid
          checkSuites(first: 1, filterBy: { appId: $app }) { totalCount nodes {
            latest: checkRuns(first: ${pageSize}, filterBy: { checkType: LATEST }) { ...runs }
            begun: checkRuns(first: ${pageSize}, filterBy: { checkType: ALL, status: IN_PROGRESS }) { ...runs }
          } }
        } } }
      }
    }
  }
}
fragment runs on CheckRunConnection { totalCount nodes { databaseId name status conclusion externalId text } }`

/** A check run as REST has it, too. */
interface Run {
  readonly id: number
  readonly status: string
  readonly conclusion: string | null
  readonly carried: string | null
  /** What it keeps beside what it says. */
  readonly text: string | null
}

/** What is the same for all pull requests of a repository. */
interface Reading extends AppClient {
  readonly at: RepositoryRef
  readonly defaultBranch: string
}

/**
 * All open pull requests with what stands on their heads, some dozens in one call. What is not there, too much for its page, or shared
 * with another pull request of the same head, is asked for by itself.
 */
export async function readStanding(
  { client, appId }: AppClient,
  at: RepositoryRef,
): Promise<readonly Standing[]> {
  const found: Standing[] = []
  const variables = { owner: at.owner, name: at.repo, app: appId, states: opinionStates }
  for (let after: string | null | undefined; after !== null; ) {
    const page: Page = await client.graphql<Page>(query, { ...variables, after: after ?? null })
    const { pullRequests, defaultBranchRef } = page.repository
    const reading = { client, appId, at, defaultBranch: defaultBranchRef?.name ?? '' }
    const read = (pull: ListedPull) => standingOf(pull, reading)
    found.push(...(await mapConcurrently(pullRequests.nodes, concurrency, read)))
    const { hasNextPage, endCursor } = pullRequests.pageInfo
    after = hasNextPage ? endCursor : null
  }
  return found
}

async function standingOf(pull: ListedPull, reading: Reading): Promise<Standing> {
  const run = runAmong(listedRuns(pull, reading) ?? (await readRuns(pull, reading)), pull.number)
  return {
    ref: { ...reading.at, number: pull.number },
    head: pull.headRefOid,
    branch: pull.baseRefName,
    // Where the branch is gone no commit has this name, and no verdict rests on it.
    now: { tip: pull.baseRef?.target?.oid ?? '', opinions: await opinionsOn(pull, reading) },
    ...(run && { run }),
  }
}

function nameOf({ baseRefName }: ListedPull, { defaultBranch }: Reading): string {
  return checkNameFor(baseRefName, defaultBranch)
}

/** An App has one suite on a commit. Undefined where there are none, where the list may lack some, or the newest run is of another pull request and hides that of this one. */
function listedRuns(pull: ListedPull, reading: Reading): readonly Run[] | undefined {
  const commit = pull.commits.nodes.at(-1)?.commit
  if (commit?.oid !== pull.headRefOid || commit.checkSuites === null) return undefined
  const lists = commit.checkSuites.nodes.flatMap(({ latest, begun }) => [latest, begun])
  if (isCut(commit.checkSuites) || lists.some(isCut)) return undefined
  const runs = lists
    .flatMap(({ nodes }) => nodes)
    .filter(({ name }) => name === nameOf(pull, reading))
    .map(fromListed)
  const isAlone =
    runs.length > 0 &&
    runs.every(({ carried }) => subjectOf(carried, pull.headRefOid)?.number === pull.number)
  return isAlone ? runs : undefined
}

function isCut({ totalCount, nodes }: Listed<unknown>): boolean {
  return nodes.length < totalCount
}

function fromListed({ databaseId: id, status, conclusion, externalId: carried, text }: ListedRun): Run {
  return { id, status: status.toLowerCase(), conclusion: conclusion?.toLowerCase() ?? null, carried, text }
}

async function readRuns(pull: ListedPull, reading: Reading): Promise<readonly Run[]> {
  const { client, appId, at } = reading
  const runs = await client.paginate(client.rest.checks.listForRef, {
    owner: at.owner,
    repo: at.repo,
    ref: pull.headRefOid,
    check_name: nameOf(pull, reading),
    app_id: appId,
    filter: 'all',
    per_page: 100,
  })
  return runs.map(({ id, status, conclusion, external_id: carried, output }) => ({
    ...{ id, status, conclusion, carried },
    text: output.text,
  }))
}

function runAmong(runs: readonly Run[], number: number): StandingRun | undefined {
  const newestFirst = runs.toSorted((a, b) => b.id - a.id)
  const begun = newestFirst.find(({ status }) => status !== 'completed')
  if (begun !== undefined) return { id: begun.id, state: 'in-progress' }
  const [newest] = newestFirst
  if (newest === undefined) return undefined
  const own = newestFirst.find(({ carried }) => subjectOf(carried, '')?.number === number)
  const grounds = groundsIn(own?.carried ?? null)
  const people = peopleIn(own?.text ?? null)
  return {
    id: newest.id,
    state: stateOf(newest),
    ...(grounds && { grounds: { ...grounds, ...(people && { people }) } }),
  }
}

function stateOf({ conclusion }: Run): StandingRun['state'] {
  return conclusion === 'success' || conclusion === 'cancelled' ? conclusion : 'refusal'
}

async function opinionsOn({ number, reviews }: ListedPull, { client, at }: Reading): Promise<string> {
  if (reviews === null || isCut(reviews)) return keyOfOpinions(await readOpinions(client, { ...at, number }))
  return keyOfOpinions(latestOpinions(reviews.nodes.map(fromReview)))
}

function fromReview({ author, state, submittedAt, body }: ListedReview) {
  return {
    user: author && { login: personOfActor(author).login, type: author.__typename },
    state,
    submitted_at: submittedAt ?? '',
    body,
  }
}
