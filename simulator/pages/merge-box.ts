import { isPassing } from '../behaviour/checks.ts'
import type { CheckRun } from '../state/checks.ts'
import type { PullRequest } from '../state/pull-request.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { avatar, pathOf } from './layout.ts'
import { checkMark, checksAllow, latestOpinions, latestRuns, lookOf, requiredChecks } from './status.ts'

type Colour = 'success' | 'danger' | 'attention' | 'muted'

interface Row {
  readonly icon: IconName
  readonly colour: Colour
  readonly title: string
  readonly note: Html | string
  readonly more?: Html
}

function mergeRow(row: Row): Html {
  return html`<div class="merge-row"><span class="merge-mark merge-${row.colour}">${icon(row.icon)}</span>
<div><h3>${row.title}</h3><p class="note">${row.note}</p></div></div>${row.more}`
}

function reviewRow(pull: PullRequest): Html {
  const opinions = latestOpinions(pull)
  const against = opinions
    .filter(({ state }) => state === 'CHANGES_REQUESTED')
    .map(({ author }) => author.login)
  const approvals = opinions.filter(({ state }) => state === 'APPROVED').map(({ author }) => author.login)
  const waiting = [
    ...[...pull.requestedTeams].map((team) => `${team.organization.account.login}/${team.slug}`),
    ...[...pull.requestedReviewers].map(({ login }) => login),
  ]
  const note =
    waiting.length > 0 ? `Waiting for a review by ${waiting.join(', ')}.` : 'Nobody else was asked.'
  if (against.length > 0)
    return mergeRow({
      icon: 'cross',
      colour: 'danger',
      title: 'Changes requested',
      note: `${against.join(', ')} requested changes. ${note}`,
    })
  if (approvals.length > 0)
    return mergeRow({
      icon: 'check',
      colour: 'success',
      title: 'Changes approved',
      note: `Approved by ${approvals.join(', ')}. ${note}`,
    })
  return mergeRow({
    icon: 'eye',
    colour: waiting.length > 0 ? 'attention' : 'muted',
    title: waiting.length > 0 ? 'Review requested' : 'No review yet',
    note,
  })
}

function checkLine(pull: PullRequest, run: CheckRun): Html {
  const required = requiredChecks(pull).some(({ name }) => name === run.name)
  const details = `${pathOf(pull.repository, 'pull', pull.number, 'checks')}?check_run_id=${run.id}`
  return html`<li class="check-line">${checkMark(run)}${avatar(run.suite.app.bot.login)}
<span class="check-name"><strong>${run.name}</strong> <span class="note">${lookOf(run).words}${run.output.title === undefined ? '' : ` — ${run.output.title}`}</span></span>
${required ? html`<span class="label">Required</span>` : undefined}<a href="${details}">Details</a></li>`
}

function expectedLine(name: string): Html {
  return html`<li class="check-line"><span class="mark colour-attention">${icon('ring')}</span>
<span class="check-name"><strong>${name}</strong> <span class="note">Expected — Waiting for status to be reported</span></span><span class="label">Required</span></li>`
}

function checksTitle(runs: readonly CheckRun[], expected: number): Pick<Row, 'icon' | 'colour' | 'title'> {
  if (runs.length + expected === 0) return { icon: 'ring', colour: 'muted', title: 'No checks yet' }
  if (runs.some((run) => run.status === 'completed' && !isPassing(run)))
    return { icon: 'cross', colour: 'danger', title: 'Some checks were not successful' }
  if (expected > 0 || runs.some(({ status }) => status !== 'completed'))
    return { icon: 'dot', colour: 'attention', title: "Some checks haven't completed yet" }
  return { icon: 'check', colour: 'success', title: 'All checks have passed' }
}

function checksRow(pull: PullRequest): Html {
  const runs = latestRuns(pull)
  const expected = requiredChecks(pull).filter(({ run }) => run === undefined)
  const counts = Map.groupBy(runs, (run) => lookOf(run).words.toLowerCase())
  const note = [...counts].map(([words, group]) => `${group.length} ${words}`).join(', ')
  const lines = [
    ...runs.map((run) => checkLine(pull, run)),
    ...expected.map(({ name }) => expectedLine(name)),
  ]
  const more = html`<ul class="check-lines">${lines}</ul>`
  return mergeRow({
    ...checksTitle(runs, expected.length),
    note: note === '' ? 'Nothing has been reported.' : `${note} check${runs.length === 1 ? '' : 's'}`,
    more,
  })
}

function conflictRow(pull: PullRequest): Html {
  if (pull.testMerge?.commit === 'none')
    return mergeRow({
      icon: 'alert',
      colour: 'danger',
      title: 'This branch has conflicts that must be resolved',
      note: `The same lines changed on ${pull.base.ref} too.`,
    })
  return mergeRow({
    icon: 'check',
    colour: 'success',
    title: 'No conflicts with base branch',
    note: 'Merging can be performed automatically.',
  })
}

function closedBox(pull: PullRequest): Html {
  const merged = pull.merged
  const words = merged
    ? html`<h3>Pull request successfully merged and closed</h3><p class="note">${merged.by.login} merged commit <code>${merged.commit.slice(0, 7)}</code> into ${pull.base.ref}.</p>`
    : html`<h3>Closed with unmerged commits</h3><p class="note">This pull request is closed.</p>`
  const colour = merged ? 'done' : 'muted'
  return html`<section class="merge-box"><div class="merge-row"><span class="merge-mark merge-${colour}">${icon(merged ? 'merge' : 'pull')}</span><div>${words}</div></div></section>`
}

/** The box at the end of the conversation: reviews, checks, conflicts, and whether one may merge. */
export function mergeBox(pull: PullRequest): Html {
  if (pull.state === 'closed') return closedBox(pull)
  const blocked = !checksAllow(pull) || pull.testMerge?.commit === 'none'
  const reason = pull.draft
    ? 'This pull request is still a work in progress'
    : blocked
      ? 'Merging is blocked'
      : undefined
  const button = html`<div class="merge-row merge-end"><span class="button ${reason ? 'button-off' : 'button-on'}">Merge pull request</span> <span class="note">${reason}</span></div>`
  return html`<section class="merge-box">${reviewRow(pull)}${checksRow(pull)}${conflictRow(pull)}${button}</section>`
}
