import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const mine = 'teams/catalog/thing.yaml'
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
const app = (path: string, more = '') =>
  `apiVersion: kappctrl.k14s.io/v1alpha1\nkind: App\nmetadata: { name: a, namespace: ns1 }\nspec: { fetch: [{ git: { url: "https://example.com/x", subPath: ${path} } }], template: [{ ytt: {} }], deploy: [{ kapp: {} }]${more} }\n`
const karmada = (kind: string, name: string, more = '') =>
  `apiVersion: policy.karmada.io/v1alpha1\nkind: ${kind}\nmetadata: { name: a, namespace: ns1 }\nspec:\n  resourceSelectors: [{ apiVersion: networking.istio.io/v1beta1, kind: VirtualService, name: ${name} }]\n${more}`
const overrides =
  '  overrideRules: [{ overriders: { plaintext: [{ path: /spec/http, operator: remove }] } }]\n'
const set = (generator: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s, namespace: argocd }\nspec:\n  generators: [${generator}]\n  template: { metadata: { name: a }, spec: { source: { repoURL: "https://example.com/x", path: teams/login }, destination: { namespace: "{{ns}}" } } }\n`
const secret = (more: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: c, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster${more} } }\nstringData: { name: c, server: "https://c", config: "x" }\n`
const skaffold = (manifests: string, image = 'a') =>
  `apiVersion: skaffold/v4beta11\nkind: Config\nbuild: { artifacts: [{ image: ${image} }] }\nmanifests: ${manifests}\n`
const helmfile = (host: string, chart = '../login/chart') =>
  `releases: [{ name: a, chart: ${chart}, values: [{ p: ${host} }] }]\n`
const chart = {
  'teams/login/chart/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
  'teams/login/chart/templates/vs.yaml': login
    .replace('name: vs-1', 'name: vs-3')
    .replace('/login', '/{{ .Values.p }}'),
}
const before = (text: string, files = {}) => ({ files: { ...files, [mine]: text } })

