import { identityOf, mayBeSame } from '../../manifest/names.ts'
import type { Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { answeringIn } from './answering.ts'
import { owned, type World } from './world.ts'

/** What is written into a VirtualService concerns its owners; where it may be any route, everybody in the tables that it is in. */
export function rewriting(
  { identity, all }: Extract<Target, { readonly kind: 'virtual-service' }>,
  world: World,
): readonly Reached[] {
  const named = world.meshes.flatMap(({ virtualServices }) =>
    virtualServices.filter((each) => mayBeSame(identityOf(each), identity)),
  )
  const own = named.length === 0 ? [] : [reachedBy('route', [identity], owned(named.map(world.ownerOf)))]
  if (!all) return own
  return [
    ...own,
    ...answeringIn(world, ({ bound }, { graph }) =>
      bound.some(
        (each) =>
          mayBeSame(identityOf(each), identity) ||
          graph.edges.some(
            ({ primary, target }) => identityOf(primary) === identityOf(each) && mayBeSame(target, identity),
          ),
      ),
    ),
  ]
}
