import { canonicalJson } from '../../manifest/json.ts'
import { hostMatches, isWildcard, mayBeNamespace, resolveHost } from '../../manifest/names.ts'
import { isUnknown, mayBe } from '../../manifest/placeholders/placeholders.ts'
import type { Resource, UnmodelledResource } from '../../manifest/resource.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { Labels } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { workloadsUpon } from '../reading/depended-upon.ts'
import { destinationsOf } from '../reading/destinations.ts'
import { existenceKey } from '../reading/existence.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from '../reading/written.ts'
import { mayHoldGateways } from './pods.ts'
import { owned, type World } from './world.ts'

/** What a DestinationRule defines, and for whom. */
interface Definition {
  readonly namespace: string | undefined
  readonly host: string
  /** Namespaces that see it, or `*`. */
  readonly exportTo: readonly string[]
  /** By its name, which pods of the service a subset selects. */
  readonly subsets: ReadonlyMap<string, Subset>
}

interface Subset {
  readonly labels: Labels
  /** Equal for subsets of the same labels in rules that take effect alike. */
  readonly key: string
}

/** A route that leads to a subset of a host. */
interface SubsetUse {
  readonly resource: Pick<Resource, 'file' | 'namespace'>
  readonly host: string
  readonly subset: string
}

/** Clients of a namespace; `*` those of any other. */
type Client = string

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
  const concerned = rules.map((rule) => definitionOf(rule, world))
  const uses = usesIn(mesh, world).filter(({ host }) =>
    concerned.some((each) => hostMatches(each.host, host)),
  )
  if (uses.length === 0) return []
  const before = definitionsOf(world.comparison.base, world)
  const after = definitionsOf(world.comparison.merged, world)
  const lost = uses.filter((use) =>
    clientsOf(use, concerned, world).some((client) => {
      const lookup = { client, host: use.host, world }
      return isLost(use.subset, found(before, lookup), found(after, lookup))
    }),
  )
  return reachedOf(lost, world)
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
  const definitions = definitionsOf(world.comparison.merged, world)
  const emptied = usesIn(mesh, world).filter(({ host, subset }) => {
    const [definition] = found(definitions, { client: '*', host, world })
    const labels = definition?.subsets.get(subset)?.labels
    if (labels === undefined) return false
    return servicesOf(host, world).some((service) => {
      const runs = runsPodsOf(service, labels)
      return workloads.some(runs) && !workloadsAfter(world).some(runs)
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

/** Of a subset that another tool names any may be meant. */
function isLost(subset: string, before: readonly Definition[], after: readonly Definition[]): boolean {
  const names = isUnknown(subset)
    ? before.flatMap(({ subsets }) => [...subsets.keys()]).filter((name) => mayBe(subset, name))
    : [subset]
  return names.some((name) => {
    const was = selectedBy(name, before)
    return was.length > 0 && canonicalJson(was) !== canonicalJson(selectedBy(name, after))
  })
}

function selectedBy(subset: string, definitions: readonly Definition[]): readonly string[] {
  return [...new Set(definitions.flatMap(({ subsets }) => subsets.get(subset)?.key ?? []))].toSorted()
}

interface Lookup {
  readonly client: Client
  readonly host: string
  readonly world: World
}

/**
 * The rules that Istio takes for a host (`push_context.go`, `destinationRule`): of the client's namespace, else of the service's, else
 * of the root namespace, as far as the client sees them; the most specific there.
 */
function found(definitions: readonly Definition[], { client, host, world }: Lookup): readonly Definition[] {
  const seen = definitions.filter((each) => hostMatches(each.host, host) && isSeen(each, client))
  const there = (isThere: (namespace: string | undefined) => boolean) =>
    seen.filter(({ namespace }) => namespace === undefined || isThere(namespace))
  const levels = [
    there((namespace) => namespace === client),
    there(isOfService(host, world)),
    there((namespace) => world.setting.rootNamespaces.has(namespace ?? '')),
  ]
  const level = levels.find(({ length }) => length > 0) ?? []
  const [nearest] = level.toSorted((a, b) => specificity(b.host) - specificity(a.host))
  return level.filter((each) => each.host === nearest?.host)
}

function isSeen({ exportTo }: Definition, client: Client): boolean {
  return exportTo.includes('*') || exportTo.includes(client) || (client !== '*' && exportTo.includes('?'))
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

/** A route is for clients anywhere; those that one namespace alone sees concern what is routed there. */
function clientsOf(
  { resource }: SubsetUse,
  definitions: readonly Definition[],
  world: World,
): readonly Client[] {
  const named = definitions
    .flatMap(({ namespace, exportTo }) => [namespace, ...exportTo])
    .flatMap((each) => (each === undefined || each === '*' || each === '?' ? [] : [each]))
  const own = resource.namespace
  return ['*', ...new Set(named)].filter(
    (each) => each === '*' || own === undefined || own === each || mayHoldGateways(each, world),
  )
}

/** Routes of the merged side: who leads elsewhere then needs nothing. */
function usesIn(mesh: string, { comparison: { merged }, setting }: World): readonly SubsetUse[] {
  const named = merged.meshes.filter(({ name }) => name === mesh)
  const meshes = named.length > 0 ? named : merged.meshes
  return meshes
    .flatMap(({ virtualServices }) => virtualServices)
    .flatMap((resource) =>
      destinationsOf(resource).flatMap(({ host, subset }) =>
        subset === undefined
          ? []
          : [
              {
                resource,
                host: resolveHost(host, resource.namespace, setting.clusterDomain).toLowerCase(),
                subset,
              },
            ],
      ),
    )
}

function definitionsOf({ manifests }: Snapshot, world: World): readonly Definition[] {
  return manifests.unmodelled
    .filter(
      ({ kind, apiVersion }) => kind === 'DestinationRule' && apiVersion.startsWith('networking.istio.io/'),
    )
    .map((rule) => definitionOf(rule, world))
}

function definitionOf(rule: UnmodelledResource, { setting }: World): Definition {
  const { body, namespace } = rule
  const exports = textsOf(at(body, 'spec', 'exportTo'))
  const existence = existenceKey(rule)
  return {
    namespace,
    host: resolveHost(textOf(at(body, 'spec', 'host')) ?? '', namespace, setting.clusterDomain).toLowerCase(),
    exportTo:
      exports.length === 0 ? ['*'] : exports.map((each) => (each === '.' ? (namespace ?? '?') : each)),
    subsets: new Map(
      // Of several of one name the first one lives (Istio `getSubSetLabels`).
      objectsOf(at(body, 'spec', 'subsets'))
        .toReversed()
        .map((each) => {
          const labels = labelsOf(each['labels'])
          return [textOf(each['name']) ?? '', { labels, key: canonicalJson([labels, existence]) }]
        }),
    ),
  }
}
