import type { Annotation, CheckRun } from '../state/checks.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { avatar, decorationsOf, moment, pathOf } from './layout.ts'
import { renderMarkdown } from './markdown.ts'
import { checkMark, latestRuns, lookOf } from './status.ts'

const levels: Readonly<Record<Annotation['annotation_level'], { icon: IconName; colour: string }>> = {
  failure: { icon: 'cross', colour: 'danger' },
  warning: { icon: 'alert', colour: 'attention' },
  notice: { icon: 'info', colour: 'accent' },
}

/** An annotation without its place: as it stands below a line of the diff. */
export function annotationBox(run: CheckRun, annotation: Annotation): Html {
  const look = levels[annotation.annotation_level]
  const raw =
    annotation.raw_details === undefined
      ? undefined
      : html`<details><summary>Raw details</summary><pre>${annotation.raw_details}</pre></details>`
  return html`<div class="annotation annotation-${look.colour}"><span class="mark colour-${look.colour}">${icon(look.icon)}</span>
<div class="annotation-text"><p class="annotation-by">Check ${annotation.annotation_level === 'notice' ? 'notice' : annotation.annotation_level} on <strong>${run.name}</strong></p>
<h4>${annotation.title ?? run.output.title ?? run.name}</h4><pre class="annotation-message">${annotation.message}</pre>${raw}</div></div>`
}

function annotationEntry(pull: PullRequest, run: CheckRun, annotation: Annotation): Html {
  const { path, start_line: start, end_line: end } = annotation
  const lines = start === end ? `line ${start}` : `lines ${start}-${end}`
  const href = `${pathOf(pull.repository, 'pull', pull.number, 'files')}#${encodeURIComponent(path)}`
  return html`<li><p class="annotation-place"><a href="${href}">${path}</a> <span class="note">${lines}</span></p>${annotationBox(run, annotation)}</li>`
}

function runLink(pull: PullRequest, run: CheckRun, current: CheckRun): Html {
  const href = `${pathOf(pull.repository, 'pull', pull.number, 'checks')}?check_run_id=${run.id}`
  return html`<li><a class="run-link" href="${href}"${run === current ? html` aria-current="page"` : undefined}>${checkMark(run)} ${run.name}</a></li>`
}

function history(pull: PullRequest, run: CheckRun): Html | undefined {
  const others = pull.repository.checkRuns.filter(
    (other) =>
      other.headSha === run.headSha && other.name === run.name && other.suite === run.suite && other !== run,
  )
  if (others.length === 0) return undefined
  const links = others.toReversed().map((other) => {
    const href = `${pathOf(pull.repository, 'pull', pull.number, 'checks')}?check_run_id=${other.id}`
    return html`<li>${checkMark(other)} <a href="${href}">${other.output.title ?? lookOf(other).words}</a></li>`
  })
  return html`<details class="history"><summary>${others.length} other run${others.length === 1 ? '' : 's'} on this commit</summary><ul>${links}</ul></details>`
}

function buttons(run: CheckRun): Html | undefined {
  if (run.status !== 'completed') return undefined
  const actions = run.actions.map(
    ({ label, description }) => html`<span class="button" title="${description}">${label}</span>`,
  )
  return html`<div class="run-buttons">${actions}<span class="button">Re-run</span></div>`
}

/** A text may consist of hidden marks alone: then there is nothing to head. */
function isVisible(text: string | undefined): text is string {
  return text !== undefined && text.replace(/<!--[\s\S]*?-->/g, '').trim() !== ''
}

async function detail(world: World, pull: PullRequest, run: CheckRun): Promise<Html> {
  const decorations = decorationsOf(world, pull.repository)
  const { title, summary, text } = run.output
  const look = lookOf(run)
  const annotations = run.annotations.map((annotation) => annotationEntry(pull, run, annotation))
  const list = html`<h3 class="run-part">Annotations <span class="counter">${annotations.length}</span></h3><ul class="annotations">${annotations}</ul>`
  return html`<section class="run"><header class="run-head">${avatar(run.suite.app.bot.login, 'large')}
<div><h2>${run.name}</h2><p class="note">${look.words} ${moment(world, run.completedAt ?? run.startedAt)} · ${run.suite.app.name} · <code class="sha">${run.headSha.slice(0, 7)}</code></p></div>${buttons(run)}</header>
<h3 class="run-title">${checkMark(run)} ${title ?? look.words}</h3>
${summary === undefined ? undefined : await renderMarkdown(summary, decorations)}
${annotations.length > 0 ? list : undefined}
${!isVisible(text) ? undefined : html`<h3 class="run-part">Details</h3>${await renderMarkdown(text, decorations)}`}
${history(pull, run)}</section>`
}

/** The checks of the head: a list of runs, and one of them in full. */
export async function checks(world: World, pull: PullRequest, chosen: string | null): Promise<Html> {
  const runs = latestRuns(pull)
  const onHead = pull.repository.checkRuns.filter(({ headSha }) => headSha === pull.head.sha)
  const current = onHead.find(({ id }) => String(id) === chosen) ?? runs[0]
  if (!current)
    return html`<div class="blank box">No check has been reported on <code class="sha">${pull.head.sha.slice(0, 7)}</code>.</div>`
  return html`<div class="columns columns-left"><nav class="runs box"><ul>${runs.map((run) => runLink(pull, run, current))}</ul></nav>${await detail(world, pull, current)}</div>`
}
