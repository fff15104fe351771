import type { Gateway } from '../../manifest/gateway.ts'
import { at, labelsOf, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../../manifest/kinds/gateway-api-names.ts'
import { hostMatches, identityOf, resolveHost } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Reference, Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { answeringOn } from './answering.ts'
import { routeKinds } from './services.ts'
import { ledThrough } from './waypoints.ts'
import { owned, type World } from './world.ts'

/** Classes that Istio serves without an object (`gatewayclass_collection.go`). */
const istioClasses = new Set(['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'])

/** The controllers of Istio's Gateways, waypoints included. */
function isIstios(controller: string): boolean {
  return /^istio\.io\//.test(controller)
}

/** Whether a class is known here to be another controller's. One that is not here is taken for Istio's. */
export function isOtherClass(name: string, world: World): boolean {
  if (istioClasses.has(name)) return false
  const classes = world.objects('GatewayClass').filter((each) => each.name === name)
  const controllers = classes.map(({ body }) => textOf(at(body, 'spec', 'controllerName')) ?? '')
  return controllers.length > 0 && !controllers.some(isIstios)
}

type Parent = Extract<Target, { kind: 'parent' }>

/** Whom a route, a listener or a policy reaches at what it is attached to. Undefined: it is known to be none of Istio's. */
export function attachedTo(
  target: Parent,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] | undefined {
  const { parent } = target
  switch (parent.kind) {
    case 'Gateway':
      return onGateway(target, self, world)
    case 'ListenerSet':
    case 'XListenerSet':
      return onListenerSet(target, self, world)
    default:
      return undefined
  }
}

function named(kind: string, { namespace, name }: Reference, world: World): readonly UnmodelledResource[] {
  const all = world.objects(kind).filter(({ apiVersion }) => !apiVersion.startsWith('networking.istio.io/'))
  return all.filter(
    (each) =>
      each.name === name &&
      (namespace === undefined || each.namespace === undefined || each.namespace === namespace),
  )
}

function onListenerSet(
  target: Parent,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] | undefined {
  const sets = named(target.parent.kind, target.parent, world)
  const gateways = sets.flatMap((set) =>
    objectsOf(at(set.body, 'spec', 'parentRef')).map((written) => ({
      group: gatewayApiGroup,
      kind: 'Gateway',
      namespace: textOf(written['namespace']) ?? set.namespace,
      name: textOf(written['name']) ?? '',
    })),
  )
  if (gateways.length === 0)
    return onGateway({ ...target, parent: { ...target.parent, name: '' } }, self, world)
  const found = gateways.map((parent) => onGateway({ ...target, parent }, self, world))
  return found.every((each) => each === undefined) ? undefined : found.flatMap((each) => each ?? [])
}

function onGateway(target: Parent, self: UnmodelledResource, world: World): readonly Reached[] | undefined {
  const { parent } = target
  const gateways = named('Gateway', parent, world)
  const ours = gateways.filter((each) => !isOtherClass(classOf(each), world))
  if (gateways.length > 0 && ours.length === 0) return undefined
  const hosts = target.hosts.length > 0 ? target.hosts : hostsOf(ours)
  const shared = ours.length === 0 ? undefined : ours.flatMap((each) => istioGatewaysOf(each, world))
  const together = shared && new Set(shared.map((each) => identityOf(each) as string))
  const answering = answeringOn(
    world,
    hosts,
    (gateway) => gateway !== 'mesh' && (together === undefined || together.has(gateway)),
  )
  const waypoints = ours.filter((each) => classOf(each) === 'istio-waypoint')
  return [
    ...answering,
    ...besideOn(parent, hosts, self, world),
    ...waypoints.flatMap((each) => ledThrough(each, world)),
  ]
}

function classOf({ body }: UnmodelledResource): string {
  return textOf(at(body, 'spec', 'gatewayClassName')) ?? ''
}

function hostsOf(gateways: readonly UnmodelledResource[]): readonly string[] {
  const listeners = gateways.flatMap(({ body }) => objectsOf(at(body, 'spec', 'listeners')))
  const hosts = listeners.map(({ hostname }) => (textOf(hostname) ?? '*').toLowerCase())
  return hosts.length === 0 ? ['*'] : hosts
}

/**
 * The Istio Gateways on the pods of a Kubernetes Gateway: with an address that is a name, those that the Service of that
 * name selects (any, where it is not here); else the pods are its own, which bear its name.
 */
function istioGatewaysOf(gateway: UnmodelledResource, world: World): readonly Gateway[] {
  const addresses = objectsOf(at(gateway.body, 'spec', 'addresses'))
  const names = addresses
    .filter(({ type }) => type === 'Hostname')
    .flatMap(({ value }) => textOf(value) ?? [])
  if (names.length === 0) {
    const { name } = gateway
    return world
      .gatewaysOn({ [gatewayNameLabel]: name, 'istio.io/gateway-name': name })
      .filter((each) => each.namespace === undefined || each.namespace === gateway.namespace)
  }
  const { clusterDomain } = world.setting
  const full = names.map((name) => resolveHost(name.split('.')[0] ?? '', gateway.namespace, clusterDomain))
  const services = world
    .partial('Service')
    .filter((each) =>
      full.includes(resolveHost(each.name, each.namespace ?? gateway.namespace, clusterDomain)),
    )
  if (services.length === 0) return world.meshes.flatMap(({ gateways }) => gateways)
  return services.flatMap(({ body }) => world.gatewaysOn(labelsOf(at(body, 'spec', 'selector'))))
}

/** Owners of the other routes on the same parent whose hosts overlap. */
function besideOn(
  { namespace, name }: Reference,
  hosts: readonly string[],
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const isParent = (written: ReturnType<typeof objectsOf>[number], own: string | undefined) => {
    const there = textOf(written['namespace']) ?? own
    const same = there === undefined || namespace === undefined || there === namespace
    return written['name'] === name && same
  }
  const beside = routeKinds.flatMap(world.objects).filter((route) => {
    if (route.file.path === self.file.path && route.name === self.name && route.kind === self.kind)
      return false
    const theirs = textsOf(at(route.body, 'spec', 'hostnames'))
    return (
      objectsOf(at(route.body, 'spec', 'parentRefs')).some((each) => isParent(each, route.namespace)) &&
      (theirs.length === 0 ||
        theirs.some((host) => hosts.some((each) => hostMatches(each, host.toLowerCase()))))
    )
  })
  if (beside.length === 0) return []
  return [reachedBy('host', hosts, owned(beside.map(world.ownerOf)), [`${namespace ?? '?'}/${name}`])]
}

/** Everybody on the Gateways of a class: whoever owns them, and whoever has routes on them. */
export function ofClass(name: string, self: UnmodelledResource, world: World): readonly Reached[] {
  const gateways = world
    .objects('Gateway')
    .filter((each) => each.apiVersion.startsWith(gatewayApiGroup) && classOf(each) === name)
  const routes = gateways.flatMap((each) =>
    besideOn(
      { group: gatewayApiGroup, kind: 'Gateway', namespace: each.namespace, name: each.name },
      ['*'],
      self,
      world,
    ),
  )
  if (gateways.length === 0) return []
  return [reachedBy('class', [name], owned(gateways.map(world.ownerOf))), ...routes]
}
