import { addIssueComment, deleteIssueComment, editIssueComment } from '../../behaviour/issue-comments.ts'
import { presentIssueComment } from '../../present/comments.ts'
import { textAt } from '../../state/json.ts'
import type { PullRequest } from '../../state/pull-request.ts'
import {
  calledPull,
  caller,
  callingInstallation,
  ok,
  onRepository,
  paginated,
  type Reply,
  type RepositoryCall,
  type Route,
} from '../call.ts'
import { calledComment, ownComment } from './called-comment.ts'

const commentsOf = (pull: PullRequest) => pull.comments

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
  const { pull, comment } = ownComment(call, commentsOf)
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
    const { pull, comment } = calledComment(call, commentsOf)
    return ok(presentIssueComment(call.world, pull, comment))
  }),
  writing('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', async (call) => updateComment(call)),
  writing('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', async (call) => {
    const { pull, comment } = ownComment(call, commentsOf)
    deleteIssueComment(call.world, pull, { comment, sender: caller(call) })
    return { status: 204 }
  }),
]
