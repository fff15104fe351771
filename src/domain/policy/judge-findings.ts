import type { Effect, Finding } from '../rules/rule.ts'
import { compareDiagnostics, type Diagnostic, keyOfMistake } from '../source/diagnostic.ts'
import { takingFrom } from '../source/multiset.ts'
import { configurationPath } from './configuration/policy.ts'
import { configurationFault, type Obstruction } from './obstruction.ts'
import { type ChangedFile, pathsOf } from './touched.ts'

/** The mistakes in one of the judge's own files, before and after. */
export interface JudgeDiagnostics {
  readonly base: readonly Diagnostic[]
  readonly merged: readonly Diagnostic[]
}

/**
 * Mistakes in CODEOWNERS or in the configuration as findings: introduced, existing or fixed as multisets of codes
 * and values, never by line. Of a mistake that is only a warning the effect is `report`.
 */
export function judgeFindings({ base, merged }: JudgeDiagnostics, effect: Effect): readonly Finding[] {
  if (effect === 'off') return []
  const isKnown = takingFrom(base.map(keyOfMistake))
  const isLeft = takingFrom(merged.map(keyOfMistake))
  const [before, after] = [base, merged].map((side) => side.toSorted(compareDiagnostics))
  return [
    ...(after ?? []).map((each) =>
      findingOf(each, isKnown(keyOfMistake(each)) ? 'existing' : 'introduced', effect),
    ),
    ...(before ?? [])
      .filter((each) => !isLeft(keyOfMistake(each)))
      .map((each) => findingOf(each, 'fixed', effect)),
  ]
}

function findingOf(diagnostic: Diagnostic, status: Finding['status'], effect: Effect): Finding {
  const { id: rule, because = [], values: _, ...said } = diagnostic
  return {
    ...said,
    rule,
    effect: said.severity === 'error' ? effect : 'report',
    status,
    because,
    resource: '',
    mesh: '',
    fingerprint: keyOfMistake(diagnostic),
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
  const { path } = range?.file ?? { path: configurationPath }
  return { kind: 'configuration', ...configurationFault(path, first), ...(range && { range }), path }
}

function isRepair(files: readonly ChangedFile[]): boolean {
  return files.length > 0 && files.flatMap(pathsOf).every((path) => path === configurationPath)
}
