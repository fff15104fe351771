import { type GitHubClient, statusOf } from './github-client.ts'

/** No login: nobody can be it, so that what it stands for counts for nobody. */
const unknownEditor = '(unknown)'

interface Answer {
  readonly node: {
    readonly editor?: { readonly login: string } | null
    readonly lastEditedAt?: string | null
  } | null
}

const query = `query($id: ID!) {
  node(id: $id) { ... on PullRequestReview { lastEditedAt editor { login } } }
}`

/** Undefined where GitHub refuses; where it fails the evaluation has to be tried again. */
async function ask(client: GitHubClient, id: string): Promise<Answer | undefined> {
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
 * Who changed the text of a review last, or undefined if nobody did. Whoever may write to a repository may edit what
 * others said in it, and GitHub tells so over GraphQL alone; where it does not answer, the editor is unknown.
 */
export async function readEditor(client: GitHubClient, id: string): Promise<string | undefined> {
  const answer = await ask(client, id)
  const review = answer?.node
  if (review === undefined || review === null) return unknownEditor
  if (review.lastEditedAt === null || review.lastEditedAt === undefined) return undefined
  return review.editor?.login ?? unknownEditor
}
