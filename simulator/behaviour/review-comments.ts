import { notFound, unprocessable } from '../access/api-error.ts'
import { type ChangedFile, diffFiles, narrowPatch } from '../git/diff.ts'
import { findLine, followLine, hunkUpTo, parseHunks } from '../git/hunks.ts'
import { readCommit } from '../git/objects.ts'
import { mergeBaseOf } from '../git/pull-request-commits.ts'
import { presentReviewComment } from '../present/comments.ts'
import { presentPullRequest } from '../present/pull-request.ts'
import type { Account } from '../state/accounts.ts'
import type { CommentPlace, PullRequest, ReviewComment, Side } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { emit } from './events.ts'
import { checkCommentBody } from './issue-comments.ts'

/** A review comment as a client sends it. */
export interface CommentInput {
  readonly path: string
  readonly body: string
  readonly line?: number
  readonly side?: string
  readonly startLine?: number
  readonly startSide?: string
  readonly position?: number
  readonly subject?: string
}

/** Where a comment will stand, and the part of the diff that is shown above it. */
export interface Placement {
  readonly input: CommentInput
  readonly place: CommentPlace
  readonly diffHunk: string
}

/** GitHub's own sentences, as clients meet them. */
const refusals = {
  path: 'Path could not be resolved',
  line: 'Line could not be resolved',
  outside: 'Pull request review thread line must be part of the diff',
  start: 'Pull request review thread start line must be part of the same hunk as the line.',
  blank: "Pull request review thread diff hunk can't be blank",
  order: 'Pull request review thread start line must precede the end line.',
} as const

function sideOf(side: string | undefined): Side {
  return side === 'LEFT' ? 'LEFT' : 'RIGHT'
}

function placeAtPosition(file: ChangedFile, input: CommentInput): Placement | string {
  for (const hunk of parseHunks(file.patch ?? '')) {
    const line = hunk.lines.find(({ position }) => position === input.position)
    if (!line) continue
    const side = line.kind === 'removed' ? 'LEFT' : 'RIGHT'
    const place = { kind: 'line', side, line: line.right ?? line.left ?? 1, position: line.position } as const
    return { input, place, diffHunk: hunkUpTo(hunk, line) }
  }
  return refusals.line
}

function placeAtLine(file: ChangedFile, input: CommentInput): Placement | string {
  const side = sideOf(input.side)
  const hunks = parseHunks(file.patch ?? '')
  if (hunks.length === 0) return refusals.blank
  const end = findLine(hunks, side, input.line ?? 0)
  if (!end) return refusals.outside
  const place = { kind: 'line', side, line: input.line ?? 0, position: end.line.position } as const
  const diffHunk = hunkUpTo(end.hunk, end.line)
  if (input.startLine === undefined) return { input, place, diffHunk }
  const startSide = sideOf(input.startSide ?? input.side)
  const start = findLine([end.hunk], startSide, input.startLine)
  if (!start) return refusals.start
  if (start.line.position >= end.line.position) return refusals.order
  return { input, place: { ...place, startLine: input.startLine, startSide }, diffHunk }
}

function place(files: readonly ChangedFile[], input: CommentInput): Placement | string {
  const file = files.find(({ path }) => path === input.path)
  if (!file) return refusals.path
  if (input.subject === 'file') return { input, place: { kind: 'file' }, diffHunk: '' }
  if (input.line !== undefined) return placeAtLine(file, input)
  return input.position === undefined ? refusals.line : placeAtPosition(file, input)
}

/**
 * Finds the places of review comments in the diff of a pull request at a commit. A comment outside the hunks,
 * or a range over two, is refused, and all the others with it.
 */
