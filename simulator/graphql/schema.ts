import type { Account } from '../accounts.ts'
import type { Review } from '../pull-request-state.ts'
import type { Repository } from '../repository.ts'
import { nodeId, type World } from '../world.ts'

/** An object of the graph: its type in GitHub's schema, and its fields as that schema names them. */
export interface GraphObject {
  readonly type: string
  readonly fields: Readonly<Record<string, GraphValue>>
}

/** What a field holds. A list is given whole, however many were asked for. */
export type GraphValue = string | number | null | GraphObject | readonly GraphObject[]

/** An object that can be asked for by its id, and the repository that it belongs to. */
export interface GraphNode {
  readonly object: GraphObject
  readonly repository: Repository
  /** What a token needs to see it. */
  readonly permission: string
}

function actor(account: Account): GraphObject {
  return { type: account.type, fields: { login: account.login } }
}

function editsOf({ edits }: Review): GraphObject {
  const nodes = edits.map(({ by, at }) => ({
    type: 'UserContentEdit',
    fields: { editor: actor(by), editedAt: at },
  }))
  return { type: 'UserContentEditConnection', fields: { totalCount: nodes.length, nodes } }
}

function reviewObject(review: Review): GraphObject {
  const last = review.edits.at(-1)
  return {
    type: 'PullRequestReview',
    fields: {
      id: nodeId('PullRequestReview', review.id),
      author: actor(review.author),
      body: review.body,
      state: review.state,
      submittedAt: review.submittedAt ?? null,
      lastEditedAt: last?.at ?? null,
      editor: last ? actor(last.by) : null,
      userContentEdits: editsOf(review),
    },
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
