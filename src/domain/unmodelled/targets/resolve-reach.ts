import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { hostMatches, identityOf, resolveHost } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { assertNever } from '../../source/assert-never.ts'
import { partialEntriesOf } from '../kinds/index.ts'
import type { Target } from '../reach.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { isTakenFrom } from '../reading/inputs-read.ts'
import { admitted } from './admitted.ts'
import { answeringIn, answeringOn } from './answering.ts'
import { attachedTo, isOtherClass, ofClass } from './attachment.ts'
import { havingAddress } from './having-address.ts'
import { havingObject } from './having-object.ts'
import { isIstiosIngress, ofIngressClass, onIngress } from './ingress.ts'
import { havingPodsMade, withNameMade } from './made-for-gateways.ts'
import { entering, inNamespace, livingIn } from './namespaces.ts'
import { mayHoldGateways, onGatewayPods, onPods, runBy, runningWith, selecting } from './pods.ts'
import { readingSecret } from './reading-secret.ts'
import { readingValues } from './reading-values.ts'
import { rewriting } from './rewriting.ts'
import { leadingTo, leadingWithoutPort, providersOf, routeKinds, servedAt } from './services.ts'
import { owned, ownersOf, type World } from './world.ts'

/** What one target comes to; `elsewhere`: it is known to concern none of Istio's requests. */
export type Resolved = 'everybody' | 'elsewhere' | readonly Reached[]

type Of<Kind extends Target['kind']> = Extract<Target, { readonly kind: Kind }>

const onGateways = (gateway: string): boolean => gateway !== 'mesh'
const onMesh = (gateway: string): boolean => gateway === 'mesh'

/** Finds out whose a target is, by the tables and objects of both sides and by CODEOWNERS. */
export function resolveTarget(target: Target, self: UnmodelledResource, world: World): Resolved {
  switch (target.kind) {
    case 'everybody':
      return 'everybody'
    case 'namespace':
      return inNamespace(target.namespace, self, world)
    case 'residents':
      return livingIn(target.namespace, self, world)
    case 'entered':
      return entering(target, self, world)
    case 'pods':
      return selected(target, self, world)
    case 'workload':
      return workloadOf(target, self, world)
    case 'gateway-pods':
      return orElsewhere(onGatewayPods(target, world))
    case 'made-for-gateway':
      return orElsewhere(withNameMade(target, self, world))
    case 'hosts':
      return answeringOn(world, target.hosts, onGateways)
    case 'ingress':
      return isIstiosIngress(target.class, world) ? onIngress(target.hosts, world) : 'elsewhere'
    case 'parent':
      return onParent(target, self, world)
    case 'calls':
      return callsOf(target, self, world)
    case 'service':
      return atService({ host: target.host, answering: answeringCalls(target.host, world) }, self, world)
    case 'port':
      return servedAt(target, world)
    case 'addresses':
      return orElsewhere(havingAddress(target, self, world))
    case 'led-into': {
      const host = `*.${target.namespace}.svc.${world.setting.clusterDomain}`
      return callersNamed(host, leadingTo(world, host))
    }
    case 'backend':
      return backendOf(target.host, world)
    case 'backend-without-port':
      return orElsewhere(callersNamed(target.host, leadingWithoutPort(world, target.host)))
    case 'selecting':
      return orElsewhere(selecting(target, world))
    case 'selected':
      return orElsewhere(runningWith(target, world))
    case 'virtual-service':
      return rewriting(target, world)
    case 'gateway-class':
      return ofGatewayClass(target, self, world)
    case 'ingress-class':
      return ofIngressClass(target, world) ?? 'elsewhere'
    case 'grant':
      return granted(target, world)
    case 'object':
      return havingObject(target.of, world)
    case 'credential':
      return orElsewhere(readingSecret(target, world))
    case 'values':
      return orElsewhere(readingValues(target, world))
    case 'inputs':
      return world.inputsRead().some((each) => isTakenFrom(each, target)) ? 'everybody' : 'elsewhere'
    case 'admitted':
      return admitted(target, world)
    case 'through':
      return through(target, self, world)
    default:
      return assertNever(target)
  }
}

