import { isOfGatewayApi } from '../../manifest/gateway-api.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { gatewayApiGroup } from '../../manifest/kinds/gateway-api-names.ts'
import { isMadeByIstio, nameMadeFor } from '../../manifest/kinds/made-for-gateways.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Reached } from '../reached.ts'
import { attachedTo, isOtherClass } from './attachment.ts'
import { ownersOf, type World } from './world.ts'

/** What is made for a Kubernetes Gateway. */
interface Made {
  readonly namespace: string | undefined
  readonly name: string
}

/**
 * Whoever has a Kubernetes Gateway for which Istio makes something of this name, and whoever is served by it. Istio leaves alone what it
 * has not made: the Gateway then has that Service's address, or no pods.
 */
export function withNameMade(made: Made, self: UnmodelledResource, world: World): readonly Reached[] {
  const gateways = gatewaysMaking(made, self, world)
  return [...ownersOf('object', gateways, world), ...gateways.flatMap((each) => servedBy(each, self, world))]
}

/** Whoever has a Gateway for which Istio makes a Deployment of this name. */
export function havingPodsMade(made: Made, self: UnmodelledResource, world: World): readonly Reached[] {
  return ownersOf('object', gatewaysMaking(made, self, world), world)
}

function gatewaysMaking(
  { namespace, name }: Made,
  self: UnmodelledResource,
  world: World,
): readonly UnmodelledResource[] {
  const isSelf = (each: UnmodelledResource) =>
    self.kind === 'Gateway' && each.name === self.name && each.namespace === self.namespace
  return world
    .objects('Gateway')
    .filter(
      (each) =>
        isOfGatewayApi(each) &&
        !isSelf(each) &&
        (namespace === undefined || each.namespace === undefined || each.namespace === namespace) &&
        isMadeUnder(name, each, world),
    )
}

function isMadeUnder(wanted: string, gateway: UnmodelledResource, world: World): boolean {
  const { name, annotations, body } = gateway
  const className = textOf(at(body, 'spec', 'gatewayClassName')) ?? ''
  return (
    nameMadeFor({ name, annotations, className }) === wanted &&
    isMadeByIstio(objectsOf(at(body, 'spec', 'addresses'))) &&
    !isOtherClass(className, world)
  )
}

function servedBy(
  { namespace, name }: UnmodelledResource,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const parent = { group: gatewayApiGroup, kind: 'Gateway', namespace, name }
  return attachedTo({ kind: 'parent', parent, hosts: [], from: self.namespace }, self, world) ?? []
}
