import { roleOf } from '../access.ts'
import { roleIncludes } from '../accounts.ts'
import { ApiError, notFound } from '../api-error.ts'
import {
  calledPull,
  caller,
  callingInstallation,
  numberParameter,
  ok,
  onRepository,
  paginated,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'
import { addIssueComment, deleteIssueComment, editIssueComment } from '../issue-comments.ts'
import { textAt } from '../json.ts'
import { presentIssueComment } from '../present/comments.ts'
import type { IssueComment, PullRequest } from '../pull-request-state.ts'

interface Called {
  readonly pull: PullRequest
  readonly comment: IssueComment
}

function calledComment(call: RepositoryCall): Called {
  const id = numberParameter(call, 'comment_id')
  for (const pull of call.repository.pulls) {
    const comment = pull.comments.find((candidate) => candidate.id === id)
    if (comment) return { pull, comment }
  }
  throw notFound()
}

/** An App may change its own comments; of people, the author and whoever may write. */
function ownComment(call: RepositoryCall): Called {
  const called = calledComment(call)
  const actor = caller(call)
  const maintains =
    call.token.kind === 'user' && roleIncludes(roleOf(call.world, call.repository, actor), 'write')
  if (called.comment.author !== actor && !maintains)
    throw new ApiError(403, 'Resource not accessible by integration')
  return called
}

function listComments(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const since = textAt(call.query, 'since') ?? ''
  const comments = pull.comments.filter(({ updatedAt }) => updatedAt >= since)
  return paginated(call, comments, { each: (comment) => presentIssueComment(call.world, pull, comment) })
}

function createComment(call: RepositoryCall): Reply {
  const pull = calledPull(call)
  const app = callingInstallation(call)?.app
  const body = textAt(call.body, 'body') ?? ''
  const comment = addIssueComment(call.world, pull, { author: caller(call), body, ...(app ? { app } : {}) })
  return { status: 201, body: presentIssueComment(call.world, pull, comment) }
}

function updateComment(call: RepositoryCall): Reply {
  const { pull, comment } = ownComment(call)
  editIssueComment(call.world, pull, { comment, body: textAt(call.body, 'body') ?? '', sender: caller(call) })
  return ok(presentIssueComment(call.world, pull, comment))
}

// For comments on pull requests the permission "Pull requests" suffices; "Issues" is not needed.
const reading = onRepository('pull_requests', 'read')
const writing = onRepository('pull_requests', 'write')

/** The conversation of a pull request. */
export const commentRoutes: readonly Route[] = [
  reading('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', async (call) => listComments(call)),
  writing('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', async (call) => createComment(call)),
  reading('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', async (call) => {
    const { pull, comment } = calledComment(call)
    return ok(presentIssueComment(call.world, pull, comment))
  }),
  writing('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', async (call) => updateComment(call)),
  writing('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', async (call) => {
    deleteIssueComment(call.world, ownComment(call).pull, {
      comment: ownComment(call).comment,
      sender: caller(call),
    })
    return { status: 204 }
  }),
]
