import { budgets } from '../budgets.ts'
import type { Comparison } from '../diff/comparison.ts'
import { conditionOptions } from '../diff/placed-route.ts'
import { enumerateWords } from '../language/enumerate-words.ts'
import { unmetered } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { matcherAt, rangeAt, readFieldPath } from '../match/fields/field-path.ts'
import { agreedRequests, boxOf, requestsText } from '../reach/agreed-requests.ts'
import { fatesOf } from '../reach/fates.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import type { Mesh } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import type { SourceRange } from '../source/source-file.ts'
import { fateWords } from '../wording/answer-words.ts'
import { code, nameOf } from '../wording/code.ts'
import { conflictWords } from '../wording/conflict-words.ts'
import { matchWords } from '../wording/match-words.ts'
import { guessed, told } from '../words/told.ts'
import { type Conflicting, type Dropped, droppedEntries, fingerprintOf } from './dropped-entries.ts'
import { givenUp } from './given-up.ts'
import type { Fault, Rule } from './rule.ts'

/** One match outside its primary's matches makes Istio drop the whole entry of the secondary (vendor rule 2). */
export const droppedEntry: Rule = {
  id: 'dropped-entry',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "A secondary's match that is not within its primary's, so that Istio drops the whole entry.",
  *check(side, comparison) {
    const options = conditionOptions(comparison.settings)
    for (const mesh of side.meshes) {
      for (const dropped of droppedEntries(mesh)) {
        const lost = side === comparison.merged ? replaced(dropped, mesh, comparison) : ''
        yield explain(dropped, mesh, { options, lost })
      }
    }
  },
}

/** What taking the matches out does not bring back, in a sentence of its own. */
function replaced({ secondary, under }: Dropped, mesh: Mesh, { base, settings }: Comparison): string {
  const apart = under.flatMap(({ matches }) => matches)
  const options = conditionOptions(settings)
  const gone = givenUp(secondary, { base, mesh: mesh.name, apart, options }).map(matchWords)
  const all = [...new Set(gone)]
  if (all.length === 0) return ''
  const some = enumerateWords(all.slice(0, maxNotes), 'and', Math.max(0, all.length - maxNotes))
  return ` Unless written again, ${some} ${all.length === 1 ? 'is' : 'are'} not answered by ${nameOf(secondary)} any more.`
}

interface Explaining {
  readonly options: ConditionOptions
  readonly lost: string
}

function explain(dropped: Dropped, mesh: Mesh, { options, lost }: Explaining): Fault {
  const { secondary, under, alive } = dropped
  const [first] = under
  const [match] = first?.matches ?? []
  const range = first && match && offendingRange(first.edge, match)
  return {
    ...told(
      [alive.length === 0 ? loss(dropped, mesh, options) : partialLoss(dropped), ...bothMatches(first)].join(
        ' ',
      ),
    ),
    ...(range && { range }),
    because: under.slice(0, maxNotes).flatMap((each) => notesOf(each)),
    todo: guessed(
      alive.length === 0
        ? `${remedy(dropped)}${lost}`
        : 'Nothing has to be done if this is meant: each delegate takes the entries that lie within it.',
    ),
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: fingerprintOf(dropped),
    ...(alive.length > 0 && { severity: 'info', effect: 'report' }),
  }
}

/** The field that stands in the way, in the secondary; the match itself where the field is one that is missing. */
function offendingRange(edge: DelegateEdge, match: HTTPMatchRequest): SourceRange | undefined {
  const [outer] = edge.route.match ?? []
  return rangeAt(match, readFieldPath((outer && conflictOf(outer, match)) ?? ''))
}

/** Which match, which field, and the matches it is measured against. */
function bothMatches(first: Conflicting | undefined): readonly string[] {
  const [match] = first?.matches ?? []
  const given = first?.edge.route.match ?? []
  const [outer] = given
  if (first === undefined || match === undefined || outer === undefined) return []
  const field = conflictOf(outer, match) ?? ''
  const all = given.map(matchWords)
  const some =
    all.length > 3 ? enumerateWords(all.slice(0, 2), 'and', all.length - 2) : enumerateWords(all, 'and')
  const relation = relationOf(field, [match, ...given])
  return [`The ${code(field)} of ${matchWords(match)} ${relation} ${nameOf(first.edge.primary)}'s ${some}.`]
}

