import { decidingRun, requiredChecksOf } from '../access/branch-rules.ts'
import { isPassing } from '../behaviour/checks.ts'
import type { CheckRun } from '../state/checks.ts'
import type { PullRequest, Review } from '../state/pull-request.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'

interface Look {
  readonly icon: IconName
  readonly colour: 'success' | 'danger' | 'attention' | 'muted'
  readonly words: string
}

const conclusions: Readonly<Record<string, Look>> = {
  success: { icon: 'check', colour: 'success', words: 'Successful' },
  failure: { icon: 'cross', colour: 'danger', words: 'Failing' },
  timed_out: { icon: 'cross', colour: 'danger', words: 'Timed out' },
  cancelled: { icon: 'skip', colour: 'muted', words: 'Cancelled' },
  action_required: { icon: 'alert', colour: 'attention', words: 'Action required' },
  neutral: { icon: 'dot', colour: 'muted', words: 'Neutral' },
  skipped: { icon: 'skip', colour: 'muted', words: 'Skipped' },
}

const running: Look = { icon: 'dot', colour: 'attention', words: 'In progress' }
const queued: Look = { icon: 'ring', colour: 'attention', words: 'Queued' }

/** How a check run looks. */
export function lookOf(run: CheckRun): Look {
  if (run.status === 'completed') return conclusions[run.conclusion ?? ''] ?? queued
  return run.status === 'in_progress' ? running : queued
}

/** The mark of a check run. */
export function checkMark(run: CheckRun): Html {
  const look = lookOf(run)
  return html`<span class="mark colour-${look.colour}" title="${look.words}">${icon(look.icon)}</span>`
}

/** The newest run of every name and App on a commit. */
export function latestRuns(pull: PullRequest): CheckRun[] {
  const runs = pull.repository.checkRuns.filter(({ headSha }) => headSha === pull.head.sha)
  return runs.filter(
    (run, at) => !runs.slice(at + 1).some((later) => later.name === run.name && later.suite === run.suite),
  )
}

/** A check that the base branch demands, with its newest run if there is one. */
export interface RequiredCheck {
  readonly name: string
  readonly run: CheckRun | undefined
}

/** The checks that the base branch demands. */
export function requiredChecks(pull: PullRequest): RequiredCheck[] {
  const { repository, base, head } = pull
  const required = requiredChecksOf(repository, base.ref)
  return required.map((check) => ({ name: check.name, run: decidingRun(repository, head.sha, check) }))
}

/** Whether every demanded check lets the pull request pass. */
export function checksAllow(pull: PullRequest): boolean {
  return requiredChecks(pull).every(({ run }) => isPassing(run))
}

/** The state of a pull request as a pill. */
export function statePill(pull: PullRequest): Html {
  if (pull.merged) return html`<span class="pill pill-merged">${icon('merge')} Merged</span>`
  if (pull.state === 'closed') return html`<span class="pill pill-closed">${icon('pull')} Closed</span>`
  if (pull.draft) return html`<span class="pill pill-draft">${icon('pull')} Draft</span>`
  return html`<span class="pill pill-open">${icon('pull')} Open</span>`
}

/** The newest opinion of every reviewer: comments do not take back an approval. */
export function latestOpinions(pull: PullRequest): Review[] {
  const opinions = pull.reviews.filter(({ state }) => state !== 'PENDING' && state !== 'COMMENTED')
  return opinions.filter(
    (review, at) => !opinions.slice(at + 1).some(({ author }) => author === review.author),
  )
}
