import type { Abandonment } from '../../app/abandonment.ts'
import type { CheckRun, PullRequest } from '../../app/ports.ts'
import { statusOf } from '../../app/status-of.ts'
import { budgets } from '../../domain/budgets.ts'
import type { LineAnnotation } from '../../report/github/annotations.ts'
import type { WrittenReport } from '../../report/github/report.ts'
import { workingWords } from '../../report/github/working.ts'
import type { GitHubClient } from '../client.ts'
import { checkedCommit, checkName } from './check-name.ts'
import { externalId } from './external-id.ts'

/** GitHub's limit of one request; it appends and can neither replace nor remove. */
const batchSize = budgets.annotationBatch.size

/** GitHub's limit of `summary` and of `text`, in characters. */
const textLimit = budgets.checkText.size

const titleLimit = budgets.checkTitle.size
const messageLimit = budgets.annotationMessage.size

/** How often annotations are sent once more after a failure of GitHub's. */
const attempts = budgets.annotationAttempts.size

/** The button that asks for another evaluation; its click arrives as `check_run.requested_action`. */
const rerunAction = {
  label: 'Check again',
  description: 'Evaluate this pull request once more',
  identifier: 'rerun',
} as const

/** The part of a report that a check run holds, and what it keeps for later evaluations. */
export type CheckReport = Pick<WrittenReport, 'conclusion' | 'title' | 'summary' | 'annotations'> & {
  readonly text: string
}

/** Where check runs are written. */
export interface CheckRuns {
  readonly client: GitHubClient
  readonly where: { readonly owner: string; readonly repo: string }
}

function assertFits(text: string, limit: number, what: string): void {
  if (text.length > limit) throw new Error(`${what} has ${text.length} characters; GitHub takes ${limit}`)
}

function assertReportFits({ title, summary, text, annotations }: CheckReport): void {
  assertFits(title, titleLimit, 'the title of the check run')
  assertFits(summary, textLimit, 'the summary of the check run')
  assertFits(text, textLimit, 'the text of the check run')
  for (const annotation of annotations) {
    assertFits(annotation.title, titleLimit, `the title of an annotation on ${annotation.path}`)
    assertFits(annotation.message, messageLimit, `an annotation on ${annotation.path}`)
  }
}

function wireAnnotation(annotation: LineAnnotation) {
  const { path, startLine, endLine, startColumn, endColumn, level, title, message } = annotation
  // GitHub refuses columns of anything but a single line.
  const columns =
    startLine === endLine && startColumn !== undefined && endColumn !== undefined
      ? { start_column: startColumn, end_column: endColumn }
      : {}
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...columns,
    annotation_level: level,
    title,
    message,
  }
}

/**
 * Starts a new run on the head. Every evaluation has its own, since annotations cannot be taken back; as long as it is
 * in progress no older verdict of the same name counts.
 */
export async function beginCheckRun({ client, where }: CheckRuns, pull: PullRequest): Promise<CheckRun> {
  const headSha = checkedCommit(pull)
  const name = checkName(pull)
  const { data } = await client.rest.checks.create({
    ...where,
    name,
    head_sha: headSha,
    status: 'in_progress',
    external_id: externalId(pull),
    output: { ...workingWords(pull.base, pull.group !== undefined) },
    // A second run would be left in progress for ever.
    request: { retries: 0 },
  })
  return { id: data.id, headSha, name }
}

/** Whether a run that was begun earlier is where, and is called as, one of this pull request would be. */
export function isRunOf({ headSha, name }: CheckRun, pull: PullRequest): boolean {
  return headSha === checkedCommit(pull) && name === checkName(pull)
}

interface Output {
  readonly title: string
  readonly summary: string
  readonly text?: string
}

function outputOf({ title, summary, text }: CheckReport): Output {
  return { title, summary, ...(text === '' ? {} : { text }) }
}

