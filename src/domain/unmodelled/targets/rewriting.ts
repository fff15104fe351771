import { identityOf, mayBeSame } from '../../manifest/names.ts'
import type { ResourceName } from '../../manifest/resource.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { answeringIn } from './answering.ts'
import { owned, type World } from './world.ts'

/** What is written into a VirtualService concerns its owners; where it may be any route, everybody in the tables that it is in. */
export function rewriting(
  { named, all }: Extract<Target, { readonly kind: 'virtual-service' }>,
  world: World,
): readonly Reached[] {
  const written = world.meshes.flatMap(({ virtualServices }) =>
    virtualServices.filter((each) => mayBeSame(each, named)),
  )
  const own =
    written.length === 0 ? [] : [reachedBy('route', [identityOf(named)], owned(written.map(world.ownerOf)))]
  if (!all) return own
  return [
    ...own,
    ...answeringIn(world, ({ bound }, { graph }) =>
      bound.some(
        (each) =>
          mayBeSame(each, named) ||
          graph.edges.some(
            (edge) => identityOf(edge.primary) === identityOf(each) && mayBeSame(delegateOf(edge), named),
          ),
      ),
    ),
  ]
}

/** What an entry delegates to; an omitted namespace is the primary's own. */
function delegateOf({ primary, delegate }: DelegateEdge): ResourceName {
  const { name = '', namespace = primary.namespace } = delegate
  return { name, namespace }
}
