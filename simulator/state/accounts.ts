/** How much somebody may do in a repository, weakest first. */
const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const

/** One of them. */
export type Role = (typeof roles)[number]

/** A user, a bot or an organization. */
export interface Account {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Bot' | 'Organization'
  readonly createdAt: string
}

/** An organization: who belongs to it, and who owns it. Keys are lower-case logins. */
export interface Organization {
  readonly account: Account
  readonly members: Map<string, 'member' | 'owner'>
}

/** A direct membership of a team; an invitation is `pending` until accepted. */
export interface Membership {
  readonly account: Account
  readonly role: 'member' | 'maintainer'
  readonly state: 'active' | 'pending'
}

/** A team; `repositories` maps repository ids to the role granted. */
export interface Team {
  readonly id: number
  readonly organization: Organization
  readonly members: Map<string, Membership>
  readonly repositories: Map<number, Role>
  readonly createdAt: string
  slug: string
  name: string
  privacy: 'closed' | 'secret'
  parent?: Team
}

/** The stronger of two roles. */
export function strongerRole(a: Role, b: Role): Role {
  return roles.indexOf(a) >= roles.indexOf(b) ? a : b
}

/** Whether a role includes another. */
export function roleIncludes(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}
