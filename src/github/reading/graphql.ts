import { isLimit, type RestClient } from '../client.ts'

/** What a query gave, and whether that is all of it. */
export interface GraphAnswer<T> {
  readonly data: T | undefined
  /** Where GitHub says that something is wrong; a path starts with an alias or field of the query. */
  readonly errors: readonly { readonly type?: string; readonly path?: readonly (string | number)[] }[]
}

/** What Octokit throws where an answer has errors, beside data or not. */
interface Failed<T> extends Error {
  readonly data?: T | null
  readonly errors?: GraphAnswer<T>['errors']
}

function isFailed<T>(error: unknown): error is Failed<T> {
  return error instanceof Error && error.name === 'GraphqlResponseError'
}

/** Asks GitHub's graph. An answer with errors is an answer, a limit is none. */
async function askGraph<T>(
  client: RestClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<GraphAnswer<T>> {
  try {
    return { data: await client.graphql<T>(query, { ...variables }), errors: [] }
  } catch (error) {
    if (!isFailed<T>(error) || isLimit(error)) throw error
    return { data: error.data ?? undefined, errors: error.errors ?? [] }
  }
}

/**
 * The same where the graph only saves calls: undefined where it does not answer (a server that is too old for the query, or takes too long for
 * it), so that whoever asks takes the long way. A limit stays an error.
 */
export async function tryGraph<T>(
  client: RestClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<GraphAnswer<T> | undefined> {
  try {
    return await askGraph<T>(client, query, variables)
  } catch (error) {
    if (isLimit(error)) throw error
    return undefined
  }
}
