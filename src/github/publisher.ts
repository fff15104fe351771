import type { Log, Publisher, PullRequest, RepositoryRef } from '../app/ports.ts'
import type { LineAnnotation } from '../report/github/annotations.ts'
import type { WrittenReport } from '../report/github/report.ts'
import type { LineComment } from '../report/github/review-comments.ts'
import { abandonCheckRun, addAnnotations, beginCheckRun, completeCheckRun } from './checks/check-run.ts'
import { shownText } from './checks/shown.ts'
import { judgedText } from './checks/verdict-base.ts'
import type { GitHubClient } from './client.ts'
import { writeQueueComment } from './comments/queue-comment.ts'
import { writeReviewComments } from './comments/review-comments.ts'
import { type Conversation, writeSummaryComment } from './comments/summary-comment.ts'
import type { Identity } from './identity.ts'
import { requestReviewers } from './people/reviewers.ts'
import { writePushCheck } from './pushes/push-check.ts'
import { notePusher } from './pushes/push-notes.ts'

export interface GitHubPublisherOptions {
  readonly client: GitHubClient
  readonly at: RepositoryRef
  readonly identity: Identity
  readonly log: Log
}

/** A review comment that found no place in the diff, said on the check run instead. */
function annotationOf({ path, startLine, line, marker, body }: LineComment): LineAnnotation {
  return {
    path,
    startLine,
    endLine: line,
    level: 'notice',
    title: 'This change moves traffic',
    message: body.replace(marker, '').trim(),
  }
}

/**
 * Writes to one repository on GitHub. The verdict comes first and alone decides whether publishing succeeded; a comment
 * or a request that GitHub does not take (a locked conversation, an owner without access) is logged.
 */
export function createGitHubPublisher({ client, at, identity, log }: GitHubPublisherOptions): Publisher {
  const runs = { client, where: { owner: at.owner, repo: at.repo } }
  const attempted = new Set<number>()

  async function attempt(what: string, write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      log.error({ err: error, ...at, what }, 'could not be written')
    }
  }

  async function converse(pull: PullRequest, report: WrittenReport): Promise<readonly LineComment[]> {
    const conversation: Conversation = { ...runs, identity, number: pull.ref.number }
    let refused: readonly LineComment[] = []
    await attempt('summary comment', () => writeSummaryComment(conversation, report))
    await attempt('review comments', async () => {
      refused = await writeReviewComments(conversation, pull.head.sha, report.reviewComments)
    })
    await attempt('review requests', async () => {
      const owners = await requestReviewers(conversation, pull, report.reviewers)
      if (owners.length > 0)
        log.warn({ ...pull.ref, owners }, 'GitHub does not take these owners as reviewers')
    })
    return refused
  }

  return {
    notePusher: (pull, login) => notePusher(runs, pull, login),
    begin: (pull) => beginCheckRun(runs, pull),
    async publish(pull, run, { report, facts }) {
      const check = { ...report, text: `${shownText(facts)}\n${judgedText(pull)}` }
      const tried = attempted.has(run.id) ? 'before' : 'never'
      attempted.add(run.id)
      await completeCheckRun(runs, run, { report: check, tried })
      attempted.delete(run.id)
      if (pull.group !== undefined) {
        const { sha } = pull.group
        const conversation: Conversation = { ...runs, identity, number: pull.ref.number }
        await attempt('merge queue comment', () => writeQueueComment(conversation, sha, report))
        return
      }
      const refused = await converse(pull, report)
      if (refused.length === 0) return
      const late = refused.map(annotationOf)
      await attempt('annotations in place of review comments', () =>
        addAnnotations(runs, run, { ...check, late }),
      )
    },
    abandon: (run, why) => abandonCheckRun(runs, run, why),
    tellOfPush: (push, told) => writePushCheck(runs, push, told),
  }
}
