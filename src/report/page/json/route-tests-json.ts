import type { RouteCoverage } from '../../../domain/policy/route-tests/route-coverage.ts'
import { resultReasons, resultSentence } from '../../../domain/policy/route-tests/route-test-words.ts'
import type { RouteTestResult } from '../../../domain/policy/route-tests/run-route-tests.ts'
import type { Explanation } from '../../../domain/routing/explain/explanation.ts'
import { writtenEntryOf } from '../../../domain/routing/route-table.ts'
import type { Diagnostic } from '../../../domain/source/diagnostic.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { positionOf, type SourceRange } from '../../../domain/source/source-file.ts'
import { plainSentence } from '../../../domain/words/sentence.ts'
import { matchText } from '../../sentences/requests/match-text.ts'
import { allPass, type RanTests } from '../ran-tests.ts'
import { schema } from './schema.ts'

/** What became of the tests, for programs: the `test` object of the `firebreak/1` contract. */
export function routeTestsJson(ran: RanTests): object {
  const { results, mistakes, coverage } = ran
  return {
    schema,
    passes: allPass(ran),
    tests: results.map(resultJson),
    mistakes: mistakes.map(mistakeJson),
    ...(coverage && { coverage: coverageJson(coverage) }),
  }
}

function resultJson(result: RouteTestResult): object {
  const { test, verdict, passes, answers } = result
  return {
    name: test.name,
    ...(test.why !== undefined && { why: test.why }),
    ...placeJson(test.range),
    verdict,
    passes,
    request: test.request,
    expect: test.expect,
    answers: answers.map(answerJson),
    ...(verdict !== 'passed' && {
      message: plainSentence(resultSentence(result)),
      because: resultReasons(result).map(plainSentence),
    }),
  }
}

function answerJson({ mesh, gateway, host, outcome, route }: Explanation): object {
  return {
    mesh,
    gateway,
    ...(host !== undefined && { host }),
    outcome,
    ...(route && { virtualService: route.outcome.supplier, action: route.outcome.action }),
  }
}

function mistakeJson(mistake: Diagnostic): object {
  return { code: mistake.code, ...placeJson(mistake.range), message: plainSentence(mistake) }
}

function placeJson(range: SourceRange | undefined): object {
  return range === undefined ? {} : positionOf(range)
}

function coverageJson({ routes, missed }: RouteCoverage): object {
  return {
    routes,
    reached: routes - missed.length,
    missed: missed.map(({ table: { mesh, gateway, host }, route }) => {
      const range = rangeOf(writtenEntryOf(route))
      const at = range && positionOf(range)
      const place = { file: at?.file ?? null, line: at?.line ?? null }
      return {
        mesh,
        gateway,
        host,
        virtualService: route.outcome.supplier,
        ...place,
        match: matchText(route.match),
      }
    }),
  }
}
