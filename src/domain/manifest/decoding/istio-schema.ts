import { type EnumType, listOf, mapOf, message } from './message.ts'

const string = { kind: 'string' } as const
const bool = { kind: 'bool' } as const
const int32 = { kind: 'int32' } as const
const uint32 = { kind: 'uint32' } as const
const double = { kind: 'double' } as const
const duration = { kind: 'duration' } as const
const bytes = { kind: 'bytes' } as const
const boolValue = { kind: 'bool', wrapped: true } as const
const uint32Value = { kind: 'uint32', wrapped: true } as const
const strings = listOf(string)
const labels = mapOf(string)

function choice(...values: readonly string[]): EnumType {
  return { kind: 'enum', values }
}

/** `exact`, `prefix` or `regex`, or nothing at all. */
export const stringMatch = message(
  'StringMatch',
  { exact: string, prefix: string, regex: string },
  { oneofs: [['exact', 'prefix', 'regex']] },
)

const percent = message('Percent', { value: double })

const destination = message('Destination', {
  host: string,
  subset: string,
  port: message('PortSelector', { number: uint32 }),
})

const headerOperations = message('HeaderOperations', { set: labels, add: labels, remove: strings })
const headers = message('Headers', { request: headerOperations, response: headerOperations })

/** One match of an http entry. */
export const httpMatchRequest = message('HTTPMatchRequest', {
  name: string,
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: mapOf(stringMatch),
  port: uint32,
  sourceLabels: labels,
  gateways: strings,
  queryParams: mapOf(stringMatch),
  ignoreUriCase: bool,
  withoutHeaders: mapOf(stringMatch),
  sourceNamespace: string,
  statPrefix: string,
})

const httpRedirect = message(
  'HTTPRedirect',
  {
    uri: string,
    authority: string,
    port: uint32,
    derivePort: choice('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'),
    scheme: string,
    redirectCode: uint32,
    prefixRewrite: string,
  },
  { oneofs: [['port', 'derivePort']] },
)

const httpDirectResponse = message('HTTPDirectResponse', {
  status: uint32,
  body: message('HTTPBody', { string, bytes }, { oneofs: [['string', 'bytes']] }),
})

const httpRewrite = message('HTTPRewrite', {
  uri: string,
  authority: string,
  uriRegexRewrite: message('RegexRewrite', { match: string, rewrite: string }),
})

const httpRetry = message('HTTPRetry', {
  attempts: int32,
  perTryTimeout: duration,
  retryOn: string,
  retryRemoteLocalities: boolValue,
  retryIgnorePreviousHosts: boolValue,
  backoff: duration,
})

const corsPolicy = message('CorsPolicy', {
  allowOrigin: strings,
  allowOrigins: listOf(stringMatch),
  allowMethods: strings,
  allowHeaders: strings,
  exposeHeaders: strings,
  maxAge: duration,
  allowCredentials: boolValue,
  unmatchedPreflights: choice('UNSPECIFIED', 'FORWARD', 'IGNORE'),
})

const httpFaultInjection = message('HTTPFaultInjection', {
  delay: message(
    'Delay',
    { percent: int32, fixedDelay: duration, exponentialDelay: duration, percentage: percent },
    { oneofs: [['fixedDelay', 'exponentialDelay']] },
  ),
  abort: message(
    'Abort',
    { httpStatus: int32, grpcStatus: string, http2Error: string, percentage: percent },
    { oneofs: [['httpStatus', 'grpcStatus', 'http2Error']] },
  ),
})

const httpRoute = message(
  'HTTPRoute',
  {
    name: string,
    match: listOf(httpMatchRequest),
    route: listOf(message('HTTPRouteDestination', { destination, weight: int32, headers })),
    redirect: httpRedirect,
    directResponse: httpDirectResponse,
    delegate: message('Delegate', { name: string, namespace: string }),
    rewrite: httpRewrite,
    timeout: duration,
    retries: httpRetry,
    fault: httpFaultInjection,
    mirror: destination,
    mirrorPercent: uint32Value,
    mirrorPercentage: percent,
    mirrors: listOf(message('HTTPMirrorPolicy', { destination, percentage: percent })),
    corsPolicy,
    headers,
  },
  { aliases: { mirror_percent: 'mirrorPercent' } },
)

const routeDestination = message('RouteDestination', { destination, weight: int32 })

const l4Match = {
  destinationSubnets: strings,
  port: uint32,
  sourceLabels: labels,
  gateways: strings,
  sourceNamespace: string,
}

const tcpRoute = message('TCPRoute', {
  match: listOf(message('L4MatchAttributes', { ...l4Match, sourceSubnet: string })),
  route: listOf(routeDestination),
})

const tlsRoute = message('TLSRoute', {
  match: listOf(message('TLSMatchAttributes', { ...l4Match, sniHosts: strings })),
  route: listOf(routeDestination),
})

/** `spec` of a VirtualService: istio/api `networking/v1alpha3/virtual_service.proto` and its CRD schema. */
export const virtualServiceSpec = message('VirtualService', {
  hosts: strings,
  gateways: strings,
  http: listOf(httpRoute),
  tls: listOf(tlsRoute),
  tcp: listOf(tcpRoute),
  exportTo: strings,
})

const tlsVersion = choice('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3')

const serverTlsSettings = message('ServerTLSSettings', {
  httpsRedirect: bool,
  mode: {
    kind: 'enum',
    values: ['PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'],
    absentAs: 'PASSTHROUGH',
  },
  serverCertificate: string,
  privateKey: string,
  caCertificates: string,
  caCrl: string,
  credentialName: string,
  credentialNames: strings,
  caCertCredentialName: string,
  tlsCertificates: listOf(
    message('TLSCertificate', { serverCertificate: string, privateKey: string, caCertificates: string }),
  ),
  subjectAltNames: strings,
  verifyCertificateSpki: strings,
  verifyCertificateHash: strings,
  minProtocolVersion: tlsVersion,
  maxProtocolVersion: tlsVersion,
  cipherSuites: strings,
})

/** `spec` of a Gateway: istio/api `networking/v1alpha3/gateway.proto` and its CRD schema. */
export const gatewaySpec = message('Gateway', {
  selector: labels,
  servers: listOf(
    message('Server', {
      name: string,
      port: message('Port', { number: uint32, name: string, protocol: string, targetPort: uint32 }),
      bind: string,
      hosts: strings,
      tls: serverTlsSettings,
      defaultEndpoint: string,
    }),
  ),
})
