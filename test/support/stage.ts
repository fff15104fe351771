import { generateKeyPairSync } from 'node:crypto'
import type { Limits, NewFile, PushBy, Simulator } from '@firebreak/simulator'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { openStage, type Start } from '../../demo/play.ts'
import { judgingHere, startServer } from '../../src/server.ts'
import type { Settings } from '../../src/settings.ts'
import { progressing } from './progressing.ts'

export type Files = Readonly<Record<string, NewFile>>

/** One local GitHub with Firebreak on it, for a whole test file; each story has an organization of its own on it. */
export interface Theatre {
  readonly github: Simulator
  story(setting?: Setting): Promise<Story>
  /** Resolves when every webhook is delivered and every verdict written. */
  settle(): Promise<void>
  /** Stops Firebreak, and starts another that makes up for what was missed. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** How the Bookinfo repository of a story differs from the usual; `@bookinfo` in all texts is replaced by the organization. */
export interface Setting {
  readonly files?: Files
  /** `.github/firebreak.yml`. */
  readonly configuration?: string
  /** `.github/CODEOWNERS`. */
  readonly codeowners?: string
  /** Teams besides the three, by slug. */
  readonly teams?: Readonly<Record<string, readonly string[]>>
}

/** What one check run says. */
interface Verdict {
  readonly conclusion: string
  readonly title: string
  readonly summary: string
  /** The teams (by slug) and users that have to agree still; `an admin` for whoever administers the repository. */
  readonly waitsFor: readonly string[]
}

/** A pull request of a story and what can be done with it. */
export interface Proposed {
  readonly number: number
  readonly branch: string
  verdict(name?: string): Promise<Verdict>
  /** Pushes to its branch. */
  push(by: string, files: Files, how?: Partial<PushBy>): Promise<string>
  approve(by: string, body?: string): Promise<number>
  review(by: string, event: 'REQUEST_CHANGES' | 'COMMENT', body: string): Promise<number>
  /** Gives it another base branch, and waits for nothing. */
  retarget(by: string, base: string): Promise<void>
}

/** One organization, one repository, and people: maya and max (mesh-admins), lina and leo (login), carla and ciro (catalog). */
export interface Story {
  readonly org: string
  readonly repo: string
  readonly files: Readonly<Record<string, string>>
  /** Pushes without a pull request. */
  push(by: string, branch: string, files: Files, how?: Partial<PushBy>): Promise<string>
  /** Pushes the very same commit, off main, to several branches. */
  pushSame(by: string, branches: readonly string[], files: Files): Promise<void>
  /** Pushes a branch off main and opens a pull request. */
  propose(by: string, files: Files, how?: Proposal): Promise<Proposed>
  /** Opens a pull request of a branch that is there. */
  open(by: string, head: string, base?: string): Promise<Proposed>
  /** A pull request that was opened otherwise. */
  opened(number: number, branch: string): Proposed
  /** The text of a file on main after one exact replacement. */
  edited(path: string, old: string, text: string): Files
}

interface Proposal extends Partial<PushBy> {
  readonly base?: string
}

const people = {
  'mesh-admins': ['maya', 'max'],
  login: ['lina', 'leo'],
  catalog: ['carla', 'ciro'],
} as const

/** Owns every organization and administers every repository, and is in no team. */
export const owner = 'olga'

/** Time as the simulator tells it: a second goes by with everything that somebody does, and none otherwise. */
function createClock() {
  let now = Date.now()
  return {
    now: () => new Date(now),
    tick: () => {
      now += 1000
    },
  }
}

type Clock = ReturnType<typeof createClock>

// Making a key takes longer than most stories; one serves whatever runs in this process.
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

/** Threads that judge would start later than most stories end. */
const startHere: Start = (settings, clock) => startServer(settings, clock, judgingHere)

/** Opens a local GitHub for one file of tests. */
export async function openTheatre(
  limits: Partial<Limits> = {},
  settings: Partial<Settings> = {},
  start: Start = startHere,
): Promise<Theatre> {
  const clock = createClock()
  // A delivery that a busy machine holds up is not lost.
  const patient = { deliveryTimeout: 600_000, ...limits }
  const stage = await openStage({ limits: patient, privateKey, clock: clock.now }, start, settings)
  const { github } = stage
  const settle = () =>
    progressing(stage.settle(), () => github.requests().length + github.deliveries().length)
  github.createUser(owner)
  let stories = 0
  return {
    github,
    settle,
    restart: stage.restart,
    close: stage.close,
    story: (setting = {}) => tell(`org-${++stories}`, setting, { github, settle, clock }),
  }
}

interface Means extends Pick<Theatre, 'github' | 'settle'> {
  readonly clock: Clock
}

async function tell(org: string, setting: Setting, means: Means): Promise<Story> {
  const { github } = means
  const repo = `${org}/mesh`
  const files = filesOf(org, setting)
  github.createOrganization(org, [owner])
  const teams = { ...people, ...setting.teams }
  for (const [slug, members] of Object.entries(teams)) {
    github.createTeam({ organization: org, slug, members })
  }
  const writers = Object.keys(teams).map((slug) => [slug, 'write'] as const)
  await github.createRepository({ repo, files, by: owner, teams: Object.fromEntries(writers) })
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'] })
  // The first push would have whatever is proposed meanwhile evaluated twice.
  await means.settle()
  return storyOf(org, files, means)
}

function filesOf(org: string, { files = {}, configuration, codeowners }: Setting) {
  const all: Files = {
    ...bookinfoFiles(),
    ...(codeowners === undefined ? {} : { '.github/CODEOWNERS': codeowners }),
    ...(configuration === undefined ? {} : { '.github/firebreak.yml': configuration }),
    ...files,
  }
  const texts = Object.entries(localized(org, all)).flatMap(([path, file]) =>
    typeof file === 'string' ? [[path, file] as const] : [],
  )
  return Object.fromEntries(texts)
}

function localized(org: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [
      path,
      typeof file === 'string' ? file.replaceAll('@bookinfo', `@${org}`) : file,
    ]),
  )
}

