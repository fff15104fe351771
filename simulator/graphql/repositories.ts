import { hasMergeQueue } from '../access/branch-rules.ts'
import { codeownersErrors } from '../behaviour/codeowners-errors.ts'
import { pullRequestNumbered } from '../behaviour/pull-requests.ts'
import { listReferences, resolveRevision } from '../git/references.ts'
import { nodeId } from '../state/names.ts'
import { fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { commitObject, type Permitted, refObject } from './commits.ts'
import { gitObject } from './git-objects.ts'
import { actor, type Boundaries, connection, type GraphObject } from './nodes.ts'
import { pullRequestObject, stateOf } from './pull-requests.ts'

interface PullRequestsAsked extends Boundaries {
  readonly after?: string | null
  readonly baseRefName?: string | null
  readonly orderBy?: { readonly field: string; readonly direction: string } | null
  readonly states?: readonly string[] | null
}

/** A repository as the graph has it. */
export function repositoryObject(world: World, repository: Repository, permitted: Permitted): GraphObject {
  const asCommit = (sha: string) => commitObject(repository, sha, permitted)
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: actor(repository.owner),
    mergeQueue: ({ branch }: { readonly branch?: string | null }) =>
      queueObject(repository, branch ?? repository.defaultBranch, permitted),
    defaultBranchRef: () => refObject(repository, repository.defaultBranch, permitted),
    codeowners: ({ refName }: { readonly refName?: string | null }) => {
      permitted('contents')
      return codeownersOf(world, repository, refName ?? repository.defaultBranch)
    },
    object: (asked: Parameters<typeof gitObject>[1]) => {
      permitted('contents')
      return gitObject(repository, asked, asCommit)
    },
    refs: (asked: RefsAsked) => {
      permitted('contents')
      return refsOf(repository, asked, asCommit)
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      permitted('pull_requests')
      return pullRequestObject(pullRequestNumbered(repository, number), permitted)
    },
    pullRequests: (asked: PullRequestsAsked) => pullRequestsOf(repository, asked, permitted),
  }
}

function queueObject(repository: Repository, branch: string, permitted: Permitted): GraphObject | null {
  permitted('merge_queues')
  if (!hasMergeQueue(repository, branch)) return null
  return { __typename: 'MergeQueue', id: `${nodeId('MergeQueue', repository.id)}:${branch}` }
}

async function codeownersOf(world: World, repository: Repository, ref: string): Promise<object | null> {
  const commit = await resolveRevision(repository.directory, ref)
  const errors = commit && (await codeownersErrors(world, repository, commit))
  return errors ? { errors } : null
}

interface RefsAsked extends Boundaries {
  readonly refPrefix: string
}

/** A name without what it was asked for by. */
function refsOf(
  { id, directory }: Repository,
  asked: RefsAsked,
  asCommit: (sha: string) => GraphObject,
): object {
  const refs = listReferences(directory, asked.refPrefix).map(({ name, sha }) => ({
    __typename: 'Ref',
    id: `${nodeId('Ref', id)}:${name}`,
    name: name.slice(asked.refPrefix.length),
    target: asCommit(sha),
  }))
  return connection('refs', refs, asked)
}

function pullRequestsOf(repository: Repository, asked: PullRequestsAsked, permitted: Permitted): object {
  permitted('pull_requests')
  const { states, after, baseRefName, orderBy } = asked
  // They are kept in the order in which they were opened.
  if (orderBy && (orderBy.field !== 'CREATED_AT' || orderBy.direction !== 'ASC'))
    throw new Error(`pull requests are not ordered by ${orderBy.field} ${orderBy.direction} here`)
  const all = repository.pulls.filter(
    (pull) => (states?.includes(stateOf(pull)) ?? true) && (baseRefName ?? pull.base.ref) === pull.base.ref,
  )
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