/** What other objects reach; those that decide nothing reach nobody. */
function through(target: Of<'through'>, self: UnmodelledResource, world: World): Resolved {
  const { setting } = world
  const named = target.kinds
    .flatMap((kind) => [...world.objects(kind), ...world.partial(kind)])
    .filter(
      ({ apiVersion, name }) =>
        groupOf(apiVersion) === target.group && (target.name === undefined || target.name === name),
    )
  if (named.length === 0) return target.otherwise ?? 'elsewhere'
  const found = named.flatMap((each) =>
    [...partialEntriesOf(each)]
      .filter(({ decides }) => decides(each, setting) !== undefined)
      .flatMap(({ reach }) => reach(each, setting))
      .filter(({ kind }) => kind !== 'through')
      .map((inner) => resolveTarget(inner, self, world)),
  )
  if (found.includes('everybody')) return 'everybody'
  return orElsewhere(found.flatMap((each) => (typeof each === 'string' ? [] : each)))
}

function orElsewhere(reached: readonly Reached[]): Resolved {
  return reached.length === 0 ? 'elsewhere' : reached
}

/** Pods that are not here may be any: of the namespace, or, from the root namespace, of the mesh. */
function selected(target: Of<'pods'>, self: UnmodelledResource, world: World): Resolved {
  const found = onPods(target, self, world)
  if (found.length > 0) return found
  const { denied, ...wide } = target
  if (denied !== undefined && onPods(wide, self, world).length > 0) return []
  return target.among === 'all' ? 'everybody' : inNamespace(target.among.namespace, self, world)
}

/** What runs pods and is not here is that of whoever lives there. */
function workloadOf(target: Of<'workload'>, self: UnmodelledResource, world: World): Resolved {
  const found = [...runBy(target, world), ...havingPodsMade(target, self, world)]
  return found.length > 0 ? found : entering(target, self, world)
}

/** A Service as a parent: a route beside it is for everybody's calls, one of another namespace for the calls from there. */
function onParent(target: Of<'parent'>, self: UnmodelledResource, world: World): Resolved {
  const { parent, from } = target
  if (parent.kind === 'Hostname') return usersOf(parent.name.toLowerCase(), self, world)
  if (parent.kind !== 'Service' && parent.kind !== 'ServiceEntry')
    return attachedTo(target, self, world) ?? 'elsewhere'
  const host = resolveHost(parent.name, parent.namespace, world.setting.clusterDomain).toLowerCase()
  if (from === undefined || parent.namespace === from)
    return atService({ host, answering: answeringOn(world, [host], onMesh) }, self, world)
  return callsOf({ kind: 'calls', host, clients: [from] }, self, world)
}

/** Clients are not in Git: where they are those of a namespace, whoever lives there may call. */
function callsOf({ host, clients }: Of<'calls'>, self: UnmodelledResource, world: World): Resolved {
  const { setting } = world
  if (clients === undefined)
    return isAnyService(host, setting.clusterDomain) ? 'everybody' : usersOf(host, self, world)
  const own = world.writerOf(self)
  const providers = owned(providersOf(world, host, self))
  const isElsewhere = self.kind === 'ServiceEntry' && !isService(host, setting.clusterDomain)
  if ((isElsewhere || providers.length > 0) && providers.every(({ key }) => key === own.key))
    return callersNamed(host, leadingTo(world, host, clients))
  const atGateways = clients.some((each) => mayHoldGateways(each, world)) ? leadingTo(world, host) : []
  return [
    ...callersNamed(host, atGateways),
    ...clients.map((each) => reachedBy('namespace', [each], world.residents(each))),
  ]
}

function isService(host: string, clusterDomain: string): boolean {
  return host.endsWith(`.svc.${clusterDomain}`)
}

