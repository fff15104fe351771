import type { ChangedFile } from './domain/assessment.ts'
import type { Conclusion } from './domain/policy/decision.ts'
import type { People, Person } from './domain/policy/people.ts'
import type { SourceFile } from './domain/source/source-file.ts'

/** Names one pull request, and the installation of the App through which it is reached. */
export interface PullRequestRef {
  readonly installation: number
  readonly owner: string
  readonly repo: string
  readonly number: number
}

/** What a pull request is right now, read afresh for each evaluation. */
export interface PullRequest {
  readonly ref: PullRequestRef
  readonly open: boolean
  readonly draft: boolean
  readonly author: Person
  readonly head: { readonly sha: string; readonly branch: string; readonly repository?: string }
  /** `tip` is read by ref: an event's `base.sha` is older. */
  readonly base: { readonly branch: string; readonly tip: string }
  readonly defaultBranch: string
  /** As GitHub counts them; a listing of fewer was cut off. */
  readonly changedFiles: number
}

/** What the base branch will hold once the pull request is merged, or why that cannot be said. */
export type MergedSide =
  | { readonly kind: 'commit'; readonly sha: string; readonly changed: readonly ChangedPath[] }
  | {
      readonly kind: 'overlay'
      readonly base: string
      readonly head: string
      readonly changed: readonly ChangedPath[]
    }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: string }

export interface ChangedPath {
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
}

/** The wanted files of one side, and what stood in the way of reading others. */
export interface SideFiles {
  readonly files: readonly SourceFile[]
  /** Symbolic links and submodules at wanted paths, files over the limit, a tree that was cut off. */
  readonly problems: readonly ReadProblem[]
}

export interface ReadProblem {
  readonly kind: 'symlink' | 'submodule' | 'too-large' | 'truncated' | 'not-text'
  readonly path: string
}

/** All reading of the forge. Throws when the forge fails; a fact about the pull request is a value. */
export interface Repository {
  pullRequest(ref: PullRequestRef): Promise<PullRequest>
  mergedSide(pull: PullRequest): Promise<MergedSide>
  /** One file at a commit; undefined where there is none. */
  file(sha: string, path: string): Promise<SourceFile | undefined>
  files(
    side: { readonly sha: string } | (MergedSide & { kind: 'overlay' }),
    wanted: (path: string) => boolean,
  ): Promise<SideFiles>
  /** Everybody who took part, with the membership of each in `owners` (as written in CODEOWNERS). */
  people(pull: PullRequest, owners: readonly string[]): Promise<People>
  openPullRequests(branch: {
    readonly base?: string
    readonly headSha?: string
  }): Promise<readonly PullRequestRef[]>
  /** The lines of each changed file that lie in a hunk of the diff, on the merged side: where review comments may stand. */
  diffLines(pull: PullRequest): Promise<ReadonlyMap<string, readonly (readonly [number, number])[]>>
}

export interface Annotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly startColumn?: number
  readonly endColumn?: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

export interface ReviewComment {
  readonly path: string
  readonly startLine: number
  readonly line: number
  /** Identifies the comment across evaluations; hidden in its body. */
  readonly marker: string
  readonly body: string
}

/** What one evaluation says, in words, ready to be written. */
export interface Report {
  readonly conclusion: Conclusion
  readonly title: string
  readonly summary: string
  readonly text?: string
  readonly annotations: readonly Annotation[]
  /** Absent: there is nothing to say; an older comment is then emptied to `quiet`. */
  readonly comment?: string
  readonly quiet: string
  readonly reviewComments: readonly ReviewComment[]
  /** Owners (`@org/team`, `@user`) to request as reviewers. */
  readonly reviewers: readonly string[]
}

/** A check run that was begun and has to be completed. */
export interface CheckRun {
  readonly id: number
}

/** All writing to the forge; writing the same report twice changes nothing that a reader would notice. */
export interface Publisher {
  begin(pull: PullRequest): Promise<CheckRun>
  publish(pull: PullRequest, run: CheckRun, report: Report): Promise<void>
}

/** One job a pull request; a newer request for the same one replaces a waiting one and follows a running one. */
export interface CheckQueue {
  add(ref: PullRequestRef): void
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>
  close(): Promise<void>
}

export type { ChangedFile }
