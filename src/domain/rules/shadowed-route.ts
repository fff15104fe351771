import type { Comparison } from '../diff/comparison.ts'
import { conditionOptions } from '../diff/placed-route.ts'
import { enumerateWords } from '../language/enumerate-words.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { distinctTeams, sameTeam, type Team } from '../ownership/team.ts'
import { sameEntryIn } from '../reach/entry-reach.ts'
import { type Shadowed, shadowedIn } from '../reach/shadowing.ts'
import { writtenEntry, writtenMatches } from '../reach/written-match.ts'
import { type EffectiveRoute, supplierOf } from '../routing/route-table.ts'
import type { Mesh, Snapshot } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { code, nameOf } from '../wording/code.ts'
import { matchWords } from '../wording/match-words.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

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
  *check(side, comparison) {
    for (const mesh of side.meshes) {
      for (const shadowed of shadowedIn(mesh, conditionOptions(comparison.settings))) {
        yield explain(shadowed, { mesh, side, comparison })
      }
    }
  },
}

interface Place {
  readonly mesh: Mesh
  readonly side: Snapshot
  readonly comparison: Comparison
}

function explain(shadowed: Shadowed, place: Place): Fault {
  const { entry, match, cover } = shadowed
  const { supplier } = entry
  const range = rangeOf(match ?? entry.entry)
  const killers = match === undefined ? killedBy(shadowed, place) : undefined
  const robbers = robbersOf(shadowed, place.comparison)
  return {
    ...told(messageOf(shadowed, place, { killers, robbers })),
    ...(range && { range }),
    because: [...cover.slice(0, 6).map(coverNote), ...effectNotes(shadowed)],
    todo: guessed(adviceFor(shadowed, robbers)),
    resource: identityOf(supplier),
    mesh: place.mesh.name,
    fingerprint: canonicalJson(match ?? entry.entry),
    teams: killers ? [killers.loser] : concerned(shadowed, place.comparison),
    ...(match && { severity: 'info', effect: 'report' }),
    ...(killers && { effect: 'require-approval' }),
  }
}

interface Killed {
  readonly loser: Team
  readonly by: readonly Team[]
}

/** Somebody else's change: the entry stood and was reached on the base side, and other owners' routes take it now. */
function killedBy({ entry, cover }: Shadowed, { mesh, side, comparison }: Place): Killed | undefined {
  const { base, merged, ownership, settings } = comparison
  if (side !== merged) return undefined
  const loser = ownership.teamOf(entry.supplier)
  const by = distinctTeams(cover.map((route) => ownership.teamOf(supplierOf(route)))).filter(
    (team) => !sameTeam(team, loser),
  )
  const before = base.meshes.find(({ name }) => name === mesh.name)
  if (by.length === 0 || before === undefined) return undefined
  const same = sameEntryIn(before, entry, conditionOptions(settings))
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
  return distinctTeams(all.filter(({ owners }) => owners.length > 0))
}

interface Others {
  readonly killers: Killed | undefined
  readonly robbers: Robbers | undefined
}

function messageOf(shadowed: Shadowed, { comparison }: Place, { killers, robbers }: Others): string {
  const { entry, match, cover } = shadowed
  const subject = match === undefined ? `this entry of ${nameOf(entry.supplier)}` : 'this match'
  if (cover.length === 0) return `No request can match ${subject}${whyNever(shadowed)}.`
  const owners = ownersWords(killers, robbers)
  const reach = match === undefined || robbers !== undefined ? 'can reach' : 'needs'
  return `No request ${reach} ${subject}: ${coverWords(cover, entry.supplier)} ${cover.length === 1 ? 'takes' : 'take'} ${requestsOf(shadowed)} first.${comparison.ownership.known ? owners : ''}`
}

/** Whose requests they would be, and who answers them. */
function ownersWords(killers: Killed | undefined, robbers: Robbers | undefined): string {
  if (killers !== undefined) return ` ${words(killers.by)} would take them from ${words([killers.loser])}.`
  if (robbers === undefined) return ''
  const verb = robbers.by.length === 1 ? 'answers' : 'answer'
  return ` ${words(robbers.by)} ${verb} them, not ${words([robbers.loser])}.`
}

function words(teams: readonly Team[]): string {
  return enumerateWords(
    teams.map(({ label }) => label),
    'and',
  )
}

function whyNever({ entry, match }: Shadowed): string {
  const matches = match === undefined ? (entry.entry.match ?? []) : [match]
  const bare = matches.every(({ uri }) => {
    const text = uri?.exact ?? uri?.prefix
    return text !== undefined && text !== '' && !text.startsWith('/')
  })
  return bare && matches.length > 0
    ? ': a path starts with `/`'
    : ': what it asks for contradicts itself, or does not exist'
}

/** Which requests: those that the entry's author asked for. */
function requestsOf({ entry, match }: Shadowed): string {
  const matches = match === undefined ? (entry.entry.match ?? []) : [match]
  const all = [...new Set(matches.map(matchWords))]
  if (all.length === 0) return 'all of them'
  return all.length > 4 ? enumerateWords(all.slice(0, 3), 'and', all.length - 3) : enumerateWords(all, 'and')
}

function coverWords(cover: readonly EffectiveRoute[], loser: VirtualService): string {
  const all = cover.map((route) => {
    const supplier = supplierOf(route)
    const owner = supplier === loser ? '' : ` of ${nameOf(supplier)}`
    return `${matchWords(route.match)}${owner}`
  })
  const each = [...new Set(all)]
  return each.length > 4
    ? enumerateWords(each.slice(0, 3), 'and', each.length - 3)
    : enumerateWords(each, 'and')
}

function coverNote(route: EffectiveRoute): Because {
  const { from, match } = route
  const written = match && writtenMatches(from)[(from.http.match ?? []).indexOf(match)]
  const range = rangeOf(written ?? writtenEntry(from))
  return {
    ...told(`${matchWords(match)} of ${nameOf(supplierOf(route))} comes first.`),
    ...(range && { range }),
  }
}

function effectNotes({ cover, differing, otherTables, table }: Shadowed): readonly Because[] {
  const acts =
    differing.length > 0
      ? 'They do something else with the requests than this would.'
      : 'They do the same with the requests, so that nothing is lost but clarity.'
  const one = cover.length === 1 ? acts.replace('They do', 'It does') : acts
  const where = `The same holds on ${otherTables} more ${otherTables === 1 ? 'host' : 'hosts'} beside ${code(table.host)}.`
  return [
    ...(cover.length === 0 ? [] : [{ ...told(one) }]),
    ...(otherTables === 0 ? [] : [{ ...told(where) }]),
  ]
}

/** What others take to do something else with it is not to be given up without a word. */
function adviceFor({ entry, match, cover, differing }: Shadowed, robbers: Robbers | undefined): string {
  if (cover.length === 0) return 'Correct the match, or remove it.'
  if (robbers !== undefined) {
    const owners = robbers.by.filter(({ owners: named }) => named.length > 0)
    const routes = coverWords(robbers.routes, entry.supplier)
    return owners.length === 0
      ? `Have ${routes} narrowed, unless these requests are meant for it.`
      : `Have ${routes} narrowed by ${words(owners)}, or agree with them that they answer these requests.`
  }
  if (match !== undefined) return 'Remove the match; nothing changes without it.'
  return differing.length > 0
    ? 'Move this entry before what takes its requests, narrow that, or remove this entry.'
    : 'Remove this entry; nothing changes without it.'
}
