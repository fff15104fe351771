import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../domain/routing/explain/explanation.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../domain/routing/route-table.ts'
import { assertNever } from '../../domain/source/assert-never.ts'
import { rangeOf } from '../../domain/source/located.ts'
import { mainWords, modifiersWords } from '../../domain/terms/action-words.ts'
import { skippedWords } from '../../domain/terms/dropped-words.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { visible } from '../../domain/words/visible.ts'
import { hanging, type Paint, type Screen } from '../print/screen.ts'
import { placeText } from '../sentences/place.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'

const detail = { namespaces: true, ports: true }

/** What `explain` prints: for each gateway the answer first, then why not the others. */
export function explainText(
  request: AskedRequest,
  answers: readonly Explanation[],
  screen: Screen,
  teams: TeamNames,
): string {
  const asked = visible(`${request.method} ${request.scheme}://${request.authority}${request.path}`)
  const manyMeshes = new Set(answers.map(({ mesh }) => mesh)).size > 1
  const blocks = answers.map((answer) => [
    ...hanging('', answerLine(answer, { manyMeshes, screen, teams }), screen, '  '),
    ...skippedLines(answer, screen),
  ])
  return `${[asked, ...blocks.map((lines) => lines.join('\n'))].join('\n\n')}\n`
}

/** Where it was asked, and what is answered. */
export function answerLine(
  answer: Explanation,
  { manyMeshes, screen, teams }: { manyMeshes: boolean; screen: Screen; teams: TeamNames },
): string {
  return `${screen.paint('bold', visible(where(answer, manyMeshes)))}  ${answerText(answer, screen.paint, teams)}`
}

function where({ mesh, gateway, host }: Explanation, manyMeshes: boolean): string {
  const door = gateway === 'mesh' ? 'inside the mesh' : gateway
  return `${manyMeshes ? `${mesh}: ` : ''}${door}${host === undefined ? '' : `, host ${host}`}:`
}

function answerText(explanation: Explanation, paint: Paint, teams: TeamNames): string {
  const { outcome, gateway, route, possible = [] } = explanation
  switch (outcome) {
    case 'route':
      return route === undefined ? '' : routeText(route, teams)
    case 'no-host':
      return paint(
        'yellow',
        gateway === 'mesh' ? 'no VirtualService names this host' : '404, nobody serves this host',
      )
    case 'no-route':
      return paint('yellow', '404, no route matches')
    case 'service':
      return paint('yellow', 'the service itself, by its default route')
    case 'contested': {
      const each = possible.map((one) => (one === 'no-route' ? 'no route' : routeText(one, teams)))
      return `${paint('yellow', `${dependsOn(explanation)}:`)}\n  ${each.join('\n  or ')}`
    }
    default:
      return assertNever(outcome)
  }
}

/** Why nobody knows what is answered. */
export function dependsOn({ unknownValues, unknownService, unknownServers }: Explanation): string {
  if (unknownValues === true) return 'depends on what another tool fills in'
  if (unknownService === true) return 'depends on whether there is a service of this name'
  return `depends on which ${unknownServers === true ? 'Gateway' : 'VirtualService'} was created first`
}

function routeText(route: EffectiveRoute, teams: TeamNames): string {
  const { action, supplier } = route.outcome
  const fields = modifiersWords(action, detail).map(plainOf)
  const does = [plainOf(mainWords(action, detail)), ...fields].join(', ')
  const team = teams(supplierOf(route))
  const by = team === undefined ? supplier : `${supplier} of ${team}`
  return visible(`${does}, by ${by}  (${placeText(rangeOf(writtenEntryOf(route)))})`)
}

function skippedLines({ skipped }: Explanation, screen: Screen): readonly string[] {
  const places = skipped.map(({ range }) => visible(placeText(range)))
  const width = Math.max(0, ...places.map((place) => place.length))
  return skipped.flatMap((each, index) =>
    hanging(`  not ${(places[index] ?? '').padEnd(width)}  `, plainOf(skippedWords(each)), screen, '      '),
  )
}
