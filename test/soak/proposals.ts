import { setTimeout as pause } from 'node:timers/promises'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import type { Proposed, Story, Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''
const checkNames = { main: 'firebreak', release: 'firebreak (release)' } as const

/** One pull request of a team's file by somebody of another team, and what has to be said of it by now. */
export interface Proposal {
  readonly story: Story
  readonly pull: Proposed
  /** Every head that it has had. */
  readonly heads: string[]
  base: keyof typeof checkNames
  /** Whether an owner has approved the head that it has now. */
  approved: boolean
  /** Whether an owner objects, and since which webhook. */
  objection: number | undefined
  state: 'open' | 'closed'
}

let seconds = 0

/** A file that differs from all others in what it means, and in what it says. */
export function slowerSaying(comment: string) {
  return { [login]: `${text}      timeout: ${++seconds}s\n${comment}\n` }
}

/** Never the same twice: what was approved before covers nothing of it. */
function slower() {
  return { [login]: `${text}      timeout: ${++seconds}s\n` }
}

export async function propose(story: Story): Promise<Proposal> {
  const pull = await story.propose('carla', slower())
  const proposal: Proposal = {
    story,
    pull,
    heads: [],
    base: 'main',
    approved: false,
    objection: undefined,
    state: 'open',
  }
  return proposal
}

/** What people do, by name. */
export const actions: Readonly<Record<string, (proposal: Proposal, theatre: Theatre) => Promise<unknown>>> = {
  async push(proposal) {
    proposal.approved = false
    await proposal.pull.push('carla', slower())
  },
  async 'force push'(proposal, { github }) {
    proposal.approved = false
    const main = await github.branchTip(proposal.story.repo, 'main')
    await proposal.pull.push('carla', slower(), { from: main ?? 'main', force: true })
  },
  async 'force push, the old head pruned'(proposal, theatre) {
    const { github } = theatre
    const { repo } = proposal.story
    proposal.approved = false
    const old = await proposal.pull.push('carla', slower())
    noteHead(proposal, theatre)
    // Something has begun to read it.
    await pause(50)
    const main = await github.branchTip(repo, 'main')
    await proposal.pull.push('carla', slower(), { from: main ?? 'main', force: true })
    await github.pruneCommit(repo, old)
    // On a commit that is no more GitHub shows no run, and nobody can find one to end it.
    proposal.heads.splice(proposal.heads.indexOf(old), 1)
  },
  async object(proposal, { github }) {
    proposal.approved = false
    proposal.objection = github.deliveries().length
    const at = { repo: proposal.story.repo, number: proposal.pull.number }
    await github.submitReview({ ...at, by: 'leo', event: 'REQUEST_CHANGES', body: 'No.' })
  },
  async retarget(proposal) {
    proposal.base = proposal.base === 'main' ? 'release' : 'main'
    proposal.approved = false
    proposal.objection = undefined
    await proposal.pull.retarget('carla', proposal.base)
  },
  async 'base moves'({ story }) {
    await story.push('maya', 'main', { 'mesh/note.yaml': `# ${++seconds}\n` })
  },
  async 'close and open again'({ story, pull }, { github }) {
    const at = { repo: story.repo, number: pull.number, by: 'carla' }
    await github.closePullRequest(at)
    await github.reopenPullRequest(at)
  },
}

/** Only where all is quiet: an approval covers what a check has shown before. */
export async function approve(proposal: Proposal): Promise<void> {
  await proposal.pull.approve('leo')
  proposal.approved = true
  proposal.objection = undefined
}

/** Whether a server has accepted the webhook of an objection that stands. */
export function isObjectionKnown({ story, pull, objection }: Proposal, { github }: Theatre): boolean {
  if (objection === undefined) return false
  return github
    .deliveries()
    .slice(objection)
    .some(
      ({ event, status, body }) =>
        event === 'pull_request_review' &&
        status === 'OK' &&
        body.includes(`"${story.repo}"`) &&
        body.includes(`"number":${pull.number},`),
    )
}

/** Notes the head that it has now, for no run may be left on any. */
export function noteHead({ heads, story, pull }: Proposal, { github }: Theatre): void {
  const { sha } = github.pullRequest(story.repo, pull.number).head
  if (!heads.includes(sha)) heads.push(sha)
}

function newestRun({ story, pull, base }: Proposal, { github }: Theatre) {
  const { sha } = github.pullRequest(story.repo, pull.number).head
  return github.checkRuns(story.repo, sha).findLast(({ name }) => name === checkNames[base])
}

/** Whether its check lets it be merged. */
export function isGreen(proposal: Proposal, theatre: Theatre): boolean {
  return newestRun(proposal, theatre)?.conclusion === 'success'
}

/** What is not as it has to be once everything is quiet. */
export function wrongWith(proposal: Proposal, theatre: Theatre): readonly string[] {
  const { story, pull, heads, approved } = proposal
  const { github } = theatre
  const run = newestRun(proposal, theatre)
  const expected = approved ? 'success' : 'action_required'
  const now = run?.conclusion ?? run?.status ?? 'none'
  const left = heads.flatMap((sha) =>
    github.checkRuns(story.repo, sha).filter(({ status }) => status !== 'completed'),
  )
  const comments = github.comments(story.repo, pull.number).length
  return [
    ...(now === expected
      ? []
      : [`#${pull.number}: the check says ${now} (${run?.output.title}), not ${expected}`]),
    ...left.map(({ headSha }) => `#${pull.number}: a run is left in progress on ${headSha}`),
    ...(comments === 1 ? [] : [`#${pull.number}: ${comments} comments`]),
  ]
}
