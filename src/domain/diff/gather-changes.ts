import type { Refusal } from '../access/refusal.ts'
import { type Doubt, doubt, uniteDoubts } from '../doubt.ts'
import {
  anyOf,
  BudgetExceeded,
  exactly,
  sharesOf,
  unmetered,
  type Work,
  workOf,
} from '../language/string-set.ts'
import { present } from '../language/values.ts'
import { identityOf } from '../manifest/names.ts'
import type { Resource } from '../manifest/resource.ts'
import { type Box, isWithin, type Universe } from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { arrivingUniverse } from '../match/dimensions.ts'
import { type RequestSet, simplifyRequests } from '../match/request-set.ts'
import { witnessOf } from '../match/witness-request.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { distinctTeams, type Team } from '../ownership/team.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { memoized } from '../source/memoized.ts'
import { inEveryChoice, type KeyedDifference } from './choices/in-every-choice.ts'
import type { MeshChoices, MeshPair, Unsettled, UntriedOrders } from './choices/mesh-choices.ts'
import { type Classification, classify } from './classify.ts'
import { compareMeshes, type HostDifference } from './compare-meshes.ts'
import { keyOfNames, namesAskedOn, type OnConnections, withOtherConnections } from './hosts/on-connections.ts'
import type { ServicesBehind } from './hosts/services-behind.ts'
import type { RouteChange } from './route-change.ts'
import { conditionOptions } from './tables/placed-route.ts'

/**
 * The changes of some meshes, whichever of their copies live: differences with the same outcome before
 * and after, for the same teams, are one change. By mesh, gateway, host and first place in the base table.
 */
export function gatherChanges(
  meshes: readonly MeshChoices[],
  settings: IstioSettings,
  ownership: Ownership,
  services: ServicesBehind,
): readonly RouteChange[] {
  const options = conditionOptions(settings)
  const [work, narrowing, saying] = [workOf('comparison'), workOf('narrowing'), workOf('sayingRequests')]
  const pairs = meshes.reduce((sum, { choices, others }) => sum + choices.length + others.length, 0)
  const shares = sharesOf(work, pairs)
  const classified = ({ base, merged }: MeshPair): readonly Classified[] =>
    shares((share) =>
      compareMeshes(base, merged, { settings, work: share, narrowing })
        .flatMap((difference) => ifAnswered(difference, services))
        .map((difference) => {
          const { universe } = difference
          const ends = { ...difference, ...behind(difference, services) }
          const meaning = classify(ends, ownership, { ...options, universe, work: share })
          return { difference, meaning, key: keyOf(difference, meaning) }
        }),
    )
  return meshes.flatMap(({ choices, others, untried, untriedOrders, unsettled }) => {
    const doubtsOf = (difference: HostDifference) => concerned(difference, unsettled)
    const found = inEveryChoice(
      { choices: choices.map(classified), others: others.map(classified), doubtsOf },
      work,
    ).map((each) => askedOfAll(doubted(each, untried), untriedOrders, ownership))
    const told = withOtherConnections(found, narrowing)
    const groups = Map.groupBy(told, ({ key, difference }) => `${difference.doubts.length === 0} ${key}`)
    return [...groups.values()].map((alike) => toChange(alike, saying, options))
  })
}

/** Without a route on either side something changes only where there is a service that would answer; where that is not known, perhaps. */
function ifAnswered(difference: HostDifference, services: ServicesBehind): readonly HostDifference[] {
  const { mesh, gateway, host, before, after, areServices } = difference
  const isAnswered = before !== undefined || after !== undefined || areServices === true
  if (isAnswered || services.isService(mesh, host)) return [difference]
  const unknown = doubt({ code: 'service-unknown', host })
  return gateway === 'mesh' ? [{ ...difference, doubts: uniteDoubts([...difference.doubts, unknown]) }] : []
}

/** The service behind a host of the mesh. What concerns the clients of the namespaces of its VirtualServices alone is their business. */
function behind(
  { mesh, gateway, host, homes, requests, universe }: HostDifference,
  services: ServicesBehind,
): { readonly service?: { readonly owners: readonly Team[]; readonly isOfOthers: boolean } } {
  if (gateway !== 'mesh') return {}
  const own: Box = new Map([['namespace', present(anyOf(homes.map(exactly), unmetered))]])
  const isOfOthers = !requests.boxes.every((box) => isWithin(box, own, { universe, work: unmetered }))
  return { service: { owners: services.ownersOf(mesh, host), isOfOthers } }
}

/** The doubts about objects that the difference comes from; all of them where none of it shows. */
function concerned(difference: HostDifference, unsettled: readonly Unsettled[]): readonly Doubt[] {
  const own = unsettled.filter(({ objects }) => concerns(difference, objects))
  return (own.length === 0 ? unsettled : own).map((each) => each.doubt)
}

