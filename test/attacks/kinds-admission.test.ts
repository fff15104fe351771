import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const object = (apiVersion: string, kind: string, rest: object, namespace?: string) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', ...(namespace && { namespace }) }, ...rest })}\n`

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  ...everybody,
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, rest: Partial<Attempt> = {}) => ({
  way,
  files: { [mine]: text },
  ...rest,
})

const rule = (group: string, resource = '*') => ({
  apiGroups: [group],
  apiVersions: ['*'],
  operations: ['*'],
  resources: [resource],
})
const webhook = (kind: 'Validating' | 'Mutating', rules: object, more: object = {}) =>
  object('admissionregistration.k8s.io/v1', `${kind}WebhookConfiguration`, {
    webhooks: [
      {
        name: 'a.b.c',
        clientConfig: { service: { name: 'hook', namespace: 'catalog' }, caBundle: 'QQ==' },
        rules: [rules],
        ...more,
      },
    ],
  })
const policy = (kind: string, group: string) =>
  object('admissionregistration.k8s.io/v1', kind, {
    spec: {
      matchConstraints: { resourceRules: [rule(group)] },
      validations: [{ expression: 'false' }],
    },
  })
const kyverno = (kinds: readonly string[], more: object = {}) =>
  object('kyverno.io/v1', 'ClusterPolicy', {
    spec: { rules: [{ name: 'a', match: { any: [{ resources: { kinds } }] }, ...more }] },
  })
const argo = (data: object) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' }, data })}\n`

testAttackClass('what stands between manifests and the API server asks whom it can refuse', {
  attack: stopped(
    'a webhook that may refuse every VirtualService',
    webhook('Validating', rule('networking.istio.io')),
    {
      title: /^Waiting for mesh-admins: 1 Validating/,
    },
  ),
  variants: [
    stopped('a webhook for all groups', webhook('Validating', rule('*'))),
    stopped('a webhook that rewrites Services', webhook('Mutating', rule('', 'services'))),
    stopped('a webhook that rewrites any pod', webhook('Mutating', rule('', 'pods'))),
    stopped(
      'another service behind a webhook',
      webhook('Mutating', rule('security.istio.io'), { clientConfig: { url: 'https://x' } }),
      {
        setting: { files: { [mine]: webhook('Mutating', rule('security.istio.io')) } },
      },
    ),
    stopped('an admission policy', policy('ValidatingAdmissionPolicy', 'networking.istio.io')),
    stopped(
      'an admission policy that rewrites routes',
      policy('MutatingAdmissionPolicy', 'gateway.networking.k8s.io'),
    ),
    stopped('an engine that rewrites VirtualServices', kyverno(['VirtualService'], { mutate: {} })),
    stopped(
      'an engine that names them in full',
      kyverno(['networking.istio.io/*/VirtualService'], { mutate: {} }),
    ),
    stopped(
      'an engine that makes one in every namespace',
      kyverno(['Deployment'], {
        generate: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'ns1' },
      }),
    ),
    stopped(
      'an engine that deletes what it likes',
      object('kyverno.io/v2', 'ClusterCleanupPolicy', {
        spec: { match: { any: [{ resources: { kinds: ['*'] } }] } },
      }),
    ),
    stopped(
      'another engine',
      object('mutations.gatekeeper.sh/v1', 'Assign', {
        spec: { applyTo: [{ groups: ['networking.istio.io'], kinds: ['Gateway'], versions: ['v1'] }] },
      }),
    ),
    stopped(
      'Argo CD is to see no VirtualService any more',
      argo({ 'resource.exclusions': "- { apiGroups: [networking.istio.io], kinds: ['*'] }\n" }),
    ),
    stopped(
      'Argo CD is to compare no object any more',
      argo({ 'resource.customizations.ignoreDifferences.all': 'jsonPointers: [/spec]\n' }),
    ),
    stopped(
      'the mesh’s configuration, as bytes',
      `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio', namespace: 'istio-system' }, binaryData: { mesh: 'QQ==' } })}\n`,
    ),
    stopped(
      'how every Kubernetes Gateway of a class is deployed',
      `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'istio-system', labels: { 'gateway.istio.io/defaults-for-class': 'istio' } }, data: { service: 'spec: {}' } })}\n`,
    ),
    stopped(
      'the members of the mesh',
      object('maistra.io/v1', 'ServiceMeshMemberRoll', { spec: { members: ['catalog'] } }, 'istio-system'),
    ),
    stopped(
      'a mesh, by an experimental kind',
      object('gateway.networking.x-k8s.io/v1alpha1', 'XMesh', { spec: {} }),
    ),
  ],
  neighbours: [
    harmless('a webhook for one’s own kinds', webhook('Validating', rule('catalog.example', 'things'))),
    harmless(
      'a webhook that rewrites the pods of one’s own namespace',
      webhook('Mutating', rule('', 'pods'), { namespaceSelector: { matchLabels: { team: 'catalog' } } }),
    ),
    harmless('a webhook that looks at pods', webhook('Validating', rule('', 'pods'))),
    harmless(
      'the certificate of a webhook',
      webhook('Validating', rule('networking.istio.io')).replace('QQ==', 'Qg=='),
      {
        setting: { files: { [mine]: webhook('Validating', rule('networking.istio.io')) } },
      },
    ),
    harmless('an admission policy for Deployments', policy('ValidatingAdmissionPolicy', 'apps')),
    harmless(
      'an engine that judges pods',
      kyverno(['Pod', 'apps/v1/Deployment'], { validate: { pattern: { spec: { hostNetwork: false } } } }),
    ),
    harmless(
      'an engine that makes NetworkPolicies',
      kyverno(['Secret'], { generate: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } }),
    ),
    harmless(
      'who may log in to Argo CD',
      argo({ 'dex.config': 'connectors: []\n', url: 'https://argo.example' }),
    ),
    harmless(
      'when Argo CD calls something healthy',
      argo({ 'resource.customizations.health.networking.istio.io_VirtualService': 'return {}' }),
    ),
    harmless(
      'a definition of one’s own',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { group: 'catalog.example' } }),
    ),
    harmless(
      'an aggregated API of metrics',
      object('apiregistration.k8s.io/v1', 'APIService', { spec: { group: 'metrics.k8s.io', version: 'v1' } }),
    ),
    harmless(
      'who may read VirtualServices',
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: ['networking.istio.io'], resources: ['*'], verbs: ['get'] }],
      }),
    ),
    harmless(
      'a ConfigMap of one’s own with a key of the mesh’s',
      `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'catalog' }, data: { mesh: 'a: 1', config: 'b: 2' } })}\n`,
    ),
  ],
})
