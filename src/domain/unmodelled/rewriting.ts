import { identityOf } from '../manifest/names.ts'
import { answeringIn } from './answering.ts'
import type { Target } from './reach.ts'
import { type Reached, reachedBy } from './reached.ts'
import { owned, type World } from './world.ts'

/** What is written into a VirtualService concerns its owners; where it may be any route, everybody in the tables that it is in. */
export function rewriting(
  { identity, all }: Extract<Target, { readonly kind: 'virtual-service' }>,
  world: World,
): readonly Reached[] {
  const named = world.meshes.flatMap(({ virtualServices }) =>
    virtualServices.filter((each) => mayBe(identityOf(each), identity)),
  )
  const own = named.length === 0 ? [] : [reachedBy('route', [identity], owned(named.map(world.ownerOf)))]
  if (!all) return own
  return [
    ...own,
    ...answeringIn(world, ({ bound }, { graph }) =>
      bound.some(
        (each) =>
          mayBe(identityOf(each), identity) ||
          graph.edges.some(
            ({ primary, target }) => identityOf(primary) === identityOf(each) && mayBe(target, identity),
          ),
      ),
    ),
  ]
}

function mayBe(a: string, b: string): boolean {
  if (a === b) return true
  const sameName = a.slice(a.indexOf('/')) === b.slice(b.indexOf('/'))
  return sameName && (a.startsWith('?/') || b.startsWith('?/'))
}
