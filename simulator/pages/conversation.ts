import type { Commit } from '../git/objects.ts'
import type { PullRequest, Review, TimelineEvent } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { accountName, avatar, decorationsOf, moment } from './layout.ts'
import { renderMarkdown } from './markdown.ts'
import { mergeBox } from './merge-box.ts'
import { sidebar } from './sidebar.ts'
import { threadBox, threadsOf } from './threads.ts'

interface Entry {
  readonly at: string
  readonly id: number
  readonly html: Html
}

interface Spoken {
  readonly author: PullRequest['author']
  readonly at: string
  readonly body: string | null
  readonly anchor: string
  readonly edited?: boolean
}

async function commentCard(world: World, pull: PullRequest, spoken: Spoken): Promise<Html> {
  const decorations = { ...decorationsOf(world, pull.repository), comment: true as const }
  const body = spoken.body
    ? await renderMarkdown(spoken.body, decorations)
    : html`<p class="note"><em>No description provided.</em></p>`
  const own = spoken.author === pull.author ? html`<span class="label">Author</span>` : undefined
  return html`<article class="card" id="${spoken.anchor}">${avatar(spoken.author.login, 'large')}
<div class="card-box"><header class="card-head">${accountName(spoken.author)} commented ${moment(world, spoken.at)}${spoken.edited ? html` · edited` : undefined}${own}</header>
<div class="card-body">${body}</div></div></article>`
}

function eventLine(look: { icon: IconName; colour: string }, words: Html): Html {
  return html`<div class="event"><span class="event-mark event-${look.colour}">${icon(look.icon)}</span><div class="event-text">${words}</div></div>`
}

function commitLine(world: World, commit: Commit): Html {
  const [title = ''] = commit.message.split('\n')
  return eventLine(
    { icon: 'commit', colour: 'muted' },
    html`${avatar(commit.author.name)} <span class="commit-title">${title}</span> <span class="note">${moment(world, commit.committer.date)}</span> <code class="sha">${commit.sha.slice(0, 7)}</code>`,
  )
}

const eventLooks: Partial<Record<TimelineEvent['event'], { icon: IconName; colour: string }>> = {
  merged: { icon: 'merge', colour: 'done' },
  closed: { icon: 'pull', colour: 'danger' },
  reopened: { icon: 'pull', colour: 'success' },
  review_requested: { icon: 'eye', colour: 'muted' },
  ready_for_review: { icon: 'eye', colour: 'muted' },
}

function timelineLine(world: World, event: TimelineEvent): Html {
  const look = eventLooks[event.event] ?? { icon: 'pencil', colour: 'muted' }
  return eventLine(
    look,
    html`${avatar(event.actor.login)} ${accountName(event.actor)} ${event.text} <span class="note">${moment(world, event.at)}</span>`,
  )
}

const opinions: Readonly<Record<Review['state'], { words: string; icon: IconName; colour: string }>> = {
  APPROVED: { words: 'approved these changes', icon: 'check', colour: 'success' },
  CHANGES_REQUESTED: { words: 'requested changes', icon: 'cross', colour: 'danger' },
  COMMENTED: { words: 'reviewed', icon: 'eye', colour: 'muted' },
  DISMISSED: { words: "'s review was dismissed", icon: 'cross', colour: 'muted' },
  PENDING: { words: 'is reviewing', icon: 'eye', colour: 'muted' },
}

async function reviewEntry(world: World, pull: PullRequest, review: Review): Promise<Html | undefined> {
  const threads = threadsOf(pull).filter(({ root }) => root.reviewId === review.id)
  if (review.state === 'COMMENTED' && review.body === '' && threads.length === 0) return undefined
  const look = opinions[review.state]
  const outdated =
    review.commit === pull.head.sha
      ? undefined
      : html` <span class="note">on an earlier commit <code class="sha">${review.commit.slice(0, 7)}</code></span>`
  const body =
    review.body === ''
      ? undefined
      : html`<div class="card-box review-body"><div class="card-body">${await renderMarkdown(review.body, { ...decorationsOf(world, pull.repository), comment: true })}</div></div>`
  const boxes = await Promise.all(threads.map((thread) => threadBox(world, pull, thread)))
  return html`<section class="review" id="pullrequestreview-${review.id}">${eventLine(look, html`${avatar(review.author.login)} ${accountName(review.author)} ${look.words}${outdated} <span class="note">${moment(world, review.submittedAt ?? world.now())}</span>`)}
${body}${boxes}</section>`
}

async function entries(world: World, pull: PullRequest, commits: readonly Commit[]): Promise<Entry[]> {
  const comments = pull.comments.map(async (comment) => ({
    at: comment.createdAt,
    id: comment.id,
    html: await commentCard(world, pull, {
      ...comment,
      at: comment.createdAt,
      anchor: `issuecomment-${comment.id}`,
      edited: comment.updatedAt !== comment.createdAt,
    }),
  }))
  const reviews = pull.reviews
    .filter(({ state }) => state !== 'PENDING')
    .map(async (review) => ({
      at: review.submittedAt ?? world.now(),
      id: review.id,
      html: (await reviewEntry(world, pull, review)) ?? html``,
    }))
  const all = [
    ...commits.map((commit) => ({ at: commit.committer.date, id: 0, html: commitLine(world, commit) })),
    ...pull.timeline.map((event) => ({ at: event.at, id: event.id, html: timelineLine(world, event) })),
    ...(await Promise.all([...comments, ...reviews])),
  ]
  return all.toSorted((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))
}

/** The conversation: description, what happened since, and the merge box. */
export async function conversation(
  world: World,
  pull: PullRequest,
  commits: readonly Commit[],
): Promise<Html> {
  const opening = await commentCard(world, pull, {
    author: pull.author,
    at: pull.createdAt,
    body: pull.body,
    anchor: 'description',
  })
  const since = await entries(world, pull, commits)
  return html`<div class="columns"><div class="timeline">${opening}${since.map((entry) => entry.html)}
<div class="timeline-end"></div>${mergeBox(pull)}</div>
${sidebar(pull)}</div>`
}
