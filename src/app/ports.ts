import type { BudgetName } from '../domain/budgets.ts'
import type { GitHubReading } from '../domain/ownership/codeowners-errors.ts'
import type { People, Person } from '../domain/policy/consent/people.ts'
import type { Unmerged, UnreadKind } from '../domain/policy/obstruction.ts'
import type { SourceFile } from '../domain/source/source-file.ts'
import type { WrittenReport } from '../report/github/report.ts'
import type { DiffLines } from '../report/github/spot.ts'
import type { Abandonment } from './abandonment.ts'
import type { Decision } from './decision.ts'
import type { DefaultConfiguration } from './default-configuration.ts'
import type { Grounds } from './grounds.ts'
import type { Fact } from './missing-fact.ts'
import type { AskedAt } from './people-asked.ts'
import type { FileContents, ReadSide } from './reading/chart-port.ts'
import type { GitObjects } from './reading/git-objects.ts'
import type { Standing } from './work/standing.ts'

/** Names one repository, and the installation of the App through which it is reached. */
export interface RepositoryRef {
  readonly installation: number
  readonly owner: string
  readonly repo: string
}

/** Names one pull request. */
export interface PullRequestRef extends RepositoryRef {
  readonly number: number
}

/** A commit that a merge queue made, to be judged against its parent. */
export interface MergeGroup {
  readonly sha: string
  readonly parent: string
}

/** An event that was accepted, by the id that the forge gave its delivery; `at` in milliseconds since 1970. */
export interface AcceptedEvent {
  readonly delivery: string
  readonly at: number
}

/** What is to be evaluated: a pull request, or its turn in a merge queue. */
export interface CheckRequest extends PullRequestRef {
  /** The event that asked for it; absent where the server did by itself. */
  readonly event?: AcceptedEvent
  readonly group?: MergeGroup
  /** Only what could not be said of its last verdict is wanted; whoever has not kept that judges it anew. */
  readonly words?: true
  /** Where it had to wait: the check run that was begun at once, so that no older verdict counts meanwhile. */
  readonly begun?: CheckRun
}

/** A move of a branch that is over: nothing can stop it any more, but it can be told what it has done. */
export interface BranchPush {
  readonly branch: string
  readonly before: string
  readonly after: string
  /** Absent where its event is not at hand: the forge may have recorded it. */
  readonly by?: Person
}

/** A push that is to be evaluated. */
export interface PushRequest extends RepositoryRef {
  readonly event?: AcceptedEvent
  readonly push: BranchPush
}

/** Something to be evaluated, before the merge or after it. */
export type Job = CheckRequest | PushRequest

/**
 * How a push came about, as the forge itself has recorded it. `pull` is the pull request that it merged, with the push's two
 * commits for its two sides; of a push without one it is what the pusher could have opened, with the number 0.
 */
export type PushOrigin =
  /** The merge queue let it in commit by commit, each by a verdict of ours. */
  | { readonly kind: 'judged' }
  | {
      readonly kind: 'merged'
      readonly pull: PullRequest
      readonly by?: Person
      /** The base tip against which its last verdict was a success; absent where it was none, or reviews say otherwise since. */
      readonly greenAt?: string
    }
  | { readonly kind: 'direct'; readonly pull: PullRequest; readonly by?: Person }

/** What a pull request is right now, read afresh for each evaluation. */
export interface PullRequest {
  readonly ref: PullRequestRef
  /** `closed` without a merge: what it leaves on its head satisfies nobody. */
  readonly state: 'open' | 'closed' | 'merged'
  readonly draft: boolean
  readonly author: Person
  /** `repository` (`owner/name`) is absent where the fork was deleted. */
  readonly head: { readonly sha: string; readonly branch: string; readonly repository?: string }
  /** `tip` is read by ref: an event's `base.sha` is older; where nothing can be merged any more, that is told. */
  readonly base: { readonly branch: string; readonly tip: string }
  readonly defaultBranch: string
  /** The organisation that owns the repository; absent where a user does, who has no teams. */
  readonly organization?: string
  /** `unknown` until the forge has tried the merge. */
  readonly mergeable: 'yes' | 'no' | 'unknown'
  /** In a merge queue: its commit is the merged side, and `base.tip` that commit's parent. */
  readonly group?: MergeGroup
  /** Whom the forge asks for a review at present: `@org/team`, `@user`. */
  readonly requestedReviewers: readonly string[]
}

