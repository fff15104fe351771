import type { RouteChange } from '../diff/route-change.ts'
import type { Unanswered } from '../diff/unanswered.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Action } from '../routing/action.ts'
import { type EffectiveRoute, isCatchAll, supplierOf } from '../routing/route-table.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../words/phrase.ts'
import {
  type Detail,
  fieldOf,
  fieldWords,
  mainWords,
  readAlike,
  type Shares,
  serviceName,
  sharesOf,
} from './action-words.ts'
import { headersAfterWords } from './header-words.ts'
import { refusedWords } from './refused-words.ts'

/** What people get today and after the merge, in as few words as tell the two apart. */
export interface Answers {
  readonly today: Phrase
  readonly afterMerge: Phrase
  /** What the requests "get" where only fields besides the destination differ: `a 5 s timeout`. */
  readonly gets?: Phrase
  /** Whether both sides send the requests to the same hosts and differ in subsets or shares. */
  readonly sharesOnly: boolean
  /** The shares of both sides where nothing else differs. */
  readonly shares?: { readonly today: Shares; readonly afterMerge: Shares }
}

/** `vs-1`, or `ns1/vs-1` where the name alone would not tell two of them apart. */
export function virtualServiceName(resource: VirtualService, other?: VirtualService): string {
  if (resource.madeOf !== undefined && resource.madeOf.kind !== other?.madeOf?.kind)
    return `${resource.madeOf.kind} ${resource.name}`
  const ambiguous =
    other !== undefined && other.name === resource.name && other.namespace !== resource.namespace
  return ambiguous ? `${resource.namespace ?? '?'}/${resource.name}` : resource.name
}

/** What a request gets that no route answers. */
export function noRoute(unanswered: Unanswered = 'not-found'): Phrase {
  return words(withoutRoute[unanswered])
}

const withoutRoute: Readonly<Record<Unanswered, string>> = {
  'not-found': '404',
  service: 'the service itself',
  either: '404 or the service itself',
  denied: '403',
}

function by(route: EffectiveRoute, other: EffectiveRoute | undefined): Phrase {
  const name = virtualServiceName(supplierOf(route), other && supplierOf(other))
  return isCatchAll(route.match) && route.from.secondary !== undefined
    ? say`by ${quoted(name)}'s catch-all`
    : say`by ${quoted(name)}`
}

function action(route: EffectiveRoute | undefined): Action {
  return route?.outcome.action ?? { kind: 'none' }
}

/** The least detail in which the destinations of the two sides read differently. */
function detailFor(before: Action, after: Action): Detail {
  const levels = [
    { namespaces: false, ports: false },
    { namespaces: true, ports: false },
    { namespaces: false, ports: true },
  ]
  return levels.find((detail) => !readAlike(before, after, detail)) ?? { namespaces: false, ports: false }
}

function hostsOf(action: Action): string {
  const ends = action.kind === 'route' ? action.destinations : []
  const hosts = ends.map((end) => serviceName(end, { namespaces: true, ports: false }))
  return [...new Set(hosts)].sort().join(' ')
}

const mainFields = new Set([
  'kind',
  'virtualService',
  'destinations',
  'status',
  'redirectCode',
  'uri',
  'prefixRewrite',
  'authority',
  'scheme',
  'replaces',
])

function textOf(action: Action, field: string): string | undefined {
  return JSON.stringify(fieldOf(action, field))
}

function fieldsThatDiffer(before: Action, after: Action): readonly string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].filter(
    (field) => !mainFields.has(field) && textOf(before, field) !== textOf(after, field),
  )
}

function fieldsOf(fields: readonly string[], here: Action, detail: Detail): Phrase {
  return listed(fields.map((field) => fieldWords(field, here, detail)))
}

/** Destinations that read alike but are not (header operations of one destination): said, not hidden. */
function hiddenDifference(before: Action, after: Action): boolean {
  return textOf(before, 'destinations') !== textOf(after, 'destinations')
}

function uncertain(change: RouteChange, phrase: Phrase): Phrase {
  return change.certain ? phrase : say`perhaps ${phrase}`
}

function sameSupplier(before: EffectiveRoute, after: EffectiveRoute): boolean {
  return before.outcome.supplier === after.outcome.supplier
}

