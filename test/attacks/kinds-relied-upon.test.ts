import { testAttackClass } from '../support/attack-class.ts'
import { attemptsAt } from '../support/attempt.ts'
import { objectsWith, workload } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing' })
const configMap = (name: string, namespace: string, data: object = { a: 'b' }) =>
  object('v1', 'ConfigMap', { data }, { name, namespace })
const service = (namespace: string, spec: object = {}, metadata: object = {}) =>
  object(
    'v1',
    'Service',
    { spec: { selector: { app: 'a' }, ports: [{ name: 'http', port: 80 }], ...spec } },
    { name: 'web', namespace, ...metadata },
  )
const leads = object(
  'networking.istio.io/v1',
  'VirtualService',
  {
    spec: {
      hosts: ['front.ns2.svc.cluster.local'],
      http: [{ route: [{ destination: { host: 'web.catalog.svc.cluster.local' } }] }],
    },
  },
  { name: 'front', namespace: 'ns2' },
)
const gateway = object(
  'networking.istio.io/v1',
  'Gateway',
  {
    spec: {
      selector: { app: 'entry' },
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: ['secure.example'],
          tls: { mode: 'SIMPLE', credentialName: 'secure' },
        },
      ],
    },
  },
  { name: 'secure', namespace: 'ns2' },
)
const served = object(
  'networking.istio.io/v1',
  'VirtualService',
  {
    spec: {
      hosts: ['secure.example'],
      gateways: ['secure'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
    },
  },
  { name: 'secure', namespace: 'ns2' },
)
const base: Files = {
  'teams/login/web.yaml': workload('ns2'),
  'teams/login/service.yaml': service('ns2'),
  'teams/login/leads.yaml': leads,
  'teams/login/gateway.yaml': gateway,
  'teams/login/served.yaml': served,
  'teams/catalog/web.yaml': workload('catalog'),
  'teams/catalog/service.yaml': service('catalog'),
}
const { stopped, harmless } = attemptsAt(mine, base)
const login = { waitsFor: ['login'] }

const certificate = {
  'teams/login/certificate.yaml': object(
    'cert-manager.io/v1',
    'Certificate',
    { spec: { secretName: 'secure', issuerRef: { kind: 'ClusterIssuer', name: 'letters' } } },
    { namespace: 'istio-system' },
  ),
}
const issuer = (spec: object, name = 'letters') =>
  object('cert-manager.io/v1', 'ClusterIssuer', { spec }, { name })
const external = {
  'teams/login/external.yaml': object(
    'external-secrets.io/v1',
    'ExternalSecret',
    { spec: { target: { name: 'secure' }, secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } } },
    { namespace: 'istio-system' },
  ),
}
const store = (server: string) =>
  object(
    'external-secrets.io/v1',
    'ClusterSecretStore',
    { spec: { provider: { vault: { server } } } },
    { name: 'vault' },
  )
const generates = (name: string, namespace: string) =>
  object('kyverno.io/v1', 'ClusterPolicy', {
    spec: {
      rules: [
        {
          name: 'a',
          generate: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name,
            namespace,
            data: { data: { mesh: 'a: b' } },
          },
        },
      ],
    },
  })
const node = (labels: object) => object('v1', 'Node', {}, { labels })
const account = (namespace: string) =>
  object('v1', 'ServiceAccount', { automountServiceAccountToken: false }, { name: 'default', namespace })
const record = (apiVersion: string, kind: string, spec: object) =>
  object(apiVersion, kind, { spec }, { namespace: 'catalog' })
