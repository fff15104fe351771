import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing' })
const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, rest: Partial<Attempt> = {}) => ({
  way,
  files: { [mine]: text },
  ...rest,
})
const asksLogin = { waitsFor: ['login'] }
const ns1 = { namespace: 'ns1' }
const own = { namespace: 'catalog' }
const home = {
  files: {
    'teams/catalog/own.yaml': object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, own),
  },
}

const rule = (group: string, resource = '*') => ({
  apiGroups: [group],
  apiVersions: ['*'],
  operations: ['*'],
  resources: [resource],
})
const warden = (kind: string, rules: readonly object[], more: object = {}, metadata: object = {}) =>
  object(
    'policies.kubewarden.io/v1',
    kind,
    { spec: { module: 'registry://example.com/policy:v1', rules, mutating: true, ...more } },
    metadata,
  )
const script = (resources: readonly string[], more: object = {}) =>
  object('policy.jspolicy.com/v1beta1', 'JsPolicy', {
    spec: { operations: ['CREATE'], resources, javascript: 'deny("no")', ...more },
  })
const kyverno = (rules: object, metadata: object = {}, kind = 'ClusterPolicy') =>
  object('kyverno.io/v1', kind, { spec: { rules: [{ name: 'a', ...rules }] } }, metadata)
const matching = (resources: object) => ({ match: { any: [{ resources }] } })
const labelling = { mutate: { patchStrategicMerge: { metadata: { labels: { app: 'login' } } } } }
const gatekeeper = (kind: string, spec: object) => object('mutations.gatekeeper.sh/v1', kind, { spec })
const labels = { location: 'metadata.labels.app', parameters: { assign: { value: 'login' } } }
const mesh = rule('networking.istio.io', 'virtualservices')