function fieldAnswers(change: RouteChange, before: Action, after: Action, detail: Detail): Answers {
  const fields = fieldsThatDiffer(before, after)
  const origin = change.kind === 'inherited' ? words(', from the primary') : []
  if (fields.length === 0) {
    const gets = words('other settings of the same destinations')
    return { today: mainWords(before, detail), afterMerge: gets, gets, sharesOnly: false }
  }
  const headers = headersAfterWords(before, after)
  const gets = listed(
    fields.map((field) =>
      field === 'headers' && headers !== undefined ? headers : fieldWords(field, after, detail),
    ),
  )
  return {
    today: fieldsOf(fields, before, detail),
    afterMerge: say`${gets}${origin}`,
    gets,
    sharesOnly: false,
  }
}

function withFields(route: EffectiveRoute, other: EffectiveRoute, detail: Detail): Phrase {
  const here = action(route)
  const fields = fieldsThatDiffer(here, action(other)).filter((field) => fieldOf(here, field) !== undefined)
  const main = mainWords(here, detail)
  return fields.length === 0 ? main : say`${main} with ${fieldsOf(fields, here, detail)}`
}

function bothAnswers(change: RouteChange, before: EffectiveRoute, after: EffectiveRoute): Answers {
  const [today, merged] = [action(before), action(after)]
  const detail = detailFor(today, merged)
  const sameMain = readAlike(today, merged, detail)
  const same = sameSupplier(before, after)
  if (sameMain && same) return fieldAnswers(change, today, merged, detail)
  if (
    change.kind === 'reassigned' &&
    sameMain &&
    !hiddenDifference(today, merged) &&
    fieldsThatDiffer(today, merged).length === 0
  ) {
    return {
      today: joined([mainWords(today, detail), by(before, after)], ', '),
      afterMerge: say`the same, but ${by(after, before)}`,
      sharesOnly: false,
    }
  }
  const sharesOnly = same && hostsOf(today) !== '' && hostsOf(today) === hostsOf(merged)
  const answer = (route: EffectiveRoute, other: EffectiveRoute): Phrase => {
    const main = withFields(route, other, detail)
    return sharesOnly || route.from.external !== undefined ? main : joined([main, by(route, other)], ', ')
  }
  const shares = sharesOnly ? bothShares(today, merged) : undefined
  return {
    today: answer(before, after),
    afterMerge: answer(after, before),
    sharesOnly,
    ...(shares && { shares }),
  }
}

/** The shares of both sides, where these alone differ. */
function bothShares(today: Action, merged: Action): Answers['shares'] {
  const [before, after] = [sharesOf(today), sharesOf(merged)]
  if (before === undefined || after === undefined || fieldsThatDiffer(today, merged).length > 0)
    return undefined
  return { today: before, afterMerge: after }
}

function unansweredOn({ unanswered, refused }: RouteChange, side: 'before' | 'after'): Phrase {
  const why = refused?.[side]
  return why === undefined ? noRoute(unanswered[side]) : say`403, ${refusedWords(why)}`
}

/** The answers of a change. */
export function answersOf(change: RouteChange): Answers {
  const { before, after } = change
  if (before !== undefined && after !== undefined) {
    const answers = bothAnswers(change, before, after)
    return { ...answers, afterMerge: uncertain(change, answers.afterMerge) }
  }
  const plain = { namespaces: false, ports: false }
  const answer = (route: EffectiveRoute | undefined, side: 'before' | 'after'): Phrase =>
    route === undefined
      ? unansweredOn(change, side)
      : route.from.external !== undefined
        ? mainWords(action(route), plain)
        : joined([mainWords(action(route), plain), by(route, undefined)], ', ')
  const afterMerge = uncertain(change, answer(after, 'after'))
  return { today: answer(before, 'before'), afterMerge, sharesOnly: false }
}

/** The fields of the action, besides where the requests go, that are not the same on both sides. */
export function differingFields({ before, after }: RouteChange): readonly string[] {
  return fieldsThatDiffer(action(before), action(after))
}

/** Where the requests of one side go, without the VirtualService: for titles; `running` within a sentence. */
export function destinationWords(change: RouteChange, side: 'before' | 'after', form?: 'running'): Phrase {
  const route = change[side]
  if (route === undefined) return noRoute(change.unanswered[side])
  const detail = detailFor(action(change.before), action(change.after))
  return mainWords(action(route), form === 'running' ? { ...detail, running: true } : detail)
}
