import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind, groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import { sortedTeams, type Team, teamNamed } from '../../ownership/team.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { code, nameOf } from '../../terms/code.ts'
import type { Target } from '../../unmodelled/reach.ts'
import { namesakesOf, reachOf } from '../../unmodelled/reach-of.ts'
import { type Reachable, type Reached, teamsReached } from '../../unmodelled/reached.ts'
import { existenceKey } from '../../unmodelled/reading/existence.ts'
import { podTemplatesOf } from '../../unmodelled/reading/pod-templates.ts'
import { hostFilledIn, kindFilledIn } from '../../unmodelled/targets/filled-in.ts'
import { type UnderPolicy, underChangedPolicies } from '../../unmodelled/targets/policies.ts'
import { subsetsEmptied, subsetsLost } from '../../unmodelled/targets/subsets.ts'
import { owned, type World, worldOf } from '../../unmodelled/targets/world.ts'
import type { Verb } from '../../unmodelled/unjudged.ts'
import { unjudgedSentence } from '../../unmodelled/unjudged-words.ts'
import { joined, say, words } from '../../words/phrase.ts'
import { meshOfPath } from '../input/mesh-of-path.ts'
import { note } from '../note.ts'
import type { Fault } from '../rule.ts'
import type { UnjudgedObject, UnjudgedPair } from './unjudged-objects.ts'

const nobody: Reachable = { everybody: false, reached: [] }

/**
 * What an object of a kind that is not modelled does, if it does anything: asked of whomever it reaches. What says the same
 * of requests as before, in another file or beside them, is told and asks nobody here.
 */
export function unjudgedFault(pair: UnjudgedPair, world: World): readonly Fault[] {
  const known = faultsKnown(pair, world)
  const isAsked = known.some(({ effect }) => effect !== 'report')
  const [entry] = [...pair.after, ...pair.before].map((each) => each.entry)
  if (entry === undefined) return known
  const [before, after] = [resourcesOf(pair.before), resourcesOf(pair.after)]
  const kind = isAsked ? undefined : kindFilledIn(before, after, entry)
  const filledIn = kind ?? hostFilledIn(before, after, entry, world)
  if (filledIn === undefined) return known
  return [...(isAsked ? known : []), ...faultOf(pair, { everybody: true, filledIn, reached: [] }, world)]
}

/** What it does as far as it is known. */
function faultsKnown(pair: UnjudgedPair, world: World): readonly Fault[] {
  const { before, after } = pair
  const said = whatDecides(pair)
  const decides = listOf(before, said) !== listOf(after, said)
  if (!decides && !isReordered(pair)) return isSame(before, after, world) ? [] : faultOf(pair, nobody, world)
  if (after.length === 0 && before.every(({ entry }) => entry.quietIfGone === true)) return []
  if (before.length === 0 && after.every(({ entry }) => entry.harmlessIfNew === true)) return []
  const reach = reachOfPair(pair, world)
  if (reach === undefined) return []
  const own = writersOf([...before, ...after], world).map(({ key }) => key)
  const isOwn = !reach.everybody && teamsReached(reach).every(({ key }) => own.includes(key))
  const isQuiet = [...before, ...after].every(({ entry }) => entry.quiet === true)
  if (isOwn && isNewWithAll(pair, world)) return []
  return isQuiet && isOwn && !letsGo(pair, world) ? [] : faultOf(pair, reach, world)
}

/** What decides, and in which mesh: an object that goes from one cluster to another says the same, and is lost to the first one. */
function whatDecides({ before, after }: UnjudgedPair): (object: UnjudgedObject) => string {
  const isDelivered = [...before, ...after].every(({ resource }) => resource.unit !== undefined)
  return isDelivered ? ({ place, decides }) => canonicalJson([place, decides]) : ({ decides }) => decides
}

/** Whether it comes with everything that it reaches: nothing of that was there before. */
function isNewWithAll({ before, after }: UnjudgedPair, { comparison }: World): boolean {
  const [entry] = after.map((each) => each.entry)
  if (before.length > 0 || entry?.quietIfNew !== true) return false
  const reach = reachOf(resourcesOf(after), entry, worldOf(beforeOf(comparison))) ?? nobody
  return !reach.everybody && reach.reached.every(({ names }) => names.length === 0)
}

/** The base side alone. */
const beforeOf = memoized(
  (comparison: Comparison): Comparison => ({ ...comparison, merged: comparison.base }),
)

