import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'

/** What a part of a rule is about, and what is known of it at a gateway. */
export type Attribute =
  | { readonly of: 'host' }
  | { readonly of: 'path' }
  | { readonly of: 'method' }
  | { readonly of: 'header'; readonly name: string }
  /** The port of the socket on the pod. */
  | { readonly of: 'port' }
  /** Who the client is by its certificate. */
  | { readonly of: 'certificate' }
  /** What a token says that was checked. */
  | { readonly of: 'token' }
  /** The name that TLS was asked for. */
  | { readonly of: 'sni' }
  /** What nothing in Git says: addresses, what filters of Envoy have written down. */
  | { readonly of: 'nothing' }

/** The fields of a source, and of an operation: each has its opposite beside it. */
export const sourceFields = {
  principals: { not: 'notPrincipals', attribute: { of: 'certificate' } },
  namespaces: { not: 'notNamespaces', attribute: { of: 'certificate' } },
  serviceAccounts: { not: 'notServiceAccounts', attribute: { of: 'certificate' } },
  requestPrincipals: { not: 'notRequestPrincipals', attribute: { of: 'token' } },
  ipBlocks: { not: 'notIpBlocks', attribute: { of: 'nothing' } },
  remoteIpBlocks: { not: 'notRemoteIpBlocks', attribute: { of: 'nothing' } },
} as const

export const operationFields = {
  hosts: { not: 'notHosts', attribute: { of: 'host' } },
  paths: { not: 'notPaths', attribute: { of: 'path' } },
  methods: { not: 'notMethods', attribute: { of: 'method' } },
  ports: { not: 'notPorts', attribute: { of: 'port' } },
} as const

const attributesByKey: Readonly<Record<string, Attribute>> = {
  'source.ip': { of: 'nothing' },
  'remote.ip': { of: 'nothing' },
  'destination.ip': { of: 'nothing' },
  'source.namespace': { of: 'certificate' },
  'source.principal': { of: 'certificate' },
  'source.serviceAccount': { of: 'certificate' },
  // Known to the newest Istio alone, so that it is asked about, and not judged.
  'source.trustDomain': { of: 'nothing' },
  'request.auth.principal': { of: 'token' },
  'request.auth.audiences': { of: 'token' },
  'request.auth.presenter': { of: 'token' },
  'destination.port': { of: 'port' },
  'connection.sni': { of: 'sni' },
}

/** What a key of `when` is about; undefined for one that Istio does not know. */
export function attributeOfKey(key: string): Attribute | undefined {
  if (isUnknownValue(key)) return { of: 'nothing' }
  if (Object.hasOwn(attributesByKey, key)) return attributesByKey[key]
  const [, name] = /^request\.headers\[(.+)\]$/s.exec(key) ?? []
  if (name !== undefined) return { of: 'header', name: name.toLowerCase() }
  if (/^request\.auth\.claims\[.+\]$/s.test(key)) return { of: 'token' }
  return key.startsWith('experimental.envoy.filters.') ? { of: 'nothing' } : undefined
}

/** The port in a text; undefined where it is none. */
export function portIn(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : undefined
  return port === undefined || port > 65_535 ? undefined : port
}