/** A wildcard that takes the services of every namespace. */
function isAnyService(host: string, clusterDomain: string): boolean {
  return host.startsWith('*') && `.x.svc.${clusterDomain}`.endsWith(host.slice(1)) && !host.startsWith('*.x.')
}

function callersNamed(host: string, teams: ReturnType<typeof leadingTo>): readonly Reached[] {
  return teams.length === 0 ? [] : [reachedBy('calls', [host], owned(teams))]
}

/** Everybody who is known to have, to route or to lead to a host; a gateway for every host says nothing of this one. */
function usersOf(host: string, self: UnmodelledResource, world: World): readonly Reached[] {
  return [
    ...atService({ host, answering: answeringOn(world, [host], onMesh) }, self, world),
    ...callersNamed(host, leadingTo(world, host)),
    ...answeringIn(
      world,
      (table) => onGateways(table.gateway) && table.host !== '*' && hostMatches(table.host, host),
    ),
  ]
}

/**
 * Whoever has a Service. Where none of that name is here: those whose routes lead to it, and those who live in its
 * namespace if whoever asks does not.
 */
function atService(
  { host, answering }: { readonly host: string; readonly answering: readonly Reached[] },
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const providers = owned(providersOf(world, host, self))
  if (providers.length > 0) return [reachedBy('service', [host], providers), ...answering]
  const { clusterDomain } = world.setting
  const namespace = isService(host, clusterDomain)
    ? host.slice(0, -`.svc.${clusterDomain}`.length).split('.')[1]
    : undefined
  const entered = isAlreadyThere(self, world) ? 'elsewhere' : entering({ namespace }, self, world)
  return [
    ...answering,
    ...callersNamed(host, leadingTo(world, host)),
    ...(typeof entered === 'string' ? [] : entered),
  ]
}

/**
 * A DestinationRule that was for this host before enters nothing; nor does one that names no namespace, and so stands where its
 * team has something already.
 */
function isAlreadyThere(self: UnmodelledResource, { comparison }: World): boolean {
  if (self.kind !== 'DestinationRule') return false
  const hostOf = ({ body }: UnmodelledResource) => textOf(at(body, 'spec', 'host'))
  return (
    self.namespace === undefined ||
    comparison.base.manifests.unmodelled.some(
      (other) =>
        other.kind === self.kind &&
        other.file.path === self.file.path &&
        identityOf(other) === identityOf(self) &&
        hostOf(other) === hostOf(self),
    )
  )
}

/**
 * Whoever answers calls of a host inside the mesh. What answers for every host there is says nothing of a single one, and goes
 * on answering whatever becomes of its Service.
 */
function answeringCalls(host: string, world: World): readonly Reached[] {
  return answeringIn(
    world,
    (table) =>
      onMesh(table.gateway) && (table.host !== '*' || host.startsWith('*')) && hostMatches(table.host, host),
  )
}

/** A Service to which no route leads concerns no request that is known here. */
function backendOf(host: string, world: World): Resolved {
  const teams = leadingTo(world, host)
  const answering = answeringCalls(host, world)
  if (teams.length + answering.length === 0) return 'elsewhere'
  return [...callersNamed(host, teams), ...answering]
}

function ofGatewayClass(
  { name, controller }: Of<'gateway-class'>,
  self: UnmodelledResource,
  world: World,
): Resolved {
  if (!controller.startsWith('istio.io/') && isOtherClass(name, world)) return 'elsewhere'
  return ofClass(name, self, world)
}

function granted({ from, to }: Of<'grant'>, world: World): readonly Reached[] {
  const routes = routeKinds.flatMap(world.objects).filter(
    ({ namespace, body }) =>
      (namespace === undefined || from.includes(namespace)) &&
      objectsOf(at(body, 'spec', 'rules'))
        .flatMap((rule) => objectsOf(rule['backendRefs']))
        .some((backend) => textOf(backend['namespace']) === to),
  )
  return ownersOf('route', routes, world)
}
