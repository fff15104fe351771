import type { AskedRequest } from '../../../domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../../domain/routing/explain/explanation.ts'
import { skippedWords } from '../../../domain/terms/dropped-words.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import { placeText } from '../../sentences/place.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { type PlacedAnswer, placedAnswers } from '../explain-words.ts'

/** What `explain` prints: for each gateway the answer first, then why not the others. */
export function explainText(
  request: AskedRequest,
  answers: readonly Explanation[],
  screen: Screen,
  teams: TeamNames,
): string {
  const asked = visible(`${request.method} ${request.scheme}://${request.authority}${request.path}`)
  const blocks = placedAnswers(answers, teams).map((answer) => [
    ...hanging('', answerLine(answer, screen), screen, '  '),
    ...perhapsLines(answer, screen),
    ...skippedLines(answer, screen),
  ])
  return `${[asked, ...blocks.map((lines) => lines.join('\n'))].join('\n\n')}\n`
}

/** Where it was asked, and what is answered. */
export function answerLine({ place, kind, answer, choices }: PlacedAnswer, screen: Screen): string {
  const said = kind === 'route' ? answer : screen.paint('yellow', answer)
  const each = choices.length === 0 ? '' : `\n  ${choices.join('\n  or ')}`
  return `${screen.paint('bold', `${place}:`)}  ${said}${each}`
}

function perhapsLines({ perhaps }: PlacedAnswer, screen: Screen): readonly string[] {
  return perhaps === undefined ? [] : hanging('  ', perhaps, screen, '    ')
}

function skippedLines({ skipped }: PlacedAnswer, screen: Screen): readonly string[] {
  const places = skipped.map(({ range }) => visible(placeText(range)))
  const width = Math.max(0, ...places.map((place) => place.length))
  return skipped.flatMap((each, index) =>
    hanging(`  not ${(places[index] ?? '').padEnd(width)}  `, plainOf(skippedWords(each)), screen, '      '),
  )
}
