import type { JsonValue } from '../../manifest/json.ts'
import { at, labelsOf } from '../../manifest/json-fields.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Labels, Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { isOpen, selects } from '../reading/label-selector.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { answeringOn } from './answering.ts'
import { mayHoldGateways, throughGateways } from './pods.ts'
import { owned, type World } from './world.ts'

type Admitted = Extract<Target, { kind: 'admitted' }>

/**
 * Whoever has what some selectors take. A namespace whose labels are not here bears its name alone. Objects of the mesh in
 * namespaces none of which is known may be anybody's; pods of such, only of who says so.
 */
export function admitted(target: Admitted, world: World): 'everybody' | readonly Reached[] {
  const namespaces = namespacesTaken(target.namespaces, world)
  const isThere = ({ namespace }: Pick<Resource, 'namespace'>) =>
    namespace === undefined ? isOpen(target.namespaces) : namespaces.includes(namespace)
  if (target.of === 'pods') return podsTaken(target.objects, { isThere, namespaces }, world)
  if (namespaces.length === 0) return 'everybody'
  if (isOpen(target.objects))
    return namespaces.map((each) => reachedBy('namespace', [each], world.residents(each)))
  const taken = meshObjects(world).filter((each) => isThere(each) && selects(target.objects, each.labels))
  return taken.length === 0 ? [] : [named('route', taken, world)]
}

interface Where {
  readonly isThere: (resource: Pick<Resource, 'namespace'>) => boolean
  readonly namespaces: readonly string[]
}

function podsTaken(selector: JsonValue, { isThere, namespaces }: Where, world: World): readonly Reached[] {
  const taken = world
    .workloads()
    .filter(
      (each) => isThere(each) && podTemplatesOf(each.body).some(({ labels }) => selects(selector, labels)),
    )
  const gateways = isOpen(selector)
    ? namespaces.some((each) => mayHoldGateways(each, world))
      ? answeringOn(world, ['*'], (gateway) => gateway !== 'mesh')
      : []
    : throughGateways(labelsOf(at(selector, 'matchLabels')), world)
  return taken.length === 0 ? gateways : [named('pods', taken, world), ...gateways]
}

function named(by: 'pods' | 'route', taken: readonly Resource[], world: World): Reached {
  return reachedBy(
    by,
    taken.map(({ name }) => name),
    owned(taken.map(world.ownerOf)),
  )
}

function meshObjects({ comparison }: World): readonly Resource[] {
  return [comparison.base, comparison.merged].flatMap(({ manifests }) => [
    ...manifests.virtualServices,
    ...manifests.gateways,
    ...manifests.unmodelled,
  ])
}

/** The namespaces that are known here and taken. */
function namespacesTaken(selector: JsonValue, world: World): readonly string[] {
  const written = world.partial('Namespace')
  const all = [...meshObjects(world), ...world.workloads(), ...world.partial('Service')]
  const names = new Set([
    ...written.map(({ name }) => name),
    ...all.flatMap(({ namespace }) => namespace ?? []),
  ])
  const labelsIn = (name: string): readonly Labels[] => {
    const own = written.filter((each) => each.name === name).map(({ labels }) => labels)
    return own.length > 0 ? own : [{}]
  }
  return [...names].filter((name) =>
    labelsIn(name).some((labels) => selects(selector, { ...labels, 'kubernetes.io/metadata.name': name })),
  )
}