testAttackClass('an engine that judges or rewrites what others apply, whatever its name', {
  onGitHub: {},
  attack: stopped('Kubewarden', warden('ClusterAdmissionPolicy', [mesh])),
  variants: [
    stopped('Kubewarden in a namespace', warden('AdmissionPolicy', [mesh], {}, ns1), asksLogin),
    stopped('a group of policies', warden('ClusterAdmissionPolicyGroup', [mesh])),
    stopped('a group of policies in a namespace', warden('AdmissionPolicyGroup', [mesh], {}, ns1), asksLogin),
    stopped('Kubewarden rewrites pods', warden('ClusterAdmissionPolicy', [rule('', 'pods')])),
    stopped(
      'Kubewarden rewrites Deployments',
      warden('ClusterAdmissionPolicy', [rule('apps', 'deployments')]),
    ),
    stopped(
      'Kubewarden by other settings',
      warden('ClusterAdmissionPolicy', [mesh], { settings: { deny: true } }),
      {
        setting: { files: { [mine]: warden('ClusterAdmissionPolicy', [mesh]) } },
      },
    ),
    stopped(
      'Kubewarden by another module',
      warden('ClusterAdmissionPolicy', [mesh], { module: 'registry://example.com/other:v1' }),
      {
        setting: { files: { [mine]: warden('ClusterAdmissionPolicy', [mesh]) } },
      },
    ),
    stopped('JsPolicy', script(['virtualservices'])),
    stopped('JsPolicy by its group', script(['*'], { apiGroups: ['security.istio.io'] })),
    stopped('JsPolicy rewrites pods', script(['pods'], { type: 'Mutating' })),
    stopped(
      'the code of a JsPolicy',
      object('policy.jspolicy.com/v1beta1', 'JsPolicyBundle', { spec: { bundle: 'H4sI' } }),
    ),
    stopped(
      'an engine that nobody knows',
      object('policies.acme.example/v1', 'ClusterGuard', { spec: { deny: 'all' } }),
    ),
    stopped(
      'an engine that nobody knows, in a namespace',
      object('admission.acme.example/v1', 'Guard', { spec: { deny: 'all' } }, ns1),
      asksLogin,
    ),
    stopped(
      'an engine that nobody knows, for VirtualServices',
      object('guards.acme.example/v1', 'Wall', { spec: { match: { kinds: ['Pod', 'VirtualService'] } } }),
    ),
    stopped('labels of pods by Kyverno', kyverno({ ...matching({ kinds: ['Pod'] }), ...labelling })),
    stopped(
      'labels of Deployments by Kyverno, as a patch',
      kyverno({
        ...matching({ kinds: ['apps/v1/Deployment'] }),
        mutate: { patchesJson6902: '- { op: add, path: /spec/template/metadata/labels/app, value: login }' },
      }),
    ),
    stopped(
      'Kyverno refuses what is not told',
      kyverno({ ...matching({ namespaces: ['ns1'] }), validate: { deny: {} } }),
    ),
    stopped(
      'Kyverno refuses what certain people apply',
      kyverno({ match: { any: [{ subjects: [{ kind: 'User', name: 'lina' }] }] }, validate: { deny: {} } }),
    ),
    stopped('labels of all by Gatekeeper', gatekeeper('AssignMetadata', labels)),
    stopped(
      'labels of pods by Gatekeeper',
      gatekeeper('AssignMetadata', { match: { kinds: [{ apiGroups: [''], kinds: ['Pod'] }] }, ...labels }),
    ),
    stopped(
      'labels of what makes pods by Gatekeeper',
      gatekeeper('ModifySet', {
        applyTo: [{ groups: ['apps'], kinds: ['Deployment'], versions: ['v1'] }],
        location: 'spec.template.metadata.labels.app',
        parameters: { values: { fromList: ['login'] } },
      }),
    ),
    stopped(
      'where Gatekeeper looks away',
      object('config.gatekeeper.sh/v1alpha1', 'Config', {
        spec: { match: [{ excludedNamespaces: ['ns1'], processes: ['*'] }] },
      }),
    ),
    stopped(
      'a policy of the API server that rewrites Deployments',
      object('admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy', {
        spec: { matchConstraints: { resourceRules: [rule('apps', 'deployments')] } },
      }),
    ),
    stopped(
      'a webhook that rewrites Jobs',
      object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
        webhooks: [
          { name: 'a.example', rules: [rule('batch', 'jobs/*')], clientConfig: { url: 'https://a.example' } },
        ],
      }),
    ),
  ],
  neighbours: [
    harmless(
      'Kubewarden refuses pods',
      warden('ClusterAdmissionPolicy', [rule('', 'pods')], { mutating: false }),
    ),
    harmless(
      'Kubewarden for Ingress classes',
      warden('ClusterAdmissionPolicy', [rule('storage.k8s.io', 'storageclasses')]),
    ),
    harmless('Kubewarden in one’s own namespace', warden('AdmissionPolicy', [mesh], {}, own), {
      setting: home,
    }),
    harmless(
      'the next version of a module',
      warden('ClusterAdmissionPolicy', [mesh], { module: 'registry://example.com/policy:v2' }),
      {
        setting: { files: { [mine]: warden('ClusterAdmissionPolicy', [mesh]) } },
      },
    ),
    harmless(
      'the server of Kubewarden',
      object('policies.kubewarden.io/v1', 'PolicyServer', { spec: { image: 'a:2', replicas: 2 } }),
    ),
    harmless('JsPolicy refuses pods', script(['pods'], { type: 'Validating' })),
    harmless('JsPolicy for Secrets', script(['secrets'])),
    harmless(
      'the code of a JsPolicy for Secrets',
      object('policy.jspolicy.com/v1beta1', 'JsPolicyBundle', { spec: { bundle: 'H4sI' } }),
      { setting: { files: { 'mesh/policy.yaml': script(['secrets']) } } },
    ),
    harmless(
      'an engine that nobody knows, for Secrets',
      object('policies.acme.example/v1', 'Guard', { spec: { match: { kinds: ['Secret'] } } }),
    ),
    harmless(
      'an engine that nobody knows, in one’s own namespace',
      object('policies.acme.example/v1', 'Guard', { spec: { deny: 'all' } }, own),
      {
        setting: home,
      },
    ),
    harmless(
      'what an engine has found',
      object('policies.acme.example/v1', 'PolicyReport', { spec: { found: 3 } }),
    ),
    harmless(
      'a budget of disruptions',
      object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1 } }, ns1),
    ),
    harmless(
      'signatures of images',
      object('policy.sigstore.dev/v1beta1', 'ClusterImagePolicy', { spec: { images: [{ glob: '**' }] } }),
    ),
    harmless(
      'Kyverno adds tolerations',
      kyverno({
        ...matching({ kinds: ['Pod'] }),
        mutate: { patchStrategicMerge: { spec: { tolerations: [{ key: 'a' }] } } },
      }),
    ),
    harmless('labels of Secrets by Kyverno', kyverno({ ...matching({ kinds: ['Secret'] }), ...labelling })),
    harmless(
      'labels of one’s own pods by Kyverno',
      kyverno({ ...matching({ kinds: ['Pod'] }), ...labelling }, own, 'Policy'),
      {
        setting: home,
      },
    ),
    harmless(
      'images by Gatekeeper',
      gatekeeper('AssignImage', {
        applyTo: [{ groups: [''], kinds: ['Pod'], versions: ['v1'] }],
        location: 'spec.containers[name:*].image',
        parameters: { assignTag: ':v2' },
      }),
    ),
    harmless(
      'arguments by Gatekeeper',
      gatekeeper('ModifySet', {
        applyTo: [{ groups: [''], kinds: ['Pod'], versions: ['v1'] }],
        location: 'spec.containers[name:*].args',
        parameters: { values: { fromList: ['--x'] } },
      }),
    ),
    harmless(
      'a webhook over the scale of everything',
      object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
        webhooks: [
          { name: 'a.example', rules: [rule('*', '*/scale')], clientConfig: { url: 'https://a.example' } },
        ],
      }),
    ),
    harmless(
      'a webhook over Secrets of whatever group',
      object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
        webhooks: [
          { name: 'a.example', rules: [rule('*', 'secrets')], clientConfig: { url: 'https://a.example' } },
        ],
      }),
    ),
  ],
})

