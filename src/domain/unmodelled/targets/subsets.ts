import { canonicalJson } from '../../manifest/json.ts'
import { at, labelsOf } from '../../manifest/json-fields.ts'
import { hostMatches, mayBeNamespace, resolveHost } from '../../manifest/names.ts'
import { isUnknown, mayBe } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { type Located, origin } from '../../source/located.ts'
import type { Labels } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { workloadsUpon } from '../reading/depended-upon.ts'
import { type DestinationRule, destinationRuleOf } from '../reading/destination-rule.ts'
import { destinationsOf } from '../reading/destinations.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { nameOfRule } from './copies-of-rules.ts'
import { clientsOf, mayMeet, rulesFor, rulesIn, rulesInEachCase } from './rules-of-host.ts'
import { owned, type World } from './world.ts'

/** A route that leads to a subset of a host, and where it says so. */
export interface SubsetUse extends Located {
  readonly resource: VirtualService
  /** In full, in lower case. */
  readonly host: string
  readonly subset: string
}

/**
 * The owners of routes that lead to a subset which is defined no more, or by other labels, because of these DestinationRules: Envoy
 * answers 503 for a subset that is not there. Policies, subsets that no route uses, and what says the same in other files reach
 * nobody.
 */
export function subsetsLost(
  rules: readonly UnmodelledResource[],
  mesh: string,
  world: World,
): readonly Reached[] {
  const names = new Set(rules.map((rule) => world.comparison.meshOf(rule) ?? mesh))
  return reachedOf(
    [...names].flatMap((name) => lostIn(name, rules, world)),
    world,
  )
}

function lostIn(mesh: string, rules: readonly UnmodelledResource[], world: World): readonly SubsetUse[] {
  const changed = rules.map((rule) => destinationRuleOf(rule, world.setting.clusterDomain))
  const names = new Set(changed.map(nameOfRule))
  const { base, merged } = world.comparison
  return meshesNamed(mesh, world).flatMap((each) => {
    const before = rulesIn(base, each.name, world)
    const after = rulesIn(merged, each.name, world)
    const concerned = [...changed, ...before.filter((rule) => names.has(nameOfRule(rule)))]
    return subsetUsesIn(each, world)
      .filter(({ host }) => concerned.some((rule) => hostMatches(rule.host, host)))
      .filter(({ resource, host, subset }) =>
        clientsOf(resource.namespace, concerned, world).some((client) => {
          const lookup = { client, host, world }
          return isLost(subset, rulesInEachCase(before, lookup), rulesInEachCase(after, lookup))
        }),
      )
  })
}

/** Meshes of the merged side: who leads elsewhere then needs nothing. */
function meshesNamed(mesh: string, { comparison: { merged } }: World): readonly Mesh[] {
  const named = merged.meshes.filter(({ name }) => mayMeet(name, mesh))
  return named.length > 0 ? named : merged.meshes
}

function reachedOf(uses: readonly SubsetUse[], world: World): readonly Reached[] {
  if (uses.length === 0) return []
  const names = uses.map(({ subset }) => subset)
  return [reachedBy('subset', names, owned(uses.map(({ resource }) => world.ownerOf(resource))))]
}

/** The owners of routes that lead to a subset of which these workloads ran the pods, and of which nothing here runs any more. */
export function subsetsEmptied(
  workloads: readonly UnmodelledResource[],
  mesh: string,
  world: World,
): readonly Reached[] {
  const emptied = meshesNamed(mesh, world).flatMap((each) => {
    const rules = rulesIn(world.comparison.merged, each.name, world)
    return subsetUsesIn(each, world).filter(({ host, subset }) => {
      const [rule] = rulesFor(rules, { client: '*', host, world })
      const labels = rule?.subsets.get(subset)?.labels
      if (labels === undefined) return false
      return servicesOf(host, world).some((service) => {
        const runs = runsPodsOf(service, labels)
        return workloads.some(runs) && !workloadsAfter(world).some(runs)
      })
    })
  })
  return reachedOf(emptied, world)
}

/** Services that lead to pods by labels. */
function servicesOf(host: string, { partial, setting }: World): readonly UnmodelledResource[] {
  return partial('Service').filter(
    ({ name, namespace, body }) =>
      resolveHost(name, namespace, setting.clusterDomain).toLowerCase() === host &&
      Object.keys(labelsOf(at(body, 'spec', 'selector'))).length > 0,
  )
}

function runsPodsOf(
  { namespace, body }: UnmodelledResource,
  labels: Labels,
): (workload: UnmodelledResource) => boolean {
  const wanted = Object.entries({ ...labelsOf(at(body, 'spec', 'selector')), ...labels })
  return (workload) => {
    return (
      mayBeNamespace(workload.namespace, namespace) &&
      podTemplatesOf(workload.body).some((pods) => wanted.every(([key, value]) => pods.labels[key] === value))
    )
  }
}

function workloadsAfter({ comparison }: World): readonly UnmodelledResource[] {
  return workloadsUpon(comparison.merged.manifests.files)
}

/** Of a subset that another tool names any may be meant. What may be lost, in some case, is. */
function isLost(
  subset: string,
  before: readonly (readonly DestinationRule[])[],
  after: readonly (readonly DestinationRule[])[],
): boolean {
  const names = isUnknown(subset)
    ? before.flat().flatMap(({ subsets }) => [...subsets.keys()].filter((name) => mayBe(subset, name)))
    : [subset]
  return [...new Set(names)].some((name) => {
    const was = casesOf(name, before)
    return was.isDefined && was.key !== casesOf(name, after).key
  })
}

/** Which pods a subset may select, none among it where nothing defines it in some case. */
function casesOf(subset: string, cases: readonly (readonly DestinationRule[])[]) {
  const selected = cases.map((rules) => selectedBy(subset, rules))
  const keys = new Set(selected.map((each) => canonicalJson(each)))
  return { isDefined: selected.some(({ length }) => length > 0), key: canonicalJson([...keys].toSorted()) }
}

function selectedBy(subset: string, rules: readonly DestinationRule[]): readonly string[] {
  return [...new Set(rules.flatMap(({ subsets }) => subsets.get(subset)?.key ?? []))].toSorted()
}

/** The routes of a mesh that lead to subsets. */
export function subsetUsesIn({ virtualServices }: Mesh, { setting }: World): readonly SubsetUse[] {
  return virtualServices.flatMap((resource) =>
    destinationsOf(resource).flatMap((destination) => {
      const { subset, [origin]: place } = destination
      const host = resolveHost(destination.host, resource.namespace, setting.clusterDomain).toLowerCase()
      return subset === undefined ? [] : [{ resource, host, subset, ...(place && { [origin]: place }) }]
    }),
  )
}
