import type { DefaultConfiguration } from '../../app/default-configuration.ts'
import type { PullRequest, PullRequestRef } from '../../app/ports.ts'
import type { Listing } from '../../app/reading/git-objects.ts'
import type { GitHubReading } from '../../domain/ownership/codeowners-errors.ts'
import { checkNameFor } from '../checks/check-name.ts'
import { type NamedRun, unknownApp } from '../checks/impostors.ts'
import type { FoundRun } from '../checks/left-runs.ts'
import type { QueueBranch } from '../checks/merge-groups.ts'
import type { AppClient } from '../client.ts'
import type { GivenComment } from '../comments/summary-comment.ts'
import { personOfActor } from '../people/person.ts'
import type { TestMerge } from '../trees/merged-side.ts'
import { defaultsIn, isOfDefaults } from './given-defaults.ts'
import { listingIn } from './given-folder.ts'
import { tryGraph } from './graphql.ts'
import { type Given, type GivenCommit, type GivenRepository, query, shape } from './reading-shape.ts'

/** What one call says of a pull request, and of what an evaluation will ask about it. What is absent was not given as a whole. */
export interface Reading {
  readonly pull: PullRequest
  /** Absent until GitHub has tried the merge. */
  readonly testMerge?: TestMerge
  /** Runs on the head under the name of ours, by anybody. */
  readonly named?: readonly NamedRun[]
  /** Runs of ours on the head that are not over. */
  readonly begun?: readonly FoundRun[]
  /** Open pull requests into the same base. */
  readonly siblings?: readonly { readonly number: number; readonly head: string }[]
  /** Branches of merge queues. */
  readonly queued?: readonly QueueBranch[]
  readonly comments?: readonly GivenComment[]
  readonly reviewThreads?: number
  readonly codeownersErrors?: GitHubReading
  /** Of the owner; the first reading alone says it. */
  readonly defaults?: DefaultConfiguration
  /** The parents of each commit of its own; the first reading alone says it. */
  readonly own?: ReadonlyMap<string, readonly string[]>
  readonly trees: readonly GivenTree[]
}

/** The tree of a commit, and all that is in it where that came along. */
interface GivenTree {
  readonly commit: string
  readonly tree: string
  readonly listing?: Listing
}

/** What is asked besides the pull request itself. */
export interface Besides {
  /** What an earlier reading said. */
  readonly known?: { readonly base: string; readonly defaultBranch: string } | undefined
  /** Whether all that is in the tree of its test merge is to come along. */
  readonly tree: boolean
}

/** Undefined where GitHub's graph does not give all of a pull request: REST does, by several calls. */
export async function readByGraph(
  { client, appId }: AppClient,
  ref: PullRequestRef,
  { known, tree }: Besides,
): Promise<Reading | undefined> {
  const base = known?.base
  const check = known === undefined ? 'firebreak' : checkNameFor(known.base, known.defaultBranch)
  const answer = await tryGraph<unknown>(client, query, {
    owner: ref.owner,
    name: ref.repo,
    number: ref.number,
    app: appId,
    check,
    base: base ?? '',
    ref: base ?? null,
    again: base !== undefined,
    tree,
    // What was too much is not asked for a second time, but for less.
    ...(tree && { request: { retries: 0 } }),
  })
  if (answer === undefined || !answer.errors.every(isOfDefaults)) return undefined
  const read = shape.safeParse(answer.data)
  const reading = read.success ? readingOf(read.data.repository, { ref, check, asked: base }) : undefined
  const defaults = base === undefined ? defaultsIn(answer, ref.owner) : undefined
  return reading && { ...reading, ...(defaults && { defaults }) }
}

interface Asked {
  readonly ref: PullRequestRef
  readonly check: string
  /** The base branch that was asked about. */
  readonly asked: string | undefined
}

function readingOf(given: GivenRepository, asked: Asked): Reading | undefined {
  const pull = pullOf(given, asked.ref)
  if (pull === undefined) return undefined
  const { potentialMergeCommit: merge, comments, reviewThreads, own } = given.pullRequest
  return {
    pull,
    trees: treesIn(given.pullRequest),
    ...(own && isWhole(own) && ownCommits(own.nodes)),
    ...(merge && { testMerge: { sha: merge.oid, parents: merge.parents.nodes.map((each) => each.oid) } }),
    ...onHead(given.pullRequest, pull, asked.check),
    ...ofRepository(given, pull, asked.asked),
    ...(comments && isWhole(comments) && { comments: comments.nodes.map(commentOf) }),
    ...(reviewThreads && { reviewThreads: reviewThreads.totalCount }),
  }
}

/** A list of parents that is cut says nothing of the others. */
function ownCommits(nodes: NonNullable<Given['own']>['nodes']): Pick<Reading, 'own'> {
  if (!nodes.every(({ commit }) => isWhole(commit.parents))) return {}
  return {
    own: new Map(nodes.map(({ commit }) => [commit.oid, commit.parents.nodes.map(({ oid }) => oid)])),
  }
}

