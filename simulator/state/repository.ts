import type { Account, Role } from './accounts.ts'
import type { CheckRun, CheckSuite } from './checks.ts'
import type { Json } from './json.ts'
import type { PullRequest } from './pull-request.ts'

/** What a branch demands before a pull request may be merged into it: classic branch protection. */
export interface Protection {
  readonly requiredChecks: readonly string[]
  readonly mergeQueue?: boolean
  /** The App of which the checks are taken; of any unless told. */
  readonly checksBy?: number
  /** The branch has to be up to date. */
  readonly strict?: boolean
  /** False: administrators may do as if there were none. */
  readonly enforceAdmins?: boolean
  /** Logins and team slugs that may dismiss reviews; everybody who may write, unless told. */
  readonly mayDismiss?: { readonly users?: readonly string[]; readonly teams?: readonly string[] }
}

/** Whoever may do as if a ruleset were not there. */
interface BypassActor {
  readonly actor_id: number | null
  readonly actor_type: 'Integration' | 'OrganizationAdmin' | 'RepositoryRole' | 'Team' | 'DeployKey' | 'User'
  readonly bypass_mode: 'always' | 'pull_request' | 'exempt'
}

/** A rule as the REST API writes it. */
export interface BranchRule {
  readonly type: string
  readonly parameters?: Json
}

/** Rules for some branches, of the repository or of its organization. */
export interface Ruleset {
  readonly id: number
  readonly name: string
  readonly of: 'Repository' | 'Organization'
  readonly branches: readonly string[]
  readonly enforcement: 'active' | 'evaluate' | 'disabled'
  readonly rules: readonly BranchRule[]
  readonly bypass: readonly BypassActor[]
}

/** An entry of the repository's activity list: who moved which branch. */
export interface Activity {
  readonly id: number
  readonly actor: Account
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly at: string
  readonly type:
    | 'push'
    | 'force_push'
    | 'branch_creation'
    | 'branch_deletion'
    | 'pr_merge'
    | 'merge_queue_merge'
}

/** A pull request waiting in the merge queue, with the commit that was built for it. */
export interface QueueEntry {
  readonly pull: PullRequest
  readonly by: Account
  readonly base: string
  parent: string
  head: string
  ref: string
}

/** A repository: a bare Git repository in `directory`, and what GitHub keeps beside it. */
export interface Repository {
  readonly id: number
  readonly owner: Account
  readonly name: string
  readonly private: boolean
  readonly parent?: Repository
  readonly defaultBranch: string
  readonly directory: string
  readonly createdAt: string
  readonly collaborators: Map<string, Role>
  readonly protections: Map<string, Protection>
  readonly rulesets: Ruleset[]
  readonly pulls: PullRequest[]
  readonly checkSuites: CheckSuite[]
  readonly checkRuns: CheckRun[]
  readonly activity: Activity[]
  readonly queue: QueueEntry[]
  pushedAt: string
  deleted: boolean
}

/** `owner/name`. */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`
}
