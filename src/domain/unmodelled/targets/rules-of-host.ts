import { at, textsOf } from '../../manifest/json-fields.ts'
import { hostMatches, isWildcard, mayBeNamespace } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import { onlyMesh, placedByUnits } from '../../routing/meshes/mesh-division.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized, memoizedByText } from '../../source/memoized.ts'
import { remembered } from '../../source/remembered.ts'
import {
  type DestinationRule,
  destinationRuleOf,
  isDestinationRule,
  isPrivate,
} from '../reading/destination-rule.ts'
import { livingTogether } from './copies-of-rules.ts'
import { mayHoldGateways } from './pods.ts'
import { type TakenRules, takenInEachOrder } from './taken-rules.ts'
import type { World } from './world.ts'

/** Clients of a namespace; `*` those of any that no rule names. */
export type Client = string

interface Lookup {
  readonly client: Client
  /** In full, in lower case. */
  readonly host: string
  readonly world: World
}

/** Whether objects of two meshes may meet: what stands beside folders and clusters that are meshes of their own may be of any. */
export function mayMeet(mesh: string, other: string): boolean {
  return mesh === other || [mesh, other].includes(onlyMesh)
}

/**
 * Whether an object may be delivered to a mesh; what goes where nobody has routes may be of any. Of what is not known to be in one
 * unit alone any that delivers its file may have it.
 */
export function isDeliveredTo(
  mesh: string,
  { comparison, meshes }: World,
): (resource: Pick<Resource, 'file' | 'unit'>) => boolean {
  const known = new Set(meshes.map(({ name }) => name))
  return ({ file, unit }) => {
    const places = unit === undefined ? placedByUnits(file) : [{ file, unit }]
    return places.some((place) => {
      const own = comparison.meshOf(place)
      return own === undefined || mayMeet(own, mesh) || !known.has(own)
    })
  }
}

/** The DestinationRules that a mesh may have on one side. */
export function rulesIn(side: Snapshot, mesh: string, world: World): readonly DestinationRule[] {
  const { base, merged } = rulesOf(world)
  return side === world.comparison.base ? base(mesh) : merged(mesh)
}

const rulesOf = memoized((world: World) => {
  const { comparison, setting } = world
  const of = ({ manifests }: Snapshot) => {
    const all = remembered(() => manifests.unmodelled.filter(isDestinationRule))
    return memoizedByText((mesh) =>
      all()
        .filter(isDeliveredTo(mesh, world))
        .map((each) => destinationRuleOf(each, setting.clusterDomain)),
    )
  }
  return { base: of(comparison.base), merged: of(comparison.merged) }
})

const holdingGateways = memoized((world: World) =>
  memoizedByText((namespace) => mayHoldGateways(namespace, world)),
)

/** What some client may find: the rules for most of its pods, and others for those of some labels. */
interface FoundRules {
  readonly rules: readonly DestinationRule[]
  readonly forSomePods: readonly TakenRules[number][]
}

/**
 * The rules that Istio takes for a host (`push_context.go`, `destinationRule`): of the client's namespace, else of the service's, else
 * of the root namespace. In each the most specific are chosen first, and then those of them that the client sees; clients in the root
 * namespace take at first only what they alone see. One for some pods keeps the others from what is behind it, too. Of those that are
 * not taken together the youngest counts alone; where nobody knows which that is, any may.
 */
export function rulesFor(rules: readonly DestinationRule[], lookup: Lookup): readonly DestinationRule[] {
  return [...new Set(choicesFor(rules, lookup).flatMap((each) => each.rules))]
}

/** The same for each order of creation, and for each copy of a rule that may be the one that lives. */
export function rulesInEachCase(
  rules: readonly DestinationRule[],
  lookup: Lookup,
): readonly (readonly DestinationRule[])[] {
  return livingTogether(rules, lookup.host).flatMap((living) =>
    choicesFor(living, lookup).map((each) => each.rules),
  )
}

