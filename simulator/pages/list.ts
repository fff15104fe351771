import type { PullRequest } from '../state/pull-request.ts'
import { fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { avatar, layout, moment, type Page, pathOf } from './layout.ts'
import { checkMark, latestRuns } from './status.ts'

function stateIcon(pull: PullRequest): Html {
  if (pull.merged) return html`<span class="mark colour-done">${icon('merge')}</span>`
  const colour = pull.state === 'closed' ? 'danger' : pull.draft ? 'muted' : 'success'
  return html`<span class="mark colour-${colour}">${icon('pull')}</span>`
}

function checkTitle(pull: PullRequest): Html | undefined {
  const titles = latestRuns(pull).flatMap(({ output }) => output.title ?? [])
  return titles.length === 0 ? undefined : html`<div class="row-check">${titles[0]}</div>`
}

function row(world: World, pull: PullRequest): Html {
  const path = pathOf(pull.repository, 'pull', pull.number)
  const marks = latestRuns(pull).map((run) => html`<a href="${path}/checks">${checkMark(run)}</a>`)
  const talk = pull.comments.length + pull.reviewComments.length
  return html`<li class="row">
${stateIcon(pull)}
<div class="row-text"><a class="row-title" href="${path}">${pull.title}</a> ${marks}
${checkTitle(pull)}
<div class="row-note">#${pull.number} opened ${moment(world, pull.createdAt)} by ${pull.author.login}${pull.draft ? ' · Draft' : ''}${pull.base.ref === pull.repository.defaultBranch ? '' : ` · into ${pull.base.ref}`}</div></div>
<div class="row-side">${avatar(pull.author.login)}${talk > 0 ? html`<span class="row-talk">${icon('comment')} ${talk}</span>` : undefined}</div>
</li>`
}

function repositoryBox(world: World, repository: Repository): Html {
  const open = repository.pulls.filter(({ state }) => state === 'open')
  const closed = repository.pulls.filter(({ state }) => state === 'closed')
  const rows = [...open.toReversed(), ...closed.toReversed()].map((pull) => row(world, pull))
  return html`<section class="box">
<h2 class="box-head">${icon('repository')} <a href="${pathOf(repository)}">${fullName(repository)}</a>
<span class="box-counts">${icon('pull')} ${open.length} open &nbsp; ${icon('check')} ${closed.length} closed</span></h2>
<ul class="rows">${rows.length > 0 ? rows : html`<li class="row blank">There are no pull requests yet.</li>`}</ul>
</section>`
}

/** The pull requests of every repository, or of one. */
export function listPage(world: World, only?: Repository): Page {
  const all = [...world.repositories.values()].filter(({ deleted }) => !deleted)
  const shown = only ? [only] : all.filter(({ parent, pulls }) => parent === undefined || pulls.length > 0)
  const boxes = shown.map((repository) => repositoryBox(world, repository))
  const where = only ? html`/ <a href="${pathOf(only)}">${fullName(only)}</a>` : undefined
  const title = only ? `Pull requests · ${fullName(only)}` : 'Pull requests'
  return layout(title, where, html`<div class="narrow"><h1>Pull requests</h1>${boxes}</div>`)
}
