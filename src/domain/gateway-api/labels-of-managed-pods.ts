import type { Specified } from '../manifest/gateway-api.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../manifest/kinds/gateway-api-names.ts'
import { nameMadeFor } from '../manifest/kinds/made-for-gateways.ts'

type Labels = Readonly<Record<string, string>>

const defaultLabels = {
  'sidecar.istio.io/inject': 'false',
  'service.istio.io/canonical-revision': 'latest',
  'istio.io/dataplane-mode': 'none',
}

/**
 * The labels of the pods that Istio makes for a Gateway (`kube-gateway.yaml`): those of its `infrastructure`, or else its own, between
 * some that Istio has for all and some that it always sets itself. Undefined where a ConfigMap may say more of them.
 */
export function labelsOfManagedPods(gateway: Specified<'Gateway'>): Labels | undefined {
  const { name, labels, decoded } = gateway
  const { gatewayClassName = '', infrastructure } = decoded
  if (infrastructure?.parametersRef !== undefined) return undefined
  return {
    ...defaultLabels,
    'service.istio.io/canonical-name': serviceMadeFor(gateway),
    ...(infrastructure?.labels === undefined ? labels : withoutReserved(infrastructure.labels)),
    [gatewayNameLabel]: name,
    [`${gatewayApiGroup}/gateway-class-name`]: gatewayClassName,
    'gateway.istio.io/managed': 'istio.io-gateway-controller',
  }
}

/** The name of the Service that Istio makes for a Gateway. */
export function serviceMadeFor({ name, annotations, decoded }: Specified<'Gateway'>): string {
  return nameMadeFor({ name, annotations, className: decoded.gatewayClassName ?? '' })
}

function withoutReserved(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith(`${gatewayApiGroup}/`)))
}
