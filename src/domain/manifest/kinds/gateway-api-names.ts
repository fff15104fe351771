/** The API group of HTTPRoutes and of Kubernetes' own Gateways. */
export const gatewayApiGroup = 'gateway.networking.k8s.io'

/** The label by which the pods that Istio makes for a Kubernetes Gateway bear its name. */
export const gatewayNameLabel = `${gatewayApiGroup}/gateway-name`
