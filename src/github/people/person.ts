import type { Person } from '../../domain/policy/consent/people.ts'

/** GitHub's placeholder for an account that was deleted; nobody can have it. */
const ghost: Person = { login: 'ghost', bot: false }

/** A user of GitHub's answers, who is null once the account is deleted. */
export function personOf(
  user: { readonly login: string; readonly type?: string | undefined } | null | undefined,
): Person {
  if (user === null || user === undefined) return ghost
  return { login: user.login, bot: user.type === 'Bot' }
}

/** What a query of the graph asks of somebody. */
export const actorFields = '{ __typename login }'

/** The same over GraphQL, where the login of a bot lacks what it ends in over REST. */
export function personOfActor(
  actor: { readonly __typename: string; readonly login: string } | null | undefined,
): Person {
  if (actor === null || actor === undefined) return ghost
  const bot = actor.__typename === 'Bot'
  return { login: bot && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login, bot }
}
