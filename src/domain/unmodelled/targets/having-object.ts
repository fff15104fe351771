import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import type { Reference } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { ownersOf, type World } from './world.ts'

/** Whoever has an object that another one names. One that is not here is somebody's in its namespace. */
export function havingObject({ kind, group, namespace, name }: Reference, world: World): readonly Reached[] {
  const found = [...world.objects(kind), ...world.partial(kind)].filter(
    (each) =>
      groupOf(each.apiVersion) === group &&
      (name === '' || each.name === name) &&
      (namespace === undefined || each.namespace === undefined || each.namespace === namespace),
  )
  if (found.length > 0) return ownersOf('object', found, world)
  return namespace === undefined ? [] : [reachedBy('namespace', [namespace], world.residents(namespace))]
}