export async function placeComments(
  world: World,
  pull: PullRequest,
  given: { readonly commit: string; readonly comments: readonly CommentInput[] },
): Promise<Placement[]> {
  if (given.comments.length === 0) return []
  const from = await mergeBaseOf(pull)
  const files = await diffFiles(pull.repository.directory, { from, to: given.commit }, world.limits)
  const placed = given.comments.map((comment) => {
    checkCommentBody(comment.body, 'PullRequestReviewComment')
    return place(files, comment)
  })
  const errors = placed.filter((result) => typeof result === 'string')
  if (errors.length > 0) throw unprocessable(...errors)
  return placed.filter((result) => typeof result !== 'string')
}

/** Who comments, within which review, on which commit. */
export interface CommentContext {
  readonly author: Account
  readonly reviewId: number
  readonly commit: string
}

/** Adds comments whose places have been found. */
export function addComments(
  world: World,
  pull: PullRequest,
  given: { readonly placed: readonly Placement[]; readonly context: CommentContext },
): ReviewComment[] {
  return given.placed.map(({ input, place: original, diffHunk }) => {
    const comment: ReviewComment = {
      id: world.nextId(),
      reviewId: given.context.reviewId,
      author: given.context.author,
      path: input.path,
      originalCommit: given.context.commit,
      original,
      diffHunk,
      createdAt: world.now(),
      commit: given.context.commit,
      current: original,
      body: input.body,
      updatedAt: world.now(),
    }
    return keep(world, pull, comment)
  })
}

function keep(world: World, pull: PullRequest, comment: ReviewComment): ReviewComment {
  pull.reviewComments.push(comment)
  emit(world, {
    event: 'pull_request_review_comment',
    action: 'created',
    repository: pull.repository,
    sender: comment.author,
    payload: {
      comment: presentReviewComment(world, pull, comment),
      pull_request: presentPullRequest(world, pull),
    },
  })
  return comment
}

/** Answers a review comment; an answer to an answer joins the same thread. */
export function replyToComment(
  world: World,
  pull: PullRequest,
  given: { readonly to: number; readonly body: string; readonly author: Account; readonly reviewId: number },
): ReviewComment {
  checkCommentBody(given.body, 'PullRequestReviewComment')
  const parent = pull.reviewComments.find(({ id }) => id === given.to)
  if (!parent) throw notFound()
  return keep(world, pull, {
    ...parent,
    id: world.nextId(),
    reviewId: given.reviewId,
    author: given.author,
    body: given.body,
    inReplyTo: parent.inReplyTo ?? parent.id,
    createdAt: world.now(),
    updatedAt: world.now(),
  })
}

/** After a push: comments follow their line to the new head; one whose line changed becomes outdated. */
export async function followComments(world: World, pull: PullRequest): Promise<void> {
  if (pull.reviewComments.length === 0) return
  const { directory } = pull.repository
  const from = await mergeBaseOf(pull)
  const files = await diffFiles(directory, { from, to: pull.head.sha }, world.limits)
  for (const comment of pull.reviewComments) {
    const file = files.find(({ path }) => path === comment.path)
    const range = { from: comment.originalCommit, to: pull.head.sha }
    // A commit that was pruned leaves its comments where nobody can tell.
    const isKept = (await readCommit(directory, range.from)) !== undefined
    const current =
      file && isKept
        ? follow(comment.original, await narrowPatch(directory, range, comment.path), file)
        : undefined
    if (current) {
      comment.current = current
      comment.commit = pull.head.sha
    } else delete comment.current
  }
}

function follow(original: CommentPlace, patch: string, file: ChangedFile): CommentPlace | undefined {
  if (original.kind === 'file') return original
  const moved = (line: number) => (original.side === 'LEFT' ? line : followLine(patch, line))
  const line = moved(original.line)
  const found = line === undefined ? undefined : findLine(parseHunks(file.patch ?? ''), original.side, line)
  if (line === undefined || !found) return undefined
  if (original.startLine === undefined) return { ...original, line, position: found.line.position }
  const startLine = moved(original.startLine)
  return startLine === undefined ? undefined : { ...original, line, startLine, position: found.line.position }
}
