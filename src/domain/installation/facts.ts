import type { CodeownersError } from '../ownership/codeowners-errors.ts'

/** What keeps a fact from being known: what the asker may not do, or has not given. */
export type Missing =
  | 'administration'
  | 'ruleset'
  | 'organization-owner'
  | 'members'
  | 'codeowners-errors'
  | 'merge-queues'
  | 'app-id'
  | 'app-key'

/** Something that was looked up, or why it could not be. */
export type Fact<T> = { readonly known: T } | { readonly missing: Missing }

/** Whoever may do as if a rule were not there. */
export interface Bypasser {
  readonly kind:
    | 'administrators'
    | 'organization-owners'
    | 'role'
    | 'team'
    | 'app'
    | 'user'
    | 'deploy-keys'
    | 'somebody'
  /** GitHub's number of it, where it has one. */
  readonly id?: number
  /** In pull requests alone. */
  readonly onlyInPullRequests: boolean
}

/** A rule of the branch that requires the check. */
export interface RequiringRule {
  /** The name of the ruleset; absent for classic branch protection. */
  readonly ruleset?: string
  /** The App of which the check is taken; of anybody where there is none. */
  readonly app?: number
  readonly bypassers: Fact<readonly Bypasser[]>
}

/** What the branch demands. */
export interface BranchFacts {
  readonly requiring: readonly RequiringRule[]
  /** Whether a branch has to be up to date before it is merged. */
  readonly strict: Fact<boolean>
  readonly queue: Fact<boolean>
  /** Whether rules say who may dismiss reviews. */
  readonly dismissalRestricted: Fact<boolean>
}

/** Something that is needed and was not granted, with what is lost by it. */
export interface Lacking {
  readonly kind: 'permission' | 'event'
  readonly needed: string
  readonly lost: string
}

/** The App on the account of the repository. */
export type Installed =
  | { readonly kind: 'nowhere' }
  | {
      readonly kind: 'there'
      readonly suspended: boolean
      /** Unknown where it was given some repositories only, and nobody says which. */
      readonly covers: Fact<true>
      readonly lacks: readonly Lacking[]
    }

/** Why an owner cannot agree to anything. */
export type Silence =
  | 'email'
  | 'other-organization'
  | 'no-team'
  | 'secret-team'
  | 'empty-team'
  | 'no-user'
  | 'no-write-access'
  /** GitHub says no more. */
  | 'unknown-to-github'

/** An owner on a line of CODEOWNERS. */
export interface OwnerFacts {
  readonly owner: string
  /** The first line that names it. */
  readonly line: number
  readonly silence: Fact<Silence | 'speaks'>
}

/** Who owns what, as GitHub reads it. */
export interface CodeownersFacts {
  readonly path: string
  readonly errors: Fact<readonly Pick<CodeownersError, 'line' | 'kind'>[]>
  readonly owners: readonly OwnerFacts[]
}

/** The events that GitHub has sent of late. */
export interface DeliveryFacts {
  readonly events: number
  /** Those of which no attempt arrived: newest first. */
  readonly missed: readonly { readonly event: string; readonly status: string; readonly at: string }[]
}

/** The mesh as it is read from the branch. */
export interface MeshFacts {
  readonly mode: 'enforce' | 'observe'
  readonly units: number
  readonly virtualServices: number
  readonly primaries: number
  readonly secondaries: number
  /** What would block a change that brings it. */
  readonly blocking: number
  readonly otherFindings: number
}

/** Everything that decides whether Firebreak can do its work in a repository. */
export interface InstallationFacts {
  readonly repository: string
  readonly branch: string
  /** The name of its check on that branch. */
  readonly check: string
  /** The number of the App. */
  readonly app: Fact<number>
  readonly installed: Fact<Installed>
  readonly rules: BranchFacts
  readonly codeowners?: CodeownersFacts
  readonly deliveries: Fact<DeliveryFacts>
  readonly mesh: MeshFacts
}