/** The rules for some pods of a client's namespace alone, by their labels. */
export function rulesForSomePods(
  rules: readonly DestinationRule[],
  lookup: Lookup,
): readonly DestinationRule[] {
  const all = choicesFor(rules, lookup).flatMap(({ forSomePods }) => forSomePods)
  return [...new Set(all.flatMap((each) => each.rules))]
}

/** What a client may find, in each order of creation. */
export function choicesFor(
  rules: readonly DestinationRule[],
  { client, host, world }: Lookup,
): readonly FoundRules[] {
  const { rootNamespaces } = world.setting
  const ofHost = rules.filter((each) => hostMatches(each.host, host))
  const isService = isOfService(host, world)
  const exported = (isThere: (namespace: string | undefined) => boolean) =>
    taken(ofHost.filter((each) => !isPrivate(each) && isIn(each, isThere))).map((all) =>
      all.filter(({ first }) => isSeen(first, client)),
    )
  const own = ofHost.filter(
    (each) => isIn(each, (namespace) => namespace === client) && isSeen(each, each.namespace ?? client),
  )
  const levels = [
    taken(rootNamespaces.has(client) ? own.filter(isPrivate) : own),
    exported(isService),
    exported((namespace) => rootNamespaces.has(namespace ?? '')),
  ]
  return firstFound(levels).map((all) => foundIn(all, client))
}

function taken(rules: readonly DestinationRule[]): readonly TakenRules[] {
  return takenInEachOrder(mostSpecific(rules))
}

/** Where one level has nothing, in some order, the next one counts. */
function firstFound(levels: readonly (readonly TakenRules[])[]): readonly TakenRules[] {
  const [level, ...others] = levels
  if (level === undefined) return [[]]
  const found = level.filter(({ length }) => length > 0)
  return found.length === level.length ? found : [...found, ...firstFound(others)]
}

function foundIn(all: TakenRules, client: Client): FoundRules {
  const last = all.findLast(({ first }) => first.selector === undefined)
  return {
    rules: last?.rules ?? [],
    forSomePods: all.filter(({ first }) => first.selector !== undefined && first.namespace === client),
  }
}

/** What says no namespace may be in any. */
function isIn({ namespace }: DestinationRule, isThere: (namespace: string | undefined) => boolean): boolean {
  return namespace === undefined || isThere(namespace)
}

function isSeen({ exportTo }: DestinationRule, client: Client): boolean {
  return exportTo.includes('*') || exportTo.includes(client) || (client !== '*' && exportTo.includes('?'))
}

function mostSpecific(rules: readonly DestinationRule[]): readonly DestinationRule[] {
  const [nearest] = rules.toSorted((a, b) => specificity(b.host) - specificity(a.host))
  return rules.filter(({ host }) => host === nearest?.host)
}

function specificity(host: string): number {
  return isWildcard(host) ? host.length : Number.POSITIVE_INFINITY
}

/** Where the service lives: by its name, or where a ServiceEntry has it; anywhere, if nothing here says. */
function isOfService(host: string, { objects, setting }: World): (namespace: string | undefined) => boolean {
  const suffix = `.svc.${setting.clusterDomain}`
  if (host.endsWith(suffix)) {
    const own = host.slice(0, -suffix.length).split('.')[1]
    return (namespace) => mayBeNamespace(namespace, own)
  }
  const entries = objects('ServiceEntry').filter(({ body }) =>
    textsOf(at(body, 'spec', 'hosts')).some((each) => hostMatches(each.toLowerCase(), host)),
  )
  return (namespace) =>
    entries.length === 0 || entries.some((entry) => mayBeNamespace(entry.namespace, namespace))
}

/** Whose requests a route of a namespace is for, as far as rules tell clients apart: anybody's, and those that it or gateways live beside. */
export function clientsOf(
  own: string | undefined,
  rules: readonly DestinationRule[],
  world: World,
): readonly Client[] {
  const named = rules
    .flatMap(({ namespace, exportTo }) => [namespace, ...exportTo])
    .flatMap((each) => (each === undefined || each === '*' || each === '?' ? [] : [each]))
  return ['*', ...new Set(named)].filter(
    (each) => each === '*' || own === undefined || own === each || holdingGateways(world)(each),
  )
}
