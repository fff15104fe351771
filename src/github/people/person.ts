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
