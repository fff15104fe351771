import { budgets } from '../../domain/budgets.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import type { Team } from '../../domain/ownership/team.ts'
import type { Requirement } from '../../domain/policy/decision.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { wholeOf } from '../../domain/words/sentence.ts'
import { counted } from '../print/counted.ts'
import { obstacleWords } from '../sentences/consent/obstacle-words.ts'
import { ownershipHeadlines } from '../sentences/judge/ownership-words.ts'
import { settingHeadlines } from '../sentences/judge/setting-words.ts'
import { bareHeadlinesOf, headlinesOf } from '../sentences/requests/headline.ts'
import { type Row, rowsByGist } from '../sentences/requests/rows.ts'
import { onlyRewritten } from '../sentences/rewritten-words.ts'
import { unmodelledBodies } from '../sentences/unmodelled-words.ts'
import { openRequirements } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { type Announcement, bodiesOf } from './announcement.ts'
import { shorterReason, shortReason } from './short-reasons.ts'

/** "catalog", "catalog and reviews", "24 of 38 teams". */
export function waitedFor(view: View): Phrase {
  const { audience } = view
  return waitedForAs(view, (team) => words(audience.name(team)))
}

function waitedForAs({ assessment }: View, name: (team: Team) => Phrase): Phrase {
  const open = openRequirements(assessment)
  const all = assessment.decision.requirements.filter((each) => each.satisfiedBy?.how !== 'author').length
  if (open.length <= 2) return listed(open.map(({ team }) => name(team)))
  return words(all > open.length ? `${open.length} of ${all} teams` : `${open.length} teams`)
}

function has(requirement: Requirement, kind: string): boolean {
  return requirement.because.some((reason) => reason.kind === kind)
}

/** The changed resources of the team of a requirement, by name. */
export function resourcesOf(requirement: Requirement, { assessment }: View): readonly string[] {
  const { base, merged, ownership } = assessment.comparison
  const sides = [base, merged].flatMap((side) => [
    ...side.manifests.virtualServices,
    ...side.manifests.gateways,
  ])
  const { changedResources, rewrittenResources } = assessment.touched
  const changed = new Set([...changedResources, ...rewrittenResources])
  const theirs = sides.filter(
    (resource) =>
      changed.has(identityOf(resource)) && ownership.teamOf(resource).key === requirement.team.key,
  )
  return [...new Set(theirs.map((resource) => resource.name))]
}

/** Why the author alone may not change what belongs to a team. */
function resourceBodies(requirement: Requirement, view: View): readonly Phrase[] {
  const { author, pushers, isOfFork } = view.assessment.people
  const names = resourcesOf(requirement, view)
  const [only] = names
  const what = names.length === 1 && only !== undefined ? quoted(only) : words(`${names.length} resources`)
  if (author === undefined || names.length === 0) return []
  if (author.bot) return [say`${quoted(author.login)} may not change ${what} alone`]
  if (view.audience.isAuthors(requirement.team)) {
    if (pushers === 'unknown')
      return [
        words(
          isOfFork ? 'pushes to a fork cannot be attributed' : 'who pushed the commits cannot be established',
        ),
      ]
    const stranger = pushers.find(({ login, changed }) => login !== author.login && changed !== 'nothing')
    return stranger === undefined
      ? []
      : [say`${stranger.login} pushed too, and is not known to be in the team`]
  }
  const verb = names.length === 1 ? 'is' : 'are'
  return [say`${what} ${verb} theirs, and ${author.login} is not in the team`, say`${what} ${verb} theirs`]
}

/** The teams whose resources others change, which nobody but them may do alone. */
function ownersPassedOver(open: readonly Requirement[], view: View): readonly Requirement[] {
  const { author } = view.assessment.people
  if (author === undefined || author.bot) return []
  return open.filter(
    (each) =>
      has(each, 'resource') && !view.audience.isAuthors(each.team) && resourcesOf(each, view).length > 0,
  )
}

