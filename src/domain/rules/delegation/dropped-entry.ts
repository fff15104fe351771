import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { isUsedUp, unmetered } from '../../language/string-set.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest } from '../../manifest/virtual-service.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import { matcherAt, rangeAt, readFieldPath } from '../../match/fields/field-path.ts'
import { agreedRequests, boxOf, requestsText } from '../../reach/agreed-requests.ts'
import { fatesOf } from '../../reach/fates.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import { conflictOf } from '../../routing/merge-http-routes.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { code, nameOf } from '../../terms/code.ts'
import { conflictWords } from '../../terms/conflict-words.ts'
import { fateWords } from '../../terms/fate-words.ts'
import { matchesWords, matchWords } from '../../terms/match-words.ts'
import { distinct, fewOf } from '../../words/few-of.ts'
import { joined, listed, type Phrase, say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import {
  type Conflicting,
  type Dropped,
  droppedEntries,
  fingerprintOf,
  matterOf,
} from './dropped/dropped-entries.ts'
import { givenUp } from './dropped/given-up.ts'

/** One match outside its primary's matches makes Istio drop the whole entry of the secondary (vendor rule 2). */
export const droppedEntry: Rule = {
  id: 'dropped-entry',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "A secondary's match that is not within its primary's, so that Istio drops the whole entry.",
  *check(side, comparison, asked) {
    const options = conditionOptions(comparison.settings)
    for (const mesh of side.meshes) {
      for (const dropped of droppedEntries(mesh, (secondary) => asked.has(mesh.name, secondary))) {
        const lost = side === comparison.merged ? replaced(dropped, mesh, comparison) : []
        yield explain(dropped, mesh, { options, lost })
      }
    }
  },
}

/** What taking the matches out does not bring back, in a sentence of its own. */
function replaced({ secondary, under }: Dropped, mesh: Mesh, { base, settings }: Comparison): Phrase {
  if (isUsedUp()) return []
  const apart = under.flatMap(({ matches }) => matches)
  const options = conditionOptions(settings)
  const gone = distinct(givenUp(secondary, { base, mesh: mesh.name, apart, options }).map(matchWords))
  if (gone.length === 0) return []
  const are = gone.length === 1 ? words('is') : words('are')
  return say`. Unless written again, ${fewOf(gone, maxNotes)} ${are} not answered by ${nameOf(secondary)} any more`
}

interface Explaining {
  readonly options: ConditionOptions
  readonly lost: Phrase
}

function explain(dropped: Dropped, mesh: Mesh, { options, lost }: Explaining): Fault {
  const { secondary, under, alive } = dropped
  const [first] = under
  const [match] = first?.matches ?? []
  const isOnly = alive.length === 0 && under.length === 1
  const both = first === undefined ? [] : bothMatches(first, isOnly)
  return {
    code: alive.length === 0 ? 'dropped-entry' : 'dropped-entry.partly',
    ...(alive.length === 0
      ? { clause: loss(dropped, mesh, options), rest: both }
      : partialLoss(dropped, both)),
    range: first && match && offendingRange(first.edge, match),
    because: under.slice(0, maxNotes).flatMap((each) => notesOf(each)),
    todo:
      alive.length === 0
        ? say`${remedy(dropped)}${lost}`
        : words(
            'Nothing has to be done if this is meant: each delegate takes the entries that lie within it',
          ),
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: fingerprintOf(dropped),
    matter: matterOf(dropped),
    ...(alive.length > 0 && { severity: 'info', effect: 'report' }),
  }
}

/** The field that stands in the way, in the secondary; the match itself where the field is one that is missing. */
function offendingRange(edge: DelegateEdge, match: HTTPMatchRequest): SourceRange | undefined {
  const [outer] = edge.route.match ?? []
  return rangeAt(match, readFieldPath((outer && conflictOf(outer, match)) ?? ''))
}

/** Which match, which field, and the matches it is measured against. */
function bothMatches({ matches: [match], edge }: Conflicting, isOnly: boolean): Phrase {
  const given = edge.route.match ?? []
  const [outer] = given
  if (match === undefined || outer === undefined) return []
  const field = conflictOf(outer, match) ?? ''
  const plain = field === 'uri' ? outsideWords(match, edge, isOnly) : undefined
  if (plain !== undefined) return say`. ${plain}`
  const relation = relationOf(field, [match, ...given])
  return say`. The ${code(field)} of ${matchWords(match)} ${relation} ${nameOf(edge.primary)}'s ${matchesWords(given, 3)}`
}

/** "`/account` does not start with `/log`, the only prefix `bookinfo` gives to `vs-1`": where prefixes or paths are all that is given. */
function outsideWords(match: HTTPMatchRequest, edge: DelegateEdge, isOnly: boolean): Phrase | undefined {
  const { route, primary, secondary } = edge
  const given = (route.match ?? []).flatMap(({ uri }) => uri ?? [])
  const { uri } = match
  if (secondary === undefined || (uri?.prefix === undefined && uri?.exact === undefined)) return undefined
  const prefixes = distinct(given.flatMap(({ prefix }) => (prefix === undefined ? [] : [code(prefix)])))
  if (prefixes.length === 0 || given.some(({ prefix }) => prefix === undefined)) return undefined
  const whose = isOnly
    ? say`${nameOf(primary)} gives to ${nameOf(secondary)}`
    : say`of this delegate in ${nameOf(primary)}`
  const of = matchWords(match)
  if (given.some(({ prefix = '' }) => uri.prefix !== undefined && prefix.startsWith(uri.prefix)))
    return say`${of} is more than ${matchesWords(route.match ?? [], 3)}, all that ${isOnly ? whose : words('this delegate takes')}`
  return prefixes.length === 1
    ? say`${of} does not start with ${listed(prefixes)}, the only prefix ${whose}`
    : say`${of} starts with none of the prefixes ${whose}: ${fewOf(prefixes, maxNotes)}`
}

/** A regular expression goes together with nothing on its field, be it the same. */
function relationOf(field: string, matches: readonly HTTPMatchRequest[]): Phrase {
  const path = readFieldPath(field)
  const matchers = matches.flatMap((match) => matcherAt(match, path) ?? [])
  if (matchers.length === 0) return words('does not agree with that of')
  const regex = matchers.some((matcher) => matcher.regex !== undefined)
  return regex
    ? words('does not go together (no regular expression does) with that of')
    : words('is not within that of')
}

function loss({ entry, under }: Dropped, mesh: Mesh, options: ConditionOptions): Phrase {
  const [first] = under
  if (first === undefined) return []
  const { edge, matches } = first
  const single = (entry.match ?? []).length === 1
  const opening = single
    ? words('Istio drops this entry, because of its match')
    : words('With this match Istio drops the whole entry')
  // Which requests these are is the dearest part, and not what blocks.
  if (isUsedUp()) return opening
  const good = (entry.match ?? []).filter((match) => !matches.includes(match))
  const lost = agreedRequests(edge.route.match ?? [], good, { ...options, work: unmetered })
  if (good.length === 0 || lost.length === 0) return say`${opening}: ${outside(matches, edge, mesh, options)}`
  const fate = fateWords(fatesOf(lost, edge.primary, mesh, options))
  return fate === undefined ? opening : say`${opening}: ${requestsText(lost, unmetered)} would ${fate}`
}

/** What becomes of the matches themselves, where the entry has no others that would have worked. */
function outside(
  matches: readonly HTTPMatchRequest[],
  edge: DelegateEdge,
  mesh: Mesh,
  options: ConditionOptions,
): Phrase {
  const boxes = matches.flatMap((match) => boxOf(match, { ...options, work: unmetered }) ?? [])
  const fate = fateWords(fatesOf(boxes, edge.primary, mesh, options))
  return fate === undefined
    ? say`${nameOf(edge.primary)} does not give it these requests`
    : say`${requestsText(boxes, unmetered)} would ${fate}`
}

function partialLoss({ secondary, under, alive }: Dropped, both: Phrase): Sentence {
  const places = placesOf(under.map(({ edge }) => edge))
  return {
    clause: say`Istio drops this entry of ${nameOf(secondary)} under ${places}`,
    rest: say`; it lives on under ${placesOf(alive)}${both}`,
  }
}

function placesOf(edges: readonly DelegateEdge[]): Phrase {
  const all = edges.map(({ primary, route }) => say`${nameOf(primary)}'s ${matchWords(route.match?.[0])}`)
  return joined(distinct(all).slice(0, 4), ', ')
}

const maxNotes = budgets.fewNotes.size

function notesOf({ edge, matches }: Conflicting): readonly Because[] {
  const [match, ...others] = matches
  if (match === undefined || edge.secondary === undefined) return []
  const names = { primary: nameOf(edge.primary), secondary: nameOf(edge.secondary) }
  const because = (edge.route.match ?? []).slice(0, maxNotes).map((outer): Because => {
    const field = conflictOf(outer, match) ?? ''
    const range = rangeAt(outer, readFieldPath(field))
    const isSaid = field === 'uri' && outsideWords(match, edge, true) !== undefined
    return isSaid
      ? note(say`${names.primary} gives it ${matchWords(outer)}`, range)
      : { ...conflictWords({ ...names, outer, inner: match, field }), ...(range && { range }) }
  })
  const more = others
    .slice(0, maxNotes)
    .map((other) =>
      note(say`${matchWords(other)} in the same entry does not fit either`, offendingRange(edge, other)),
    )
  return [...because, ...more]
}

function remedy({ entry, under }: Dropped): Phrase {
  const [first] = under
  if (first === undefined) return []
  const bad = joined(first.matches.slice(0, maxNotes).map(matchWords), ' and ')
  const wider = say`have the same entry of ${nameOf(first.edge.primary)} match ${bad} too`
  return first.matches.length === (entry.match ?? []).length
    ? say`Match within what ${nameOf(first.edge.primary)} gives, or ${wider}`
    : say`Take ${bad} out of this entry, or ${wider}`
}
