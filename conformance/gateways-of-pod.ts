import { identityOf } from '../src/domain/manifest/names.ts'
import type { Snapshot } from '../src/domain/routing/snapshot.ts'
import type { Asked, MeshPair } from './mesh.ts'
import { madeByIstio } from './random-cluster.ts'

/** The Gateways that we say are on a pod, of either API and of Ingresses, and listen on the port that is asked. */
export function gatewaysOn({ pods }: MeshPair, { meshes }: Snapshot, asked: Asked): readonly string[] {
  const pod = pods[asked.pod]
  if (pod?.type !== 'router') return ['mesh']
  const { labels, namespace } = pod
  return meshes
    .flatMap((mesh) => [...mesh.inForce.gateways, ...(mesh.gatewayApi?.gateways ?? [])])
    .filter(({ spec: { selector = {}, servers = [] }, pods: own, ...gateway }) => {
      // Pods that Istio makes for a Gateway take others of its namespace alone.
      const place = own?.namespace ?? (madeByIstio in labels ? gateway.namespace : namespace)
      return (
        place === namespace &&
        servers.some(({ port }) => port?.number === asked.port) &&
        Object.entries(selector).every(([key, value]) => labels[key] === value)
      )
    })
    .map(identityOf)
}
