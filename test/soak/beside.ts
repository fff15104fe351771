import { setTimeout as pause } from 'node:timers/promises'
import { owner, type Story, type Theatre } from '../support/stage.ts'
import type { Draw } from './draw.ts'
import { approve, type Proposal, propose } from './proposals.ts'

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
async function inQueue(
  story: Story,
  { github }: Theatre,
  quiet: (proposals: readonly Proposal[]) => Promise<void>,
): Promise<Beside> {
  const proposal = await propose(story)
  await quiet([proposal])
  await approve(proposal)
  await quiet([proposal])
  const at = { repo: story.repo, number: proposal.pull.number }
  return {
    name: 'merge queue',
    proposals: [],
    begin: async () => void (await github.enqueue({ ...at, by: owner })),
    async end() {
      const until = performance.now() + mostPatience
      while (github.pullRequest(at.repo, at.number).merged === undefined) {
        if (performance.now() > until) throw new Lost(`#${at.number}: the queue waits in vain`)
        await pause(100)
      }
    },
  }
}

/** Longer than this nothing is waited for, at the pace of these servers: a two-hundredth of every pause. */
export const mostPatience = 120_000

/** Thrown where something is not as it has to be. */
export class Lost extends Error {
  override readonly name = 'Lost'
}

/** Something beside the usual in one round of three. */
export async function drawBeside(
  draw: Draw,
  stories: { readonly usual: Story; readonly queued: Story },
  theatre: Theatre,
  quiet: (proposals: readonly Proposal[]) => Promise<void>,
): Promise<Beside | undefined> {
  const drawn = draw.below(6)
  if (drawn === 0) return manyAtOnce(stories.usual, theatre)
  return drawn === 1 ? inQueue(stories.queued, theatre, quiet) : undefined
}
