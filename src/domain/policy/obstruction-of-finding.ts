import type { Finding } from '../rules/rule.ts'
import type { Obstruction } from './obstruction.ts'

/** A manifest that became unreadable makes a verdict impossible. */
export function obstructionOfFinding(finding: Finding): readonly Obstruction[] {
  const { rule, status, clause, rest, range, code } = finding
  if (rule !== 'incomplete-analysis' || status !== 'introduced' || range === undefined) return []
  if (code === undefined) throw new Error('What cannot be read has a code that says why')
  const { path } = range.file
  return [{ kind: 'incomplete', code, clause, ...(rest && { rest }), range, path }]
}