/** What the base branch will hold once the pull request is merged, or why that cannot be said. */
export type MergedSide =
  | ReadableSide
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: Unmerged }

/** A merged side whose files can be read; `changed` is what it changes of the base tip. */
export type ReadableSide =
  /** The forge's own test merge. */
  | { readonly kind: 'commit'; readonly sha: string; readonly changed: readonly ChangedPath[] }
  /** The base tip with the pull request's changed files laid over it. */
  | {
      readonly kind: 'overlay'
      readonly base: string
      readonly head: string
      readonly changed: readonly ChangedPath[]
    }
  /** A tree that Git merged in a local mirror. */
  | { readonly kind: 'tree'; readonly sha: string; readonly changed: readonly ChangedPath[] }

/** A path whose content or kind differs between two sides. A file that moved unchanged is `renamed`. */
export interface ChangedPath {
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  /** What it is after the change, if no file: something that leads elsewhere. */
  readonly link?: 'symlink' | 'submodule'
  /** What it was before, if no file. */
  readonly was?: 'symlink' | 'submodule'
}

/** What a branch had changed at one of its commits since it parted from its base. */
export interface BranchAt {
  readonly commit: string
  /** The merge base. */
  readonly parted: string
  readonly changed: readonly ChangedPath[]
  /** Of what it had changed, the paths that are or were a link or a submodule: by path, the object there, '' for none. */
  readonly links: ReadonlyMap<string, string>
  /** What the base branch has changed since they parted. */
  readonly missed: readonly ChangedPath[]
}

/** The wanted files of one side, and what stood in the way of reading others. */
export interface SideFiles {
  readonly files: readonly SourceFile[]
  /** Symbolic links and submodules at wanted paths, files over the limit, a side that is too large to be read as a whole. */
  readonly problems: readonly ReadProblem[]
  /** Wanted paths at which there is something that is no text, or too large, and matters to nobody here by what it says. */
  readonly binaries?: readonly string[]
}

export interface ReadProblem {
  readonly kind: UnreadKind
  /** '' where the whole side is meant. */
  readonly path: string
  /** Where a symbolic link leads, as written. */
  readonly target?: string
}

/** What reading a proposal takes of a repository. Throws when the forge fails; a fact about the pull request is a value. */
export interface ReadRepository {
  mergedSide(pull: PullRequest): Promise<MergedSide>
  /** The files at the wanted paths, in order of path. */
  files(side: ReadSide, wanted: (path: string) => boolean): Promise<SideFiles>
  /** The contents of the regular files at the wanted paths; nothing where they are more than may be rendered. */
  contents(side: ReadSide, wanted: (path: string) => boolean): Promise<FileContents | undefined>
  /** As the owner's repository `.github` says it on its default branch. */
  defaultConfiguration(): Promise<DefaultConfiguration>
  /** What the forge itself finds wrong with the CODEOWNERS of a commit. */
  codeownersErrors(sha: string): Promise<GitHubReading>
  /** Whether a name is a branch, which moves, or names a commit that the base does not hold. What there is not yet is neither. */
  isUnmerged(pull: PullRequest, name: string): Promise<boolean>
  /** Names of others who wrote a check run under our name on the head: it could pass for ours. */
  impostors(pull: PullRequest): Promise<readonly string[]>
}

/** What judging takes of a repository besides: who took part, and where it can be said. */
export interface JudgedRepository extends ReadRepository {
  /**
   * Where the branch of a pull request, as it was at a commit, parted from its base, and what it had changed by then;
   * undefined where that cannot be read any more, or not as a whole.
   */
  branchAt(pull: PullRequest, sha: string): Promise<BranchAt | undefined>
  /** Everybody who took part, with the membership of each in `owners` (as written in CODEOWNERS). */
  people(pull: PullRequest, owners: readonly string[]): Promise<People>
  /** Who is in a team, by owner in lower case; without those of whom that is not known, or who are too many to be listed. */
  members(pull: PullRequest, owners: readonly string[]): Promise<ReadonlyMap<string, readonly Person[]>>
  /** The lines of each changed file that lie in a hunk of the diff, on the merged side: where review comments may stand. */
  diffLines(pull: PullRequest): Promise<DiffLines>
}

