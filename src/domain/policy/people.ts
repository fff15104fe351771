import type { Team } from '../ownership/team.ts'

/** Who took part in a pull request, and what is known of them; gathered before anybody judges. */
export interface People {
  /** Absent on a command line that names nobody: then nobody has consented, and findings alone decide. */
  readonly author?: Person
  /** Who pushed the commits between base and head; `unknown` where that cannot be established. */
  readonly pushers: readonly Person[] | 'unknown'
  /** Who pushed last, where that is known. */
  readonly lastPusher?: string
  readonly reviews: readonly Review[]
  /** Whether a person speaks for an owner (`@org/team`, `@user`, an e-mail) as written in CODEOWNERS. */
  membership(owner: string, login: string): Membership
}

export type Membership = 'member' | 'no-member' | 'unresolvable'

export interface Person {
  readonly login: string
  readonly bot: boolean
}

/** The latest opinion of one reviewer. */
export interface Review {
  readonly by: Person
  readonly state: 'approved' | 'changes-requested' | 'dismissed'
  /** The commit it was given on. */
  readonly commit: string
  /** ISO 8601. */
  readonly at: string
  /** Whether the reviewer has write access to the repository. */
  readonly mayWrite: boolean
  /** The text of the review: untrusted. */
  readonly body: string
}

/** How a team came to agree. */
export interface Consent {
  readonly team: Team
  readonly by: string
  readonly how: 'author' | 'approval'
}
