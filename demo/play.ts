import { setTimeout } from 'node:timers/promises'
import { type Simulator, type SimulatorOptions, startSimulator } from '@firebreak/simulator'
import type { Clock } from '../src/engine.ts'
import type { RunningServer, startServer } from '../src/server.ts'
import type { Settings } from '../src/settings.ts'
import { organization, teams } from './bookinfo.ts'
import { applyEdits } from './edits.ts'
import type { Scene } from './scenes.ts'
import type { Story } from './story.ts'

/** A local GitHub with the people of the Bookinfo mesh, and Firebreak on it. */
export interface Stage {
  readonly github: Simulator
  /** Resolves when every webhook is delivered and every verdict written. */
  settle(): Promise<void>
  /** Stops Firebreak, and starts another that makes up for what was missed. */
  restart(): Promise<void>
  close(): Promise<void>
}

const webhookSecret = 'only for this demonstration'

/** The local GitHub merges when it is asked to and never later, so there is little to wait for. */
const hurried: Clock = {
  pause: (milliseconds) => setTimeout(milliseconds / 100),
  today: () => new Date().toISOString().slice(0, 10),
  now: () => Date.now(),
}

/** How Firebreak is started: as it is written, as it is released, or as a test wants it. */
export type Start = (...given: Parameters<typeof startServer>) => Promise<RunningServer>

/** Starts both on loopback. */
export async function openStage(
  options: Omit<SimulatorOptions, 'webhookSecret'>,
  start: Start,
  settings: Partial<Settings> = {},
): Promise<Stage> {
  const github = await startSimulator({ ...options, webhookSecret })
  let firebreak = await startFirebreak(github, start, settings)
  for (const login of Object.values(teams).flat()) github.createUser(login)
  return {
    github,
    settle: () => settle(github, firebreak),
    async restart() {
      await firebreak.close()
      firebreak = await startFirebreak(github, start, { ...settings, catchUpMinutes: 10 })
    },
    async close() {
      await firebreak.close()
      await github.close()
    },
  }
}

async function startFirebreak(
  github: Simulator,
  start: Start,
  settings: Partial<Settings>,
): Promise<RunningServer> {
  const firebreak = await start(
    {
      appId: github.appId,
      privateKey: github.privateKey,
      webhookSecret,
      apiUrl: github.apiUrl,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'fatal',
      concurrency: 4,
      stopSeconds: 600,
      pace: 'unlimited',
      catchUpMinutes: 0,
      searchPath: '',
      ...settings,
    },
    hurried,
  )
  github.setWebhookUrl(firebreak.webhookUrl)
  return firebreak
}

/** Makes the organization, its teams, and the repositories that the stories are played in. */
export async function seed(github: Simulator, scenes: readonly Scene[]): Promise<void> {
  const [admin] = teams['mesh-admins']
  github.createOrganization(organization, [admin])
  for (const [slug, members] of Object.entries(teams)) {
    github.createTeam({ organization, slug, members })
  }
  for (const { repository, files } of scenes) {
    await github.createRepository({
      repo: repository,
      files,
      by: admin,
      teams: { 'mesh-admins': 'admin', login: 'write', catalog: 'write' },
    })
    github.protectBranch(repository, 'main', { requiredChecks: ['firebreak'] })
  }
}

/** A verdict can cause a webhook, and a webhook a verdict: both have to be quiet at once. */
async function settle(github: Simulator, firebreak: RunningServer): Promise<void> {
  for (let seen = -1; seen !== github.requests().length; ) {
    seen = github.requests().length
    await github.idle()
    await firebreak.idle()
  }
}

/** What one verdict said. */
interface Verdict {
  readonly conclusion: string
  readonly title: string
}

/** How a story went on the local GitHub. */
export interface Played {
  readonly number: number
  readonly verdict: Verdict
  readonly afterApproval?: Verdict
  readonly comments: number
  readonly requested: readonly string[]
}

/** Pushes a branch, opens the pull request, waits for the verdict, and approves where the story says so. */
export async function play(
  story: Story,
  { repository, files: before }: Scene,
  { github, settle: settled }: Stage,
): Promise<Played> {
  const after = applyEdits(before, story.edits)
  const changed = Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text))
  const at = { repo: repository, branch: story.name, by: story.author }
  await github.push({ ...at, from: 'main', files: changed, message: story.title })
  const number = await github.openPullRequest({
    repo: repository,
    title: story.title,
    body: story.body,
    author: story.author,
    head: story.name,
    base: 'main',
  })
  await settled()
  const verdict = verdictOn(github, repository, number)
  const comments = github.comments(repository, number).length
  const requested = github.requestedReviewers(repository, number)
  const played = { number, verdict, comments, requested: [...requested.teams, ...requested.users] }
  if (story.approval === undefined) return played
  await github.submitReview({
    repo: repository,
    number,
    by: story.approval.by,
    event: 'APPROVE',
    body: 'Fine with us.',
  })
  await settled()
  return { ...played, afterApproval: verdictOn(github, repository, number) }
}

function verdictOn(github: Simulator, repository: string, number: number): Verdict {
  const { head } = github.pullRequest(repository, number)
  const run = github.checkRuns(repository, head.sha).at(-1)
  return { conclusion: run?.conclusion ?? run?.status ?? 'none', title: run?.output?.title ?? '' }
}
