import { groupOf } from '../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { KindEntry } from './kind-entry.ts'
import { type Reachable, type Reached, reachedBy } from './reached.ts'
import { resolveTarget } from './targets/resolve-reach.ts'
import { owned, type World } from './targets/world.ts'

/**
 * Whom an object reaches, as it was and as it will be; undefined where it is known that all it says concerns none of Istio's
 * requests. What is found twice is told once.
 */
export function reachOf(
  objects: readonly UnmodelledResource[],
  entry: KindEntry,
  world: World,
): Reachable | undefined {
  const found = objects.flatMap((object) =>
    entry.reach(object, world.setting).map((target) => resolveTarget(target, object, world)),
  )
  if (found.length > 0 && found.every((each) => each === 'elsewhere')) return undefined
  const lists = found.flatMap((each) => (typeof each === 'string' ? [] : each))
  return { everybody: found.includes('everybody'), reached: together(lists) }
}

/** Kinds that have no namespace. */
const ofTheCluster = new Set([
  'Namespace',
  'GatewayClass',
  'IngressClass',
  'CustomResourceDefinition',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
])

/**
 * The owners of what bears the same name in other files of the base side, where `isBeside` says so of a file: a cluster
 * keeps what was applied last. Names in a namespace that nothing says are not compared.
 */
export function namesakesOf(
  object: UnmodelledResource,
  world: World,
  isBeside: (path: string) => boolean,
): readonly Reached[] {
  const { apiVersion, kind, name, namespace, file } = object
  if (namespace === undefined && !ofTheCluster.has(kind)) return []
  const namesakes = [...world.objects(kind), ...world.partial(kind)].filter(
    (other) =>
      groupOf(other.apiVersion) === groupOf(apiVersion) &&
      other.name === name &&
      other.namespace === namespace &&
      other.file.path !== file.path &&
      world.isOnBase(other) &&
      isBeside(other.file.path),
  )
  if (namesakes.length === 0) return []
  return [reachedBy('name', [identityOf(object)], owned(namesakes.map(world.ownerOf)))]
}

/** One entry for each way of being reached and place. */
function together(all: readonly Reached[]): readonly Reached[] {
  const groups = Map.groupBy(all, ({ by, gateways }) => JSON.stringify([by, gateways ?? null]))
  return [...groups.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    return [
      reachedBy(
        first.by,
        same.flatMap(({ names }) => names),
        same.flatMap(({ teams }) => teams),
        first.gateways,
      ),
    ]
  })
}
