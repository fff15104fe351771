import { type GatewayApiOf, gatewayApiOf } from '../../gateway-api/gateway-api.ts'
import type { NumbersNamed } from '../../gateway-api/looking.ts'
import { surroundingsOf } from '../../gateway-api/surroundings.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { isOfGatewayApi } from '../../manifest/gateway-api.ts'
import { aroundIn, inNamespaceOf, namesIngresses } from '../../manifest/kinds/objects-around.ts'
import type { Ages, Manifests } from '../../manifest/manifests.ts'
import { kindAndName } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { remembered } from '../../source/remembered.ts'
import { canShareAPod } from '../listeners/gateways.ts'
import { surelyServed } from '../mesh-services.ts'
import type { SnapshotOptions } from '../snapshot.ts'

/** Whether an object is one of those that the Gateway API of a mesh is made of. */
export const hasGatewayApi = isOfGatewayApi

/** What the Gateway API comes to in one mesh; undefined where nothing of it is written there. */
export function gatewayApiOfMesh(
  mesh: string,
  { unmodelled, files, agesIn, gateways }: Manifests,
  { meshOf, services, settings, inForce, namespaceOf = () => undefined }: SnapshotOptions,
): GatewayApiOf | undefined {
  const isHere = (resource: UnmodelledResource) => meshOf(resource) === mesh
  const all = unmodelled.filter(hasGatewayApi).filter(isHere)
  if (all.length === 0 && !files.some(namesIngresses)) return undefined
  const surroundings = remembered(() =>
    surroundingsOf(
      files
        .flatMap(aroundIn)
        .filter((resource) => isPerhapsHere(meshOf(resource), mesh))
        .map(inNamespaceOf(namespaceOf))
        .map((resource) => aged(resource, agesIn?.get(mesh))),
    ),
  )
  const serviceEntries = unmodelled.filter(({ kind }) => kind === 'ServiceEntry').filter(isHere)
  const clusterDomain = settings.clusterDomain.toLowerCase()
  const known = services?.(mesh)
  const isMissing = (host: string) => isNoService(surelyServed(host, known?.(), clusterDomain))
  const ofIstio = [...gateways, ...(inForce?.gateways ?? [])].filter((each) => meshOf(each) === mesh)
  return gatewayApiOf(
    { all, serviceEntries, surroundings },
    { clusterDomain, isMissing, numbersNamed: numbersNamedBy(ofIstio) },
  )
}

/** What the servers of Istio's own Gateways call the ports of some pods. */
function numbersNamedBy(gateways: readonly Gateway[]): NumbersNamed {
  return ({ namespace = '' }, { selector, ...pods }) => {
    const there = { pods: { namespace, ...pods }, spec: { selector } }
    const numbers = gateways
      .filter((each) => canShareAPod(each, there))
      .flatMap(({ spec }) => spec.servers ?? [])
      .map(({ port }) => port?.number)
    return new Set(numbers.filter((each) => typeof each === 'number'))
  }
}

/** What is of no mesh may be of any. */
function isPerhapsHere(mesh: string | undefined, own: string): boolean {
  return mesh === undefined || mesh === own
}

function aged(resource: UnmodelledResource, ages: Ages | undefined): UnmodelledResource {
  const inCluster = ages?.get(kindAndName(resource))
  return inCluster === undefined ? resource : { ...resource, inCluster }
}

function isNoService(served: ReturnType<typeof surelyServed>): boolean {
  return served !== undefined && 'own' in served
}
