import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { type EffectiveRoute, supplierOf } from '../../../domain/routing/route-table.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { answersOf, destinationWords, virtualServiceName } from '../../../domain/terms/answer-words.ts'
import { type Phrase, plainOf, quoted, say } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'
import { placePhrase } from '../place.ts'
import type { View } from '../view.ts'
import { exampleOf } from './curl.ts'
import { supplierName } from './roles.ts'

/** A route of the supplier of `before` that is still in the merged table, behind the entry that now answers. */
function isBehind(route: EffectiveRoute, before: EffectiveRoute, after: EffectiveRoute): boolean {
  return (
    route.outcome.supplier === before.outcome.supplier &&
    route.from.primary === after.from.primary &&
    route.from.entry > after.from.entry
  )
}

function orderReason(change: RouteChange, view: View): Phrase | undefined {
  const { before, after, mesh, gateway, host } = change
  if (before === undefined || after === undefined || change.kind !== 'moved') return undefined
  const tables = view.assessment.comparison.merged.meshes.flatMap((each) => each.tables)
  const here = tables.filter((each) => each.mesh === mesh && each.gateway === gateway && each.host === host)
  if (!here.some((each) => each.routes.some((route) => isBehind(route, before, after)))) return undefined
  const entry = after.from.primary.spec.http?.[after.from.entry]
  const range = entry && rangeOf(entry.delegate ?? entry)
  const place = range === undefined ? [] : say` (${placePhrase(range)})`
  const [first, second] = [supplierOf(after), supplierOf(before)]
  return say`Istio reads the routes of both teams as one list, from top to bottom, and takes the first that matches. ${quoted(virtualServiceName(first, second))} comes before ${quoted(virtualServiceName(second, first))} because the primary names it first${place}.`
}

/** Why requests go to another team although nobody touched its files: the order of the primary. */
export function whyPhrase(view: View): Phrase | undefined {
  return view.assessment.comparison.changes
    .map((change) => orderReason(change, view))
    .find((phrase) => phrase !== undefined)
}

/** What a row says of both sides, where naming the destinations would not tell them apart. */
function answerTexts(change: RouteChange, view: View): readonly [today: string, after: string] {
  const [today, after] = [answerText(change, 'before', view), answerText(change, 'after', view)]
  if (today !== after) return [today, after]
  const answers = answersOf(change)
  return [plainOf(answers.today), plainOf(answers.afterMerge)]
}

function answerText(change: RouteChange, side: 'before' | 'after', view: View): string {
  const route = change[side]
  const to = plainOf(destinationWords(change, side))
  return route === undefined ? to : `${to} (${supplierName(route, view)})`
}

/** One request to try for each row: a `curl` line, or a comment where pasting would not be safe or show nothing. */
export function tryIt(view: View, most: number): readonly string[] {
  return view.rows
    .flatMap((row) => row.changes.find((change) => change.witness !== undefined) ?? [])
    .slice(0, most)
    .flatMap((change) => {
      const { line = '', pastable = false } = exampleOf(change) ?? {}
      const [today, after] = answerTexts(change, view)
      return [visible(pastable ? line : `# ${line}`), visible(`#   today: ${today}; after merge: ${after}`)]
    })
}
