import type { RouteCoverage } from '../../domain/policy/route-tests/route-coverage.ts'
import type { RouteTestResult } from '../../domain/policy/route-tests/run-route-tests.ts'
import type { Diagnostic } from '../../domain/source/diagnostic.ts'

/** Everything that is known once tests were run. */
export interface RanTests {
  readonly results: readonly RouteTestResult[]
  /** What keeps tests from being run. */
  readonly mistakes: readonly Diagnostic[]
  readonly coverage?: RouteCoverage
}

/** Whether nothing is wrong: no test that nobody can read, and at least one that passes. */
export function allPass({ results, mistakes }: RanTests): boolean {
  return mistakes.length === 0 && results.length > 0 && results.every(({ passes }) => passes)
}