/** Whether what differs hangs on one of some objects. */
function concerns({ before, after, scope }: HostDifference, some: readonly Resource[]): boolean {
  if (some.length === 0) return false
  const names = new Set<string>(some.map(identityOf))
  const from = [before, after].flatMap((route) => route?.from ?? [])
  const objects = [
    ...from.flatMap(({ primary, secondary }) => [primary, secondary]),
    ...scope.map(({ holder }) => holder),
  ]
  return objects.some((each) => each !== undefined && names.has(identityOf(each)))
}

function doubted(found: Classified, untried: Unsettled | undefined): Classified {
  const { difference } = found
  if (untried === undefined || !concerns(difference, untried.objects)) return found
  return {
    ...found,
    difference: { ...difference, doubts: uniteDoubts([...difference.doubts, untried.doubt]) },
  }
}

/** What hangs on one of too many tied routes may concern whoever has any of them. */
function askedOfAll(found: Classified, untried: UntriedOrders | undefined, ownership: Ownership): Classified {
  const { difference, meaning } = found
  if (untried === undefined || !concerns(difference, untried.routes)) return found
  const touched = distinctTeams([...meaning.touched, ...untried.routes.map((each) => ownership.teamOf(each))])
  return {
    ...found,
    meaning: { ...meaning, touched },
    difference: { ...difference, doubts: uniteDoubts([...difference.doubts, untried.doubt]) },
  }
}

/** Over the budget the same requests, in more boxes. */
function inFewBoxes(requests: RequestSet, universe: Universe, saying: Work): RequestSet {
  try {
    return simplifyRequests(requests, { universe, work: saying })
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return requests
  }
}

/** What arrives of it; paths are told by that, and compared by all that can be sent. */
function arrivingIn(universe: Universe, { pathNormalization }: ConditionOptions): Universe {
  const arriving = arrivingUniverse(pathNormalization)
  return (dimension) => (dimension === 'path' ? arriving(dimension) : universe(dimension))
}

interface Classified extends KeyedDifference {
  readonly meaning: Classification
  /** Connections of other names on which the same differs, too. */
  readonly alsoOn?: readonly OnConnections[]
}

function keyOf(difference: HostDifference, meaning: Classification): string {
  const { gateway, host, ports, before, after, unanswered, refused, undecided, connections } = difference
  const teams = [meaning.touched, meaning.told, meaning.scope].map((each) => each.map(({ key }) => key))
  const outcomes = [before?.outcome.key ?? unanswered.before, after?.outcome.key ?? unanswered.after]
  const policies = [refused?.before, refused?.after].map((each) => each && namesOfPolicies(each.by))
  const on = connections === undefined ? [] : [keyOfNames(connections.names), connections.areReused]
  return JSON.stringify([
    gateway,
    host,
    ports,
    outcomes,
    undecided,
    meaning.kind,
    meaning.spill,
    teams,
    ...(refused === undefined ? [] : [policies]),
    ...on,
  ])
}

const namesOfPolicies = memoized((by: Refusal['by']) => JSON.stringify(by.map(identityOf)))

function toChange(alike: readonly Classified[], saying: Work, options: ConditionOptions): RouteChange {
  const [first] = alike
  if (first === undefined) throw new Error('A group of differences is never empty')
  const { mesh, gateway, host, ports, tlsPorts, names, before, after, unanswered, undecided, universe } =
    first.difference
  const { connections, refused } = first.difference
  const alsoOn = alike.flatMap((each) => each.alsoOn ?? [])
  const doubts = uniteDoubts(alike.flatMap(({ difference }) => difference.doubts))
  const boxes = alike.flatMap(({ difference }) => difference.requests.boxes)
  const patterns = [before, after].flatMap((route) => route?.match?.uri?.regex ?? [])
  const arriving = arrivingIn(universe, options)
  const requests = { ...inFewBoxes({ boxes }, universe, saying), patterns, universe: arriving }
  const witness = witnessOf(requests, {
    host,
    universe: arriving,
    ...(ports && { ports }),
    ...(tlsPorts && { tlsPorts }),
    ...(names && { names }),
    ...(connections && { sni: namesAskedOn(connections) }),
  })
  return {
    mesh,
    gateway,
    host,
    ...(ports && { ports }),
    requests,
    ...first.meaning,
    ...(before && { before }),
    ...(after && { after }),
    unanswered,
    ...(refused && { refused }),
    ...(witness && { witness }),
    certain: doubts.length === 0,
    doubts,
    ...(undecided && { undecided }),
    ...(connections && { connections }),
    ...(alsoOn.length > 0 && { alsoOn }),
  }
}
