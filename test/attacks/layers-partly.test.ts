import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const route = (host: string) =>
  (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '').replace('productpage.default', host)
const service = (name: string, more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ns1${more} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, name: http }] }\n`
const deployment = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ns1 }\nspec: { replicas: 1, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: a, image: "a:1" }] } } }\n`
const namespace =
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: ns1, labels: { istio-injection: enabled } }\n'
const root = 'deploy/kustomization.yaml'
const all = `resources:
  - ../teams/login/app.yaml
  - ../teams/login/pods.yaml
  - ../teams/login/space.yaml
  - ../teams/login/other.yaml
  - ../teams/catalog/app.yaml
`
const base = {
  'teams/login/vs-1.yaml': route('login.ns1'),
  'teams/login/app.yaml': service('login'),
  'teams/login/pods.yaml': deployment('login'),
  'teams/login/space.yaml': namespace,
  'teams/login/other.yaml': `${service('unrelated')}---\n${deployment('unrelated')}`,
  'teams/catalog/app.yaml': `${service('catalog')}---\n${deployment('catalog')}`,
}
const over = (text = all, files = {}) => ({ files: { ...base, [root]: text, ...files } })
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
const patch = (kind: string, name: string, operation: string) =>
  `${all}patches: [{ target: { kind: ${kind}, name: ${name} }, patch: '[${operation}]' }]\n`

testAttackClass('layers over what routes lead to', {
  attack: {
    way: 'a patch of the selector of another team’s Service',
    setting: over(),
    files: { [root]: patch('Service', 'login', '{ op: replace, path: /spec/selector/app, value: catalog }') },
    ...stopped,
  },
  variants: [
    {
      way: 'a strategic merge patch of its port',
      setting: over(),
      files: {
        [root]: `${all}patches: [{ path: ../teams/catalog/patch.yaml }]\n`,
        'teams/catalog/patch.yaml':
          'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { ports: [{ port: 81 }] }\n',
      },
      ...stopped,
    },
    {
      way: 'a label for all by which Services select',
      setting: over(),
      files: { [root]: `${all}commonLabels: { app: catalog }\n` },
      ...stopped,
    },
    {
      way: 'the same by labels with selectors',
      setting: over(),
      files: { [root]: `${all}labels: [{ pairs: { app: catalog }, includeSelectors: true }]\n` },
      ...stopped,
    },
    {
      way: 'a component with a label for all',
      setting: over(`${all}components: [../teams/catalog/labels]\n`, {
        'teams/catalog/labels/kustomization.yaml': 'kind: Component\nresources: []\n',
      }),
      files: {
        'teams/catalog/labels/kustomization.yaml': 'kind: Component\ncommonLabels: { app: catalog }\n',
      },
      ...stopped,
    },
    {
      way: 'its Service falls out of the list',
      setting: over(),
      files: { [root]: all.replace('  - ../teams/login/app.yaml\n', '') },
      ...stopped,
    },
    {
      way: 'its pods fall out of the list',
      setting: over(),
      files: { [root]: all.replace('  - ../teams/login/pods.yaml\n', '') },
      ...stopped,
    },
    {
      way: 'Flux is to leave its Service out',
      setting: over(),
      files: { 'teams/.sourceignore': 'login/app.yaml\n' },
      ...stopped,
    },
    {
      way: 'a patch of the labels of its pods',
      setting: over(),
      files: {
        [root]: patch(
          'Deployment',
          'login',
          '{ op: replace, path: /spec/template/metadata/labels/app, value: x }',
        ),
      },
      ...stopped,
    },
    {
      way: 'a patch that makes its pods go without a sidecar',
      setting: over(),
      files: {
        [root]: patch(
          'Deployment',
          'login',
          '{ op: add, path: /spec/template/metadata/annotations, value: { sidecar.istio.io/inject: "false" } }',
        ),
      },
      ...stopped,
    },
    {
      way: 'a patch of the labels of its Namespace',
      setting: over(),
      files: { [root]: patch('Namespace', 'ns1', '{ op: remove, path: /metadata/labels }') },
      ...stopped,
    },
    {
      way: 'a patch that deletes its Service',
      setting: over(),
      files: {
        [root]: `${all}patches:\n  - patch: |-\n      $patch: delete\n      apiVersion: v1\n      kind: Service\n      metadata: { name: login, namespace: ns1 }\n`,
      },
      ...stopped,
    },
    {
      way: 'Argo CD passes its Service over',
      setting: over(all, {
        'apps/shop.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec: { source: { repoURL: "https://example.com/x", path: teams/login }, destination: { namespace: ns1 } }\n',
      }),
      files: { 'teams/login/.argocd-source.yaml': 'directory: { exclude: app.yaml }\n' },
      ...stopped,
    },
  ],
  neighbours: [
    {
      way: 'replicas and an image of another team’s pods',
      setting: over(),
      files: { [root]: `${all}replicas: [{ name: login, count: 3 }]\nimages: [{ name: a, newTag: "2" }]\n` },
    },
    {
      way: 'a patch of their memory',
      setting: over(),
      files: {
        [root]: patch(
          'Deployment',
          'login',
          '{ op: add, path: /spec/template/spec/containers/0/resources, value: {} }',
        ),
      },
    },
    {
      way: 'a patch of a Service of one’s own',
      setting: over(),
      files: { [root]: patch('Service', 'catalog', '{ op: replace, path: /spec/selector/app, value: x }') },
    },
    {
      way: 'a patch of a Service to which nothing leads',
      setting: over(),
      files: { [root]: patch('Service', 'unrelated', '{ op: replace, path: /spec/selector/app, value: x }') },
    },
    {
      way: 'what nothing leads to falls out of the list',
      setting: over(),
      files: { [root]: all.replace('  - ../teams/login/other.yaml\n', '') },
    },
    {
      way: 'labels of one’s own that select nothing',
      setting: over(),
      files: { [root]: `${all}labels: [{ pairs: { team: shop } }]\n` },
    },
    {
      way: 'a kustomization over one’s own Services',
      setting: over(),
      files: { 'teams/catalog/kustomization.yaml': 'commonLabels: { app: x }\nresources: [app.yaml]\n' },
    },
    {
      way: 'a ConfigMap is generated',
      setting: over(),
      files: { [root]: `${all}configMapGenerator: [{ name: a, literals: [b=c] }]\n` },
    },
    {
      way: 'a new app of one’s own in the list',
      setting: over(),
      files: {
        [root]: `${all}  - ../teams/catalog/new.yaml\n`,
        'teams/catalog/new.yaml': `${service('new')}---\n${deployment('new')}`,
      },
    },
    {
      way: 'an image of one’s own',
      setting: over(),
      files: { 'teams/catalog/app.yaml': base['teams/catalog/app.yaml'].replace('a:1', 'a:2') },
    },
    {
      way: 'a comment in the list',
      setting: over(),
      files: { [root]: `# all\n${all}` },
    },
  ],
})
