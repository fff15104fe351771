import { at, labelsOf } from '../../manifest/json-fields.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../../manifest/kinds/gateway-api-names.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { memoized } from '../../source/memoized.ts'
import type { Labels, Target } from '../reach.ts'
import type { Reached } from '../reached.ts'
import type { Denied } from '../reading/denied.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { answeringDenied, answeringOn } from './answering.ts'
import { attachedTo } from './attachment.ts'
import { ownersOf, type World } from './world.ts'

/** Whoever runs pods with these labels, or is served by gateways on them; nothing where no such pods are here. */
export function onPods(
  { among, labels, denied }: Omit<Extract<Target, { kind: 'pods' }>, 'kind'>,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const namespace = among === 'all' ? undefined : among.namespace
  const gatewayName = labels[gatewayNameLabel]
  const own = gatewayName === undefined ? undefined : onKubernetesGateway(gatewayName, self, world)
  const { gatewayNamespaces } = world.comparison.settings
  const mayBeThere =
    namespace === undefined ||
    (gatewayNamespaces.length === 0
      ? !areElsewhere(labels, namespace, world)
      : gatewayNamespaces.includes(namespace))
  return [
    ...(own ?? []),
    ...(mayBeThere ? throughGateways(labels, world, denied) : []),
    ...workloadsWith(namespace, labels, world),
  ]
}

/** Whether the pods of the gateways that these labels are for are known here, and all of them in other namespaces. */
function areElsewhere(labels: Labels, namespace: string, world: World): boolean {
  const gateways = world.gatewaysOn(labels)
  if (gateways.some((each) => each.namespace === undefined || each.namespace === namespace)) return false
  const known = [...world.workloads(), ...world.partial('Service')]
  return gateways.every(({ spec: { selector = {} } }) => {
    const there = known.filter((each) => labelsBy(each).some((all) => bears(all, selector)))
    return (
      there.length > 0 && there.every((each) => each.namespace !== undefined && each.namespace !== namespace)
    )
  })
}

function onKubernetesGateway(
  name: string,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] | undefined {
  const parent = { group: gatewayApiGroup, kind: 'Gateway', namespace: self.namespace, name }
  return attachedTo({ kind: 'parent', parent, hosts: [], from: self.namespace }, self, world)
}

/** Everybody on the gateways that may run on pods with these labels, or whose requests there are among those that are denied. */
export function throughGateways(
  labels: Labels,
  world: World,
  denied?: readonly Denied[],
): readonly Reached[] {
  const gateways = new Set(world.gatewaysOn(labels).map((each) => identityOf(each) as string))
  if (gateways.size === 0) return []
  return denied === undefined
    ? answeringOn(world, ['*'], (gateway) => gateways.has(gateway))
    : answeringDenied(world, denied, (gateway) => gateways.has(gateway))
}

/** The same for pods that are here and bear these labels among others. */
export function onGatewayPods(
  { labels, behind }: Omit<Extract<Target, { kind: 'gateway-pods' }>, 'kind'>,
  world: World,
): readonly Reached[] {
  if (behind === undefined) return throughGateways(labels, world)
  return podsWith(behind.namespace, labels, world).flatMap(({ body }) =>
    podTemplatesOf(body)
      .filter((pods) => bears(pods.labels, labels))
      .flatMap((pods) => throughGateways(pods.labels, world)),
  )
}

function podsWith(
  namespace: string | undefined,
  labels: Labels,
  world: World,
): readonly UnmodelledResource[] {
  return world.workloads().filter((each) => {
    const there = namespace === undefined || each.namespace === undefined || each.namespace === namespace
    return there && podTemplatesOf(each.body).some((pods) => bears(pods.labels, labels))
  })
}

/** Whoever has what runs pods under a name, and whoever is served by them: Services, and requests at gateways. */
export function runBy(
  { namespace, name }: Omit<Extract<Target, { kind: 'workload' }>, 'kind'>,
  world: World,
): readonly Reached[] {
  const found = world
    .workloads()
    .filter((each) => each.name === name && (namespace === undefined || each.namespace === namespace))
  return [
    ...ownersOf('pods', found, world),
    ...found
      .flatMap(({ body }) => podTemplatesOf(body))
      .flatMap(({ labels }) => [
        ...selecting({ namespace, labels }, world),
        ...throughGateways(labels, world),
      ]),
  ]
}

/** Whoever has what runs pods with some labels, as far as that is here. */
export function runningWith(
  { namespace, labels }: Omit<Extract<Target, { kind: 'selected' }>, 'kind'>,
  world: World,
): readonly Reached[] {
  return Object.keys(labels).length === 0 ? [] : workloadsWith(namespace, labels, world)
}

function workloadsWith(namespace: string | undefined, labels: Labels, world: World): readonly Reached[] {
  const selected = podsWith(namespace, labels, world)
  return ownersOf('pods', selected, world)
}

function bears(pods: Labels, labels: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => pods[key] === value)
}

/**
 * Whether pods of gateways may run in a namespace: as `istio.gatewayNamespaces` says; else wherever pods here bear the labels
 * of one, and in a namespace of which nothing else is here.
 */
export function mayHoldGateways(namespace: string, world: World): boolean {
  const { gatewayNamespaces } = world.comparison.settings
  if (gatewayNamespaces.length > 0) return gatewayNamespaces.includes(namespace)
  const there = [...world.workloads(), ...['Service', 'Namespace'].flatMap(world.partial)].filter(
    (each) => (each.kind === 'Namespace' ? each.name : each.namespace) === namespace,
  )
  if (there.length === 0) return world.residents(namespace).length === 0
  return there.some((each) => labelsBy(each).some((labels) => world.gatewaysOn(labels).length > 0))
}

/** The labels of pods that an object makes, or selects; else its own. */
function labelsBy({ kind, body, labels }: UnmodelledResource): readonly Labels[] {
  if (kind === 'Service') return [labelsOf(at(body, 'spec', 'selector')), labels]
  const templates = podTemplatesOf(body)
  return templates.length > 0 ? templates.map((each) => each.labels) : [labels]
}

/** The owners of the Services that select pods with these labels. */
export function selecting(
  { namespace, labels }: { readonly namespace: string | undefined; readonly labels: Labels },
  world: World,
): readonly Reached[] {
  const there = (each: UnmodelledResource) =>
    namespace === undefined || each.namespace === undefined || each.namespace === namespace
  const services = withSelector(labels, world).filter(there)
  return ownersOf('service', services, world)
}

interface Selecting {
  readonly service: UnmodelledResource
  readonly selector: readonly (readonly [string, string])[]
}

/** The Services that select pods with these labels, looked up by the first label that each asks for. */
function withSelector(labels: Labels, world: World): readonly UnmodelledResource[] {
  const index = selectorsIn(world)
  return Object.entries(labels)
    .flatMap((label) => index.get(JSON.stringify(label)) ?? [])
    .filter(({ selector }) => selector.every(([key, value]) => labels[key] === value))
    .map(({ service }) => service)
}

const selectorsIn = memoized((world: World): ReadonlyMap<string, readonly Selecting[]> => {
  const all = world.partial('Service').map((service) => ({
    service,
    selector: Object.entries(labelsOf(at(service.body, 'spec', 'selector'))),
  }))
  const some = all.filter(({ selector }) => selector.length > 0)
  return Map.groupBy(some, ({ selector }) => JSON.stringify(selector[0]))
})
