import { canonicalJson } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { hostMatches, resolveHost } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { type Located, origin } from '../../source/located.ts'
import { isDestinationRule } from '../reading/destination-rule.ts'
import { destinationsOf } from '../reading/destinations.ts'
import type { World } from './world.ts'

/** A route whose requests are treated by a policy that changes; where it leads there. */
export interface UnderPolicy extends Located {
  readonly resource: VirtualService
  readonly host: string
  /** Absent where the policy is one for all subsets. */
  readonly subset?: string
}

/** The policies of one host: for all of it, by no name, and for its subsets. */
type Policies = ReadonlyMap<string, string>

/**
 * Routes of the merged side that lead to what these DestinationRules, one object on both sides, have another traffic policy for than
 * before. Each VirtualService once; clients are not told apart.
 */
export function underChangedPolicies(
  before: readonly UnmodelledResource[],
  after: readonly UnmodelledResource[],
  world: World,
): readonly UnderPolicy[] {
  const rules = [...before, ...after].filter(isDestinationRule)
  if (rules.length === 0) return []
  const { clusterDomain } = world.setting
  const hosts = new Set(
    rules.map(({ body, namespace }) =>
      resolveHost(textOf(at(body, 'spec', 'host')) ?? '', namespace, clusterDomain).toLowerCase(),
    ),
  )
  const meshes = new Set(rules.map((rule) => world.comparison.meshOf(rule)))
  const changed = changedIn(policiesFor(before), policiesFor(after))
  if (changed.size === 0) return []
  const under = [...hosts].flatMap((host) => routesTo({ host, changed, meshes }, world))
  return [...new Map(under.toReversed().map((each) => [each.resource, each])).values()].toReversed()
}

function policiesFor(rules: readonly UnmodelledResource[]): Policies {
  return new Map(
    rules
      .flatMap(({ body }) => [
        ['', at(body, 'spec', 'trafficPolicy')] as const,
        ...objectsOf(at(body, 'spec', 'subsets')).map(
          (each) => [textOf(each['name']) ?? '', each['trafficPolicy']] as const,
        ),
      ])
      .map(([name, policy = null]) => [name, canonicalJson(policy)]),
  )
}

function changedIn(before: Policies, after: Policies): ReadonlySet<string> {
  const none = canonicalJson(null)
  return new Set(
    [...before.keys(), ...after.keys()].filter(
      (name) => (before.get(name) ?? none) !== (after.get(name) ?? none),
    ),
  )
}

interface Changed {
  readonly host: string
  readonly changed: ReadonlySet<string>
  readonly meshes: ReadonlySet<string | undefined>
}

function routesTo(
  { host, changed, meshes }: Changed,
  { comparison, setting }: World,
): readonly UnderPolicy[] {
  const known = new Set(comparison.merged.meshes.map(({ name }) => name))
  const isAnywhere = [...meshes].some((each) => each === undefined || !known.has(each))
  return comparison.merged.meshes
    .filter(({ name }) => isAnywhere || meshes.has(name))
    .flatMap(({ virtualServices }) => virtualServices)
    .flatMap((resource) =>
      destinationsOf(resource).flatMap((destination) => {
        const { subset, [origin]: place } = destination
        const to = resolveHost(destination.host, resource.namespace, setting.clusterDomain).toLowerCase()
        const isOfSubset = subset !== undefined && changed.has(subset)
        if (!hostMatches(host, to) || !(isOfSubset || changed.has(''))) return []
        return [{ resource, host: to, ...(isOfSubset && { subset }), ...(place && { [origin]: place }) }]
      }),
    )
}
