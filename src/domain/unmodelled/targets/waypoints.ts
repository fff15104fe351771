import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Labels } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { ownersOf, type World } from './world.ts'

/**
 * Whoever lives in the namespace of a waypoint, and all that are led through it by a label, also from other namespaces: a Namespace by
 * what lives in it, a Service, an entry or pods by themselves.
 */
export function ledThrough(waypoint: UnmodelledResource, world: World): readonly Reached[] {
  const { namespace } = waypoint
  const names = ({ labels }: { readonly labels: Labels }, own: string | undefined) =>
    labels['istio.io/use-waypoint'] === waypoint.name &&
    (labels['istio.io/use-waypoint-namespace'] ?? own) === namespace
  const spaces = world
    .partial('Namespace')
    .filter((each) => names(each, each.name))
    .map(({ name }) => name)
  const users = [...world.partial('Service'), ...world.objects('ServiceEntry')].filter((each) =>
    names(each, each.namespace),
  )
  const pods = world
    .workloads()
    .filter((each) => podTemplatesOf(each.body).some((template) => names(template, each.namespace)))
  return [
    ...[namespace, ...spaces].flatMap((each) =>
      each === undefined ? [] : [reachedBy('namespace', [each], world.residents(each))],
    ),
    ...ownersOf('service', users, world),
    ...ownersOf('pods', pods, world),
  ]
}