/** A regular expression goes together with nothing on its field, be it the same. */
function relationOf(field: string, matches: readonly HTTPMatchRequest[]): string {
  const path = readFieldPath(field)
  const matchers = matches.flatMap((match) => matcherAt(match, path) ?? [])
  if (matchers.length === 0) return 'does not agree with that of'
  const regex = matchers.some((matcher) => matcher.regex !== undefined)
  return regex ? 'does not go together (no regular expression does) with that of' : 'is not within that of'
}

function loss({ entry, under }: Dropped, mesh: Mesh, options: ConditionOptions): string {
  const [first] = under
  if (first === undefined) return ''
  const { edge, matches } = first
  const good = (entry.match ?? []).filter((match) => !matches.includes(match))
  const lost = agreedRequests(edge.route.match ?? [], good, { ...options, work: unmetered })
  const single = (entry.match ?? []).length === 1
  const opening = single
    ? 'Istio drops this entry, because of its match'
    : 'With this match Istio drops the whole entry'
  if (good.length === 0 || lost.boxes.length === 0)
    return `${opening}: ${outside(matches, edge, mesh, options)}.`
  const fate = fateWords(fatesOf(lost.boxes, edge.primary, mesh, options))
  return fate === '' ? `${opening}.` : `${opening}: ${lost.words} would ${fate}.`
}

/** What becomes of the matches themselves, where the entry has no others that would have worked. */
function outside(
  matches: readonly HTTPMatchRequest[],
  edge: DelegateEdge,
  mesh: Mesh,
  options: ConditionOptions,
): string {
  const boxes = matches.flatMap((match) => boxOf(match, { ...options, work: unmetered }) ?? [])
  const fate = fateWords(fatesOf(boxes, edge.primary, mesh, options))
  return fate === ''
    ? `${nameOf(edge.primary)} does not give it these requests`
    : `${requestsText(boxes, unmetered)} would ${fate}`
}

function partialLoss({ secondary, under, alive }: Dropped): string {
  const places = under.map(({ edge }) => pathsOf(edge))
  const live = alive.map(pathsOf)
  return `Istio drops this entry of ${nameOf(secondary)} under ${distinct(places)}; it lives on under ${distinct(live)}.`
}

function pathsOf(edge: DelegateEdge): string {
  return `${nameOf(edge.primary)}'s ${matchWords(edge.route.match?.[0])}`
}

function distinct(words: readonly string[]): string {
  return [...new Set(words)].slice(0, 4).join(', ')
}

const maxNotes = budgets.fewNotes.size

function notesOf({ edge, matches }: Conflicting): readonly Because[] {
  const [match, ...others] = matches
  if (match === undefined || edge.secondary === undefined) return []
  const names = { primary: nameOf(edge.primary), secondary: nameOf(edge.secondary) }
  const because = (edge.route.match ?? []).slice(0, maxNotes).map((outer): Because => {
    const field = conflictOf(outer, match) ?? ''
    const range = rangeAt(outer, readFieldPath(field))
    return {
      ...told(capital(`${conflictWords({ ...names, outer, inner: match, field })}.`)),
      ...(range && { range }),
    }
  })
  const more = others.slice(0, maxNotes).map((other): Because => {
    const range = offendingRange(edge, other)
    return { ...told(`${matchWords(other)} in the same entry does not fit either.`), ...(range && { range }) }
  })
  return [...because, ...more]
}

function remedy({ entry, under }: Dropped): string {
  const [first] = under
  if (first === undefined) return ''
  const bad = first.matches
    .map((match) => matchWords(match))
    .slice(0, maxNotes)
    .join(' and ')
  const wider = `have the same entry of ${nameOf(first.edge.primary)} match ${bad} too`
  return first.matches.length === (entry.match ?? []).length
    ? `Match within what ${nameOf(first.edge.primary)} gives, or ${wider}.`
    : `Take ${bad} out of this entry, or ${wider}.`
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase())
}
