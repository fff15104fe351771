import type { Assessment } from '../../domain/policy/judgement.ts'
import type { Finding } from '../../domain/rules/rule.ts'

/** What is wrong with the judge's own files stands in the way of a verdict, however old it is. */
const ofTheJudge: ReadonlySet<string> = new Set(['invalid-codeowners', 'invalid-configuration'])

/**
 * The findings that are told. Those of both sides are only if they were looked for everywhere: some of them would say nothing of the
 * rest.
 */
export function toldFindings({ findings, existing }: Assessment): readonly Finding[] {
  return findings.filter(({ status, rule }) => existing || status !== 'existing' || ofTheJudge.has(rule))
}

/** The same, of one status. */
export function toldAs(status: Finding['status'], assessment: Assessment): readonly Finding[] {
  return toldFindings(assessment).filter((finding) => finding.status === status)
}
