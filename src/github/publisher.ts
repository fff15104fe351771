import type { Log } from '../app/log.ts'
import type { CheckRun, Publication, Published, Publisher, PullRequest, RepositoryRef } from '../app/ports.ts'
import { statusOf } from '../app/status-of.ts'
import { patience } from '../app/work/patience.ts'
import { budgets } from '../domain/budgets.ts'
import type { LineAnnotation } from '../report/github/annotations.ts'
import type { WrittenReport } from '../report/github/report.ts'
import type { LineComment } from '../report/github/review-comments.ts'
import {
  abandonCheckRun,
  addAnnotations,
  beginCheckRun,
  completeCheckRun,
  isRunOf,
} from './checks/check-run.ts'
import { verdictId } from './checks/external-id.ts'
import { peopleText } from './checks/kept-people.ts'
import { endOtherRuns, endRunsOn } from './checks/left-runs.ts'
import type { NewestRuns } from './checks/newest-runs.ts'
import { queuedTitle } from './checks/queued-title.ts'
import { shownText } from './checks/shown.ts'
import { judgedText } from './checks/verdict-base.ts'
import { type GitHubClient, mayPass } from './client.ts'
import { writeQueueComment } from './comments/queue-comment.ts'
import { writeReviewComments } from './comments/review-comments.ts'
import { type Conversation, writeSummaryComment } from './comments/summary-comment.ts'
import type { Identity } from './identity.ts'
import { requestReviewers } from './people/reviewers.ts'
import { writePushCheck } from './pushes/push-check.ts'
import { notePusher } from './pushes/push-notes.ts'
import { type Readings, sameCommits } from './reading/readings.ts'

export interface GitHubPublisherOptions {
  readonly client: GitHubClient
  readonly at: RepositoryRef
  readonly identity: Identity
  /** What the repository has read of pull requests. */
  readonly readings: Readings
  readonly newest: NewestRuns
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
}

const textLimit = budgets.checkText.size

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
 * What a check run says: to people, and to later evaluations, whose part comes first and has room first. In a merge queue nobody looks
 * again who may speak.
 */
function checkOf(pull: PullRequest, { report, facts, grounds }: Publication) {
  const people = pull.group === undefined ? peopleText(grounds.people) : ''
  const beside = [judgedText(pull), people].join('\n').trimEnd()
  const kept = `${shownText(facts, textLimit - beside.length - 1)}\n${beside}`
  const { details } = report
  const fits = details !== '' && kept.length + 2 + details.length <= textLimit
  return { ...report, text: fits ? `${kept}\n\n${details}` : kept }
}

/**
 * Writes to one repository on GitHub. The verdict comes first and alone decides whether publishing succeeded; a comment
 * or a request that GitHub does not take (a locked conversation, an owner without access) is logged, and told, so that it is tried again.
 */
export function createGitHubPublisher(options: GitHubPublisherOptions): Publisher {
  const { client, at, identity, readings, newest, log, pause } = options
  const runs = { client, where: { owner: at.owner, repo: at.repo } }
  const attempted = new Set<number>()

  /** Nothing where it was written, or the fault is our own. What GitHub refuses now it may take later: a conversation is unlocked. */
  async function attempt(
    what: string,
    write: () => Promise<void>,
    [wait, ...later]: readonly number[] = [],
  ): Promise<Published> {
    try {
      await write()
      return {}
    } catch (error) {
      log.error({ err: error, ...at, what }, 'could not be written')
      if (statusOf(error) === undefined) return {}
      if (wait === undefined || !mayPass(error)) return { unsaid: error }
      await pause(wait)
      return attempt(what, write, later)
    }
  }

  async function converse(
    pull: PullRequest,
    report: WrittenReport,
  ): Promise<Published & { readonly refused: readonly LineComment[] }> {
    const conversation: Conversation = { ...runs, identity, number: pull.ref.number }
    // Only the first attempt relies on what was read: a failed one may have written something.
    const asRead = <K extends 'comments' | 'reviewThreads'>(what: K): Pick<Conversation, K> => {
      const given = readings.take(sameCommits(pull), what)
      return (given === undefined ? {} : { [what]: given }) as Pick<Conversation, K>
    }
    let refused: readonly LineComment[] = []
    const summary = await attempt(
      'summary comment',
      () => writeSummaryComment({ ...conversation, ...asRead('comments') }, report),
      patience,
    )
    const review = async () => {
      const there = { ...conversation, ...asRead('reviewThreads') }
      refused = await writeReviewComments(there, pull.head.sha, report.reviewComments)
    }
    const comments = await attempt('review comments', review, patience)
    const request = async () => {
      const owners = await requestReviewers(conversation, pull, report.reviewers)
      if (owners.length > 0)
        log.warn({ ...pull.ref, owners }, 'GitHub does not take these owners as reviewers')
    }
    const requests = await attempt('review requests', request, patience)
    return { ...requests, ...comments, ...summary, refused }
  }

  async function say(pull: PullRequest, run: CheckRun, publication: Publication): Promise<Published> {
    const { report } = publication
    if (pull.group !== undefined) {
      const { group } = pull
      const conversation: Conversation = { ...runs, identity, number: pull.ref.number }
      return attempt('merge queue comment', () => writeQueueComment(conversation, group, report), patience)
    }
    const { refused, ...published } = await converse(pull, report)
    if (refused.length === 0) return published
    const late = refused.map(annotationOf)
    await attempt('annotations in place of review comments', () =>
      addAnnotations(runs, run, { ...checkOf(pull, publication), late }),
    )
    return published
  }

  /** A plainer one where what is ahead, or was shown before, cannot be read. */
  async function titleFor(pull: PullRequest, publication: Publication): Promise<string> {
    try {
      return await queuedTitle({ client, appId: identity.appId }, pull, publication)
    } catch (error) {
      log.warn({ err: error, ...pull.ref }, 'what a title of the merge queue says is not known')
      return publication.report.title
    }
  }

  return {
    notePusher: (pull, login) => notePusher(runs, pull, login),
    async begin(pull, begun) {
      // A verdict on an older run would not count.
      if (begun !== undefined && isRunOf(begun, pull) && (await newest.isNewest(begun))) return begun
      const run = await beginCheckRun(runs, pull)
      await newest.note(run)
      return run
    },
    async publish(pull, run, publication) {
      const { grounds } = publication
      const tried = attempted.has(run.id) ? 'before' : 'never'
      attempted.add(run.id)
      const report = { ...checkOf(pull, publication), title: await titleFor(pull, publication) }
      await completeCheckRun(runs, run, { report, carries: verdictId(pull, grounds), tried })
      attempted.delete(run.id)
      return say(pull, run, publication)
    },
    say,
    abandon: (run, why) => abandonCheckRun(runs, run, why),
    endOthers: (pull, run) =>
      endOtherRuns({ ...runs, appId: identity.appId }, pull, {
        run,
        given: readings.take(sameCommits(pull), 'begun'),
      }),
    endAllOn: (sha) => endRunsOn({ ...runs, appId: identity.appId }, sha),
    tellOfPush: (push, told) => writePushCheck(runs, push, told),
  }
}
