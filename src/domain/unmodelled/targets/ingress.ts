import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { answeringOn } from './answering.ts'
import { owned, type World } from './world.ts'

/** A class that is not here and is not called `istio` is another controller's, as nearly all are; one that is filled in may be Istio's. */
export function isIstiosIngress(name: string, world: World): boolean {
  if (world.setting.ingressClasses.has(name) || isUnknown(name)) return true
  const classes = world
    .partial('IngressClass')
    .filter((each) => (name === '' ? isDefault(each) : each.name === name))
  const controllers = classes.map(({ body }) => textOf(at(body, 'spec', 'controller')) ?? '')
  return controllers.length === 0 ? name === 'istio' : controllers.some(isIstiosController)
}

function isDefault({ annotations }: Pick<UnmodelledResource, 'annotations'>): boolean {
  return annotations['ingressclass.kubernetes.io/is-default-class'] === 'true'
}

function isIstiosController(controller: string): boolean {
  return controller === 'istio.io/ingress-controller'
}

/** Istio serves Ingresses on pods labelled `istio: ingressgateway` (meshConfig.ingressSelector), before everything else. */
export function onIngress(hosts: readonly string[], world: World): readonly Reached[] {
  const gateways = new Set(
    world.gatewaysOn({ istio: 'ingressgateway' }).map((each) => identityOf(each) as string),
  )
  const here = new Set(
    world.meshes.flatMap((mesh) => mesh.gateways).map((each) => identityOf(each) as string),
  )
  return answeringOn(
    world,
    hosts,
    (gateway) => gateway !== 'mesh' && (gateways.has(gateway) || !here.has(gateway)),
  )
}

/** Everybody whose Ingresses are of a class, and whoever answers on their hosts; undefined for a class of others. */
export function ofIngressClass(
  { name, controller }: { readonly name: string; readonly controller: string },
  world: World,
): readonly Reached[] | undefined {
  if (!isIstiosController(controller) && name !== 'istio') return undefined
  const isTaken = world.partial('IngressClass').some((each) => each.name === name && isDefault(each))
  const ingresses = world.partial('Ingress').filter(({ body, annotations }) => {
    const named = annotations['kubernetes.io/ingress.class'] ?? at(body, 'spec', 'ingressClassName')
    return named === name || (named === undefined && isTaken)
  })
  const hosts = ingresses.flatMap(({ body }) =>
    objectsOf(at(body, 'spec', 'rules')).map(({ host }) => textOf(host) ?? '*'),
  )
  return [reachedBy('class', [name], owned(ingresses.map(world.ownerOf))), ...onIngress(hosts, world)]
}
