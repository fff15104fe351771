import { hasMergeQueue } from '../access/branch-rules.ts'
import { branchTip } from '../git/references.ts'
import type { CheckRun, CheckSuite } from '../state/checks.ts'
import { nodeId } from '../state/names.ts'
import type { PullRequest, Review } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import { type Boundaries, boundary, type GraphObject, reviewObject } from './nodes.ts'

/** Refuses with an error of the graph what a token was not granted. */
type Permitted = (permission: string) => void

/** The asked part of a list, counted as a whole. */
function connection<T>(name: string, all: readonly T[], asked: Boundaries) {
  const most = boundary(name, asked)
  const isLast = asked.first === null || asked.first === undefined
  return { totalCount: all.length, nodes: isLast ? all.slice(-most) : all.slice(0, most) }
}

interface PullRequestsAsked extends Boundaries {
  readonly after?: string | null
  readonly states?: readonly string[] | null
}

/** A repository as the graph has it. */
export function repositoryObject(repository: Repository, permitted: Permitted): GraphObject {
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    name: repository.name,
    mergeQueue: ({ branch }: { readonly branch?: string | null }) =>
      queueObject(repository, branch ?? repository.defaultBranch, permitted),
    defaultBranchRef: () => refObject(repository, repository.defaultBranch, permitted),
    pullRequests: (asked: PullRequestsAsked) => pullRequestsOf(repository, asked, permitted),
  }
}

function queueObject(repository: Repository, branch: string, permitted: Permitted): GraphObject | null {
  permitted('merge_queues')
  if (!hasMergeQueue(repository, branch)) return null
  return { __typename: 'MergeQueue', id: `${nodeId('MergeQueue', repository.id)}:${branch}` }
}

async function refObject(
  repository: Repository,
  name: string,
  permitted: Permitted,
): Promise<GraphObject | null> {
  permitted('contents')
  const sha = await branchTip(repository.directory, name)
  if (sha === undefined) return null
  const target = commitObject(repository, sha, permitted)
  return { __typename: 'Ref', id: `${nodeId('Ref', repository.id)}:${name}`, name, target }
}

function stateOf({ merged, state }: PullRequest): string {
  return merged ? 'MERGED' : state.toUpperCase()
}

function pullRequestsOf(repository: Repository, asked: PullRequestsAsked, permitted: Permitted): object {
  permitted('pull_requests')
  const { states, after } = asked
  const all = repository.pulls.filter((pull) => states?.includes(stateOf(pull)) ?? true)
  const rest = all.filter(({ number }) => number > Number(after ?? 0))
  const { nodes } = connection('pullRequests', rest, asked)
  return {
    totalCount: all.length,
    nodes: nodes.map((pull) => pullRequestObject(pull, permitted)),
    pageInfo: {
      endCursor: nodes.length === 0 ? null : String(nodes.at(-1)?.number),
      hasNextPage: nodes.length < rest.length,
    },
  }
}

interface ReviewsAsked extends Boundaries {
  readonly states?: readonly Review['state'][] | null
}

function pullRequestObject(pull: PullRequest, permitted: Permitted): GraphObject {
  const { id, number, head, base, repository } = pull
  const commit = {
    id: nodeId('PullRequestCommit', id),
    commit: commitObject(repository, head.sha, permitted),
  }
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', id),
    number,
    baseRefName: base.ref,
    baseRef: () => refObject(repository, base.ref, permitted),
    headRefOid: head.sha,
    // Of the commits the head alone is known here.
    commits: (asked: Boundaries) => connection('commits', [commit], asked),
    reviews: (asked: ReviewsAsked) => reviewsOf(pull, asked),
  }
}

function reviewsOf({ reviews }: PullRequest, asked: ReviewsAsked): object {
  const submitted = reviews.filter(({ state }) => state !== 'PENDING')
  const all = submitted.filter(({ state }) => asked.states?.includes(state) ?? true)
  return connection('reviews', all.map(reviewObject), asked)
}

interface SuitesAsked extends Boundaries {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null
}

function commitObject(repository: Repository, sha: string, permitted: Permitted): GraphObject {
  return {
    __typename: 'Commit',
    id: `${nodeId('Commit', repository.id)}:${sha}`,
    oid: sha,
    checkSuites: (asked: SuitesAsked) => suitesOf(repository, sha, asked, permitted),
  }
}

function suitesOf(repository: Repository, sha: string, asked: SuitesAsked, permitted: Permitted): object {
  permitted('checks')
  const { appId, checkName } = asked.filterBy ?? {}
  const suites = repository.checkSuites
    .filter(({ headSha, app }) => headSha === sha && (appId ?? app.id) === app.id)
    .map((suite) => ({ suite, runs: repository.checkRuns.filter((run) => run.suite === suite) }))
    .filter(({ runs }) => runs.some(({ name }) => name === (checkName ?? name)))
  return connection(
    'checkSuites',
    suites.map(({ suite, runs }) => suiteObject(suite, runs)),
    asked,
  )
}

interface RunsAsked extends Boundaries {
  readonly filterBy?: {
    readonly appId?: number | null
    readonly checkName?: string | null
    readonly checkType?: 'ALL' | 'LATEST' | null
    readonly status?: string | null
  } | null
}

function suiteObject(suite: CheckSuite, all: readonly CheckRun[]): GraphObject {
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.id),
    databaseId: suite.id,
    checkRuns: (asked: RunsAsked) => runsOf(suite, all, asked),
  }
}

/** The most recent of each name, unless all are asked for. */
function runsOf({ app }: CheckSuite, all: readonly CheckRun[], asked: RunsAsked): object {
  const { appId, checkName, checkType, status } = asked.filterBy ?? {}
  const latest = new Map(all.map((run) => [run.name, run]))
  const runs = (checkType === 'ALL' ? all : [...latest.values()])
    .filter(({ name }) => name === (checkName ?? name) && (appId ?? app.id) === app.id)
    .filter((run) => run.status.toUpperCase() === (status ?? run.status.toUpperCase()))
  return connection('checkRuns', runs.map(runObject), asked)
}

function runObject({ id, name, status, conclusion, externalId }: CheckRun): GraphObject {
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', id),
    databaseId: id,
    name,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    externalId,
  }
}
