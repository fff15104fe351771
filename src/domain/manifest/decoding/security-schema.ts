import { listOf, mapOf, message } from './message.ts'

const string = { kind: 'string' } as const
const strings = listOf(string)

const source = message('Source', {
  principals: strings,
  notPrincipals: strings,
  requestPrincipals: strings,
  notRequestPrincipals: strings,
  namespaces: strings,
  notNamespaces: strings,
  serviceAccounts: strings,
  notServiceAccounts: strings,
  ipBlocks: strings,
  notIpBlocks: strings,
  remoteIpBlocks: strings,
  notRemoteIpBlocks: strings,
})

const operation = message('Operation', {
  hosts: strings,
  notHosts: strings,
  ports: strings,
  notPorts: strings,
  methods: strings,
  notMethods: strings,
  paths: strings,
  notPaths: strings,
})

const rule = message('Rule', {
  from: listOf(message('From', { source })),
  to: listOf(message('To', { operation })),
  when: listOf(message('Condition', { key: string, values: strings, notValues: strings })),
})

const targetReference = message('PolicyTargetReference', {
  group: string,
  kind: string,
  name: string,
  namespace: string,
})

/** `spec` of an AuthorizationPolicy: istio/api `security/v1beta1/authorization_policy.proto` and its CRD schema. */
export const authorizationPolicySpec = message('AuthorizationPolicy', {
  selector: message('WorkloadSelector', { matchLabels: mapOf(string) }),
  targetRef: targetReference,
  targetRefs: listOf(targetReference),
  rules: listOf(rule),
  action: { kind: 'enum', values: ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] },
  provider: message('ExtensionProvider', { name: string }),
})
