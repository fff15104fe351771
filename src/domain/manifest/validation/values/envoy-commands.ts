/** The parts of which names of one family are made, so that each name is known as a whole. */
const certificate =
  '(?:SUBJECT|ISSUER|SERIAL|CERT|CERT_V_START|CERT_V_END|FINGERPRINT_1|FINGERPRINT_256|CHAIN_FINGERPRINTS_1|CHAIN_FINGERPRINTS_256|CHAIN_SERIALS|(?:URI|DNS|IP|EMAIL|OTHERNAME)_SAN)'
const address = '(?:ADDRESS(?:_WITHOUT_PORT|_ENDPOINT_ID)?|PORT|ENDPOINT_ID)'
const stream = [
  `(?:PEER|LOCAL)_${certificate}`,
  `(?:DIRECT_)?(?:LOCAL|REMOTE)_${address}`,
  'TLS_(?:SESSION_ID|CIPHER|VERSION)',
  '(?:WIRE|HEADER|DECOMPRESSED_HEADER)_BYTES_(?:SENT|RECEIVED)',
  'TRANSPORT_FAILURE_REASON',
  'LOCAL_CLOSE_REASON',
  'DETECTED_CLOSE_TYPE',
].join('|')

/** Commands that mean nothing without arguments. */
const withArguments = [
  'REQ',
  'RESP',
  'TRAILER',
  'STREAM_INFO_REQ',
  'REQUEST_HEADER',
  'RESPONSE_HEADER',
  'RESPONSE_TRAILER',
  'DYNAMIC_METADATA',
  'CLUSTER_METADATA',
  'UPSTREAM_METADATA',
  'METADATA',
  'FILTER_STATE',
  'UPSTREAM_FILTER_STATE',
  'PER_REQUEST_STATE',
  'ENVIRONMENT',
  'QUERY_PARAM',
  'COMMON_DURATION',
  'COALESCE',
  'CEL',
  'TYPED_CEL',
  'SECRET',
  'FILE_CONTENT',
]

const others = [
  `(?:UPSTREAM|DOWNSTREAM)_(?:${stream})`,
  'DOWNSTREAM_(?:HANDSHAKE_DURATION|PEER_CERT_PRESENTED|PEER_CERT_VALIDATED|SERVER_NAME)',
  'UPSTREAM_(?:PROTOCOL|CLUSTER|CLUSTER_RAW|REQUEST_ATTEMPT_COUNT|SERVER_NAME)',
  'UPSTREAM_(?:HOST|HOST_NAME|HOSTS_ATTEMPTED|HOST_NAMES_ATTEMPTED)(?:_WITHOUT_PORT)?',
  'UPSTREAM_CONNECTION_(?:ID|IDS_ATTEMPTED|POOL_READY_DURATION)',
  '(?:START|EMIT)_TIME(?:_LOCAL)?',
  '(?:REQUEST|RESPONSE|ROUNDTRIP)_DURATION|(?:REQUEST|RESPONSE)_TX_DURATION|DURATION',
  '(?:REQUEST|RESPONSE)_HEADERS_BYTES|RESPONSE_TRAILERS_BYTES',
  '(?:BYTES|PACKETS)_RETRANSMITTED|BYTES_(?:RECEIVED|SENT)',
  'RESPONSE_(?:CODE|CODE_DETAILS|FLAGS|FLAGS_LONG)',
  'GRPC_STATUS(?:_NUMBER)?|PROTOCOL|PATH|QUERY_PARAMS|HOSTNAME|CUSTOM_FLAGS',
  'CONNECTION_ID|CONNECTION_TERMINATION_DETAILS|STREAM_ID|UNIQUE_ID|TRACE_ID|SPAN_ID|WORKER_ID',
  'REQUESTED_SERVER_NAME|ROUTE_NAME|VIRTUAL_CLUSTER_NAME|FILTER_CHAIN_NAME',
  'ACCESS_LOG_TYPE|LOCAL_REPLY_BODY|TLS_JA[34]_FINGERPRINT',
]

const withoutArguments = new RegExp(`^(?:${others.join('|')})$`)

/** A command as it is written. */
interface Command {
  readonly name: string
  readonly hasArguments: boolean
}

/**
 * Whether Envoy has a command of this name, as a whole, with the arguments that it needs (envoyproxy.io, "Command operators").
 * A name that only begins like one is refused like any other.
 */
export function isEnvoyCommand({ name, hasArguments }: Command): boolean {
  return withArguments.includes(name) ? hasArguments : withoutArguments.test(name)
}