const role = (kind: string, name: string, rest: object, metadata: object = {}) =>
  object('rbac.authorization.k8s.io/v1', kind, rest, { name, ...metadata })
const reads = {
  rules: [{ apiGroups: ['networking.istio.io'], resources: ['*'], verbs: ['get', 'watch', 'list'] }],
}
const bound = (kind: string, name: string, account: object, to = 'view', metadata: object = {}) =>
  role(
    kind,
    name,
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: to },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
    metadata,
  )
const system = { namespace: 'istio-system' }
const control = 'istiod-clusterrole-istio-system'

testAttackClass('what Istio may read, taken from it', {
  attack: stopped(
    'a second role of its name that allows nothing',
    role('ClusterRole', control, { rules: [] }),
  ),
  variants: [
    stopped('of a revision', role('ClusterRole', 'istiod-clusterrole-canary-istio-system', { rules: [] })),
    stopped('that of readers', role('ClusterRole', 'istio-reader-clusterrole-istio-system', { rules: [] })),
    stopped(
      'that of deployed gateways',
      role('ClusterRole', 'istiod-gateway-controller-istio-system', { rules: [] }),
    ),
    stopped('the CNI', role('ClusterRole', 'istio-cni', { rules: [] })),
    stopped('ztunnel', role('ClusterRole', 'ztunnel', { rules: [] })),
    stopped('a role of its namespace', role('Role', 'istiod', { rules: [] }, system)),
    stopped('the Secrets of a gateway', role('Role', 'istio-ingressgateway-sds', { rules: [] }, system)),
    stopped(
      'the Secrets of a gateway elsewhere',
      role('Role', 'istio-ingress', { rules: [] }, { namespace: 'ingress' }),
    ),
    stopped(
      'a binding of its name to nobody',
      role('ClusterRoleBinding', control, { roleRef: { kind: 'ClusterRole', name: 'view' } }),
    ),
    stopped('a binding is removed', '# nothing\n', {
      setting: {
        files: { [mine]: bound('ClusterRoleBinding', control, { name: 'istiod', ...system }, control) },
      },
    }),
    stopped('a binding of another name', '# nothing\n', {
      setting: {
        files: { [mine]: bound('ClusterRoleBinding', 'mesh', { name: 'istiod', ...system }, 'mesh') },
      },
    }),
    stopped('a binding in its namespace', bound('RoleBinding', 'mesh', { name: 'istiod' }, 'view', system)),
    stopped('its account is removed', '# nothing\n', {
      setting: { files: { [mine]: object('v1', 'ServiceAccount', {}, { name: 'istiod', ...system }) } },
    }),
  ],
  neighbours: [
    harmless('a role of one’s own', role('ClusterRole', 'catalog', reads)),
    harmless('a role of one’s own that allows nothing', role('ClusterRole', 'catalog', { rules: [] })),
    harmless(
      'a binding of one’s own',
      bound('ClusterRoleBinding', 'catalog', { name: 'catalog', namespace: 'catalog' }),
    ),
    harmless(
      'a binding in one’s own namespace',
      bound('RoleBinding', 'catalog', { name: 'catalog' }, 'view', own),
    ),
    harmless('an account of one’s own', object('v1', 'ServiceAccount', {}, { name: 'catalog', ...own })),
    harmless(
      'an account of the name in one’s own namespace',
      object('v1', 'ServiceAccount', {}, { name: 'istiod', ...own }),
    ),
    harmless(
      'an account of one’s own may read what Istio may',
      bound('ClusterRoleBinding', 'catalog', { name: 'catalog', namespace: 'catalog' }, control),
      { setting: { files: { 'mesh/role.yaml': role('ClusterRole', control, reads) } } },
    ),
    harmless('labels of its role', role('ClusterRole', control, reads, { labels: { a: 'b' } }), {
      setting: { files: { [mine]: role('ClusterRole', control, reads) } },
    }),
    harmless('a role that speaks of it', role('ClusterRole', 'read-istiod', reads)),
    harmless(
      'pull secrets of its account',
      object('v1', 'ServiceAccount', { imagePullSecrets: [{ name: 'b' }] }, { name: 'istiod', ...system }),
      {
        setting: {
          files: {
            [mine]: object(
              'v1',
              'ServiceAccount',
              { imagePullSecrets: [{ name: 'a' }] },
              { name: 'istiod', ...system },
            ),
          },
        },
      },
    ),
  ],
})

