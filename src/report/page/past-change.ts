import type { Requirement } from '../../domain/policy/decision.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import { positionOf } from '../../domain/source/source-file.ts'
import { bareText, plainOf } from '../../domain/words/phrase.ts'
import { plainSentence, wholeOf } from '../../domain/words/sentence.ts'
import { exampleOf } from '../sentences/requests/curl.ts'
import type { Row } from '../sentences/requests/rows.ts'
import { openRequirements, verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'

/** A merged change, as its commit tells of it. */
export interface PastCommit {
  readonly commit: string
  /** What the branch held before. */
  readonly base: string
  /** When it came into the branch, ISO 8601. */
  readonly at: string
  readonly author: { readonly name: string; readonly login?: string }
  readonly subject: string
  /** Of the pull request, where the commit names it. */
  readonly number?: number
}

/** Requests of one merged change that were treated alike before, and alike after. */
export interface PastRequests {
  readonly requests: string
  readonly teams: readonly string[]
  readonly before: string
  readonly after: string
  readonly example?: string
  readonly certain: boolean
}

/** What would have been said of a merged change. */
export interface PastVerdict {
  /** `perhaps-own`: a single team would have been asked, and whether the author is of it is not known. */
  readonly verdict: 'ok' | 'perhaps-own' | 'would-wait' | 'blocked' | 'undecided'
  readonly title: string
  /** Whose requests were treated differently. */
  readonly teams: readonly string[]
  /** Who would have been asked, and why. */
  readonly asked: readonly { readonly team: string; readonly because: readonly string[] }[]
  readonly dropped: readonly PastRequests[]
  readonly spills: readonly PastRequests[]
  /** What would have blocked. */
  readonly findings: readonly PastFinding[]
}

interface PastFinding {
  readonly rule: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** A merged change of which nothing can be said, and why. */
export interface NotJudged {
  readonly verdict: 'not-judged'
  readonly because: string
}

/** One line of the history. */
export type PastChange = PastCommit & (PastVerdict | NotJudged)

/** Where the history that was looked at begins: with the branch, or where the clone is shallow. */
export interface PastBeginning {
  readonly commit: string
  readonly why: 'first' | 'shallow'
}

/** What would have been said of what was merged, the newest first. */
export interface Past {
  readonly branch: string
  readonly tip: string
  /** The days, the commit or the range that were asked for, in words of the command line. */
  readonly since: string
  readonly until?: string
  readonly changes: readonly PastChange[]
  /** How many others touch nothing of the mesh. */
  readonly untouched: number
  /** Set where as many were judged as were asked for, and there may be more. */
  readonly limit?: number
  readonly beginning?: PastBeginning
}

/** What would have been said; undefined where a change touches nothing that anything is said about. */
export function pastVerdictOf(shown: View): PastVerdict | undefined {
  const view: View = { ...shown, past: true }
  const { assessment } = view
  if (isApart(view)) return undefined
  const open = openRequirements(assessment)
  return {
    verdict: verdictCode(view),
    title: titleOf(view),
    teams: labelsIn(view.rows),
    asked: open.map(askedOf),
    dropped: view.rows.filter(({ kind }) => kind === 'dropped' || kind === 'denied').map(requestsOf),
    spills: view.rows.filter(isSpill).map(requestsOf),
    findings: assessment.decision.blocking.map((finding) => ({
      rule: finding.rule,
      message: plainSentence(finding),
      ...(finding.range && placeOf(finding.range)),
    })),
  }
}

function isApart({ assessment, rows }: View): boolean {
  const { touched, decision, findings } = assessment
  return (
    touched.relevantPaths.length + touched.unjudged.length === 0 &&
    rows.length + decision.requirements.length + decision.obstructions.length === 0 &&
    findings.every(({ status }) => status === 'existing')
  )
}

function verdictCode({ assessment }: View): PastVerdict['verdict'] {
  switch (verdictOf(assessment).kind) {
    case 'obstructed':
      return 'undecided'
    case 'blocked':
      return 'blocked'
    default:
      return waitingCode(assessment)
  }
}

function waitingCode(assessment: Assessment): PastVerdict['verdict'] {
  const { length } = openRequirements(assessment)
  if (length === 0) return 'ok'
  return length === 1 && assessment.people.author === undefined ? 'perhaps-own' : 'would-wait'
}

function labelsIn(rows: readonly Row[]): readonly string[] {
  const labels = rows.flatMap(({ changes }) => changes.flatMap(({ touched }) => touched.map(labelOf)))
  return [...new Set(labels)]
}

function labelOf({ label }: { readonly label: string }): string {
  return label
}

function askedOf({ team, because }: Requirement): PastVerdict['asked'][number] {
  return { team: team.label, because: [...new Set(because.map((reason) => bareText(wholeOf(reason))))] }
}

function isSpill({ changes }: Row): boolean {
  return changes.some(({ spill, after }) => spill && after !== undefined)
}

function requestsOf(row: Row): PastRequests {
  const [example] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  return {
    requests: plainOf(row.requests),
    teams: labelsIn([row]),
    before: plainOf(row.answers.today),
    after: plainOf(row.answers.afterMerge),
    ...(example !== undefined && { example }),
    certain: row.doubts.length === 0,
  }
}

function placeOf(range: Parameters<typeof positionOf>[0]): Pick<PastFinding, 'file' | 'line'> {
  const { file, line } = positionOf(range)
  return { file, line }
}
