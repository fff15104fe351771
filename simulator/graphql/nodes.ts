import { GraphQLError } from 'graphql'
import type { Account } from '../state/accounts.ts'
import { nodeId } from '../state/names.ts'
import type { Review } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'

/** An object of the graph: its type and its fields as `github.graphql` names them. */
export interface GraphObject {
  readonly __typename: string
  readonly id: string
  readonly [field: string]: unknown
}

/** An object that can be asked for by its id, and the repository that it belongs to. */
export interface GraphNode {
  readonly object: GraphObject
  readonly repository: Repository
  /** What a token needs to see it. */
  readonly permission: string
}

/** Which part of a connection is asked for. */
export interface Boundaries {
  readonly first?: number | null
  readonly last?: number | null
}

/** The most that GitHub gives of a connection at once. */
const mostNodes = 100

/** The login of a bot lacks here what it ends in over REST. */
export function actor(account: Account): GraphObject {
  const login = account.type === 'Bot' ? account.login.replace(/\[bot\]$/, '') : account.login
  return { __typename: account.type, id: nodeId(account.type, account.id), login }
}

/**
 * Every connection must be asked for with `first` or `last`, from 1 to 100 ("Rate limits and query limits for the GraphQL API",
 * section "Node limit").
 */
function boundary(connection: string, { first, last }: Boundaries): number {
  const asked = first ?? last
  if (asked === null || asked === undefined)
    throw refusal(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${connection}\` connection.`,
    )
  if (asked < 1 || asked > mostNodes)
    throw refusal(
      'EXCESSIVE_PAGINATION',
      `Requesting ${asked} records on the \`${connection}\` connection is not within the limit of 1 to ${mostNodes} records.`,
    )
  return asked
}

/** The asked part of a list, counted as a whole. */
export function connection<T>(name: string, all: readonly T[], asked: Boundaries) {
  const most = boundary(name, asked)
  const isLast = asked.first === null || asked.first === undefined
  return { totalCount: all.length, nodes: isLast ? all.slice(-most) : all.slice(0, most) }
}

function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

function editsOf(review: Review, asked: Boundaries): object {
  const most = boundary('userContentEdits', asked)
  const nodes = review.edits.map(({ by, at }, index) => ({
    id: nodeId('UserContentEdit', review.id * 1000 + index),
    editor: actor(by),
    editedAt: at,
  }))
  const start = asked.first === null || asked.first === undefined ? Math.max(0, nodes.length - most) : 0
  return { totalCount: nodes.length, nodes: nodes.slice(start, start + most) }
}

/** A review as the graph has it. */
export function reviewObject(review: Review): GraphObject {
  const last = review.edits.at(-1)
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    author: actor(review.author),
    body: review.body,
    state: review.state,
    submittedAt: review.submittedAt ?? null,
    lastEditedAt: last?.at ?? null,
    editor: last ? actor(last.by) : null,
    userContentEdits: (asked: Boundaries) => editsOf(review, asked),
  }
}

/** The object of a global id. Reviews alone can be asked for: REST tells everything else that is needed. */
export function nodeOf(world: World, id: string): GraphNode | undefined {
  for (const repository of world.repositories.values()) {
    const reviews = repository.pulls.flatMap((pull) => pull.reviews)
    const found = reviews.find(
      (review) => review.state !== 'PENDING' && nodeId('PullRequestReview', review.id) === id,
    )
    if (found) return { object: reviewObject(found), repository, permission: 'pull_requests' }
  }
  return undefined
}
