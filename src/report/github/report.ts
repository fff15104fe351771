import { within, workOf } from '../../domain/language/string-set.ts'
import { withoutSign } from '../../domain/ownership/owner-syntax.ts'
import type { Conclusion } from '../../domain/policy/decision.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import type { ReportContext } from '../sentences/report-context.ts'
import { viewOf } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'
import { annotationsOf, type LineAnnotation, leftOutNote } from './annotations.ts'
import { checkDetails } from './check-details.ts'
import { checkSummary } from './check-summary.ts'
import { type QueueWords, queueWords } from './queue-comment.ts'
import { type LineComment, reviewComments } from './review-comments.ts'
import { heardOwners, reviewersOf } from './reviewers.ts'
import { quietComment, summaryComment, wantsComment } from './summary-comment.ts'

/** What one evaluation says, in words, ready to be written to GitHub. */
export interface WrittenReport {
  readonly conclusion: Conclusion
  readonly title: string
  readonly summary: string
  /** What a check run shows below its summary; empty where there is nothing to prove. */
  readonly details: string
  readonly annotations: readonly LineAnnotation[]
  /** Absent: there is nothing to say; an older comment then comes down to `quiet`. */
  readonly comment?: string
  readonly quiet: string
  /** For a turn in a merge queue that ends without success: its check run stands on a commit that nobody looks at. */
  readonly queued: QueueWords
  readonly reviewComments: readonly LineComment[]
  /** Owners (`@org/team`, `@user`) to request as reviewers. */
  readonly reviewers: readonly string[]
}

/** Writes everything that GitHub shows of one evaluation. The same assessment gives the same bytes. */
export function writeReport(assessment: Assessment, context: ReportContext): WrittenReport {
  return within(workOf('saying'), () => written(assessment, context))
}

function written(assessment: Assessment, context: ReportContext): WrittenReport {
  const { merged } = context
  const view = { ...viewOf(assessment, context.waysOut), ...(merged === undefined ? {} : { merged }) }
  const reviewers = reviewersOf(view)
  const keyOf = (owner: string): string => withoutSign(owner).toLowerCase()
  const heard = new Set(heardOwners(view).map(keyOf))
  const asked = new Set([
    ...reviewers.map(keyOf).filter((owner) => !heard.has(owner)),
    ...(context.requestedReviewers ?? []).map(keyOf),
  ])
  const isRequested = (owner: string): boolean => asked.has(keyOf(owner))
  return {
    conclusion: assessment.policy.mode === 'observe' ? 'success' : assessment.decision.conclusion,
    title: titleOf(view),
    summary: checkSummary(view, {
      isRequested,
      notes: leftOutNote(assessment.findings),
      compared: context,
    }),
    details: checkDetails(view),
    annotations: annotationsOf(assessment.findings),
    ...(wantsComment(view) && { comment: summaryComment(view, isRequested) }),
    quiet: quietComment(view),
    queued: queueWords(view, isRequested),
    reviewComments: reviewComments(view, context),
    reviewers,
  }
}