function treesIn({ potentialMergeCommit, baseRef, commits }: Given): readonly GivenTree[] {
  const given = [baseRef?.target, potentialMergeCommit, ...commits.nodes.map(({ commit }) => commit)]
  return given.flatMap((commit) => {
    if (commit?.tree === undefined) return []
    const { oid, tree } = commit
    const listing = 'entries' in tree ? listingIn(tree.oid, tree) : undefined
    return [{ commit: oid, tree: tree.oid, ...(listing && { listing }) }]
  })
}

/** Undefined where the tip of its base is not given although it is open: then nothing can be judged. */
function pullOf(
  { defaultBranchRef, owner, pullRequest }: GivenRepository,
  ref: PullRequestRef,
): PullRequest | undefined {
  const { state, headRepository, baseRef, mergeable } = pullRequest
  const tip = state === 'OPEN' ? baseRef?.target.oid : pullRequest.baseRefOid
  if (tip === undefined) return undefined
  const fork = headRepository === null ? {} : { repository: headRepository.nameWithOwner }
  return {
    ref,
    state: state === 'OPEN' ? 'open' : state === 'MERGED' ? 'merged' : 'closed',
    draft: pullRequest.isDraft,
    author: personOfActor(pullRequest.author),
    head: { sha: pullRequest.headRefOid, branch: pullRequest.headRefName, ...fork },
    base: { branch: pullRequest.baseRefName, tip },
    defaultBranch: defaultBranchRef.name,
    ...(owner.__typename === 'Organization' ? { organization: owner.login } : {}),
    mergeable: mergeable === 'UNKNOWN' ? 'unknown' : mergeable === 'MERGEABLE' ? 'yes' : 'no',
    requestedReviewers: reviewersOf(pullRequest, owner.login),
  }
}

function reviewersOf({ reviewRequests }: Given, owner: string): readonly string[] {
  const asked = (reviewRequests?.nodes ?? []).map(({ requestedReviewer }) => requestedReviewer)
  return [
    ...asked.flatMap((each) => (each?.login === undefined ? [] : [`@${each.login}`])),
    ...asked.flatMap((each) => (each?.slug === undefined ? [] : [`@${owner}/${each.slug}`])),
  ]
}

function isWhole({
  totalCount,
  nodes,
}: {
  readonly totalCount: number
  readonly nodes: readonly unknown[]
}): boolean {
  return nodes.length >= totalCount
}

function onHead({ commits }: Given, pull: PullRequest, check: string): Pick<Reading, 'named' | 'begun'> {
  const commit = commits.nodes.at(-1)?.commit
  if (commit?.oid !== pull.head.sha) return {}
  const { named, ours } = commit
  const isNamed =
    named !== null && isWhole(named) && check === checkNameFor(pull.base.branch, pull.defaultBranch)
  const begun = ours && isWhole(ours) ? begunOf(ours.nodes, commit.oid) : undefined
  return { ...(isNamed && { named: named.nodes.flatMap(namedOf) }), ...(begun && { begun }) }
}

function namedOf({
  app,
  checkRuns,
}: NonNullable<GivenCommit['named']>['nodes'][number]): readonly NamedRun[] {
  if (checkRuns?.totalCount === 0) return []
  return [{ app: app?.name ?? unknownApp, ...(app?.databaseId != null && { appId: app.databaseId }) }]
}

function begunOf(
  suites: NonNullable<GivenCommit['ours']>['nodes'],
  head_sha: string,
): readonly FoundRun[] | undefined {
  const lists = suites.map(({ checkRuns }) => checkRuns)
  if (lists.some((list) => list === null || !isWhole(list))) return undefined
  return lists.flatMap((list) =>
    (list?.nodes ?? []).map(({ databaseId: id, externalId: external_id }) => ({ id, external_id, head_sha })),
  )
}

/** What was asked about another base, or about the default one instead, says nothing of this one. */
function ofRepository(
  { codeowners, refs, pullRequests }: GivenRepository,
  { base, defaultBranch }: PullRequest,
  asked: string | undefined,
): Pick<Reading, 'siblings' | 'queued' | 'codeownersErrors'> {
  const isOfBase = (asked ?? defaultBranch) === base.branch
  const isAsked = asked === base.branch
  return {
    ...(isAsked &&
      pullRequests &&
      isWhole(pullRequests) && {
        siblings: pullRequests.nodes.map(({ number, headRefOid: head }) => ({ number, head })),
      }),
    ...(refs &&
      isWhole(refs) && {
        queued: refs.nodes.map(({ name, target }) => ({
          ref: `refs/heads/gh-readonly-queue/${name}`,
          sha: target.oid,
        })),
      }),
    ...(isOfBase && codeowners && { codeownersErrors: codeowners.errors.map(errorOf) }),
  }
}

function errorOf({
  suggestion,
  ...error
}: NonNullable<GivenRepository['codeowners']>['errors'][number]): Exclude<GitHubReading, string>[number] {
  return { ...error, ...(suggestion === null ? {} : { suggestion }) }
}

function commentOf({
  databaseId: id,
  body,
  author,
}: NonNullable<Given['comments']>['nodes'][number]): GivenComment {
  if (author === null) return { id, body, user: null }
  const { login, bot } = personOfActor(author)
  return { id, body, user: { login, type: bot ? 'Bot' : 'User' } }
}
