import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const quiet = /no mesh manifest touched|no request changes/
const green = { conclusion: 'success' as const, waitsFor: [], silentOn: quiet }

const destinationRule = (mode: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: catalog }
spec: { host: reviews, trafficPolicy: { tls: { mode: ${mode} } } }
`

const application = (path: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec: { source: { repoURL: "https://example.com/x", path: ${path} }, destination: { namespace: catalog } }
`

const flux = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec: { path: ${path} }
`

const secondary = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''

const chart = { 'teams/catalog/chart/Chart.yaml': 'apiVersion: v2\nname: catalog\nversion: 1.0.0\n' }
const pods = (inject: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: catalog }\nspec: { template: { metadata: { labels: { sidecar.istio.io/inject: ${inject} } } } }\n`

const mine = 'teams/catalog/thing.yaml'
const home = {
  'teams/catalog/home.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: catalog }\nspec: { ports: [{ port: 80 }] }\n',
}

const attack: Attempt = {
  way: 'a DestinationRule of one’s own',
  setting: { files: { ...home, [mine]: destinationRule('DISABLE') } },
  files: { [mine]: destinationRule('SIMPLE') },
  ...green,
  title: /^OK: DestinationRule reviews changes/,
}

testAttackClass('a title never says that nothing happens where something happens that is not judged', {
  onGitHub: {},
  attack,
  variants: [
    {
      way: 'a chart, in its values',
      setting: { files: { ...chart, 'teams/catalog/chart/values.yaml': 'a: 1\n' } },
      files: { 'teams/catalog/chart/values.yaml': 'a: 2\n' },
      ...green,
      title: 'OK: teams/catalog/chart/values.yaml changes, a chart that is not judged here',
    },
    {
      way: 'a chart, in a template that is no YAML',
      setting: { files: chart },
      files: { 'teams/catalog/chart/templates/web.yaml': 'a: {{ .Values.x }}\n{{ if }}\n' },
      ...green,
      title: /a chart that is not judged here$/,
    },
    {
      way: 'a chart, in a helper',
      setting: { files: chart },
      files: { 'teams/catalog/chart/templates/_helpers.tpl': '{{ define "x" }}y{{ end }}' },
      ...green,
      title: /a chart that is not judged here$/,
    },
    {
      way: 'a new version of a dependency of a chart',
      files: {
        'teams/catalog/app/Chart.yaml':
          'apiVersion: v2\nname: a\ndependencies: [{ name: b, version: 2.0.0 }]\n',
      },
      ...green,
      title: /a chart that is not judged here$/,
    },
    {
      way: 'a kustomization that reaches nothing here',
      files: { 'teams/catalog/app/kustomization.yaml': 'resources: [web.yaml]\nnamespace: other\n' },
      ...green,
      title: /a kustomization that is not judged here$/,
    },
    {
      way: 'a base from elsewhere in another version, which nobody here can build',
      setting: {
        files: {
          'teams/catalog/kustomization.yaml':
            'resources: [vs-2.yaml, "https://github.com/acme/mesh//base?ref=1"]\n',
        },
      },
      files: {
        'teams/catalog/kustomization.yaml':
          'resources: [vs-2.yaml, "https://github.com/acme/mesh//base?ref=2"]\n',
      },
      ...green,
      title: /a kustomization that is not judged here$/,
    },
    {
      way: 'a helmfile',
      files: { 'teams/catalog/helmfile.yaml': 'releases: [{ name: a, chart: ./a }]\n' },
      ...green,
      title: /a chart that is not judged here$/,
    },
    {
      way: 'where Argo CD takes an application from',
      setting: { files: { [mine]: application('a') } },
      files: { [mine]: application('b') },
      ...green,
      silentOn: quiet,
    },
    {
      way: 'where Flux takes a kustomization from',
      setting: { files: { [mine]: flux('a') } },
      files: { [mine]: flux('b') },
      ...green,
      silentOn: quiet,
    },
    {
      way: 'what Argo CD is to override',
      files: { 'teams/catalog/app/.argocd-source.yaml': 'kustomize: { images: [a] }\n' },
      ...green,
      title: /an Argo CD object that is not judged here$/,
    },
    {
      way: 'what Flux is to leave out',
      files: { 'teams/catalog/.sourceignore': 'vs-2.yaml\n' },
      ...green,
      title: /a Flux object that is not judged here$/,
    },
    {
      way: 'a file that does not parse',
      files: { 'teams/catalog/broken.yaml': 'a: [1\nb: }\n' },
      ...green,
      title: 'OK: teams/catalog/broken.yaml changes, a file that cannot be read',
    },
    {
      way: 'no sidecar any more for pods of one’s own',
      setting: { files: { [mine]: pods('"true"') } },
      files: { [mine]: pods('"false"') },
      ...green,
      title: 'OK: Deployment a changes, which is not judged here',
    },
    {
      way: 'two of them, both readable',
      files: {
        'teams/catalog/app/kustomization.yaml': 'resources: [web.yaml]\n',
        'teams/catalog/.sourceignore': 'x\n',
      },
      ...green,
      silentOn: /no mesh manifest touched|no request changes|unreadable/,
      title: 'OK: 2 files above the manifests change',
    },
    {
      way: 'two of them',
      files: { 'teams/catalog/broken.yaml': 'a: [1\nb: }\n', 'teams/catalog/.sourceignore': 'x\n' },
      ...green,
      title: 'OK: 2 files above the manifests, or unreadable, change',
    },
    {
      way: 'an autoscaled Telemetry, EnvoyFilter and Sidecar of one’s own in one file',
      setting: { files: home },
      files: {
        [mine]: ['Sidecar', 'EnvoyFilter']
          .map(
            (kind) =>
              `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: x, namespace: catalog }\nspec: {}\n`,
          )
          .join('---\n'),
      },
      ...green,
      title: /^OK: EnvoyFilter x is new|^OK: Sidecar x is new/,
    },
    {
      way: 'a label by which a deployer leaves out a DestinationRule of one’s own',
      setting: { files: { ...home, [mine]: destinationRule('SIMPLE') } },
      files: {
        [mine]: destinationRule('SIMPLE').replace(
          'namespace: catalog',
          'namespace: catalog, annotations: { argocd.argoproj.io/hook: Skip }',
        ),
      },
      ...green,
      title: /^OK: DestinationRule reviews changes/,
    },
    {
      way: 'a path of one’s own beside a DestinationRule of one’s own',
      setting: { files: { ...home, [mine]: destinationRule('SIMPLE') } },
      files: {
        [mine]: destinationRule('DISABLE'),
        'teams/catalog/vs-2.yaml':
          'apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: vs-2, namespace: ns1 }\nspec:\n  http:\n    - match: [{ uri: { exact: /productpage } }, { uri: { prefix: /static } }, { uri: { prefix: /api/v1/products } }, { uri: { prefix: /cart } }]\n      route: [{ destination: { host: productpage.default.svc.cluster.local, port: { number: 9080 } } }]\n',
      },
      ...green,
      silentOn: /no other team is affected|no request changes/,
      title: /^OK: \/cart.*; more is not judged here$/,
    },
    ...[
      'config.kubernetes.io/local-config: "true"',
      'argocd.argoproj.io/hook: Skip',
      'helm.sh/hook: pre-delete',
      'kustomize.toolkit.fluxcd.io/ssa: Ignore',
      'kustomize.toolkit.fluxcd.io/reconcile: disabled',
      'istio.io/rev: other',
    ].map((pair) => ({
      way: `one’s own VirtualService, which may not be applied any more: ${pair}`,
      files: {
        'teams/catalog/vs-2.yaml': secondary.replace(
          '  namespace: ns1\n',
          `  namespace: ns1\n  annotations: { ${pair} }\n`,
        ),
      },
      ...green,
      title: /^OK: teams\/catalog\/vs-2\.yaml changes, which is not judged here$/,
    })),
  ],
  neighbours: [
    {
      way: 'images and replicas in a kustomization above routes of one’s own',
      setting: {
        files: {
          'teams/catalog/kustomization.yaml':
            'resources: [vs-2.yaml, app.yaml]\nimages: [{ name: a, newTag: "1" }]\n',
          'teams/catalog/app.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: ns1 }\nspec: { template: { spec: { containers: [{ name: a, image: a }] } } }\n',
        },
      },
      files: {
        'teams/catalog/kustomization.yaml':
          'resources: [vs-2.yaml, app.yaml]\nimages: [{ name: a, newTag: "2" }]\nreplicas: [{ name: a, count: 2 }]\n',
      },
      title: /no mesh manifest touched|no request changes/,
      silentOn: /not judged here/,
    },
    {
      way: 'a page of documentation',
      files: { 'docs/a.md': '# a\n' },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'the page of a chart',
      setting: { files: chart },
      files: { 'teams/catalog/chart/README.md': '# chart\n' },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a workflow',
      files: {
        '.github/workflows/ci.yml': 'on: push\njobs: { a: { steps: [{ run: "echo $GITHUB_SHA" }] } }\n',
      },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a Deployment of one’s own',
      files: {
        [mine]:
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: catalog }\nspec: {}\n',
      },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'comments in a kustomization',
      setting: { files: { 'teams/catalog/app/kustomization.yaml': 'resources: [web.yaml]\n' } },
      files: { 'teams/catalog/app/kustomization.yaml': '# ours\nresources:\n  - web.yaml\n' },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'comments in the values of a chart',
      setting: { files: { ...chart, 'teams/catalog/chart/values.yaml': 'a: 1\n' } },
      files: { 'teams/catalog/chart/values.yaml': '# ours\na: 1\n' },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'comments in a VirtualService of one’s own',
      setting: { files: { [mine]: destinationRule('SIMPLE') } },
      files: { [mine]: `# ours\n${destinationRule('SIMPLE')}` },
      title: 'OK: no request changes (1 file)',
    },
    {
      way: 'a secret and a job',
      files: {
        [mine]:
          'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: catalog }\n---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: j, namespace: catalog }\nspec: {}\n',
      },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'settings of a program that speak of charts',
      files: { 'teams/catalog/app.yaml': 'charts: [a]\nkustomization: b\n' },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'an object of another product of the same project',
      files: {
        [mine]:
          'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { name: w, namespace: catalog }\nspec: {}\n',
      },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'an empty file',
      files: { 'teams/catalog/empty.yaml': '\n' },
      title: 'OK: no mesh manifest touched',
    },
  ],
})
