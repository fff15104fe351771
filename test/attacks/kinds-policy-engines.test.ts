import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

const object = objectsWith({ name: 'thing' })

const stopped = (way: string, text: string | null, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  ...everybody,
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const both = { waitsFor: ['login', 'mesh-admins'] }
const harmless = (way: string, text: string, rest: Partial<Attempt> = {}) => ({
  way,
  files: { [mine]: text },
  title: 'OK: no mesh manifest touched',
  ...rest,
})

const constraint = (match: object | undefined, more: object = {}) =>
  object('constraints.gatekeeper.sh/v1beta1', 'K8sDenyHosts', { spec: { ...(match && { match }), ...more } })
const template = (rego: string, kind = 'K8sDenyHosts') =>
  object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', {
    spec: { crd: { spec: { names: { kind } } }, targets: [{ target: 'admission.k8s.gatekeeper.sh', rego }] },
  })
const ofMesh = { kinds: [{ apiGroups: ['networking.istio.io'], kinds: ['VirtualService'] }] }
const ofPods = { kinds: [{ apiGroups: [''], kinds: ['Pod'] }] }

const kyverno = (rule: object, kind = 'ClusterPolicy', version = 'kyverno.io/v1') =>
  object(version, kind, { spec: { rules: [{ name: 'a', ...rule }] } })
const matching = (...kinds: readonly string[]) => ({ match: { any: [{ resources: { kinds } }] } })

const rule = (group: string, resource = '*') => ({
  apiGroups: [group],
  apiVersions: ['*'],
  operations: ['*'],
  resources: [resource],
})
const policy = (verb: 'Validating' | 'Mutating', group: string, more: object = {}, resource = '*') =>
  object('admissionregistration.k8s.io/v1', `${verb}AdmissionPolicy`, {
    spec: {
      matchConstraints: { resourceRules: [rule(group, resource)], ...more },
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    },
  })
const binding = (verb: 'Validating' | 'Mutating', more: object = {}) =>
  object('admissionregistration.k8s.io/v1', `${verb}AdmissionPolicyBinding`, {
    spec: { policyName: 'thing', validationActions: ['Deny'], ...more },
  })
const parameter = (value: string, name = 'limits') =>
  object('v1', 'ConfigMap', { data: { allowed: value } }, { name, namespace: 'policies' })

const webhook = (resource: string, selectors: object, kind = 'Mutating') =>
  object('admissionregistration.k8s.io/v1', `${kind}WebhookConfiguration`, {
    webhooks: [
      {
        name: 'a.b.c',
        clientConfig: { url: 'https://x' },
        rules: [resource === 'pods' ? rule('', 'pods') : rule(resource)],
        ...selectors,
      },
    ],
  })
const namespace = (name: string, labels: object) => object('v1', 'Namespace', {}, { name, labels })
const deployment = (name: string, labels: object, where = 'ns1') =>
  object(
    'apps/v1',
    'Deployment',
    { spec: { template: { metadata: { labels }, spec: { containers: [{ name, image: 'a:1' }] } } } },
    { name, namespace: where },
  )