/** The same for several teams at once: "vs-1 and vs-2 are theirs, and maya is in neither team". */
function resourcesOfSeveral(passedOver: readonly Requirement[], view: View): readonly Phrase[] {
  const names = [...new Set(passedOver.flatMap((each) => resourcesOf(each, view)))]
  const what = names.length > 2 ? words(`${names.length} resources`) : listed(names.map(quoted))
  if (onlyRewritten(view)) return [say`${what} are written otherwise, no request changes`]
  const none = passedOver.length === 2 ? 'in neither team' : 'in none of the teams'
  const author = view.assessment.people.author?.login ?? ''
  return [say`${what} are theirs, and ${author} is ${none}`, say`${what} are theirs`]
}

/** The files that have no owner, which is why somebody else is asked. */
function unownedBodies(requirement: Requirement, { assessment }: View): readonly Phrase[] {
  const { ownership } = assessment.comparison
  const paths = requirement.because.flatMap(({ kind, path }) =>
    kind === 'judge' || path === undefined ? [] : [path],
  )
  const [path] = paths.filter((each) => ownership.known && ownership.ownersOf(each).owners.length === 0)
  return path === undefined ? [] : [say`nobody owns ${quoted(path)}`]
}

function extra(rows: readonly Row[]): readonly string[] {
  const more = rows
    .slice(1)
    .filter((row) => row.others)
    .reduce((sum, row) => sum + row.paths, 0)
  return more === 0
    ? ['']
    : [`, and ${more} more ${more === 1 ? 'path changes' : 'paths change'}`, ', and more', '']
}

/** Of more rows than a table holds no one is worth a title. */
const mostRows = budgets.commentRows.size

/** What happens to the requests of the first row, with a count of the others where it fits. */
export function rowBodies(all: readonly Row[], mood: 'would' | 'does', view: View): readonly Phrase[] {
  const rows = rowsByGist(all, view)
  const [first] = rows
  if (first === undefined) return []
  if (rows.length > mostRows && rows.every(({ kind }) => kind === 'changed' || kind === 'inherited')) {
    const paths = rows.reduce((sum, row) => sum + row.paths, 0)
    return [words(`${counted(paths, 'path')} ${mood === 'does' ? '' : `${mood} `}change`)]
  }
  return headlinesOf(first, mood, view).flatMap((line) => extra(rows).map((more) => say`${line}${more}`))
}

/** Of what may happen it is said that it cannot be decided, where that has room. */
function undecided(rows: readonly Row[], bodies: readonly Phrase[]): readonly Phrase[] {
  const isOpen = rows.length > 0 && rows.every(({ changes }) => changes.every(({ certain }) => !certain))
  return isOpen ? bodies.flatMap((body) => [say`${body}, it cannot be decided`, body]) : bodies
}

/** Whether the rows leave each request with the team that has it: then the question is who may edit, not who loses. */
function staysAtHome(rows: readonly Row[]): boolean {
  return rows.every(
    ({ kind, changes }) =>
      !['moved', 'dropped', 'denied'].includes(kind) && changes.every(({ spill }) => !spill),
  )
}

/** What others lose who are told of it, not asked: nobody waited for is asked about anything worse. */
function lossesOfTold({ rows, audience }: View): readonly Row[] {
  return rows.filter(
    ({ kind, changes }) =>
      (kind === 'dropped' || kind === 'denied') &&
      changes.some(({ certain, told }) => certain && told.some((team) => !audience.isAuthors(team))),
  )
}

/** What others lose, in the fullest words that have room. */
function lossBodies(losses: readonly Row[], view: View): readonly Phrase[] {
  const [worst] = losses
  if (worst === undefined) return []
  const teams = [...new Set(worst.changes.flatMap(({ told }) => told.map(view.audience.name)))]
  const whose = teams.length > 2 ? words(`${teams.length} teams`) : listed(teams.map(words))
  const fate = worst.kind === 'denied' ? 'return 403' : 'lose every route'
  return [...rowBodies(losses, 'would', view), say`requests of ${whose} would ${fate}`]
}