testAttackClass('what else delivers', {
  attack: {
    way: 'an override of Karmada for the VirtualService of another team',
    files: { [mine]: karmada('OverridePolicy', 'vs-1', overrides) },
    ...stopped,
  },
  variants: [
    {
      way: 'Karmada sends it to other clusters',
      setting: before(
        karmada('PropagationPolicy', 'vs-1', '  placement: { clusterAffinity: { clusterNames: [a] } }\n'),
      ),
      files: {
        [mine]: karmada(
          'PropagationPolicy',
          'vs-1',
          '  placement: { clusterAffinity: { clusterNames: [b] } }\n',
        ),
      },
      ...stopped,
    },
    { way: 'an App of kapp over its folder', files: { [mine]: app('teams/login') }, ...stopped },
    {
      way: 'an App of kapp with other values for ytt',
      setting: before(app('teams/login')),
      files: { [mine]: app('teams/login', ', paused: true') },
      ...stopped,
    },
    {
      way: 'a helmfile that is a template',
      setting: {
        files: { ...chart, 'teams/catalog/helmfile.d/a.gotmpl': helmfile('a', '../../login/chart') },
      },
      files: { 'teams/catalog/helmfile.d/a.gotmpl': helmfile('b', '../../login/chart') },
      ...stopped,
    },
    {
      way: 'a helmfile under a name in front',
      setting: { files: { ...chart, 'teams/catalog/prod.helmfile.yaml': helmfile('a') } },
      files: { 'teams/catalog/prod.helmfile.yaml': helmfile('b') },
      ...stopped,
    },
    {
      way: 'Skaffold deploys its folder no more',
      setting: { files: { 'skaffold.yaml': skaffold('{ rawYaml: ["teams/login/*.yaml"] }') } },
      files: { 'skaffold.yaml': skaffold('{ rawYaml: [] }') },
      ...stopped,
    },
    {
      way: 'the file that a generator reads',
      setting: {
        files: {
          'mesh/set.yaml': set(
            '{ git: { repoURL: "https://example.com/x", files: [{ path: "config/*.json" }] } }',
          ),
          'config/a.json': '{ "ns": "ns1" }\n',
        },
      },
      files: { 'config/a.json': '{ "ns": "ns2" }\n' },
      ...stopped,
    },
    {
      way: 'another file for it to read, in a folder below',
      setting: {
        files: {
          'mesh/set.yaml': set(
            '{ git: { repoURL: "https://example.com/x", files: [{ path: "config/*.yaml" }] } }',
          ),
        },
      },
      files: { 'config/x/a.yaml': 'ns: ns2\n' },
      ...stopped,
    },
    {
      way: 'the labels of a cluster that a generator selects among',
      setting: {
        files: {
          'mesh/set.yaml': set('{ clusters: { selector: { matchLabels: { env: prod } } } }'),
          [mine]: secret(', env: prod'),
        },
      },
      files: { [mine]: secret(', env: test') },
      ...stopped,
    },
    {
      way: 'a comment by which an image policy writes',
      files: { 'teams/login/vs-1.yaml': login.replace('9080', '9080 # {"$imagepolicy": "ns1:a:tag"}') },
      ...stopped,
    },
    {
      way: 'a setter of kpt',
      files: { 'teams/login/vs-1.yaml': login.replace('9080', '9080 # kpt-set: port') },
      ...stopped,
    },
    {
      way: 'an annotation of ytt',
      files: { 'teams/login/vs-1.yaml': `#@ if data.values.on:\n${login}#@ end\n` },
      ...stopped,
    },
  ],
  neighbours: [
    { way: 'Karmada for one’s own', files: { [mine]: karmada('OverridePolicy', 'vs-2', overrides) } },
    { way: 'an App of kapp over one’s own folder', files: { [mine]: app('teams/catalog/web') } },
    {
      way: 'Karmada for a Deployment',
      files: {
        [mine]: karmada('OverridePolicy', 'web', overrides).replace(
          'networking.istio.io/v1beta1, kind: VirtualService',
          'apps/v1, kind: Deployment',
        ),
      },
    },
    {
      way: 'a helmfile over a chart from elsewhere',
      files: { 'teams/catalog/prod.helmfile.yaml': helmfile('b', 'bitnami/redis') },
    },
    {
      way: 'an image that Skaffold builds',
      setting: { files: { 'skaffold.yaml': skaffold('{ rawYaml: ["teams/login/*.yaml"] }') } },
      files: { 'skaffold.yaml': skaffold('{ rawYaml: ["teams/login/*.yaml"] }', 'b') },
    },
    {
      way: 'Skaffold for one’s own',
      files: { 'teams/catalog/skaffold.yaml': skaffold('{ rawYaml: [vs-2.yaml] }') },
    },
    {
      way: 'a file beside those that a generator reads',
      setting: {
        files: {
          'mesh/set.yaml': set(
            '{ git: { repoURL: "https://example.com/x", files: [{ path: "config/*.json" }] } }',
          ),
        },
      },
      files: { 'other/a.json': '{ "ns": "ns2" }\n' },
    },
    {
      way: 'a Secret that is no cluster',
      setting: { files: { 'mesh/set.yaml': set('{ clusters: {} }') } },
      files: { [mine]: secret('').replace('secret-type: cluster', 'secret-type: repository') },
    },
    {
      way: 'the token of a cluster',
      setting: { files: { 'mesh/set.yaml': set('{ clusters: {} }'), [mine]: secret('') } },
      files: { [mine]: secret('').replace('config: "x"', 'config: "y"') },
    },
    {
      way: 'a comment for people in the file of another team',
      files: { 'teams/login/vs-1.yaml': login.replace('9080', '9080 # the page') },
    },
    {
      way: 'a comment for a tool in one’s own file',
      files: {
        'teams/catalog/vs-2.yaml': `${bookinfoFiles()['teams/catalog/vs-2.yaml']}# kpt-set: x\n`,
      },
    },
  ],
})
