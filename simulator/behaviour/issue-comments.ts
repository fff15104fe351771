import { invalidField } from '../access/api-error.ts'
import { presentIssueComment } from '../present/comments.ts'
import { presentPullRequest } from '../present/pull-request.ts'
import type { Account } from '../state/accounts.ts'
import type { App } from '../state/app.ts'
import type { IssueComment, PullRequest } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { emit } from './events.ts'

/** GitHub refuses longer bodies with 422 "Body is too long". */
const longestBody = 65_536

/** Refuses an empty body and one that is too long. */
export function checkCommentBody(body: string, resource: string): void {
  if (body.trim() === '') throw invalidField(resource, 'body', "Body can't be blank")
  if ([...body].length > longestBody)
    throw invalidField(resource, 'body', `Body is too long (maximum is ${longestBody} characters)`)
}

/** Adds a comment to the conversation. */
export function addIssueComment(
  world: World,
  pull: PullRequest,
  given: { readonly author: Account; readonly body: string; readonly app?: App },
): IssueComment {
  checkCommentBody(given.body, 'IssueComment')
  const at = world.now()
  const comment: IssueComment = { ...given, id: world.nextId(), createdAt: at, updatedAt: at }
  pull.comments.push(comment)
  pull.updatedAt = at
  emitComment(world, pull, { comment, action: 'created', sender: given.author })
  return comment
}

/** Changes the text of a comment. */
export function editIssueComment(
  world: World,
  pull: PullRequest,
  given: { readonly comment: IssueComment; readonly body: string; readonly sender: Account },
): void {
  checkCommentBody(given.body, 'IssueComment')
  given.comment.body = given.body
  given.comment.updatedAt = world.now()
  emitComment(world, pull, { ...given, action: 'edited' })
}

/** Removes a comment. */
export function deleteIssueComment(
  world: World,
  pull: PullRequest,
  given: { readonly comment: IssueComment; readonly sender: Account },
): void {
  pull.comments.splice(pull.comments.indexOf(given.comment), 1)
  emitComment(world, pull, { ...given, action: 'deleted' })
}

function emitComment(
  world: World,
  pull: PullRequest,
  what: { readonly comment: IssueComment; readonly action: string; readonly sender: Account },
): void {
  emit(world, {
    event: 'issue_comment',
    action: what.action,
    repository: pull.repository,
    sender: what.sender,
    payload: {
      issue: { number: pull.number, pull_request: presentPullRequest(world, pull) },
      comment: presentIssueComment(world, pull, what.comment),
    },
  })
}