async function countAnnotations({ client, where }: CheckRuns, { id }: CheckRun): Promise<number> {
  const { data } = await client.rest.checks.get({ ...where, check_run_id: id })
  return data.output.annotations_count
}

/** Writes annotations after the first `from`, each once: after a failure it asks GitHub how many have arrived. */
async function appendAnnotations(
  runs: CheckRuns,
  run: CheckRun,
  content: {
    readonly output: Output
    readonly annotations: readonly LineAnnotation[]
    readonly from: number
  },
): Promise<void> {
  const { output, annotations } = content
  let sent = content.from
  let failures = 0
  while (sent < annotations.length) {
    const batch = annotations.slice(sent, sent + batchSize)
    try {
      await runs.client.rest.checks.update({
        ...runs.where,
        check_run_id: run.id,
        output: { ...output, annotations: batch.map(wireAnnotation) },
        request: { retries: 0 },
      })
      sent += batch.length
    } catch (error) {
      if (++failures === attempts || (statusOf(error) ?? 500) < 500) throw error
      sent = Math.max(sent, await countAnnotations(runs, run))
    }
  }
}

/** How a run is completed; `again` where it was tried before, and some annotations may have arrived. */
export interface Completion {
  readonly report: CheckReport
  /** What the run carries from then on; absent: what it carried before. */
  readonly carries?: string
  readonly tried: 'never' | 'before'
}

/** Completes the run with its verdict, once all annotations are there. */
export async function completeCheckRun(
  runs: CheckRuns,
  run: CheckRun,
  { report, carries, tried }: Completion,
): Promise<void> {
  assertReportFits(report)
  const { conclusion, annotations } = report
  const output = outputOf(report)
  const from = tried === 'before' && annotations.length > 0 ? await countAnnotations(runs, run) : 0
  await appendAnnotations(runs, run, { output, annotations, from })
  await runs.client.rest.checks.update({
    ...runs.where,
    check_run_id: run.id,
    status: 'completed',
    conclusion,
    output,
    ...(carries === undefined ? {} : { external_id: carries }),
  })
}

/** Adds annotations to a run that is completed: what could not be said elsewhere. */
export async function addAnnotations(
  runs: CheckRuns,
  run: CheckRun,
  report: CheckReport & { readonly late: readonly LineAnnotation[] },
): Promise<void> {
  const annotations = [...report.annotations, ...report.late]
  await appendAnnotations(runs, run, {
    output: outputOf(report),
    annotations,
    from: report.annotations.length,
  })
}

const supersededBy = {
  closed: 'was closed',
  'moved-on': 'has moved on',
  newer: 'was evaluated anew',
} as const

const tryingAgain = {
  'by-itself': `It is evaluated again by itself after a while; “${rerunAction.label}” does so at once.`,
  'by-hand': `Press “${rerunAction.label}” to evaluate it once more.`,
} as const

function abandonedOutput(why: Abandonment): Output {
  if (why.kind === 'superseded')
    return {
      title: 'Superseded',
      summary: `This evaluation was given up: the pull request ${supersededBy[why.by]}.`,
    }
  return {
    title: `Cannot decide: ${why.because}`.slice(0, budgets.title.size),
    summary: `No verdict was reached: ${why.because}.\n\nNothing is known to be wrong with this pull request, but nothing has been checked either, so the gate stays shut. ${tryingAgain[why.again]}`,
  }
}

/** Completes the run without a verdict, in a way that lets nothing be merged. */
export async function abandonCheckRun(
  { client, where }: CheckRuns,
  { id }: CheckRun,
  why: Abandonment,
): Promise<void> {
  await client.rest.checks.update({
    ...where,
    check_run_id: id,
    status: 'completed',
    conclusion: why.kind === 'fault' ? 'failure' : 'cancelled',
    output: abandonedOutput(why),
    ...(why.kind === 'fault' ? { actions: [rerunAction] } : {}),
  })
}
