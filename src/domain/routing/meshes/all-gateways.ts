import type { Gateway } from '../../manifest/gateway.ts'
import type { Mesh } from '../snapshot.ts'

/** Gateways that are written, and those that Istio makes of listeners; none where there is no mesh. */
export function allGatewaysOf(mesh: Pick<Mesh, 'inForce' | 'gatewayApi'> | undefined): readonly Gateway[] {
  return [...(mesh?.inForce.gateways ?? []), ...(mesh?.gatewayApi?.gateways ?? [])]
}
