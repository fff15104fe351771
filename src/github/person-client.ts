import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'

/** An Octokit that is authenticated as a person, or as the App itself. */
export type PersonClient = Octokit

const ignore = () => undefined

/** Refusals are answers here, and told as such by whoever asked. */
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** Asks with a person's token. */
export function personClient(baseUrl: string, token: string): PersonClient {
  return new Octokit({ baseUrl, auth: token, log })
}

/** Asks as the App itself. */
export function appItself(
  baseUrl: string,
  auth: { readonly appId: number; readonly privateKey: string },
): PersonClient {
  return new Octokit({ baseUrl, authStrategy: createAppAuth, auth, log })
}

/** Asks what needs no token. */
export function nobodysClient(baseUrl: string): PersonClient {
  return new Octokit({ baseUrl, log })
}
