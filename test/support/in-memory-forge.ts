import type { Abandonment } from '../../src/app/abandonment.ts'
import type { DefaultConfiguration } from '../../src/app/default-configuration.ts'
import type { AskedAt } from '../../src/app/people-asked.ts'
import type {
  BranchAt,
  BranchPush,
  ChangedPath,
  CheckRun,
  Forge,
  MergedSide,
  MergeGroup,
  Publication,
  Published,
  PullRequest,
  PushOrigin,
  ReadProblem,
  RepositoryRef,
  SideFiles,
} from '../../src/app/ports.ts'
import type { Standing } from '../../src/app/work/standing.ts'
import type { GitHubReading } from '../../src/domain/ownership/codeowners-errors.ts'
import type { People, Person } from '../../src/domain/policy/consent/people.ts'
import type { DiffLines } from '../../src/report/github/spot.ts'
import { at, pullRequest } from './github.ts'
import { memoryStore } from './memory-store.ts'

type Files = Readonly<Record<string, string>>

/** What happened to a check run. */
interface RecordedRun extends CheckRun {
  readonly number: number
  readonly name: string
  published?: Publication
  abandoned?: Abandonment
}

/** One repository in memory, with whatever a test wants to be different. */
export interface InMemoryForge extends Forge {
  connect: Forge['connect']
  readonly runs: RecordedRun[]
  /** Whose pushes were noted: number, head and login. */
  readonly noted: string[]
  /** What was read of the repository, in order. */
  readonly reads: string[]
  /** Of which commits the base side was read. */
  readonly tips: string[]
  /** Of which pull requests, and on which commits nobody has, what was left in progress is ended. */
  readonly ended: (number | string)[]
  /** Of which pull requests only the words were published. */
  readonly said: number[]
  /** What becomes of what is published. */
  published: Published
  /** What was told of pushes. */
  readonly told: { readonly push: BranchPush; readonly told: Publication | Abandonment }[]
  origin: (push: BranchPush) => PushOrigin
  protectedBranches: readonly string[]
  pulls: PullRequest[]
  base: Files
  merged: Files
  /** Other commits by name: of their branch, say. */
  commits: Readonly<Record<string, Files>>
  side?: MergedSide
  /** The files of the branch, where they are not those after the merge. */
  head?: Files
  diffLines: DiffLines
  people: Partial<People>
  members: ReadonlyMap<string, readonly Person[]>
  mergeGroups: readonly MergeGroup[]
  standing: readonly Standing[]
  /** What is said now to what a verdict asked about people. */
  keyOfPeople: (verdict: AskedAt) => string
  impostors: readonly string[]
  defaults: DefaultConfiguration
  /** What it says of the CODEOWNERS of a commit. */
  codeownersErrors: (sha: string) => GitHubReading
  branchAt: (sha: string) => BranchAt | undefined
  /** Names of branches, and of what was never merged. */
  unmerged: readonly string[]
  /** What cannot be read of a side of this kind; the judge's own files always can. */
  problems: (kind: string) => readonly ReadProblem[]
  /** Called before each read; may throw, or change the world. */
  beforeRead: (what: string) => void
}

function changes(base: Files, merged: Files): readonly ChangedPath[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(merged)])].sort()
  return paths.flatMap((path): ChangedPath[] => {
    if (base[path] === merged[path]) return []
    if (base[path] === undefined) return [{ path, status: 'added' }]
    return [{ path, status: merged[path] === undefined ? 'removed' : 'modified' }]
  })
}

function sideFiles(files: Files, wanted: (path: string) => boolean): SideFiles {
  const chosen = Object.entries(files).filter(([path]) => wanted(path))
  return { files: chosen.sort().map(([path, text]) => ({ path, text })), problems: [] }
}