function storyOf(org: string, files: Readonly<Record<string, string>>, means: Means): Story {
  const { github, clock } = means
  const repo = `${org}/mesh`
  let branches = 0
  const push: Story['push'] = (by, branch, changed, how = {}) => {
    clock.tick()
    return github.push({ repo, branch, by, files: localized(org, changed), message: 'Change', ...how })
  }
  const open: Story['open'] = async (by, head, base = 'main') => {
    clock.tick()
    const number = await github.openPullRequest({ repo, title: 'Change', author: by, head, base })
    return opened(number, head)
  }
  const opened: Story['opened'] = (number, branch) => proposed({ repo, number, branch }, push, means)
  return {
    org,
    repo,
    files,
    push,
    open,
    opened,
    async pushSame(by, names, changed) {
      clock.tick()
      const same = { repo, by, from: 'main', files: changed, message: 'Change' }
      const commits = new Set<string>()
      for (const branch of names) commits.add(await github.push({ ...same, branch }))
      if (commits.size > 1) throw new Error('equal commits at one time have one name')
    },
    async propose(by, changed, { base = 'main', ...how } = {}) {
      const branch = how.branch ?? `topic-${++branches}`
      await push(by, branch, changed, { from: base, ...how })
      return open(by, branch, base)
    },
    edited(path, old, text) {
      const before = files[path] ?? ''
      if (before.split(old).length !== 2) throw new Error(`${path} does not hold ${JSON.stringify(old)} once`)
      return { [path]: before.replace(old, () => text) }
    },
  }
}

function proposed(
  at: { readonly repo: string; readonly number: number; readonly branch: string },
  push: Story['push'],
  { github, settle, clock }: Means,
): Proposed {
  const { repo, number, branch } = at
  // A reviewer has seen what the check said before.
  async function review(by: string, event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT', body: string) {
    await settle()
    clock.tick()
    return github.submitReview({ repo, number, by, event, body })
  }
  return {
    number,
    branch,
    push: (by, files, how) => push(by, branch, files, how),
    approve: (by, body = '') => review(by, 'APPROVE', body),
    review,
    retarget(by, base) {
      clock.tick()
      return github.editPullRequest({ repo, number, by }, { base })
    },
    async verdict(name = 'firebreak') {
      await settle()
      return verdictOn(github, at, name)
    },
  }
}

function verdictOn(
  github: Simulator,
  { repo, number }: { readonly repo: string; readonly number: number },
  name: string,
): Verdict {
  const { head } = github.pullRequest(repo, number)
  const run = github
    .checkRuns(repo, head.sha)
    .filter((each) => each.name === name && each.suite.app.id === github.appId)
    .at(-1)
  const summary = run?.output?.summary ?? ''
  return {
    conclusion: run?.conclusion ?? run?.status ?? 'none',
    title: run?.output?.title ?? '',
    summary,
    waitsFor: waitsFor(summary),
  }
}

/** Whom the summary asks, in order of name. */
function waitsFor(summary: string): readonly string[] {
  const [, wanted = ''] = /^\*\*(?:To merge(?:, besides)?|It would need):\*\* (.*)$/m.exec(summary) ?? []
  const [asked = ''] = wanted.split(
    / One review by | Not possible for | As for | In this repository only | They speak for /,
  )
  const slugs = [...asked.matchAll(/anyone in `[^/`]+\/(?<slug>[^`]+)`/g)].map(
    ({ groups }) => groups?.['slug'],
  )
  const users = [...asked.matchAll(/\b(?:by|of|or) `(?<user>[^`/]+)`/g)].map(({ groups }) => groups?.['user'])
  const admin = asked.includes('somebody who administers the repository') ? ['an admin'] : []
  return [...slugs, ...users, ...admin].flatMap((each) => each ?? []).sort()
}
