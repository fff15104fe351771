import type { Refusal } from '../../domain/access/refusal.ts'
import { budgets } from '../../domain/budgets.ts'
import { shownGateway } from '../../domain/manifest/names.ts'
import type { Contested, Explanation, Skipped } from '../../domain/routing/explain/explanation.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../domain/routing/route-table.ts'
import { assertNever } from '../../domain/source/assert-never.ts'
import { rangeOf } from '../../domain/source/located.ts'
import { mainWords, modifiersWords } from '../../domain/terms/action-words.ts'
import { refusedWords } from '../../domain/terms/refused-words.ts'
import { fewOf } from '../../domain/words/few-of.ts'
import { plainOf, words } from '../../domain/words/phrase.ts'
import { visible } from '../../domain/words/visible.ts'
import { placeText } from '../sentences/place.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'

const detail = { namespaces: true, ports: true }

/** What a request gets at one gateway, in words, before it is known where they are read. */
export interface AnswerWords {
  /** Whether it is one route that answers, and surely. */
  readonly kind: 'route' | 'remark'
  /** Who answers, or why nobody does. */
  readonly answer: string
  /** What may answer, where it is not known which. */
  readonly choices: readonly string[]
}

/** An answer, where it holds, and why the earlier routes do not answer. */
export interface PlacedAnswer extends AnswerWords {
  readonly place: string
  /** What a policy perhaps refuses, whatever would answer. */
  readonly perhaps?: string | undefined
  readonly skipped: readonly Skipped[]
}

/** The answers of the meshes that know the host; the others are one line behind them. */
export function placedAnswers(answers: readonly Explanation[], teams: TeamNames): readonly PlacedAnswer[] {
  const byMesh = Map.groupBy(answers, ({ mesh }) => mesh)
  const strangers = new Set([...byMesh].filter(([, all]) => all.every(isUnnamed)).map(([mesh]) => mesh))
  const isSummedUp = byMesh.size > 1 && strangers.size > 1
  const [there = [], elsewhere = []] = [false, true].map((isStrange) =>
    answers.filter(({ mesh }) => strangers.has(mesh) === isStrange),
  )
  const told = isSummedUp ? there : [...there, ...elsewhere]
  return [
    ...told.map((each) => ({
      place: answerPlace(each, byMesh.size > 1),
      perhaps: perhapsRefused(each),
      skipped: each.skipped,
      ...answerWords(each, teams),
    })),
    ...(isSummedUp ? [strangersTogether([...strangers], told.length > 0)] : []),
  ]
}

function isUnnamed({ outcome, skipped }: Explanation): boolean {
  return outcome === 'no-host' && skipped.length === 0
}

function strangersTogether(meshes: readonly string[], others: boolean): PlacedAnswer {
  const names = plainOf(fewOf(meshes.map(words), budgets.askedMeshes.size))
  return {
    place: `${meshes.length}${others ? ' other' : ''} meshes`,
    skipped: [],
    ...remark(visible(`no VirtualService names this host (${names})`)),
  }
}

/** Where the answer holds: "default/bookinfo-gateway, host shop.example". */
function answerPlace({ mesh, gateway, host }: Explanation, manyMeshes: boolean): string {
  const door = gateway === 'mesh' ? 'inside the mesh' : shownGateway(gateway)
  return visible(`${manyMeshes ? `${mesh}: ` : ''}${door}${host === undefined ? '' : `, host ${host}`}`)
}

/** Who serves the request there, or why nobody does. */
function answerWords(explanation: Explanation, teams: TeamNames): AnswerWords {
  const { outcome, gateway, route, refusal, possible = [] } = explanation
  switch (outcome) {
    case 'route':
      return { kind: 'route', answer: route === undefined ? '' : routeText(route, teams), choices: [] }
    case 'denied':
      return remark(refusal === undefined ? '403' : `403, ${refusalText(refusal)}`)
    case 'no-host':
      return remark(gateway === 'mesh' ? 'no VirtualService names this host' : '404, nobody serves this host')
    case 'no-route':
      return remark('404, no route matches')
    case 'service':
      return remark('the service itself, by its default route')
    case 'contested':
      return remark(
        `${dependsOn(explanation)}:`,
        possible.map((one) => (one === 'no-route' ? 'no route' : routeText(one, teams))),
      )
    default:
      return assertNever(outcome)
  }
}

/** "refused by AuthorizationPolicy n/a  (a.yaml:4)" */
function refusalText(refusal: Refusal): string {
  const places = refusal.by.map((policy) => placeText(rangeOf(policy, 'name')))
  return visible(`${plainOf(refusedWords(refusal))}  (${[...new Set(places)].join(', ')})`)
}

/** What a policy perhaps refuses, whatever would answer. */
function perhapsRefused({ outcome, refusal }: Explanation): string | undefined {
  return outcome === 'denied' || refusal === undefined ? undefined : `perhaps 403, ${refusalText(refusal)}`
}

function remark(answer: string, choices: readonly string[] = []): AnswerWords {
  return { kind: 'remark', answer, choices }
}

const reasons: Readonly<Record<Contested, string>> = {
  'creation-order': 'depends on which VirtualService was created first',
  'filled-in': 'depends on what another tool fills in',
  'perhaps-service': 'depends on whether there is a service of this name',
  'server-order': 'depends on which Gateway was created first',
}

/** Why nobody knows what is answered. */
export function dependsOn({ contestedBy = 'creation-order' }: Explanation): string {
  return reasons[contestedBy]
}

function routeText(route: EffectiveRoute, teams: TeamNames): string {
  const { action, supplier } = route.outcome
  const fields = modifiersWords(action, detail).map(plainOf)
  const does = [plainOf(mainWords(action, detail)), ...fields].join(', ')
  const team = teams(supplierOf(route))
  const by = team === undefined ? supplier : `${supplier} of ${team}`
  return visible(`${does}, by ${by}  (${placeText(rangeOf(writtenEntryOf(route)))})`)
}
