import type { Comparison } from '../../diff/comparison.ts'
import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { arrivingPaths } from '../../language/arriving-paths.ts'
import { intersect, isEmpty, type StringSet, startingWith, unmetered } from '../../language/string-set.ts'
import { paths } from '../../language/universe.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import { asksForNoName } from '../../manifest/validation/routes/refused-by-envoy.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { distinctTeams, sameTeam, type Team, teamNamed } from '../../ownership/team.ts'
import type { Asked } from '../../reach/asked.ts'
import { sameEntryIn } from '../../reach/entry-reach.ts'
import { type Shadowed, shadowedIn } from '../../reach/shadowing.ts'
import { writtenEntry, writtenMatches } from '../../reach/written-match.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { type EffectiveRoute, supplierOf } from '../../routing/route-table.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { matchesWords, matchWords, shortList } from '../../terms/match-words.ts'
import { owned } from '../../unmodelled/targets/world.ts'
import { listed, type Phrase, say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import type { RuleCode } from '../finding-code.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { tieIn, tieNotes, tieWords } from './tied-routes.ts'

/**
 * An entry that no request reaches, in any table and under any delegate that names it. Proved on the effective tables
 * over all dimensions of a match; what the budget does not decide is not claimed.
 */
export const shadowedRoute: Rule = {
  id: 'shadowed-route',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'No request can reach this http entry, because earlier routes take them all.',
  *check(side, comparison, asked) {
    for (const mesh of side.meshes) {
      for (const shadowed of shadowedIn(mesh, conditionOptions(comparison.settings), asked)) {
        if (!isRefusedByProxy(shadowed)) yield explain(shadowed, { mesh, side, comparison, asked })
      }
    }
  },
}

/** No request has a query parameter without a name; `rejected-by-proxy` says that Envoy takes no such match. */
function isRefusedByProxy({ entry, match, cover }: Shadowed): boolean {
  const matches = match === undefined ? (entry.entry.match ?? []) : [match]
  return cover.length === 0 && matches.every(asksForNoName)
}

interface Place {
  readonly mesh: Mesh
  readonly side: Snapshot
  readonly comparison: Comparison
  readonly asked: Asked
}

function explain(shadowed: Shadowed, place: Place): Fault {
  const { entry, match, cover } = shadowed
  const { supplier } = entry
  const killers = match === undefined ? killedBy(shadowed, place) : undefined
  const robbers = robbersOf(shadowed, place.comparison)
  const tie = tieIn(cover, entry, place.mesh)
  const isOpen = tie?.isOpen === true
  return {
    code: isOpen ? 'shadowed-route.tied' : codeOf(shadowed, killers),
    ...(tie && isOpen ? tieWords(tie) : sentenceOf(shadowed, place, { killers, robbers })),
    range: rangeOf(match ?? entry.entry),
    because: [...cover.slice(0, 6).map(coverNote), ...effectNotes(shadowed), ...(tie ? tieNotes(tie) : [])],
    todo: adviceFor(shadowed, robbers),
    resource: identityOf(supplier),
    ...kindOf(supplier),
    mesh: place.mesh.name,
    fingerprint: canonicalJson(match ?? entry.entry),
    matter: canonicalJson(match ?? entry.entry.match ?? []),
    teams: killers ? [killers.loser] : concerned(shadowed, place.comparison),
    ...(match && { severity: 'info', effect: 'report' }),
    ...(killers && { effect: 'require-approval' }),
    ...(isOpen && { severity: 'warning', effect: 'report' }),
  }
}

/** Of what is no VirtualService. */
function kindOf({ apiVersion, madeOf }: VirtualService): Pick<Fault, 'kind'> {
  return madeOf === undefined ? {} : { kind: fullKind({ apiVersion, kind: madeOf.kind }) }
}

function codeOf({ match, cover }: Shadowed, killers: Killed | undefined): RuleCode {
  if (cover.length === 0) return 'shadowed-route.impossible'
  if (match !== undefined) return 'shadowed-route.match'
  return killers === undefined ? 'shadowed-route' : 'shadowed-route.taken'
}

interface Killed {
  readonly loser: Team
  readonly by: readonly Team[]
}

/** Somebody else's change: the entry stood and was reached on the base side, and other owners' routes take it now. */
function killedBy({ entry, cover }: Shadowed, { mesh, side, comparison, asked }: Place): Killed | undefined {
  const { base, merged, ownership, settings } = comparison
  if (side !== merged) return undefined
  const loser = ownership.teamOf(entry.supplier)
  const by = distinctTeams(cover.map((route) => ownership.teamOf(supplierOf(route)))).filter(
    (team) => !sameTeam(team, loser),
  )
  const before = base.meshes.find(({ name }) => name === mesh.name)
  if (by.length === 0 || before === undefined) return undefined
  const same = sameEntryIn(before, entry, conditionOptions(settings), asked)
  return same?.routes.some(({ reachable }) => reachable !== 'no') ? { loser, by } : undefined
}

/** Somebody else's routes, which do something else with the requests. */
interface Robbers {
  readonly loser: Team
  readonly by: readonly Team[]
  readonly routes: readonly EffectiveRoute[]
}

/** Those who take requests away to do something else with them. What nobody owns is nobody's own. */
function robbersOf({ entry, differing }: Shadowed, { ownership }: Comparison): Robbers | undefined {
  const loser = ownership.teamOf(entry.supplier)
  const isOwn = (route: EffectiveRoute): boolean =>
    identityOf(supplierOf(route)) === identityOf(entry.supplier) ||
    (loser.owners.length > 0 && sameTeam(ownership.teamOf(supplierOf(route)), loser))
  const routes = differing.filter((route) => !isOwn(route))
  const by = distinctTeams(routes.map((route) => ownership.teamOf(supplierOf(route))))
  return routes.length === 0 ? undefined : { loser, by, routes }
}

/** Whose entry it is, and whose routes take its requests. */
function concerned({ entry, cover }: Shadowed, { ownership }: Comparison): readonly Team[] {
  const all = [entry.supplier, ...cover.map(supplierOf)].map((each) => ownership.teamOf(each))
  return distinctTeams(owned(all))
}

interface Others {
  readonly killers: Killed | undefined
  readonly robbers: Robbers | undefined
}

function sentenceOf(shadowed: Shadowed, { comparison }: Place, { killers, robbers }: Others): Sentence {
  const { entry, match, cover } = shadowed
  const subject = match === undefined ? say`this entry of ${nameOf(entry.supplier)}` : words('this match')
  if (cover.length === 0)
    return { clause: say`No request can match ${subject}: ${whyNever(shadowed, comparison)}` }
  const reach = match === undefined || robbers !== undefined ? words('can reach') : words('needs')
  const takes = cover.length === 1 ? words('takes') : words('take')
  const rest = comparison.ownership.known ? ownersWords(killers, robbers) : undefined
  return {
    clause: say`No request ${reach} ${subject}: ${coverWords(cover, entry.supplier)} ${takes} ${requestsOf(shadowed)} first`,
    ...(rest && { rest }),
  }
}

/** Whose requests they would be, and who answers them. */
function ownersWords(killers: Killed | undefined, robbers: Robbers | undefined): Phrase | undefined {
  if (killers !== undefined)
    return say`. ${teamsWords(killers.by)} would take them from ${teamNamed(killers.loser)}`
  if (robbers === undefined) return undefined
  const answer = robbers.by.length === 1 ? words('answers') : words('answer')
  return say`. ${teamsWords(robbers.by)} ${answer} them, not ${teamNamed(robbers.loser)}`
}

function teamsWords(teams: readonly Team[]): Phrase {
  return listed(teams.map(teamNamed))
}

function whyNever({ entry, match }: Shadowed, { settings }: Comparison): Phrase {
  const matches = match === undefined ? (entry.entry.match ?? []) : [match]
  const texts = matches.flatMap(({ uri }) => uri?.exact ?? uri?.prefix ?? [])
  const isAll = texts.length > 0 && texts.length === matches.length
  if (isAll && texts.every((text) => text !== '' && !text.startsWith('/')))
    return say`a path starts with ${code('/')}`
  return isAll && texts.every((text) => isNormalisedAway(text, settings))
    ? say`Envoy normalises paths first (${code(settings.pathNormalization)}), so that none arrives with ${shortList(texts.map(code), 4)}`
    : words('what it asks for contradicts itself, or does not exist')
}

/** Whether paths are sent with this, and none arrives with it. */
function isNormalisedAway(text: string, { pathNormalization }: IstioSettings): boolean {
  const isThere = (set: StringSet) => !isEmpty(intersect(startingWith(text), set, unmetered))
  return isThere(paths) && !isThere(arrivingPaths[pathNormalization])
}

/** Which requests: those that the entry's author asked for. */
function requestsOf({ entry, match }: Shadowed): Phrase {
  const matches = match === undefined ? (entry.entry.match ?? []) : [match]
  return matches.length === 0 ? words('all of them') : matchesWords(matches, 4)
}

function coverWords(cover: readonly EffectiveRoute[], loser: VirtualService): Phrase {
  const all = cover.map((route) => {
    const supplier = supplierOf(route)
    const match = matchWords(route.match)
    return supplier === loser ? match : say`${match} of ${nameOf(supplier)}`
  })
  return shortList(all, 4)
}

function coverNote(route: EffectiveRoute): Because {
  const { from, match } = route
  const written = match && writtenMatches(from)[(from.http.match ?? []).indexOf(match)]
  return note(
    say`${matchWords(match)} of ${nameOf(supplierOf(route))} comes first`,
    rangeOf(written ?? writtenEntry(from)),
  )
}

function effectNotes({ cover, differing, otherTables, table }: Shadowed): readonly Because[] {
  const does = cover.length === 1 ? words('It does') : words('They do')
  const acts =
    differing.length > 0
      ? say`${does} something else with the requests than this would`
      : say`${does} the same with the requests, so that nothing is lost but clarity`
  const hosts = otherTables === 1 ? words('host') : words('hosts')
  const where = say`The same holds on ${otherTables} more ${hosts} beside ${code(table.host)}`
  return [...(cover.length === 0 ? [] : [note(acts)]), ...(otherTables === 0 ? [] : [note(where)])]
}

/** What others take to do something else with it is not to be given up without a word. */
function adviceFor({ entry, match, cover, differing }: Shadowed, robbers: Robbers | undefined): Phrase {
  if (cover.length === 0) return words('Correct the match, or remove it')
  if (robbers !== undefined) {
    const owners = owned(robbers.by)
    const routes = coverWords(robbers.routes, entry.supplier)
    return owners.length === 0
      ? say`Have ${routes} narrowed, unless these requests are meant for it`
      : say`Have ${routes} narrowed by ${teamsWords(owners)}, or agree with them that they answer these requests`
  }
  if (match !== undefined) return words('Remove the match; nothing changes without it')
  return differing.length > 0
    ? words('Move this entry before what takes its requests, narrow that, or remove this entry')
    : words('Remove this entry; nothing changes without it')
}