/** Whether something of what was reached is reached no more: pods that a Service selected, and that go or are called otherwise. */
function letsGo({ before, after }: UnjudgedPair, world: World): boolean {
  const [entry] = before.map((each) => each.entry)
  if (entry === undefined) return false
  const namesOf = (objects: readonly UnjudgedObject[]) =>
    new Set(reachOf(resourcesOf(objects), entry, world)?.reached.flatMap(({ names }) => names))
  return !namesOf(before).isSubsetOf(namesOf(after))
}

/** Whom it reached and will reach, those included whose object of the same name it stands in for. */
function reachOfPair(pair: UnjudgedPair, world: World): Reachable | undefined {
  const { before, after } = pair
  const [entry] = [...after, ...before].map((each) => each.entry)
  if (entry === undefined) return undefined
  const changed = [...without(before, after), ...without(after, before)]
  const objects = changed.length > 0 ? changed : [...before, ...after]
  const paths = new Set(before.map(({ resource }) => resource.file.path))
  const namesakes = after
    .filter(({ resource }) => !paths.has(resource.file.path))
    .flatMap(({ resource, mesh }) =>
      namesakesOf(
        resource,
        world,
        (path) => meshOfPath(path, world.comparison.base, world.comparison) === mesh,
      ),
    )
  const more = reachedByMore(pair, world)
  const reach = reachOf(
    resourcesOf(objects),
    more === undefined ? entry : { ...entry, reach: () => more },
    world,
  )
  const lost = subsetsLostBy(pair, world)
  if (reach === undefined && namesakes.length + lost.length === 0) return undefined
  const { everybody, reached } = reach ?? nobody
  return { everybody, reached: [...lost, ...reached, ...namesakes] }
}

function resourcesOf(objects: readonly UnjudgedObject[]): readonly UnjudgedObject['resource'][] {
  return objects.map(({ resource }) => resource)
}

/** Whom it reaches, where it says what it said and more. */
function reachedByMore({ before, after }: UnjudgedPair, { setting }: World): readonly Target[] | undefined {
  const [old, now] = [before[0], after[0]]
  if (old === undefined || now === undefined || before.length + after.length > 2) return undefined
  const isThereAlike = existenceKey(old.resource) === existenceKey(now.resource)
  if (!isThereAlike || old.perhaps === true || now.perhaps === true) return undefined
  return now.entry.reachOfMore?.(old.resource, now.resource, setting)
}

/** Whose routes lead to subsets that are no more, or that nothing runs any more. */
function subsetsLostBy({ before, after }: UnjudgedPair, world: World): readonly Reached[] {
  const [first] = [...before, ...after]
  if (first === undefined) return []
  const { kind } = first.resource
  const old = resourcesOf(before)
  if (old.some(({ body }) => podTemplatesOf(body).length > 0)) return subsetsEmptied(old, first.mesh, world)
  const rules = [...old, ...resourcesOf(after)]
  return kind === 'DestinationRule' ? subsetsLost(rules, first.mesh, world) : []
}

function without(
  objects: readonly UnjudgedObject[],
  others: readonly UnjudgedObject[],
): readonly UnjudgedObject[] {
  const known = new Set(others.map(({ decides }) => decides))
  return objects.filter(({ decides }) => !known.has(decides))
}

function listOf(objects: readonly UnjudgedObject[], of: (each: UnjudgedObject) => string): string {
  return canonicalJson(objects.map(of).toSorted())
}

/**
 * Whether objects of one identity that say different things stand in another order, by file and place: the last one that is
 * applied is the one that lives.
 */
function isReordered({ before, after }: UnjudgedPair): boolean {
  const said = (objects: readonly UnjudgedObject[]) =>
    objects.toSorted((a, b) => compareTexts(placeOf(a), placeOf(b))).map(({ decides }) => decides)
  return before.length > 1 && after.length > 1 && canonicalJson(said(before)) !== canonicalJson(said(after))
}

function placeOf({ resource }: UnjudgedObject): string {
  return `${resource.file.path} ${String(rangeOf(resource)?.start ?? 0).padStart(9, '0')}`
}

/** Nothing is said otherwise, and nothing has moved to other owners. */
function isSame(
  before: readonly UnjudgedObject[],
  after: readonly UnjudgedObject[],
  { ownerOf, writerOf }: World,
): boolean {
  const owner = ({ resource, says }: UnjudgedObject) =>
    `${ownerOf(resource).key} ${writerOf(resource).key} ${says}`
  return listOf(before, owner) === listOf(after, owner)
}

function writersOf(objects: readonly UnjudgedObject[], { writerOf }: World): readonly Team[] {
  return owned(objects.map(({ resource }) => writerOf(resource)))
}

