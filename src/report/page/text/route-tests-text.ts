import { budgets } from '../../../domain/budgets.ts'
import type { RouteCoverage, RouteOfTable } from '../../../domain/policy/route-tests/route-coverage.ts'
import { resultReasons, resultSentence } from '../../../domain/policy/route-tests/route-test-words.ts'
import type { RouteTestResult } from '../../../domain/policy/route-tests/run-route-tests.ts'
import { writtenEntryOf } from '../../../domain/routing/route-table.ts'
import type { Diagnostic } from '../../../domain/source/diagnostic.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { plainSentence } from '../../../domain/words/sentence.ts'
import { visible } from '../../../domain/words/visible.ts'
import { counted } from '../../print/counted.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import { placeText } from '../../sentences/place.ts'
import { matchText } from '../../sentences/requests/match-text.ts'
import { allPass, type RanTests } from '../ran-tests.ts'

/** What does not pass, each with why; then how many do, and the routes that nobody tests. */
export function routeTestsText(ran: RanTests, screen: Screen): string {
  const { results, mistakes, coverage } = ran
  const failing = results.filter(({ passes }) => !passes)
  const blocks = [
    ...mistakes.map((mistake) => mistakeLines(mistake, screen)),
    ...failing.map((result) => failureLines(result, screen)),
    [summary(ran, screen)],
    ...(coverage === undefined ? [] : [coverageLines(coverage, screen)]),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function mistakeLines(mistake: Diagnostic, screen: Screen): readonly string[] {
  return [
    `${screen.paint('red', 'wrong')}  ${visible(placeText(mistake.range))}`,
    ...hanging('  ', plainSentence(mistake), screen),
  ]
}

function failureLines(result: RouteTestResult, screen: Screen): readonly string[] {
  return [
    `${screen.paint('red', 'fails')}  ${visible(placeText(result.test.range))}`,
    ...hanging('  ', plainSentence(resultSentence(result)), screen),
    ...resultReasons(result).flatMap((each) => {
      const place = each.range === undefined ? '' : ` (${visible(placeText(each.range))})`
      return hanging('  because  ', `${plainSentence(each)}${place}`, screen)
    }),
  ]
}

function summary(ran: RanTests, { paint }: Screen): string {
  const { results, mistakes } = ran
  if (results.length === 0 && mistakes.length === 0)
    return paint('yellow', 'There is no route test here. --generate FILE writes one for each route.')
  const passing = results.filter(({ passes }) => passes).length
  const wrong = mistakes.length === 0 ? '' : `; ${counted(mistakes.length, 'mistake')}`
  const verb = results.length === 1 ? 'passes' : 'pass'
  const perhaps = results.filter(({ passes, verdict }) => passes && verdict === 'perhaps').length
  const allowed = perhaps === 0 ? '' : `, ${perhaps} of them perhaps`
  return paint(
    allPass(ran) ? 'green' : 'red',
    `${passing} of ${counted(results.length, 'route test')} ${verb}${allowed}${wrong}`,
  )
}

function coverageLines({ routes, missed }: RouteCoverage, screen: Screen): readonly string[] {
  const shown = missed.slice(0, budgets.untestedRoutes.size)
  const more = missed.length - shown.length
  return [
    `${routes - missed.length} of ${counted(routes, 'route')} in the tables are reached by a test`,
    ...shown.flatMap((each) => hanging('  not  ', visible(untested(each)), screen)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function untested({ table, route }: RouteOfTable): string {
  const { mesh, gateway, host } = table
  const place = placeText(rangeOf(writtenEntryOf(route)))
  const where = `${mesh === 'default' ? '' : `${mesh}: `}${gateway}, host ${host}`
  return `${matchText(route.match)}, by ${route.outcome.supplier}, at ${where}  (${place})`
}
