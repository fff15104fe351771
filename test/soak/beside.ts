import { setTimeout as pause } from 'node:timers/promises'
import { owner, type Story, type Theatre } from '../support/stage.ts'
import type { Draw } from './draw.ts'
import type { Target } from './faults.ts'
import { neverEnds } from './never-ends.ts'
import { approve, type Proposal, propose, slowerSaying } from './proposals.ts'

const burst = 8

/** What goes on in some rounds beside the proposals that are always there. */
export interface Beside {
  readonly name: string
  /** Whatever has to be quiet with all others. */
  readonly proposals: readonly Proposal[]
  /** While faults strike. */
  begin(): Promise<void>
  /** Once all is quiet: whether it came out as it has to. */
  end(): Promise<void>
}

/** Many pull requests are opened at once, get their verdicts, and are closed. */
function manyAtOnce(story: Story, { github }: Theatre): Beside {
  const proposals: Proposal[] = []
  return {
    name: 'burst of pull requests',
    proposals,
    async begin() {
      for (let each = 0; each < burst; each++) proposals.push(await propose(story))
    },
    async end() {
      for (const { pull } of proposals)
        await github.closePullRequest({ repo: story.repo, number: pull.number, by: 'carla' })
    },
  }
}

/** A pull request that is agreed to is put into a merge queue, and is merged by the verdict on its turn. */
async function inQueue(story: Story, { github }: Theatre, { quiet }: Means): Promise<Beside> {
  const proposal = await propose(story)
  await quiet([proposal])
  await approve(proposal)
  await quiet([proposal])
  const at = { repo: story.repo, number: proposal.pull.number }
  let turn = ''
  const runsOn = (sha: string) =>
    github
      .checkRuns(at.repo, sha)
      .map(({ name, status, conclusion, output }) => [name, status, conclusion, output.title].join(', '))
  return {
    name: 'merge queue',
    proposals: [],
    async begin() {
      turn = (await github.enqueue({ ...at, by: owner })).head
    },
    async end() {
      const isMerged = () => github.pullRequest(at.repo, at.number).merged !== undefined
      await until(isMerged, () => `#${at.number}: the queue waits in vain\n${runsOn(turn).join('\n')}`)
    },
  }
}

/** What servers are given while one evaluation never ends: long enough for all others, on a machine that is busy. */
const endless = {
  JUDGING_SECONDS: '12',
  CONCURRENCY: '2',
  NODE_OPTIONS: '--import=./test/soak/never-ending.ts',
}

/** Judging a pull request never ends: it is ended, is said, and keeps nobody else waiting. Its next head is judged like any other. */
export async function neverEnding(
  story: Story,
  { github }: Theatre,
  { quiet, replaceForGood }: Means,
): Promise<Beside> {
  await replaceForGood(endless)
  const proposal = await propose(story)
  await quiet([proposal])
  const at = { repo: story.repo, number: proposal.pull.number }
  const newestTitle = () => {
    const { sha } = github.pullRequest(at.repo, at.number).head
    return github.checkRuns(at.repo, sha).findLast(({ status }) => status === 'completed')?.output.title
  }
  return {
    name: 'evaluation that never ends',
    proposals: [],
    begin: async () => void (await proposal.pull.push('carla', slowerSaying(neverEnds))),
    async end() {
      await until(
        () => newestTitle()?.startsWith('Cannot decide: judging it took more than') === true,
        () => `#${at.number}: nothing has ended it`,
      )
      await proposal.pull.push('carla', slowerSaying(''))
      await quiet([proposal])
      await github.closePullRequest({ ...at, by: 'carla' })
      await replaceForGood({})
    },
  }
}

/** Longer than this nothing is waited for, at the pace of these servers: a two-hundredth of every pause. */
export const mostPatience = 1_000 * Number(process.env['SOAK_PATIENCE'] ?? 120)

/** Thrown where something is not as it has to be. */
export class Lost extends Error {
  override readonly name = 'Lost'
}

async function until(isSo: () => boolean, otherwise: () => string): Promise<void> {
  const end = performance.now() + mostPatience
  while (!isSo()) {
    if (performance.now() > end) throw new Lost(otherwise())
    await pause(100)
  }
}

export interface Means {
  readonly quiet: (proposals: readonly Proposal[]) => Promise<void>
  readonly replaceForGood: Target['replaceForGood']
  /** Whether an evaluation may never end: that takes a quarter of a minute each time. */
  readonly endless: boolean
}

/** Something beside the usual in two rounds of five. */
export async function drawBeside(
  draw: Draw,
  stories: { readonly usual: Story; readonly queued: Story },
  theatre: Theatre,
  means: Means,
): Promise<Beside | undefined> {
  const drawn = draw.below(8)
  if (drawn === 0) return manyAtOnce(stories.usual, theatre)
  if (drawn === 1) return inQueue(stories.queued, theatre, means)
  return drawn === 2 && means.endless ? neverEnding(stories.usual, theatre, means) : undefined
}