testAttackClass('engines of policies ask whom they can refuse, rewrite or remove', {
  attack: stopped('a constraint over VirtualServices', constraint(ofMesh), {
    title: /^Waiting for mesh-admins: K8sDenyHosts thing is new/,
  }),
  variants: [
    stopped('a constraint that names no kinds, and so judges all', constraint(undefined)),
    stopped('a constraint over all kinds', constraint({ kinds: [{ apiGroups: ['*'], kinds: ['*'] }] })),
    stopped('what a constraint over VirtualServices refuses', template('violation[{}] { true }'), {
      setting: {
        files: { 'mesh/constraint.yaml': constraint(ofMesh), [mine]: template('violation[{}] { false }') },
      },
    }),
    stopped('that template is taken away', null, {
      setting: {
        files: { 'mesh/constraint.yaml': constraint(ofMesh), [mine]: template('violation[{}] { false }') },
      },
    }),
    stopped(
      'an assignment of another kind of that engine',
      object('mutations.gatekeeper.sh/v1', 'ModifySet', {
        spec: { applyTo: [{ groups: ['*'], kinds: ['Gateway'], versions: ['*'] }] },
      }),
    ),
    stopped(
      'no sidecar for any pod, by an assignment',
      object('mutations.gatekeeper.sh/v1', 'Assign', {
        spec: {
          applyTo: [{ groups: [''], kinds: ['Pod'], versions: ['v1'] }],
          location: 'metadata.annotations."sidecar.istio.io/inject"',
        },
      }),
    ),
    stopped('kinds by the beginning of their names', kyverno({ ...matching('Virtual*'), validate: {} })),
    stopped('kinds by a single letter that may be any', kyverno({ ...matching('?ateway'), validate: {} })),
    stopped('everything of a group', kyverno({ ...matching('networking.istio.io/*/*'), mutate: {} })),
    stopped('everything of groups by a pattern', kyverno({ ...matching('*.istio.io/v1/*'), validate: {} })),
    stopped('everything', kyverno({ ...matching('*/*'), validate: {} })),
    stopped(
      'what a rule over namespaces makes',
      kyverno({
        ...matching('Namespace'),
        generate: { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', namespace: 'ns1' },
      }),
      both,
    ),
    stopped(
      'what a rule over secrets rewrites elsewhere',
      kyverno({
        ...matching('Secret'),
        mutate: { targets: [{ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', name: 'vs-1' }] },
      }),
      both,
    ),
    stopped(
      'no sidecar for any pod, by another engine',
      kyverno({
        ...matching('Pod'),
        mutate: {
          patchStrategicMerge: { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } },
        },
      }),
    ),
    stopped(
      'an exception to a refusal',
      kyverno(matching('VirtualService'), 'PolicyException').replace(
        '"rules":[',
        '"match":{"any":[{"resources":{"kinds":["VirtualService"]}}]},"rules":[',
      ),
    ),
    stopped(
      'what is deleted by the clock, by its newer kind',
      object('policies.kyverno.io/v1alpha1', 'DeletingPolicy', {
        spec: { matchConstraints: { resourceRules: [rule('networking.istio.io')] } },
      }),
    ),
    stopped('what binds a policy over routes', binding('Validating'), {
      setting: { files: { 'mesh/policy.yaml': policy('Validating', 'networking.istio.io') } },
    }),
    stopped('what bound a policy that rewrites routes is taken away', null, {
      setting: {
        files: { 'mesh/policy.yaml': policy('Mutating', 'networking.istio.io'), [mine]: binding('Mutating') },
      },
    }),
    stopped('what binds a policy that is not here', binding('Validating')),
    stopped('what a bound policy is told', parameter('none'), {
      setting: {
        files: {
          'mesh/policy.yaml': policy('Validating', 'networking.istio.io'),
          'mesh/binding.yaml': binding('Validating', { paramRef: { name: 'limits', namespace: 'policies' } }),
          [mine]: parameter('all'),
        },
      },
    }),
    stopped('what a rule of another engine reads', parameter('none'), {
      setting: {
        files: {
          'mesh/policy.yaml': kyverno({
            ...matching('VirtualService'),
            context: [{ name: 'a', configMap: { name: 'limits', namespace: 'policies' } }],
            validate: {},
          }),
          [mine]: parameter('all'),
        },
      },
    }),
    stopped(
      'a webhook that rewrites all pods but those of one namespace',
      webhook('pods', {
        namespaceSelector: {
          matchExpressions: [
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
          ],
        },
      }),
    ),
    stopped(
      'a webhook that rewrites the pods of another team',
      webhook('pods', { objectSelector: { matchLabels: { app: 'login' } } }),
      {
        setting: { files: { 'teams/login/app.yaml': deployment('login', { app: 'login' }) } },
        ...asked,
        says: /for the pods login/,
      },
    ),
    stopped(
      'a webhook that rewrites the pods of another team’s namespace',
      webhook('pods', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'login' } } }),
      {
        setting: { files: { 'teams/login/app.yaml': deployment('login', { app: 'login' }, 'login') } },
        ...asked,
      },
    ),
    stopped('the label by which a webhook finds a shared namespace', namespace('ns1', { judged: 'no' }), {
      setting: {
        files: {
          'mesh/webhook.yaml': webhook('networking.istio.io', {
            namespaceSelector: { matchLabels: { judged: 'yes' } },
          }),
          [mine]: namespace('ns1', { judged: 'yes' }),
        },
      },
      ...asked,
    }),
    {
      way: 'the label by which a webhook finds another team’s pods',
      setting: {
        files: {
          'mesh/webhook.yaml': webhook('pods', { objectSelector: { matchLabels: { agent: 'yes' } } }),
          'teams/login/app.yaml': deployment('login', { app: 'login', agent: 'yes' }),
        },
      },
      files: { 'teams/login/app.yaml': deployment('login', { app: 'login' }) },
      ...asked,
    },
  ],
  neighbours: [
    harmless('a constraint over pods', constraint(ofPods)),
    harmless('a template of constraints over pods', template('violation[{}] { true }'), {
      setting: {
        files: { 'mesh/constraint.yaml': constraint(ofPods), [mine]: template('violation[{}] { false }') },
      },
    }),
    harmless('a template that no constraint uses yet', template('violation[{}] { true }')),
    harmless(
      'labels that pods need',
      kyverno({
        ...matching('Pod', 'apps/v1/Deployment'),
        validate: { pattern: { metadata: { labels: { team: '?*' } } } },
      }),
    ),
    harmless(
      'where images come from',
      kyverno({ ...matching('Pod'), verifyImages: [{ imageReferences: ['*'] }] }),
    ),
    harmless(
      'where images come from, by its newer kind',
      object('policies.kyverno.io/v1alpha1', 'ImageValidatingPolicy', {
        spec: { matchConstraints: { resourceRules: [rule('', 'pods')] } },
      }),
    ),
    harmless(
      'limits that pods get',
      kyverno({
        ...matching('Pod'),
        mutate: {
          patchStrategicMerge: {
            spec: { containers: [{ '(name)': '*', resources: { limits: { memory: '1Gi' } } }] },
          },
        },
      }),
    ),
    harmless(
      'quotas that namespaces get',
      kyverno({
        ...matching('Namespace'),
        generate: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          name: 'q',
          namespace: '{{request.object.metadata.name}}',
        },
      }),
    ),
    harmless(
      'everything of Deployments and jobs',
      kyverno({ ...matching('apps/*/*', 'batch/v1/Job', '*/*/Pod', 'Stateful*'), validate: {} }),
    ),
    harmless(
      'what is left out',
      kyverno({
        ...matching('Pod'),
        exclude: { any: [{ resources: { kinds: ['VirtualService'] } }] },
        validate: {},
      }),
    ),
    harmless(
      'what pods are deleted by the clock',
      object('kyverno.io/v2', 'ClusterCleanupPolicy', {
        spec: { match: { any: [{ resources: { kinds: ['Pod', 'Job'] } }] } },
      }),
    ),
    harmless(
      'an assignment to pods',
      object('mutations.gatekeeper.sh/v1', 'Assign', {
        spec: {
          applyTo: [{ groups: [''], kinds: ['Pod'], versions: ['v1'] }],
          location: 'spec.containers[name:*].imagePullPolicy',
        },
      }),
    ),
    harmless('what binds a policy over Deployments', binding('Validating'), {
      setting: { files: { 'mesh/policy.yaml': policy('Validating', 'apps') } },
    }),
    harmless('what a policy over Deployments is told', parameter('none'), {
      setting: {
        files: {
          'mesh/policy.yaml': policy('Validating', 'apps'),
          'mesh/binding.yaml': binding('Validating', { paramRef: { name: 'limits', namespace: 'policies' } }),
          [mine]: parameter('all'),
        },
      },
    }),
    harmless('another ConfigMap', parameter('none', 'other'), {
      setting: {
        files: {
          'mesh/policy.yaml': policy('Validating', 'networking.istio.io'),
          'mesh/binding.yaml': binding('Validating', { paramRef: { name: 'limits', namespace: 'policies' } }),
        },
      },
    }),
    harmless(
      'a webhook that rewrites pods of one’s own',
      webhook('pods', { objectSelector: { matchLabels: { app: 'catalog' } } }),
      {
        setting: { files: { 'teams/catalog/app.yaml': deployment('catalog', { app: 'catalog' }) } },
        title: /^OK/,
      },
    ),
    harmless('how long a webhook may take', webhook('networking.istio.io', { timeoutSeconds: 5 }), {
      setting: { files: { [mine]: webhook('networking.istio.io', { timeoutSeconds: 10 }) } },
    }),
    harmless(
      'a label of a namespace by which nothing finds it',
      namespace('ns1', { team: 'catalog', judged: 'yes' }),
      {
        setting: {
          files: {
            'mesh/webhook.yaml': webhook('networking.istio.io', {
              namespaceSelector: { matchLabels: { judged: 'yes' } },
            }),
            [mine]: namespace('ns1', { judged: 'yes' }),
          },
        },
      },
    ),
    harmless('what runs in a pod that a webhook looks at', webhook('pods', {}, 'Validating')),
  ],
})
