import { statusOf } from '../../app/status-of.ts'
import type { RestClient } from '../client.ts'

/** No login: nobody can be it, so that what it stands for counts for nobody. */
const unknownEditor = '(unknown)'

interface Answer {
  readonly node: {
    readonly lastEditedAt?: string | null
    readonly userContentEdits?: {
      readonly totalCount: number
      readonly nodes: readonly ({ readonly editor?: { readonly login: string } | null } | null)[]
    } | null
  } | null
}

const query = `query($id: ID!) {
  node(id: $id) {
    ... on PullRequestReview {
      lastEditedAt
      userContentEdits(first: 100) { totalCount nodes { editor { login } } }
    }
  }
}`

/** Undefined where GitHub refuses; where it fails the evaluation has to be tried again. */
async function ask(client: RestClient, id: string): Promise<Answer | undefined> {
  try {
    return await client.graphql<Answer>(query, { id })
  } catch (error) {
    const refused = error instanceof Error && error.name === 'GraphqlResponseError'
    const status = statusOf(error) ?? 500
    if (refused || (status >= 400 && status < 500 && status !== 429)) return undefined
    throw error
  }
}

/**
 * Who changed the text of a review, or undefined if nobody did: of several, anybody rather than its author, whose last edit
 * would hide the others. Whoever may write to a repository may edit what others said in it, and GitHub tells so over
 * GraphQL alone; where it does not answer, or not in full, the editor is unknown.
 */
export async function readEditor(
  client: RestClient,
  review: { readonly node: string; readonly author: string },
): Promise<string | undefined> {
  const found = (await ask(client, review.node))?.node
  if (found === undefined || found === null) return unknownEditor
  if (found.lastEditedAt === null || found.lastEditedAt === undefined) return undefined
  const { totalCount = 0, nodes = [] } = found.userContentEdits ?? {}
  const editors = nodes.map((edit) => edit?.editor?.login ?? unknownEditor)
  if (editors.length === 0 || editors.length < totalCount) return unknownEditor
  return editors.find((login) => login.toLowerCase() !== review.author.toLowerCase()) ?? review.author
}
