import type { Abandonment, Annotation, CheckRun, PullRequest, Report } from '../ports.ts'
import { checkName } from './check-name.ts'
import { type GitHubClient, statusOf } from './github-client.ts'

/** GitHub's limit of one request; it appends and can neither replace nor remove. */
const batchSize = 50

/** GitHub's limit of `summary` and of `text`, in characters. */
const textLimit = 65_535

const titleLimit = 255
const messageLimit = 64 * 1024

/** How often annotations are sent once more after a failure of GitHub's. */
const attempts = 3

/** The button that asks for another evaluation; its click arrives as `check_run.requested_action`. */
export const rerunAction = {
  label: 'Check again',
  description: 'Evaluate this pull request once more',
  identifier: 'rerun',
} as const

/** Where check runs are written. */
export interface CheckRuns {
  readonly client: GitHubClient
  readonly where: { readonly owner: string; readonly repo: string }
}

function assertFits(text: string, limit: number, what: string): void {
  if (text.length > limit) throw new Error(`${what} has ${text.length} characters; GitHub takes ${limit}`)
}

function assertReportFits({ title, summary, text = '', annotations }: Report): void {
  assertFits(title, titleLimit, 'the title of the check run')
  assertFits(summary, textLimit, 'the summary of the check run')
  assertFits(text, textLimit, 'the text of the check run')
  for (const annotation of annotations) {
    assertFits(annotation.title, titleLimit, `the title of an annotation on ${annotation.path}`)
    assertFits(annotation.message, messageLimit, `an annotation on ${annotation.path}`)
  }
}

function wireAnnotation(annotation: Annotation) {
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
  const { data } = await client.rest.checks.create({
    ...where,
    name: checkName(pull),
    head_sha: pull.head.sha,
    status: 'in_progress',
    external_id: `pr:${pull.ref.number}`,
    // A second run would be left in progress for ever.
    request: { retries: 0 },
  })
  return { id: data.id, headSha: pull.head.sha }
}

interface Output {
  readonly title: string
  readonly summary: string
  readonly text?: string
}

async function countAnnotations({ client, where }: CheckRuns, { id }: CheckRun): Promise<number> {
  const { data } = await client.rest.checks.get({ ...where, check_run_id: id })
  return data.output.annotations_count
}

/** Writes annotations after the first `from`, each once: after a failure it asks GitHub how many have arrived. */
async function appendAnnotations(
  runs: CheckRuns,
  run: CheckRun,
  content: { readonly output: Output; readonly annotations: readonly Annotation[]; readonly from: number },
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

/** Completes the run with its verdict, once all annotations are there. */
export async function completeCheckRun(runs: CheckRuns, run: CheckRun, report: Report): Promise<void> {
  assertReportFits(report)
  const { conclusion, title, summary, text, annotations } = report
  const output = { title, summary, ...(text === undefined ? {} : { text }) }
  await appendAnnotations(runs, run, { output, annotations, from: 0 })
  await runs.client.rest.checks.update({
    ...runs.where,
    check_run_id: run.id,
    status: 'completed',
    conclusion,
    output,
  })
}

/** Adds annotations to a run that is completed: what could not be said elsewhere. */
export async function addAnnotations(
  runs: CheckRuns,
  run: CheckRun,
  report: Report & { readonly late: readonly Annotation[] },
): Promise<void> {
  const { title, summary, text, late } = report
  const output = { title, summary, ...(text === undefined ? {} : { text }) }
  const annotations = [...report.annotations, ...late]
  await appendAnnotations(runs, run, { output, annotations, from: report.annotations.length })
}

function outputOf(why: Abandonment): Output {
  if (why.kind === 'superseded')
    return { title: 'Superseded', summary: `This evaluation was given up: ${why.by}.` }
  return {
    title: `Cannot decide: ${why.because}`.slice(0, 80),
    summary: `No verdict was reached: ${why.because}.\n\nNothing is known to be wrong with this pull request, but nothing has been checked either, so the gate stays shut. Press “${rerunAction.label}” to evaluate it once more.`,
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
    output: outputOf(why),
    ...(why.kind === 'fault' ? { actions: [rerunAction] } : {}),
  })
}
