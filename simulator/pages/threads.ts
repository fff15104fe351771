import { parseHunks } from '../git/hunks.ts'
import type { PullRequest, ReviewComment } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { diffRow } from './diff-lines.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { accountName, avatar, decorationsOf, moment, pathOf } from './layout.ts'
import { renderMarkdown } from './markdown.ts'

/** How many lines of the diff stand above a thread in the conversation. */
const shownLines = 4

/** A comment on a line and the answers to it. */
export interface Thread {
  readonly root: ReviewComment
  readonly comments: readonly ReviewComment[]
}

/** The threads of a pull request, in the order in which they were begun; pending reviews stay hidden. */
export function threadsOf(pull: PullRequest): Thread[] {
  const hidden = new Set(pull.reviews.filter(({ state }) => state === 'PENDING').map(({ id }) => id))
  const visible = pull.reviewComments.filter(({ reviewId }) => !hidden.has(reviewId))
  return visible
    .filter((comment) => !visible.some(({ id }) => id === comment.inReplyTo))
    .map((root) => ({ root, comments: [root, ...visible.filter(({ inReplyTo }) => inReplyTo === root.id)] }))
}

function replacedLines({ root }: Thread): string[] {
  if (root.original.kind === 'file') return []
  const { line, startLine = line } = root.original
  return parseHunks(root.diffHunk)
    .flatMap(({ lines }) => lines)
    .filter(({ right }) => right !== undefined && right >= startLine && right <= line)
    .map(({ text }) => text.slice(1))
}

async function commentBox(
  world: World,
  pull: PullRequest,
  of: { thread: Thread; comment: ReviewComment },
): Promise<Html> {
  const { author, body, createdAt, updatedAt, id } = of.comment
  const decorations = decorationsOf(world, pull.repository)
  const shown = await renderMarkdown(body, {
    ...decorations,
    comment: true,
    replaced: replacedLines(of.thread),
  })
  const edited = updatedAt === createdAt ? undefined : html` · edited`
  return html`<article class="thread-comment" id="discussion_r${id}">${avatar(author.login, 'medium')}
<div class="thread-body"><p class="comment-by">${accountName(author)} ${moment(world, createdAt)}${edited}</p>${shown}</div></article>`
}

/** The comments of a thread, one below the other. */
export async function threadComments(world: World, pull: PullRequest, thread: Thread): Promise<Html> {
  const boxes = await Promise.all(
    thread.comments.map((comment) => commentBox(world, pull, { thread, comment })),
  )
  return html`<div class="thread">${boxes}</div>`
}

/** A thread as the conversation shows it: the file, the end of the hunk, the comments. */
export async function threadBox(world: World, pull: PullRequest, thread: Thread): Promise<Html> {
  const { root } = thread
  const lines = parseHunks(root.diffHunk).flatMap((hunk) => hunk.lines)
  const outdated =
    root.current === undefined ? html`<span class="label label-outdated">Outdated</span>` : undefined
  const href = `${pathOf(pull.repository, 'pull', pull.number, 'files')}#${encodeURIComponent(root.path)}`
  return html`<section class="thread-box">
<header class="thread-head">${icon('file')} <a href="${href}">${root.path}</a>${outdated}</header>
<table class="diff">${lines.slice(-shownLines).map((line) => diffRow(root.path, line))}</table>
${await threadComments(world, pull, thread)}
</section>`
}
