import type { Effect, Finding } from '../rules/rule.ts'
import { compareDiagnostics, type Diagnostic } from '../source/diagnostic.ts'
import { positionOf } from '../source/source-file.ts'
import { plainSentence } from '../words/sentence.ts'
import { told } from '../words/told.ts'
import { configurationPath } from './configuration/policy.ts'
import type { Obstruction } from './decision.ts'
import { type ChangedFile, pathsOf } from './touched.ts'

/** The mistakes in one of the judge's own files, before and after. */
export interface JudgeDiagnostics {
  readonly base: readonly Diagnostic[]
  readonly merged: readonly Diagnostic[]
}

/**
 * Mistakes in CODEOWNERS or in the configuration as findings: introduced, existing or fixed as multisets by what they
 * say, never by line. Of a mistake that is only a warning the effect is `report`.
 */
export function judgeFindings({ base, merged }: JudgeDiagnostics, effect: Effect): readonly Finding[] {
  if (effect === 'off') return []
  const left = base.map(plainSentence)
  const after = merged.toSorted(compareDiagnostics).map((diagnostic) => {
    const at = left.indexOf(plainSentence(diagnostic))
    if (at !== -1) left.splice(at, 1)
    return findingOf(diagnostic, at === -1 ? 'introduced' : 'existing', effect)
  })
  const remaining = merged.map(plainSentence)
  const fixed = base.toSorted(compareDiagnostics).filter((each) => {
    const at = remaining.indexOf(plainSentence(each))
    if (at !== -1) remaining.splice(at, 1)
    return at === -1
  })
  return [...after, ...fixed.map((diagnostic) => findingOf(diagnostic, 'fixed', effect))]
}

function findingOf(diagnostic: Diagnostic, status: Finding['status'], effect: Effect): Finding {
  const { id, severity, clause, rest, range, because, todo } = diagnostic
  return {
    rule: id,
    code: diagnostic.code ?? (id === 'invalid-codeowners' ? id : 'invalid-configuration'),
    severity,
    effect: severity === 'error' ? effect : 'report',
    status,
    clause,
    ...(rest && { rest }),
    ...(range && { range }),
    because: because ?? [],
    ...(todo && { todo }),
    resource: '',
    mesh: '',
    fingerprint: plainSentence(diagnostic),
    teams: [],
  }
}

/**
 * What an invalid configuration on the base side means: no verdict can be trusted, since the rules of the repository
 * are not known, except for the pull request that changes only that file, to repair it.
 */
export function configurationObstruction(
  base: readonly Diagnostic[],
  files: readonly ChangedFile[],
): Obstruction | undefined {
  const [first] = base.toSorted(compareDiagnostics)
  if (first === undefined || isRepair(files)) return undefined
  const { range } = first
  const line = range === undefined ? '' : `:${positionOf(range).line}`
  return {
    kind: 'configuration',
    ...told(
      `${configurationPath}${line} is invalid on the base branch, so the defaults apply and nothing can pass: ${plainSentence(first)} Repair it in a pull request that changes only that file.`,
    ),
    ...(range && { range }),
    path: configurationPath,
  }
}

function isRepair(files: readonly ChangedFile[]): boolean {
  return files.length > 0 && files.flatMap(pathsOf).every((path) => path === configurationPath)
}
