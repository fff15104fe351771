import type { ChangedFile } from '../git/diff.ts'
import { type DiffLine, parseHunks } from '../git/hunks.ts'
import type { Annotation, CheckRun } from '../state/checks.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { annotationBox } from './checks.ts'
import { diffRow, hunkRow } from './diff-lines.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { latestRuns } from './status.ts'
import { type Thread, threadComments, threadsOf } from './threads.ts'

interface Noted {
  readonly run: CheckRun
  readonly annotation: Annotation
}

interface Shown {
  readonly world: World
  readonly pull: PullRequest
  readonly threads: readonly Thread[]
  readonly notes: readonly Noted[]
}

function standsOn(thread: Thread, path: string, line: DiffLine): boolean {
  const { current, path: own } = thread.root
  if (own !== path || current?.kind !== 'line') return false
  return current.line === (current.side === 'LEFT' ? line.left : line.right)
}

async function below(shown: Shown, path: string, line: DiffLine): Promise<Html | undefined> {
  const threads = shown.threads.filter((thread) => standsOn(thread, path, line))
  const notes = shown.notes.filter(
    ({ annotation }) => annotation.path === path && annotation.end_line === line.right,
  )
  if (threads.length + notes.length === 0) return undefined
  const boxes = await Promise.all(threads.map((thread) => threadComments(shown.world, shown.pull, thread)))
  return html`<tr class="inline"><td colspan="4">${notes.map(({ run, annotation }) => annotationBox(run, annotation))}${boxes}</td></tr>`
}

async function rows(shown: Shown, file: ChangedFile): Promise<Html[]> {
  const result: Html[] = []
  for (const hunk of parseHunks(file.patch ?? '')) {
    result.push(hunkRow(hunk))
    for (const line of hunk.lines) {
      result.push(diffRow(file.path, line))
      const under = await below(shown, file.path, line)
      if (under) result.push(under)
    }
  }
  return result
}

async function onWholeFile(shown: Shown, path: string): Promise<Html[]> {
  const threads = shown.threads.filter(({ root }) => root.path === path && root.current?.kind === 'file')
  return Promise.all(threads.map((thread) => threadComments(shown.world, shown.pull, thread)))
}

async function fileBox(shown: Shown, file: ChangedFile): Promise<Html> {
  const name = file.previousPath === undefined ? file.path : `${file.previousPath} → ${file.path}`
  const note = {
    added: 'Added',
    removed: 'Removed',
    renamed: 'Renamed',
    changed: 'Type changed',
    modified: '',
  }[file.status]
  const body =
    file.patch === undefined
      ? html`<p class="blank">${file.additions + file.deletions === 0 ? 'Without a change in the text.' : 'This diff is not shown.'}</p>`
      : html`<table class="diff">${await rows(shown, file)}</table>`
  return html`<section class="file box" id="${file.path}"><header class="file-head">${icon('file')} <span class="path">${name}</span>
<span class="note">${note}</span><span class="diffstat"><span class="colour-success">+${file.additions}</span> <span class="colour-danger">−${file.deletions}</span></span></header>
${await onWholeFile(shown, file.path)}${body}</section>`
}

/** The diff, with annotations and review comments below the lines they concern. */
export async function files(world: World, pull: PullRequest, changed: readonly ChangedFile[]): Promise<Html> {
  const notes = latestRuns(pull).flatMap((run) => run.annotations.map((annotation) => ({ run, annotation })))
  const shown = { world, pull, threads: threadsOf(pull), notes }
  const boxes: Html[] = []
  for (const file of changed) boxes.push(await fileBox(shown, file))
  return html`<div class="files">${boxes.length > 0 ? boxes : html`<div class="blank box">No file differs.</div>`}</div>`
}
