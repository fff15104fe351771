import { listOf, mapOf, message } from './message.ts'

const string = { kind: 'string' } as const
const bool = { kind: 'bool' } as const
const int32 = { kind: 'int32' } as const
/** A number of which zero says something else than nothing. */
const counted = { kind: 'int32', wrapped: true } as const
/** A group: the empty one is the core group, and not the one that is meant where none is said. */
const group = { kind: 'string', wrapped: true } as const
const strings = listOf(string)
const labels = mapOf(string)

const objectReference = { group, kind: string, namespace: string, name: string }

const parentReference = message('ParentReference', { ...objectReference, sectionName: string, port: int32 })

const backendReference = { ...objectReference, port: int32 }

const namedValues = listOf(message('HTTPHeader', { name: string, value: string }))

const headerFilter = message('HTTPHeaderFilter', { set: namedValues, add: namedValues, remove: strings })

const requestMirror = message('HTTPRequestMirrorFilter', {
  backendRef: message('BackendObjectReference', backendReference),
  percent: counted,
  fraction: message('Fraction', { numerator: counted, denominator: int32 }),
})

const extensionRef = message('LocalObjectReference', { group: string, kind: string, name: string })

const pathModifier = message('HTTPPathModifier', {
  type: string,
  replaceFullPath: string,
  replacePrefixMatch: string,
})

const requestRedirect = message('HTTPRequestRedirectFilter', {
  scheme: string,
  hostname: string,
  path: pathModifier,
  port: int32,
  statusCode: int32,
})

const cors = message('HTTPCORSFilter', {
  allowOrigins: strings,
  allowCredentials: bool,
  allowMethods: strings,
  allowHeaders: strings,
  exposeHeaders: strings,
  maxAge: int32,
})

const httpFilters = listOf(
  message('HTTPRouteFilter', {
    type: string,
    requestHeaderModifier: headerFilter,
    responseHeaderModifier: headerFilter,
    requestMirror,
    requestRedirect,
    urlRewrite: message('HTTPURLRewriteFilter', { hostname: string, path: pathModifier }),
    cors,
    extensionRef,
  }),
)

const backendRefs = listOf(
  message('HTTPBackendRef', { ...backendReference, weight: counted, filters: httpFilters }),
)

const valueMatches = listOf(message('HTTPValueMatch', { type: string, name: string, value: string }))

/** `spec` of an HTTPRoute of gateway.networking.k8s.io. What it has besides makes it one that is not known here. */
export const httpRouteSpec = message('HTTPRouteSpec', {
  parentRefs: listOf(parentReference),
  hostnames: strings,
  rules: listOf(
    message('HTTPRouteRule', {
      name: string,
      matches: listOf(
        message('HTTPRouteMatch', {
          path: message('HTTPPathMatch', { type: string, value: string }),
          headers: valueMatches,
          queryParams: valueMatches,
          method: string,
        }),
      ),
      filters: httpFilters,
      backendRefs,
      timeouts: message('HTTPRouteTimeouts', { request: string, backendRequest: string }),
      retry: message('HTTPRouteRetry', { codes: listOf(int32), attempts: counted, backoff: string }),
    }),
  ),
})

/** `spec` of a GRPCRoute. */
export const grpcRouteSpec = message('GRPCRouteSpec', {
  parentRefs: listOf(parentReference),
  hostnames: strings,
  rules: listOf(
    message('GRPCRouteRule', {
      name: string,
      matches: listOf(
        message('GRPCRouteMatch', {
          method: message('GRPCMethodMatch', { type: string, service: string, method: string }),
          headers: valueMatches,
        }),
      ),
      filters: httpFilters,
      backendRefs,
    }),
  ),
})

const labelSelector = message('LabelSelector', {
  matchLabels: labels,
  matchExpressions: listOf(
    message('LabelSelectorRequirement', { key: string, operator: string, values: strings }),
  ),
})

const fromNamespaces = message('FromNamespaces', { from: string, selector: labelSelector })

const listeners = listOf(
  message('Listener', {
    name: string,
    hostname: string,
    port: int32,
    protocol: string,
    tls: message('ListenerTLSConfig', {
      mode: string,
      certificateRefs: listOf(message('SecretObjectReference', objectReference)),
      options: labels,
    }),
    allowedRoutes: message('AllowedRoutes', {
      namespaces: fromNamespaces,
      kinds: listOf(message('RouteGroupKind', { group, kind: string })),
    }),
  }),
)

/** `spec` of a Gateway of gateway.networking.k8s.io. */
export const kubernetesGatewaySpec = message('GatewaySpec', {
  gatewayClassName: string,
  listeners,
  addresses: listOf(message('GatewaySpecAddress', { type: string, value: string })),
  infrastructure: message('GatewayInfrastructure', {
    labels,
    annotations: labels,
    parametersRef: extensionRef,
  }),
  allowedListeners: message('AllowedListeners', { namespaces: fromNamespaces }),
})

/** `spec` of a ListenerSet. */
export const listenerSetSpec = message('ListenerSetSpec', {
  parentRef: message('ParentGatewayReference', objectReference),
  listeners,
})

/** `spec` of a ReferenceGrant. */
export const referenceGrantSpec = message('ReferenceGrantSpec', {
  from: listOf(message('ReferenceGrantFrom', { group: string, kind: string, namespace: string })),
  to: listOf(message('ReferenceGrantTo', { group: string, kind: string, name: string })),
})

/** `spec` of a GatewayClass. */
export const gatewayClassSpec = message('GatewayClassSpec', {
  controllerName: string,
  description: string,
  parametersRef: message('ParametersReference', objectReference),
})
