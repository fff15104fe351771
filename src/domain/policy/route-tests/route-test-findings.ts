import type { Comparison } from '../../diff/comparison.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { Finding } from '../../rules/rule.ts'
import { ruleOf } from '../../rules/rule-of.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { say } from '../../words/phrase.ts'
import { effectOf } from '../configuration/effect.ts'
import type { Policy } from '../configuration/policy.ts'
import { judgeFindings } from '../judge-findings.ts'
import { readRouteTests } from './read-route-tests.ts'
import { isRouteTestPath, routeTestRule } from './route-test-files.ts'
import { resultReasons, resultSentence } from './route-test-words.ts'
import { type RouteTestResult, routeTestRunner } from './run-route-tests.ts'

/** The files of both sides. */
interface Sides {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly existing?: boolean
}

/** Whether there is any route test to be run. */
export function hasRouteTests({ base, merged }: Sides): boolean {
  return [...base, ...merged].some(({ path }) => isRouteTestPath(path))
}

/**
 * The route tests that do not pass once this is merged, each on its line and in the words of its author, and those that nobody can
 * read. What failed before does not block; it is listed where that is asked for.
 */
export function routeTestFindings(
  sides: Sides,
  { base, merged, ownership }: Pick<Comparison, 'base' | 'merged' | 'ownership'>,
  policy: Policy,
): readonly Finding[] {
  const effect = effectOf(ruleOf(routeTestRule), policy)
  if (effect === 'off' || !hasRouteTests(sides)) return []
  const found = judgeFindings(
    { base: failing(sides.base, base, policy), merged: failing(sides.merged, merged, policy) },
    effect,
  )
  return found
    .filter(({ status }) => status !== 'existing' || sides.existing === true)
    .map((finding) => {
      const team = ownership.ownersOf(finding.range?.file.path ?? '')
      return team.owners.length === 0 ? finding : { ...finding, teams: [team] }
    })
}

function failing(files: readonly SourceFile[], { meshes }: Snapshot, policy: Policy): readonly Diagnostic[] {
  const { tests, mistakes } = readRouteTests(files)
  const run = routeTestRunner(meshes, policy.istio)
  return [...mistakes, ...tests.map(run).flatMap((result) => (result.passes ? [] : [diagnosticOf(result)]))]
}

function diagnosticOf(result: RouteTestResult): Diagnostic {
  const { test, verdict } = result
  return {
    id: routeTestRule,
    severity: 'error',
    code: verdict === 'perhaps' ? 'broken-route-test.perhaps' : 'broken-route-test.differs',
    values: [test.name, test.key],
    ...resultSentence(result),
    because: resultReasons(result),
    todo: say`Keep what the test asks for, or change the test with the consent of its owners`,
    range: test.range,
  }
}