function textBodies(open: readonly Requirement[]): readonly Phrase[] {
  const order = ['judge', 'identity', 'rule', 'resource', 'traffic']
  const reasons = open.flatMap((requirement) => requirement.because)
  return order
    .flatMap((kind) => reasons.filter((reason) => reason.kind === kind))
    .flatMap((reason) => [wholeOf(reason), reason.clause])
}

/** What was listed only after the approvals of all who are waited for: "/logbook would move too". */
function freshBodies(view: View): readonly Phrase[] {
  const open = openRequirements(view.assessment)
  if (open.some(({ since }) => since === undefined)) return []
  const [row, ...others] = view.rows.filter(({ newSince }) => newSince !== undefined)
  if (row === undefined) return []
  const ofNewOnes = { ...row, ...row.newOnes }
  const lines = (row.kind === 'moved' ? bareHeadlinesOf : headlinesOf)(ofNewOnes, 'would', view)
  const more = others.length === 0 ? '' : ', and more'
  return lines.map((line) => say`${line} too${more}`)
}

/** Whether a team has agreed to something before, but not to this: what is asked is then worth more than why. */
function isAskedAgain({ obstacles = [] }: Requirement): boolean {
  return obstacles.length > 0 && obstacles.every(({ kind }) => kind === 'before-listed')
}

/** What stands in the way of one requirement, all of it in one line. */
function obstacleBodies(requirement: Requirement): readonly Phrase[] {
  const { obstacles = [] } = requirement
  if (obstacles.length === 0 || isAskedAgain(requirement)) return []
  return [
    joined(
      obstacles.map((each) => obstacleWords(each, requirement)),
      '. ',
    ),
  ]
}

const mostNamed = budgets.namedTeams.size

/** `Waiting for catalog: /logs* would move from catalog to login`. */
export function waitingTitle(view: View): Announcement {
  const open = openRequirements(view.assessment)
  const fresh = freshBodies(view)
  const asked = new Set(open.flatMap((requirement) => requirement.because.map((reason) => reason.change)))
  const concerned = view.rows.filter((row) => row.changes.some((change) => asked.has(change)))
  const rows = open.length > 2 ? view.rows : concerned
  const obstacles = open.flatMap(obstacleBodies)
  const passedOver = ownersPassedOver(open, view)
  const isOfOne = passedOver.length < 2
  const resources = isOfOne
    ? open.filter((each) => has(each, 'resource')).flatMap((each) => resourceBodies(each, view))
    : resourcesOfSeveral(passedOver, view)
  const traffic = undecided(rows, rowBodies(rows, 'would', view))
  const judge = open.some((each) => has(each, 'judge'))
    ? [...ownershipHeadlines(view), ...settingHeadlines(view)]
    : []
  const unowned = open.flatMap((each) => unownedBodies(each, view))
  const bodies = [
    ...fresh,
    ...(staysAtHome(rows) ? lossBodies(lossesOfTold(view), view) : []),
    ...(obstacles.length === open.length && open.length <= mostNamed ? obstacles : []),
    ...(isOfOne && open.length <= mostNamed && staysAtHome(rows)
      ? [...resources, ...unowned, ...traffic]
      : [...traffic, ...resources, ...unowned]),
    ...judge,
    ...open.flatMap(({ because }) =>
      because.flatMap(({ finding }) => (finding === undefined ? [] : unmodelledBodies(finding, view))),
    ),
    ...textBodies(open),
    ...open.flatMap(({ because }) => because.slice(0, 1).map(shortReason)),
    ...open.flatMap(({ because }) => because.slice(0, 1).map(shorterReason)),
  ]
  return {
    verdict: {
      kind: 'waiting',
      whom: waitedFor(view),
      inFull: waitedForAs(view, view.audience.handle),
      again: fresh.length > 0,
    },
    bodies: bodiesOf(bodies),
  }
}
