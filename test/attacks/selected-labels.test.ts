import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const text = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const login = 'teams/login/vs-1.yaml'
const root = 'kustomization.yaml'

const labelled = (key: string, value: string, field = 'labels') =>
  text.replace('metadata:\n', `metadata:\n  ${field}: { ${key}: "${value}" }\n`)
const named = { [login]: labelled('app.kubernetes.io/part-of', 'frozen') }

const kustomization = (target: string) =>
  `resources: [teams/login/vs-1.yaml, teams/catalog/vs-2.yaml]\npatches:\n  - target: ${target}\n    patch: |\n      - { op: add, path: /spec/http/0/timeout, value: 1s }\n`
const flux = (target: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: mesh, namespace: flux-system }\nspec:\n  path: ./\n  patches:\n    - target: ${target}\n      patch: "- { op: add, path: /spec/http/0/timeout, value: 1s }"\n`
const argo = (target: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: mesh, namespace: argocd }\nspec:\n  source:\n    repoURL: https://git.example/mesh\n    path: mesh\n    kustomize:\n      patches:\n        - target: ${target}\n          patch: "- { op: remove, path: /spec/http/0 }"\n`

const selecting = (files: Record<string, string>) => ({ files })
const byPart = '{ labelSelector: "app.kubernetes.io/part-of=frozen" }'

const stopped = (way: string, setting: Attempt['setting'], files: Attempt['files'] = named): Attempt => ({
  way,
  ...(setting && { setting }),
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
})

const service = `apiVersion: v1
kind: Service
metadata: { name: login, namespace: ns1 }
spec: { selector: { app.kubernetes.io/part-of: frozen }, ports: [{ port: 80 }] }
`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: login, namespace: ns1 }
spec:
  selector: { matchLabels: { app.kubernetes.io/part-of: frozen } }
  template:
    metadata: { labels: { app.kubernetes.io/part-of: frozen } }
    spec:
      topologySpreadConstraints: [{ labelSelector: { matchLabels: { app.kubernetes.io/part-of: frozen } } }]
`
const entry = (label: string) => `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: ns1, labels: { app.kubernetes.io/name: ${label} } }
spec: { address: 10.0.0.1 }
`

const selector = { matchLabels: { 'app.kubernetes.io/part-of': 'frozen' } }
const policy = (apiVersion: string, kind: string, said: object) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'policy' }, ...said })}\n`
const kyverno = (kind: string, said: object) =>
  policy('kyverno.io/v1', kind, {
    spec: { match: { any: [{ resources: { kinds: ['VirtualService'], selector } }] }, ...said },
  })
const namespace = (part: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ns1, labels: { app.kubernetes.io/part-of: ${part} } }\n`
const runs = (role: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: login, namespace: ns1 }\nspec: { template: { metadata: { labels: { app: login, role: ${role} } }, spec: { containers: [{ name: a, image: "a:1" }] } } }\n`
const letsIn = (from: object) =>
  policy('networking.k8s.io/v1', 'NetworkPolicy', {
    metadata: { name: 'policy', namespace: 'payments' },
    spec: { podSelector: {}, ingress: [{ from: [from] }] },
  })