/** A world in which everything is possible at once. */
export function createInMemoryForge(): InMemoryForge {
  function read<T>(what: string, value: () => T): Promise<T> {
    return Promise.resolve().then(() => {
      forge.reads.push(what)
      forge.beforeRead(what)
      return value()
    })
  }

  function found(number: number): PullRequest {
    const pull = forge.pulls.find(({ ref }) => ref.number === number)
    if (pull === undefined) throw new Error(`no pull request ${number}`)
    return pull
  }

  const connection: Awaited<ReturnType<Forge['connect']>> = {
    repository: {
      pullRequest: (number) => read('pull request', () => found(number)),
      pullRequestAlone: (number) => read('pull request', () => found(number)),
      mergedSide: () =>
        read(
          'merged side',
          () => forge.side ?? { kind: 'commit', sha: 'merged', changed: changes(forge.base, forge.merged) },
        ),
      files: (side, wanted) =>
        read(`files of ${side.kind}`, () => {
          if (side.kind === 'tip' && !forge.tips.includes(side.sha)) forge.tips.push(side.sha)
          const isHead = side.kind === 'tip' && forge.pulls.some(({ head }) => head.sha === side.sha)
          const base = isHead ? (forge.head ?? forge.merged) : forge.base
          const files = side.kind === 'tip' ? (forge.commits[side.sha] ?? base) : forge.merged
          const read = sideFiles(files, wanted)
          return wanted('any.yaml') ? { ...read, problems: forge.problems(side.kind) } : read
        }),
      contents: (side, wanted) =>
        read(`contents of ${side.kind}`, () => {
          const chosen = Object.entries(side.kind === 'tip' ? forge.base : forge.merged)
          return new Map(
            chosen.filter(([path]) => wanted(path)).map(([path, text]) => [path, Buffer.from(text)]),
          )
        }),
      defaultConfiguration: () => read('default configuration', () => forge.defaults),
      codeownersErrors: (sha) => read('CODEOWNERS errors', () => forge.codeownersErrors(sha)),
      branchAt: (_, sha) => read('branch', () => forge.branchAt(sha)),
      isUnmerged: (_, name) => read('name', () => forge.unmerged.includes(name)),
      people: (pull) =>
        read('people', () => ({
          author: pull.author,
          pushers: [pull.author],
          reviews: [],
          membership: () => 'no-member' as const,
          ...forge.people,
        })),
      members: (_, owners) => read(`members of ${owners.join(' ')}`, () => forge.members),
      openPullRequests: ({ base, headSha } = {}) =>
        read('open pull requests', () =>
          forge.pulls
            .filter(({ state }) => state === 'open')
            .filter((pull) => base === undefined || pull.base.branch === base)
            .filter((pull) => headSha === undefined || pull.head.sha === headSha)
            .map(({ ref }) => ref),
        ),
      mergeGroups: () => read('merge groups', () => forge.mergeGroups),
      standing: () => read('standing', () => forge.standing),
      keysOfPeople: (verdicts) => read('keys of people', () => verdicts.map(forge.keyOfPeople)),
      diffLines: () => read('diff lines', () => forge.diffLines),
      impostors: () => read('impostors', () => forge.impostors),
    },
    objects: {
      listing: (sha) =>
        memoryStore(forge.commits[sha] ?? (sha === 'merged' ? forge.merged : forge.base)).listing(),
      blob: (sha) => {
        const all = [forge.base, forge.merged, ...Object.values(forge.commits)].flatMap(Object.values<string>)
        return memoryStore(Object.fromEntries(all.map((text, at) => [`${at}`, text]))).blob(sha)
      },
    },
    history: {
      origin: (push) => read('push origin', () => forge.origin(push)),
      people: (pull) =>
        read('pusher', () => ({
          author: pull.author,
          pushers: [pull.author],
          reviews: [],
          membership: () => 'no-member' as const,
          ...forge.people,
        })),
      isProtected: (branch) => read('protection', () => forge.protectedBranches.includes(branch)),
    },
    publisher: {
      tellOfPush: (push, told) => read('tell of push', () => void forge.told.push({ push, told })),
      notePusher: (pull, login) =>
        read('note pusher', () => void forge.noted.push(`${pull.ref.number} ${pull.head.sha} ${login}`)),
      begin: (pull) =>
        read('begin', () => {
          const id = forge.runs.length + 1
          const headSha = pull.group?.sha ?? pull.head.sha
          forge.runs.push({ id, number: pull.ref.number, headSha, name: pull.base.branch })
          return { id, headSha }
        }),
      publish: (_, { id }, publication) =>
        read('publish', () => {
          const run = forge.runs.find((each) => each.id === id)
          if (run !== undefined) run.published = publication
          return forge.published
        }),
      say: (pull) =>
        read('say', () => {
          forge.said.push(pull.ref.number)
          return forge.published
        }),
      endOthers: (pull) => read('end others', () => void forge.ended.push(pull.ref.number)),
      endAllOn: (sha) => read('end all', () => void forge.ended.push(sha)),
      abandon: ({ id }, why) =>
        read('abandon', () => {
          const run = forge.runs.find((each) => each.id === id)
          if (run !== undefined) run.abandoned = why
        }),
    },
  }

  const forge: InMemoryForge = {
    runs: [],
    noted: [],
    told: [],
    ended: [],
    said: [],
    published: {},
    origin: ({ before, after }) => ({
      kind: 'direct',
      pull: pullRequest({
        ref: { ...at, number: 0 },
        base: { branch: 'main', tip: before },
        group: { sha: after, parent: before },
      }),
    }),
    protectedBranches: [],
    reads: [],
    tips: [],
    pulls: [pullRequest()],
    base: {},
    merged: {},
    commits: {},
    people: {},
    members: new Map(),
    mergeGroups: [],
    standing: [],
    keyOfPeople: () => 'key',
    diffLines: new Map(),
    impostors: [],
    defaults: { kind: 'none' },
    codeownersErrors: () => [],
    branchAt: () => undefined,
    unmerged: [],
    problems: () => [],
    beforeRead: () => undefined,
    connect: async () => connection,
    repositories: async (): Promise<readonly RepositoryRef[]> => [at],
    installations: async () => [at.installation],
    redeliver: (since) => read(`redeliver since ${since}`, () => 0),
  }
  return forge
}
