import type { Membership, People } from '../domain/policy/consent/people.ts'

/** What was found of owners, as written, and logins. */
export type Memberships = ReadonlyMap<string, Membership>

/** One entry of them. */
export function membershipEntry(owner: string, login: string, found: Membership): [string, Membership] {
  return [keyOf(owner, login), found]
}

/** Whoever was not asked about is unresolvable: an omission never counts as consent. */
export function membershipAmong(memberships: Memberships): People['membership'] {
  return (owner, login) => memberships.get(keyOf(owner, login)) ?? 'unresolvable'
}

/** GitHub compares names without case. */
function keyOf(owner: string, login: string): string {
  return `${owner} ${login}`.toLowerCase()
}