testAttackClass('an ignored label by which a layer selects what it does something to', {
  attack: stopped(
    'a patch of the root gives a timeout to what bears the label',
    selecting({ [root]: kustomization(byPart) }),
  ),
  variants: [
    stopped(
      'by the name only',
      selecting({ [root]: kustomization('{ labelSelector: app.kubernetes.io/part-of }') }),
    ),
    stopped(
      'by what does not bear it',
      selecting({ [root]: kustomization('{ labelSelector: "!app.kubernetes.io/part-of" }') }),
    ),
    stopped(
      'by a set',
      selecting({ [root]: kustomization('{ labelSelector: "app.kubernetes.io/part-of in (a, frozen)" }') }),
    ),
    stopped(
      'by several',
      selecting({
        [root]: kustomization('{ labelSelector: "a=b,app.kubernetes.io/part-of=frozen" }'),
        [login]: labelled('a', 'b'),
      }),
      { [login]: labelled('a', 'b').replace('a: "b"', 'a: "b", app.kubernetes.io/part-of: frozen') },
    ),
    stopped(
      'by kind as well',
      selecting({
        [root]: kustomization('{ kind: VirtualService, labelSelector: "app.kubernetes.io/part-of=frozen" }'),
      }),
    ),
    stopped(
      'by an annotation',
      selecting({ [root]: kustomization('{ annotationSelector: "helm.sh/chart=old" }') }),
      { [login]: labelled('helm.sh/chart', 'old', 'annotations') },
    ),
    stopped('by Flux', selecting({ 'clusters/mesh.yaml': flux(byPart) })),
    stopped('by Argo CD', selecting({ 'clusters/mesh.yaml': argo(byPart) })),
    stopped(
      'the label is taken away',
      selecting({ [root]: kustomization(byPart), [login]: labelled('app.kubernetes.io/part-of', 'frozen') }),
      { [login]: text },
    ),
    stopped(
      'its value changes',
      selecting({ [root]: kustomization(byPart), [login]: labelled('app.kubernetes.io/part-of', 'other') }),
    ),
    stopped(
      'a key that this repository ignores',
      {
        files: { [root]: kustomization('{ labelSelector: "example.com/stage=off" }') },
        configuration: 'consent: { ignore: [example.com/stage] }\n',
      },
      { [login]: labelled('example.com/stage', 'off') },
    ),
    stopped(
      'a policy rewrites what bears it',
      selecting({ 'mesh/policy.yaml': kyverno('ClusterPolicy', { rules: [] }) }),
    ),
    stopped(
      'a policy removes what bears it',
      selecting({ 'mesh/policy.yaml': kyverno('ClusterCleanupPolicy', { schedule: '* * * * *' }) }),
    ),
    stopped(
      'a constraint of Gatekeeper is about it',
      selecting({
        'mesh/policy.yaml': policy('constraints.gatekeeper.sh/v1beta1', 'K8sDeny', {
          spec: { match: { labelSelector: selector } },
        }),
      }),
    ),
    stopped(
      'a webhook is asked about it',
      selecting({
        'mesh/policy.yaml': policy('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
          webhooks: [{ name: 'a.b.c', objectSelector: selector }],
        }),
      }),
    ),
    stopped(
      'Karmada sends on what bears it',
      selecting({
        'mesh/policy.yaml': policy('policy.karmada.io/v1alpha1', 'ClusterPropagationPolicy', {
          spec: { resourceSelectors: [{ kind: 'VirtualService', labelSelector: selector }] },
        }),
      }),
    ),
    stopped(
      'a policy lets in those of namespaces that bear it',
      selecting({
        'teams/login/namespace.yaml': namespace('frozen'),
        'mesh/policy.yaml': letsIn({ namespaceSelector: selector }),
      }),
      { 'teams/login/namespace.yaml': namespace('other') },
    ),
    stopped(
      'a policy lets in pods by a label that nothing ignores',
      selecting({
        'teams/login/deployment.yaml': runs('client'),
        'mesh/policy.yaml': letsIn({
          namespaceSelector: {},
          podSelector: { matchLabels: { role: 'client' } },
        }),
      }),
      { 'teams/login/deployment.yaml': runs('other') },
    ),
    stopped(
      'a workload of another team, of which nobody knows who selects it',
      selecting({ 'teams/login/vm.yaml': entry('a') }),
      { 'teams/login/vm.yaml': entry('b') },
    ),
  ],
  neighbours: [
    { way: 'nothing selects', files: named },
    {
      way: 'another key is selected on',
      setting: selecting({ [root]: kustomization('{ labelSelector: "stage=off" }') }),
      files: named,
    },
    {
      way: 'a key that only begins alike',
      setting: selecting({ [root]: kustomization('{ labelSelector: "app.kubernetes.io/part-off=x" }') }),
      files: named,
    },
    {
      way: 'a patch by name',
      setting: selecting({ [root]: kustomization('{ kind: VirtualService, name: vs-2 }') }),
      files: named,
    },
    {
      way: 'a Service selects pods by it',
      setting: selecting({ 'teams/login/service.yaml': service }),
      files: named,
    },
    {
      way: 'a Deployment selects pods by it',
      setting: selecting({ 'teams/login/deployment.yaml': deployment }),
      files: named,
    },
    {
      way: 'a policy about another label',
      setting: selecting({
        'mesh/policy.yaml': kyverno('ClusterPolicy', { rules: [] }).replace('part-of', 'component'),
      }),
      files: named,
    },
    {
      way: 'a policy lets in those of namespaces by another label',
      setting: selecting({
        'teams/login/namespace.yaml': namespace('frozen'),
        'mesh/policy.yaml': letsIn({ namespaceSelector: { matchLabels: { a: 'b' } } }),
      }),
      files: { 'teams/login/namespace.yaml': namespace('other') },
    },
    {
      way: 'a label of pods that no policy lets in',
      setting: selecting({
        'teams/login/deployment.yaml': runs('client'),
        'mesh/policy.yaml': letsIn({ podSelector: { matchLabels: { tier: 'client' } } }),
      }),
      files: { 'teams/login/deployment.yaml': runs('other') },
    },
    {
      way: 'the version, where the part is selected on',
      setting: selecting({ [root]: kustomization(byPart) }),
      files: { [login]: labelled('app.kubernetes.io/version', '2') },
    },
    {
      way: 'one’s own label',
      setting: selecting({ 'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\n' }),
      files: {
        'teams/catalog/vs-2.yaml': (bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? '').replace(
          'metadata:\n',
          'metadata:\n  labels: { app.kubernetes.io/part-of: x }\n',
        ),
      },
    },
    {
      way: 'the key in a comment of the kustomization',
      setting: selecting({
        [root]: `# app.kubernetes.io/part-of\n${kustomization('{ labelSelector: "stage=off" }')}`,
      }),
      files: named,
    },
    {
      way: 'one’s own workload',
      setting: selecting({ 'teams/catalog/vm.yaml': entry('a').replace('ns1', 'catalog') }),
      files: { 'teams/catalog/vm.yaml': `# more\n${entry('a').replace('ns1', 'catalog')}` },
    },
    {
      way: 'a comment in a template that login owns',
      setting: selecting({ 'teams/login/chart.yaml': `{{- if .Values.on }}\n# old\n${text}{{- end }}\n` }),
      files: { 'teams/login/chart.yaml': `{{- if .Values.on }}\n# new\n  # and more\n${text}{{- end }}\n` },
    },
    {
      way: 'a template of another team with only its comments changed',
      setting: selecting({
        'charts/x/Chart.yaml': 'name: x\n',
        'charts/x/templates/vs.yaml': `{{- if .Values.on }}\n# old\n${text}{{- end }}\n`,
      }),
      files: { 'charts/x/templates/vs.yaml': `{{- if .Values.on }}\n# new\n${text}{{- end }}\n` },
    },
  ],
})