const argo = {
  'apps/login.yaml': object(
    'argoproj.io/v1alpha1',
    'Application',
    {
      spec: {
        destination: { namespace: 'ns2', server: 'https://kubernetes.default.svc' },
        source: { repoURL: 'https://github.com/bookinfo/mesh', path: 'teams/login' },
      },
    },
    { name: 'login', namespace: 'argocd' },
  ),
}
const repository = (stringData: object, type = 'repository') =>
  object(
    'v1',
    'Secret',
    { stringData },
    { namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': type } },
  )
const entrance = (spec: object, metadata: object = {}) =>
  service('istio-system', { type: 'LoadBalancer', selector: { app: 'entry' }, ...spec }, metadata)
const chooses = (order: string, name = 'web') =>
  object(
    'image.toolkit.fluxcd.io/v1',
    'ImagePolicy',
    { spec: { policy: { alphabetical: { order } } } },
    { name, namespace: 'flux-system' },
  )
const written = {
  'teams/login/written.yaml':
    'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: written, namespace: ns2 }\nspec:\n  host: web\n  subsets:\n    - name: v1\n      labels:\n        version: "1" # {"$imagepolicy": "flux-system:web:tag"}\n',
}
const writes = (path: string) =>
  object(
    'image.toolkit.fluxcd.io/v1',
    'ImageUpdateAutomation',
    { spec: { git: { push: { branch: 'main' } }, update: { path } } },
    { namespace: 'flux-system' },
  )

testAttackClass('what requests of others rely upon by way of something else', {
  attack: stopped('what signs the certificate of another team’s Gateway goes', null, {
    before: issuer({ acme: {} }),
    more: certificate,
    ...login,
  }),
  variants: [
    stopped('it signs by itself', issuer({ selfSigned: {} }), {
      before: issuer({ acme: {} }),
      more: certificate,
      ...login,
    }),
    stopped('what holds its Secret is another', store('b'), { before: store('a'), more: external, ...login }),
    stopped(
      'by which proxies know Istio, in the namespace of another team',
      configMap('istio-ca-root-cert', 'ns2'),
      login,
    ),
    stopped(
      'the same for all namespaces',
      object('trust.cert-manager.io/v1alpha1', 'Bundle', { spec: {} }, { name: 'istio-ca-root-cert' }),
    ),
    stopped('a policy generates what the mesh is set up by', generates('istio', 'istio-system')),
    stopped(
      'a policy generates by what proxies know Istio',
      generates('istio-ca-root-cert', '{{request.object.metadata.name}}'),
    ),
    stopped('who leads among Istio’s own', configMap('istio-leader', 'istio-system')),
    stopped(
      'the same as a lease',
      object(
        'coordination.k8s.io/v1',
        'Lease',
        { spec: {} },
        { name: 'istio-gateway-deployment-default', namespace: 'istio-system' },
      ),
    ),
    stopped(
      'how Istio reaches its API',
      object(
        'v1',
        'Secret',
        { stringData: { config: 'a' } },
        { name: 'istio-kubeconfig', namespace: 'istio-system' },
      ),
    ),
    stopped('the account under which another team’s pods run', account('ns2'), login),
    stopped('the same where one’s own run as well', account('ns2'), {
      ...login,
      more: {
        'teams/catalog/also.yaml': workload('ns2')
          .replace('"web"', '"also"')
          .replace('"app":"a"', '"app":"also"'),
      },
    }),
    stopped(
      'how much of the API anybody gets',
      object('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', { spec: { matchingPrecedence: 1 } }),
    ),
    stopped('where a node is', node({ 'topology.kubernetes.io/zone': 'b' }), {
      before: node({ 'topology.kubernetes.io/zone': 'a' }),
    }),
    {
      ...stopped('one’s own Service is for pods of the same node', null, login),
      files: { 'teams/catalog/service.yaml': service('catalog', { internalTrafficPolicy: 'Local' }) },
    },
    stopped('a gateway lets in what comes to its own nodes', entrance({ externalTrafficPolicy: 'Local' }), {
      before: entrance({}),
      ...login,
    }),
    stopped(
      'a gateway is reached from within alone',
      entrance({}, { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' } }),
      { before: entrance({}), ...login },
    ),
    stopped(
      'a record of a cloud',
      record('dns.cnrm.cloud.google.com/v1beta1', 'DNSRecordSet', { name: 'secure.example.', type: 'A' }),
      login,
    ),
    stopped(
      'a record of another',
      record('route53.aws.upbound.io/v1beta1', 'Record', { forProvider: { name: 'secure.example' } }),
      login,
    ),
    stopped(
      'who may do what in Argo CD',
      configMap('argocd-rbac-cm', 'argocd', { 'policy.csv': 'p, role:catalog, applications, *, */*, allow' }),
    ),
    stopped('how often it looks', configMap('argocd-cm', 'argocd', { 'timeout.reconciliation': '0s' })),
    stopped(
      'by which way it fetches what it delivers',
      repository({ url: 'https://github.com/bookinfo/mesh.git', proxy: 'http://a' }),
      { more: argo },
    ),
    stopped(
      'by which way it fetches all of an owner',
      repository({ url: 'https://github.com/bookinfo', proxy: 'http://a' }, 'repo-creds'),
      { more: argo },
    ),
    stopped('which version Flux writes into the rule of another team', chooses('desc'), {
      before: chooses('asc'),
      more: written,
      ...login,
    }),
    stopped('that Flux writes there', writes('./teams'), { more: written, ...login }),
    stopped(
      'which package installs the mesh',
      object(
        'operators.coreos.com/v1alpha1',
        'Subscription',
        { spec: { name: 'servicemeshoperator3', source: 'a' } },
        { namespace: 'operators' },
      ),
    ),
    stopped('a namespace of one’s own goes into which their routes lead', null, {
      before: object('v1', 'Namespace', {}, { name: 'catalog' }),
      ...login,
    }),
    stopped(
      'a namespace of another team gets a parent',
      object(
        'hnc.x-k8s.io/v1alpha2',
        'HierarchyConfiguration',
        { spec: { parent: 'catalog' } },
        { namespace: 'ns2' },
      ),
      login,
    ),
  ],
  neighbours: [
    harmless('what signs for nobody’s Gateway', null, issuer({ acme: {} }, 'other'), certificate),
    harmless(
      'a namespace of one’s own goes into which nobody leads',
      null,
      object('v1', 'Namespace', {}, { name: 'catalog-old' }),
    ),
    harmless('a namespace of one’s own is written', object('v1', 'Namespace', {}, { name: 'catalog' })),
    harmless('a new one', issuer({ acme: {} }, 'other'), undefined, certificate),
    harmless('what holds other Secrets', store('b'), store('a')),
    harmless(
      'by which proxies know Istio, in one’s own namespace',
      configMap('istio-ca-root-cert', 'catalog'),
    ),
    harmless(
      'a bundle of one’s own',
      object('trust.cert-manager.io/v1alpha1', 'Bundle', { spec: {} }, { name: 'catalog-roots' }),
    ),
    harmless('a policy generates something of one’s own', generates('limits', 'catalog')),
    harmless(
      'who leads among one’s own',
      object(
        'coordination.k8s.io/v1',
        'Lease',
        { spec: {} },
        { name: 'catalog-leader', namespace: 'catalog' },
      ),
    ),
    harmless('an account of one’s own', account('catalog')),
    harmless(
      'a label of a node that says nothing of its place',
      node({ 'node.kubernetes.io/pool': 'b' }),
      node({ 'node.kubernetes.io/pool': 'a' }),
    ),
    {
      ...harmless('one’s own Service, as before', null),
      files: { 'teams/catalog/service.yaml': service('catalog', { internalTrafficPolicy: 'Cluster' }) },
    },
    harmless(
      'a record of one’s own',
      record('dns.cnrm.cloud.google.com/v1beta1', 'DNSRecordSet', { name: 'catalog.example.' }),
    ),
    harmless('what Argo CD shows', configMap('argocd-cm', 'argocd', { 'ui.bannercontent': 'hello' })),
    harmless(
      'another password of a repository',
      repository({ url: 'https://github.com/bookinfo/mesh', password: 'b' }),
      repository({ url: 'https://github.com/bookinfo/mesh', password: 'a' }),
      argo,
    ),
    harmless(
      'a repository of charts',
      repository({ url: 'https://charts.example/stable', type: 'helm' }),
      undefined,
      argo,
    ),
    harmless('which version Flux writes elsewhere', chooses('desc', 'own'), chooses('asc', 'own'), written),
    harmless('that Flux writes into one’s own', writes('./teams/catalog'), undefined, written),
    harmless(
      'another package',
      object(
        'operators.coreos.com/v1alpha1',
        'Subscription',
        { spec: { name: 'postgres-operator' } },
        { namespace: 'operators' },
      ),
    ),
  ],
})

const parameters = (data: object) => configMap('argocd-cmd-params-cm', 'argocd', data)
const settings = (data: object) => configMap('argocd-cm', 'argocd', data)
const controller = (name: string, namespace: string, image = 'ghcr.io/x/controller:1') =>
  object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'a', image }] } },
      },
    },
    { name, namespace },
  )
