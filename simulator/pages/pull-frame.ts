import type { PullRequest } from '../state/pull-request.ts'
import { fullName } from '../state/repository.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { layout, type Page, pathOf } from './layout.ts'
import { latestRuns, statePill } from './status.ts'

/** A tab of a pull request. */
export type Tab = 'conversation' | 'checks' | 'files'

interface Figures {
  readonly commits: number
  readonly files: number
  readonly additions: number
  readonly deletions: number
}

function tab(
  pull: PullRequest,
  given: { name: Tab; icon: IconName; label: string; count: number; current: Tab },
): Html {
  const suffix = given.name === 'conversation' ? [] : [given.name]
  const href = pathOf(pull.repository, 'pull', pull.number, ...suffix)
  const current = given.name === given.current ? html` aria-current="page"` : undefined
  return html`<a class="tab" href="${href}"${current}>${icon(given.icon)} ${given.label} <span class="counter">${given.count}</span></a>`
}

function sentence(pull: PullRequest, commits: number): Html {
  const { repository } = pull.head
  const head = repository === pull.repository ? pull.head.ref : `${repository.owner.login}:${pull.head.ref}`
  const source = repository.deleted
    ? html`<span class="branch">unknown repository</span>`
    : html`<span class="branch">${head}</span>`
  const verb = pull.merged ? 'merged' : 'wants to merge'
  const who = pull.merged?.by ?? pull.author
  const count = `${commits} commit${commits === 1 ? '' : 's'}`
  return html`<a class="login" href="#">${who.login}</a> ${verb} ${count} into <span class="branch">${pull.base.ref}</span> from ${source}`
}

/** The heading, the tabs and the part that is shown below them. */
export function pullPage(
  pull: PullRequest,
  given: { readonly tab: Tab; readonly figures: Figures; readonly content: Html },
): Page {
  const { figures, tab: current } = given
  const talk =
    pull.comments.length + pull.reviewComments.length + pull.reviews.filter(({ body }) => body !== '').length
  const where = html`/ <a href="${pathOf(pull.repository)}">${fullName(pull.repository)}</a>`
  const content = html`<div class="pull">
<div class="pull-head">
<h1>${pull.title} <span class="pull-number">#${pull.number}</span></h1>
<p class="pull-state">${statePill(pull)} <span>${sentence(pull, figures.commits)}</span></p>
</div>
<nav class="tabs">
${tab(pull, { name: 'conversation', icon: 'comment', label: 'Conversation', count: talk, current })}
${tab(pull, { name: 'checks', icon: 'check', label: 'Checks', count: latestRuns(pull).length, current })}
${tab(pull, { name: 'files', icon: 'file', label: 'Files changed', count: figures.files, current })}
<span class="diffstat"><span class="colour-success">+${figures.additions}</span> <span class="colour-danger">−${figures.deletions}</span></span>
</nav>
${given.content}
</div>`
  return layout(`${pull.title} · Pull request #${pull.number} · ${fullName(pull.repository)}`, where, content)
}