const network = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  object(apiVersion, kind, { spec }, metadata)
const deny = { policyTypes: ['Ingress'] }
const deployment = (name: string, namespace: string) =>
  object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'a', image: 'a:1' }] },
        },
      },
    },
    { name, namespace },
  )
const pods = {
  files: {
    'teams/login/pods.yaml': deployment('login', 'ns1'),
    'teams/catalog/pods.yaml': deployment('catalog', 'ns1'),
    'teams/catalog/own.yaml': deployment('own', 'catalog'),
    'teams/login/service.yaml': object(
      'v1',
      'Service',
      { spec: { selector: { app: 'login' }, ports: [{ port: 80 }] } },
      { name: 'login', ...ns1 },
    ),
  },
}
const login = { matchLabels: { app: 'login' } }
const between = (way: string, text: string, rest: Partial<Attempt> = {}) =>
  stopped(way, text, { setting: pods, ...asksLogin, ...rest })
const beside = (way: string, text: string) => harmless(way, text, { setting: pods })
const policy = (podSelector: object, metadata: object, spec: object = deny) =>
  network('networking.k8s.io/v1', 'NetworkPolicy', { podSelector, ...spec }, metadata)
const admins = { waitsFor: ['mesh-admins'] }

testAttackClass('nobody is let through to the pods of another team', {
  attack: between('to all pods of a namespace that is shared', policy({}, ns1)),
  variants: [
    between('to pods by their label', policy(login, ns1)),
    between('from pods by their label', policy(login, ns1, { policyTypes: ['Egress'] })),
    between(
      'to whatever has a label',
      policy({ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, ns1),
    ),
    between('a policy is removed', '# nothing\n', {
      setting: { files: { ...pods.files, [mine]: policy(login, ns1) } },
    }),
    between('to Istio', policy({ matchLabels: { app: 'istiod' } }, system), admins),
    between(
      'Cilium',
      network('cilium.io/v2', 'CiliumNetworkPolicy', { endpointSelector: login, ingressDeny: [{}] }, ns1),
    ),
    between(
      'Cilium, as it writes labels',
      network(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        { endpointSelector: { matchLabels: { 'k8s:app': 'login' } }, ingressDeny: [{}] },
        ns1,
      ),
    ),
    between(
      'Cilium everywhere',
      network('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', { endpointSelector: {}, ingressDeny: [{}] }),
      admins,
    ),
    between(
      'Cilium, several at once',
      object(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        { specs: [{ endpointSelector: { matchLabels: { app: 'catalog' } } }, { endpointSelector: login }] },
        ns1,
      ),
    ),
    between(
      'Cilium leads a Service elsewhere',
      network(
        'cilium.io/v2',
        'CiliumLocalRedirectPolicy',
        { redirectFrontend: { serviceMatcher: { serviceName: 'login', namespace: 'ns1' } } },
        own,
      ),
    ),
    {
      ...between(
        'the network of the cluster is set up otherwise',
        object(
          'v1',
          'ConfigMap',
          { data: { 'enable-policy': 'always' } },
          { name: 'cilium-config', namespace: 'kube-system' },
        ),
      ),
      waitsFor: ['mesh-admins'],
    },
    between(
      'the administrators’ policies',
      network('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', { subject: { namespaces: {} } }),
      admins,
    ),
    between(
      'the administrators’ policies by labels of pods',
      network('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
        subject: { pods: { namespaceSelector: {}, podSelector: login } },
      }),
    ),
    between(
      'Calico',
      network('projectcalico.org/v3', 'NetworkPolicy', { selector: 'all()', types: ['Ingress'] }, ns1),
    ),
    between(
      'Calico everywhere',
      network('projectcalico.org/v3', 'GlobalNetworkPolicy', { selector: 'all()' }),
      admins,
    ),
  ],
  neighbours: [
    beside('to one’s own pods', policy({ matchLabels: { app: 'catalog' } }, ns1)),
    beside('to all of one’s own namespace', policy({}, own)),
    beside(
      'a ConfigMap of another name there',
      object(
        'v1',
        'ConfigMap',
        { data: { 'enable-policy': 'always' } },
        { name: 'own-config', namespace: 'kube-system' },
      ),
    ),
    beside(
      'Cilium for one’s own',
      network(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        { endpointSelector: { matchLabels: { app: 'catalog' } } },
        ns1,
      ),
    ),
    beside(
      'Cilium for one’s own pods everywhere',
      network('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', {
        endpointSelector: { matchLabels: { app: 'own' } },
      }),
    ),
    beside(
      'Cilium leads one’s own Service elsewhere',
      network(
        'cilium.io/v2',
        'CiliumLocalRedirectPolicy',
        { redirectFrontend: { serviceMatcher: { serviceName: 'own', namespace: 'catalog' } } },
        own,
      ),
    ),
    beside(
      'Calico in one’s own namespace',
      network('projectcalico.org/v3', 'NetworkPolicy', { selector: 'all()' }, own),
    ),
    beside(
      'the administrators’ policies for one’s own pods',
      network('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
        subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'own' } } } },
      }),
    ),
    harmless('labels of a policy', policy(login, { ...ns1, labels: { a: 'b' } }), {
      setting: { files: { ...pods.files, [mine]: policy(login, ns1) } },
    }),
    beside(
      'a set of addresses',
      network('projectcalico.org/v3', 'GlobalNetworkSet', { nets: ['10.0.0.0/8'] }),
    ),
    beside('a pool of addresses', network('cilium.io/v2alpha1', 'CiliumLoadBalancerIPPool', { cidrs: [] })),
  ],
})