const spec = (apiVersion: string, kind: string, said: object, metadata: object = {}) =>
  object(apiVersion, kind, { spec: said }, metadata)

testAttackClass('what delivers to a cluster, or carries what is sent in it, is set up otherwise', {
  attack: stopped('Argo CD has its manifests from another server', parameters({ 'repo.server': 'a:8081' })),
  variants: [
    stopped('or out of another cache', parameters({ 'redis.server': 'a:6379' })),
    stopped(
      'it compares not what routes say',
      settings({
        'resource.customizations':
          'networking.istio.io/VirtualService: { ignoreDifferences: "jsonPointers: [/spec]" }\n',
      }),
    ),
    stopped('it delivers nothing to its own cluster', settings({ 'cluster.inClusterEnabled': 'false' })),
    stopped('all projects get more', settings({ globalProjects: '- projectName: a\n' })),
    stopped('whom it believes', configMap('argocd-ssh-known-hosts-cm', 'argocd')),
    stopped(
      'by which it signs',
      object(
        'v1',
        'Secret',
        { stringData: { 'admin.password': 'a' } },
        { name: 'argocd-secret', namespace: 'argocd' },
      ),
    ),
    stopped('what makes its manifests', controller('argocd-repo-server', 'argocd')),
    stopped(
      'what makes those of Flux comes from elsewhere',
      controller('kustomize-controller', 'flux-system', 'evil/a:1'),
      { before: controller('kustomize-controller', 'flux-system') },
    ),
    stopped('the resolver of the cluster', spec('operator.openshift.io/v1', 'DNS', { servers: [] })),
    stopped(
      'the chart of the resolver',
      spec(
        'helm.cattle.io/v1',
        'HelmChartConfig',
        { valuesContent: 'servers: []' },
        { name: 'rke2-coredns', namespace: 'kube-system' },
      ),
    ),
    stopped(
      'the network of all nodes',
      spec('crd.projectcalico.org/v1', 'FelixConfiguration', { defaultEndpointToHostAction: 'Drop' }),
    ),
    stopped('the order of policies', spec('projectcalico.org/v3', 'Tier', { order: 1 })),
    stopped(
      'the network of some nodes',
      spec('cilium.io/v2', 'CiliumNodeConfig', { defaults: {} }, { namespace: 'kube-system' }),
    ),
    stopped(
      'where pods of another team may send',
      spec('k8s.ovn.org/v1', 'EgressFirewall', { egress: [] }, { namespace: 'ns2' }),
      login,
    ),
    stopped(
      'by which address all pods are seen',
      spec('k8s.ovn.org/v1', 'EgressIP', { namespaceSelector: {} }),
    ),
    stopped(
      'a network that another team’s pods are put into',
      spec(
        'k8s.cni.cncf.io/v1',
        'NetworkAttachmentDefinition',
        { config: '{}' },
        { name: 'istio-cni', namespace: 'ns2' },
      ),
      login,
    ),
  ],
  neighbours: [
    harmless('how much it writes down', parameters({ 'controller.log.level': 'debug' })),
    harmless(
      'that something of one’s own is well',
      settings({ 'resource.customizations.health.catalog.example_Book': 'return {}' }),
    ),
    harmless('the same in one text', settings({ 'resource.customizations': 'catalog.example/Book: {}\n' })),
    harmless('its address', settings({ url: 'https://argo.example' })),
    harmless('whom one’s own program believes', configMap('known-hosts', 'catalog')),
    harmless(
      'a Secret of one’s own',
      object('v1', 'Secret', { stringData: { a: 'b' } }, { namespace: 'catalog' }),
    ),
    harmless(
      'the next version of what makes manifests',
      controller('kustomize-controller', 'flux-system', 'ghcr.io/x/controller:2'),
      controller('kustomize-controller', 'flux-system'),
    ),
    harmless('a controller of one’s own', controller('source-controller', 'catalog')),
    harmless(
      'the chart of something else',
      spec(
        'helm.cattle.io/v1',
        'HelmChartConfig',
        { valuesContent: 'a: b' },
        { name: 'traefik', namespace: 'kube-system' },
      ),
    ),
    harmless(
      'where one’s own pods may send',
      spec('k8s.ovn.org/v1', 'EgressFirewall', { egress: [] }, { namespace: 'catalog' }),
    ),
    harmless(
      'a network of one’s own',
      spec('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', { config: '{}' }, { namespace: 'catalog' }),
    ),
  ],
})
