import type { AcceptedEvent, BranchPush, CheckRequest, PullRequestRef, RepositoryRef } from '../ports.ts'

/** Which pull requests an event concerns. */
export type Scope = Concern & {
  /** Absent where the server asks by itself. */
  readonly event?: AcceptedEvent
}

type Concern =
  | { readonly kind: 'pull-request'; readonly ref: CheckRequest }
  /** One from a fork, whose head somebody has just pushed: nothing tells of it later. */
  | {
      readonly kind: 'pushed-fork'
      readonly ref: PullRequestRef
      readonly head: string
      readonly by: string
    }
  /** All that share a head: a fork's check run does not say whose it is. */
  | { readonly kind: 'head'; readonly repository: RepositoryRef; readonly sha: string }
  /** All into a branch that has moved to `tip`. `paths` is absent where the event may not list all that it changed. */
  | {
      readonly kind: 'base'
      readonly repository: RepositoryRef
      readonly branch: string
      readonly tip: string
      readonly paths?: readonly string[]
    }
  /** What a branch has come to hold, if it is the default one or protected. `paths` as above. */
  | {
      readonly kind: 'push'
      readonly repository: RepositoryRef
      readonly push: BranchPush
      readonly isDefault: 'yes' | 'no'
      readonly paths?: readonly string[]
    }
  /** All of a repository. */
  | { readonly kind: 'repository'; readonly repository: RepositoryRef }
  /** All of an owner that are judged by the default configuration. */
  | { readonly kind: 'defaults'; readonly installation: number; readonly owner: string }
  /** All that may depend on who is in a team of the organisation; with a login, on what that person may do as well. */
  | {
      readonly kind: 'teams'
      readonly installation: number
      readonly organization: string
      readonly login?: string
    }