function verbOf({ before, after }: UnjudgedPair): Verb {
  if (before.length === 0) return 'new'
  if (after.length === 0) return 'removed'
  const says = ({ decides, says: all }: UnjudgedObject) => `${decides} ${all}`
  const isSaidElsewhere = listOf(before, says) === listOf(after, says)
  return isSaidElsewhere && !isReordered({ before, after }) ? 'moved' : 'changed'
}

function faultOf(pair: UnjudgedPair, reach: Reachable, world: World): readonly Fault[] {
  const { before, after } = pair
  const known = new Set(before.map(({ decides, says }) => `${decides} ${says}`))
  const changed = after.find(({ decides, says }) => !known.has(`${decides} ${says}`)) ?? after[0]
  const subject = changed ?? before[0]
  if (subject === undefined) return []
  const { resource, mesh } = subject
  const { kind, name, namespace, file } = resource
  const unjudged = { kind, name, namespace, verb: verbOf(pair), path: file.path, reach }
  return [
    {
      code: 'unmodelled-change.object',
      ...unjudgedSentence(unjudged, teamNamed),
      range: changed && rangeOf(changed.resource, 'name'),
      because: notesOf(pair, reach, world),
      todo: words('Let somebody who knows it look at it'),
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      fingerprint: canonicalJson([
        [mesh, groupOf(resource.apiVersion), kind, identityOf(resource)],
        before.map(({ decides, says }) => [decides, says]),
        after.map(({ decides, says }) => [decides, says]),
        ...(reach.filledIn === undefined ? [] : [reach.filledIn]),
      ]),
      ...asked(pair, reach, world),
      unjudged,
    },
  ]
}

/**
 * The owners of the file are asked for the object as a whole elsewhere; of what decides in part only, and of an order, here. What reaches
 * nobody else asks nobody.
 */
function asked(
  { before, after }: UnjudgedPair,
  reach: Reachable,
  world: World,
): Pick<Fault, 'teams' | 'effect'> {
  if (reach.everybody) return {}
  const own = writersOf([...before, ...after], world)
  const isHere =
    [...before, ...after].some(({ entry }) => entry.partial === true) || isReordered({ before, after })
  const reached = teamsReached(reach)
  const isOwn = reached.every(({ key }) => own.some((each) => each.key === key))
  const teams = sortedTeams([...reached, ...(isHere ? own : [])])
  if (teams.length === 0 || (isOwn && !isHere)) return { effect: 'report' }
  return { teams }
}

function notesOf({ before, after }: UnjudgedPair, reach: Reachable, world: World): readonly Because[] {
  const { setting } = world
  const { kind = '', namespace } = [...after, ...before][0]?.resource ?? {}
  const appears = before.some(({ perhaps }) => perhaps) && after.some(({ perhaps }) => perhaps !== true)
  const root = joined([...setting.rootNamespaces].map(code), ' and ')
  return [
    ...policyNotes({ before, after }, world),
    note(
      kind === 'AuthorizationPolicy'
        ? say`Of ${code(kind)} only what it does at gateways is worked out`
        : say`The kind ${code(kind)} is not modelled`,
    ),
    ...(appears
      ? [
          note(
            words('Its file could not be read to its end before, so that a cluster perhaps did not have it'),
          ),
        ]
      : []),
    ...(reach.filledIn === undefined
      ? []
      : [
          note(
            say`It holds ${code(reach.filledIn)}, which is filled in elsewhere and may become what others have`,
          ),
        ]),
    ...(reach.everybody && reach.filledIn === undefined && namespace !== undefined
      ? [note(say`${root} is taken to be the root namespace of the mesh`)]
      : []),
  ]
}

const mostPolicyNotes = budgets.notes.size

/** Whose requests other policies are for; they are told, whoever else is asked. */
function policyNotes({ before, after }: UnjudgedPair, world: World): readonly Because[] {
  const own = new Set(writersOf([...before, ...after], world).map(({ key }) => key))
  const others = underChangedPolicies(resourcesOf(before), resourcesOf(after), world).filter(
    ({ resource }) => !own.has(world.ownerOf(resource).key),
  )
  const more = others.length - mostPolicyNotes
  return [
    ...others.slice(0, mostPolicyNotes).map((under) => policyNote(under, world)),
    ...(more > 0 ? [note(say`So do ${more} more VirtualServices of others`)] : []),
  ]
}

function policyNote(under: UnderPolicy, world: World): Because {
  const { resource, host, subset } = under
  const place = subset === undefined ? code(host) : say`the subset ${code(subset)} of ${code(host)}`
  const who = teamNamed(world.ownerOf(resource))
  return note(
    say`${nameOf(resource)} of ${who} leads to ${place}, of which the traffic policy changes`,
    rangeOf(under, 'host'),
  )
}
