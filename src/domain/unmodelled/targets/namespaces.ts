import type { UnmodelledResource } from '../../manifest/resource.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { answeringOn } from './answering.ts'
import { mayHoldGateways } from './pods.ts'
import type { World } from './world.ts'

/** A namespace that nothing says is taken for one of those in which the same team has something. */
function namespacesOf(
  namespace: string | undefined,
  self: UnmodelledResource,
  world: World,
): readonly string[] {
  return namespace === undefined ? world.homesOf(world.writerOf(self)) : [namespace]
}

/** Whoever has something in a namespace. */
export function livingIn(
  namespace: string | undefined,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  return namespacesOf(namespace, self, world).map((each) =>
    reachedBy('namespace', [each], world.residents(each)),
  )
}

/** The same, and whoever is served by gateways whose pods may run there. */
export function inNamespace(
  namespace: string | undefined,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const namespaces = namespacesOf(namespace, self, world)
  return [
    ...livingIn(namespace, self, world),
    ...(namespaces.some((each) => mayHoldGateways(each, world))
      ? answeringOn(world, ['*'], (gateway) => gateway !== 'mesh')
      : []),
  ]
}

/** Whoever has something in a namespace already enters nothing. */
export function entering(
  { namespace }: { readonly namespace: string | undefined },
  self: UnmodelledResource,
  world: World,
): readonly Reached[] | 'elsewhere' {
  if (namespace === undefined) return 'elsewhere'
  const residents = world.residents(namespace)
  if (residents.length === 0 || world.isAtHome(self, namespace)) return 'elsewhere'
  return [reachedBy('namespace', [namespace], residents)]
}
