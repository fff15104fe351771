import { ApiError, notFound } from '../../access/api-error.ts'
import { roleOf } from '../../access/permissions.ts'
import { roleIncludes } from '../../state/accounts.ts'
import type { IssueComment, PullRequest, ReviewComment } from '../../state/pull-request.ts'
import { caller, numberParameter, type RepositoryCall } from '../call.ts'

/** A comment and the pull request that it is on. */
export interface CalledComment<T> {
  readonly pull: PullRequest
  readonly comment: T
}

/** The comment that the path names, among those that `commentsOf` finds on a pull request. */
export function calledComment<T extends IssueComment | ReviewComment>(
  call: RepositoryCall,
  commentsOf: (pull: PullRequest) => readonly T[],
): CalledComment<T> {
  const id = numberParameter(call, 'comment_id')
  for (const pull of call.repository.pulls) {
    const comment = commentsOf(pull).find((candidate) => candidate.id === id)
    if (comment) return { pull, comment }
  }
  throw notFound()
}

/** The same, if the caller may change it: an App its own comments; of people, the author and whoever may write. */
export function ownComment<T extends IssueComment | ReviewComment>(
  call: RepositoryCall,
  commentsOf: (pull: PullRequest) => readonly T[],
): CalledComment<T> {
  const called = calledComment(call, commentsOf)
  const actor = caller(call)
  const maintains =
    call.token.kind === 'user' && roleIncludes(roleOf(call.world, call.repository, actor), 'write')
  if (called.comment.author !== actor && !maintains)
    throw new ApiError(403, 'Resource not accessible by integration')
  return called
}
