import { createHash } from 'node:crypto'
import type { Assessment } from '../domain/policy/judgement.ts'
import type { DecisionInputs, RecordedVerdict } from '../domain/policy/record/decision-record.ts'
import type { WrittenReport } from '../report/github/report.ts'

/** What was judged, and what came of it: a record but for when and where it was published. */
export interface Decision {
  readonly inputs: DecisionInputs
  readonly verdict: RecordedVerdict
}

/** Where verdicts are kept that were published. Never fails: that it could not be kept stops no verdict. */
export interface Decisions {
  /** `on` is the commit on which it stands. */
  keep(decision: Decision, on: string): void
}

/** A verdict by its codes, and a digest of all its words: but for review comments, which hang on what GitHub shows of a diff. */
export function recordedVerdict(
  { decision, findings }: Assessment,
  { reviewComments: _, ...report }: WrittenReport,
): RecordedVerdict {
  return {
    conclusion: report.conclusion,
    title: report.title,
    reasons: decision.requirements.map(({ team, because, satisfiedBy }) => ({
      team: team.label,
      codes: because.map(({ code }) => code),
      ...(satisfiedBy && { satisfiedBy: satisfiedBy.by }),
    })),
    findings: findings.map(({ rule, code, status }) => ({ rule, code, status })),
    obstructions: decision.obstructions.map(({ code }) => code),
    report: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
  }
}