/** All reading of one repository. */
export interface Repository extends JudgedRepository {
  /** As it is now, with what judging it will ask. */
  pullRequest(number: number): Promise<PullRequest>
  /** As it is now, for whoever does not judge it. */
  pullRequestAlone(number: number): Promise<PullRequest>
  /** Without a condition: every open pull request. */
  openPullRequests(where?: {
    readonly base?: string
    readonly headSha?: string
  }): Promise<readonly PullRequestRef[]>
  /** The turns of a pull request in merge queues on which a verdict of ours stands, or is being made. */
  mergeGroups(number: number): Promise<readonly MergeGroup[]>
  /** All open pull requests, each beside what stands on its head. */
  standing(): Promise<readonly Standing[]>
  /** The keys of what is said now to what verdicts asked about people, in their order. */
  keysOfPeople(verdicts: readonly AskedAt[]): Promise<readonly string[]>
}

/** What the forge knows of pushes that are over. Throws when it fails. */
export interface PushHistory {
  origin(push: BranchPush): Promise<PushOrigin>
  /** The author of a push without a pull request, on whom nobody has had a say, with the membership in `owners`. */
  people(pull: PullRequest, owners: readonly string[]): Promise<People>
  /** Whether rules of the forge keep people from pushing to a branch as they like. */
  isProtected(branch: string): Promise<boolean>
}

/** What is to be published of one evaluation. */
export interface Publication {
  readonly report: WrittenReport
  /** All that the report lists, as `factsOf` says it: kept, so that later it is known what an approval covered. */
  readonly facts: readonly string[]
  /** On what it rests beside both commits. */
  readonly grounds: Omit<Grounds, 'tip'>
  /** What was not known by it, and may be later. */
  readonly missing?: Fact
  /** Budgets that did not suffice to say all of it for certain. */
  readonly usedUp?: readonly BudgetName[]
  /** Somebody who may has set the verdict aside. */
  readonly overridden?: true
}

/** What came of judging. */
export interface Judged extends Publication {
  readonly decision: Decision
}

/** A check run that was begun and has to be completed; its name where that is known. */
export interface CheckRun {
  readonly id: number
  readonly headSha: string
  readonly name?: string
}

/** What became of what was to be published: where comments are missing, the refusal or fault that kept them. */
export interface Published {
  readonly unsaid?: unknown
}

/** All writing to one repository; writing the same report twice changes nothing that a reader would notice. */
export interface Publisher {
  /** Keeps who pushed the head of a pull request, for `Repository.people` of later evaluations. */
  notePusher(pull: PullRequest, login: string): Promise<void>
  /** Begins a run; or goes on with one that was begun before, where it is on the same commit and under the same name. */
  begin(pull: PullRequest, begun?: CheckRun): Promise<CheckRun>
  publish(pull: PullRequest, run: CheckRun, publication: Publication): Promise<Published>
  /** Only the comments of what was published, once more. */
  say(pull: PullRequest, run: CheckRun, publication: Publication): Promise<Published>
  abandon(run: CheckRun, why: Abandonment): Promise<void>
  /**
   * Ends what is in progress for a pull request on its commit and older than `run`, or all of it: a server that was killed has left it, or the forge
   * began it without our learning of it.
   */
  endOthers(pull: PullRequest, run: CheckRun | undefined): Promise<void>
  /** Ends what is in progress for pull requests on a commit that is the head of none any more. */
  endAllOn(sha: string): Promise<void>
  /** Tells on the pushed commit what came into the branch, or why that cannot be said; satisfies no rule for any merge. */
  tellOfPush(push: BranchPush, told: Publication | Abandonment): Promise<void>
}

/** The way to one repository. */
interface Connection {
  readonly repository: Repository
  /** What its files are made of. */
  readonly objects: GitObjects
  readonly history: PushHistory
  readonly publisher: Publisher
}

/** The way to the repositories of all installations. */
export interface Forge {
  connect(at: RepositoryRef): Promise<Connection>
  repositories(installation: number): Promise<readonly RepositoryRef[]>
  installations(): Promise<readonly number[]>
  /** Asks once more for every event since then (ISO 8601) that did not arrive; returns how many. */
  redeliver(since: string): Promise<number>
}
