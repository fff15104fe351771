import { budgets } from '../../domain/budgets.ts'
import type { Finding } from '../../domain/rules/rule.ts'

/** Findings of one kind: those that are shown, and how many are only counted. */
export interface FindingGroup {
  readonly rule: string
  readonly shown: readonly Finding[]
  readonly more: number
}

const most = budgets.findingsOfAKind.size

/**
 * Findings by what they lead to, those that block first, and within that by kind, in the order in which the kinds are first met. Of
 * many of one kind the first few are shown; one is never only counted.
 */
export function groupsOf(findings: readonly Finding[]): readonly FindingGroup[] {
  const sorted = findings.toSorted((a, b) => gravity(a) - gravity(b))
  const kinds = Map.groupBy(sorted, ({ code, rule, effect, status }) =>
    JSON.stringify([code, rule, effect, status]),
  )
  return [...kinds.values()].flatMap((alike) => {
    const [first] = alike
    if (first === undefined) return []
    const shown = alike.length > most + 1 ? alike.slice(0, most) : alike
    return [{ rule: first.rule, shown, more: alike.length - shown.length }]
  })
}

/** A finding that was there before blocks nothing. */
function gravity({ effect, status, severity }: Finding): number {
  const blocks = status === 'introduced' ? ['block', 'require-approval', 'report', 'off'].indexOf(effect) : 2
  return blocks * severities.length + severities.indexOf(severity)
}

const severities: readonly Finding['severity'][] = ['error', 'warning', 'info']

/** The groups as lines: those of each that is shown, and one that counts the rest. */
export function foldedLines(
  findings: readonly Finding[],
  {
    line,
    more,
  }: { readonly line: (finding: Finding) => string; readonly more: (words: string, rule: string) => string },
): readonly string[] {
  return groupsOf(findings).flatMap((group) => [
    ...group.shown.map(line),
    ...(group.more === 0 ? [] : [more(`... and ${group.more} more of this kind`, group.rule)]),
  ])
}
