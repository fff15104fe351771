import type { Team } from '../../ownership/team.ts'

/** Who took part in a pull request, and what is known of them; gathered before anybody judges. */
export interface People {
  /** Absent on a command line that names nobody: then nobody has consented, and findings alone decide. */
  readonly author?: Person
  /** Who pushed the commits between base and head; `unknown` where that cannot be established. */
  readonly pushers: readonly Pusher[] | 'unknown'
  /** The branch is in a fork, of which the forge does not tell who pushed. */
  readonly isOfFork?: true
  /** Who pushed last, where that is known. */
  readonly lastPusher?: string
  readonly reviews: readonly Review[]
  /** When the pull request was last given another base branch, ISO 8601; what was said before does not count. */
  readonly retargetedAt?: string
  /**
   * What earlier checks of this pull request had listed. Absent where that is not kept: then a review counts for the
   * commit it was given on, and for no other.
   */
  readonly shown?: readonly Shown[]
  /** The forge refuses to say who is in teams, which are all unresolvable by that. */
  readonly refused?: 'teams'
  /**
   * Whether a person speaks for an owner (`@org/team`, `@user`, an e-mail) as written in CODEOWNERS, or for
   * `repository-admins`: whoever administers the repository.
   */
  membership(owner: string, login: string): Membership
  /** The file that says who is in which team, where no forge is asked. */
  readonly membersFile?: string
}

export type Membership = 'member' | 'no-member' | 'unresolvable'

export interface Person {
  readonly login: string
  readonly bot: boolean
}

/** Somebody who pushed to the branch of a pull request. */
export interface Pusher extends Person {
  /** Each of their pushes; absent where the forge has not kept them. */
  readonly pushes?: readonly Push[]
  /** `nothing`: all that they pushed means the same to the mesh as what was there before, so it needs nobody's consent. */
  readonly changed?: 'nothing'
}

/** One move of a branch: `before` is absent where it was created. */
export interface Push {
  readonly before?: string
  readonly after: string
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
  /** Who changed the text, where somebody did; anybody else rather than the reviewer. */
  readonly editedBy?: string
  /** Of what was dismissed: absent where nothing is known of it. */
  readonly dismissal?: Dismissal
}

/** How a review was taken out of force. */
export interface Dismissal {
  readonly was: 'objection' | 'no-objection'
  /** Absent where the forge does not say. */
  readonly by?: Person
}

/** What one finished check had listed. */
export interface Shown {
  /** When it was finished, ISO 8601. */
  readonly at: string
  /** All that it had listed, each shortened. */
  readonly digests: ReadonlySet<string>
  /** Whether it had listed a reason or a finding: `fact` is one of `factsOf` (facts.ts). */
  covers(fact: string): boolean
}

/** How a team came to agree. */
export interface Consent {
  readonly team: Team
  readonly by: string
  readonly how: 'author' | 'approval'
}
