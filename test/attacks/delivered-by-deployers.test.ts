import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog/app'
const root = `${folder}/kustomization.yaml`
const deliverer = 'teams/catalog/deliver.yaml'
const theirs = 'login.ns1.svc.cluster.local'

/** `«X»` stands for the variable of that name. */
const filled = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const route = (host: string, more = '') =>
  filled(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2${more} }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: catalog } }] }] }
`)
const filter = (namespace = '') => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own${namespace} }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const login = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
}
const flux = (more: string, name = 'catalog') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${folder}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`
const argo = (more = '', namespace = 'ns2') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec:
  destination: { namespace: ${namespace} }
  source:
    path: ${folder}
${more}`
const set = (namespace: string, more = '') => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: catalog, namespace: argocd }
spec:
${more}  generators: [{ list: { elements: [{ place: ${namespace} }] } }]
  template:
    metadata: { name: catalog }
    spec:
      destination: { namespace: "{{${more === '' ? '' : '.'}place}}" }
      source: { path: ${folder} }
`
const values = (host: string, name = 'values') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: flux-system }\ndata: { host: ${host} }\n`
const hostOp = `[{"op":"replace","path":"/spec/hosts/0","value":"${theirs}"}]`
const hostPatch = `{ target: { kind: VirtualService }, patch: '${hostOp}' }`
const setting = (files: Files) => ({ files: { ...login, ...files } as Readonly<Record<string, string>> })
const own = `${folder}/own.yaml`
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const from = '  postBuild: { substituteFrom: [{ kind: ConfigMap, name: values }] }\n'
const cluster = (name: string, file: string) => `teams/catalog/clusters/${name}/${file}.yaml`

testAttackClass('what Argo CD and Flux make of a folder is made as they make it', {
  onGitHub: {},
  attack: {
    way: 'a ConfigMap from which Flux takes a host',
    setting: setting({
      [own]: route('"«host»"'),
      [deliverer]: flux(from),
      'teams/catalog/values.yaml': values('catalog'),
    }),
    files: { 'teams/catalog/values.yaml': values(theirs) },
    ...asks,
  },
  variants: [
    {
      way: 'a directory of Argo CD with a file that is no object',
      setting: setting({ [own]: filter(), [`${folder}/notes.yaml`]: 'a: b\n', [deliverer]: argo() }),
      files: { [deliverer]: argo('', 'ns1') },
      ...asks,
    },
    {
      way: 'a directory with folders in it',
      setting: setting({
        [`${folder}/deep/own.yaml`]: filter(),
        [deliverer]: argo('    directory: { recurse: true }\n'),
      }),
      files: { [deliverer]: argo('    directory: { recurse: true }\n', 'ns1') },
      ...asks,
    },
    {
      way: 'a file of Argo CD in the folder',
      setting: setting({ [own]: route('catalog'), [root]: 'resources: [own.yaml]\n', [deliverer]: argo() }),
      files: { [`${folder}/.argocd-source.yaml`]: `kustomize: { patches: [${hostPatch}] }\n` },
      ...asks,
    },
    {
      way: 'the same for one Application',
      setting: setting({ [own]: route('catalog'), [root]: 'resources: [own.yaml]\n', [deliverer]: argo() }),
      files: { [`${folder}/.argocd-source-catalog.yaml`]: `kustomize: { patches: [${hostPatch}] }\n` },
      ...asks,
    },
    {
      way: 'an empty namespace is none',
      setting: setting({ [own]: filter(', namespace: ""'), [deliverer]: argo() }),
      files: { [deliverer]: argo('', 'ns1') },
      ...asks,
    },
    {
      way: 'an ApplicationSet with a list',
      setting: setting({ [own]: filter(), [deliverer]: set('ns2') }),
      files: { [deliverer]: set('ns1') },
      ...asks,
    },
    {
      way: 'an ApplicationSet whose template is one of Go',
      setting: setting({ [own]: filter(), [deliverer]: set('ns2', '  goTemplate: true\n') }),
      files: { [deliverer]: set('ns1', '  goTemplate: true\n') },
      ...asks,
    },
    {
      way: 'Kustomize sets the namespace for Argo CD over that of the file',
      setting: setting({
        [own]: filter(),
        [root]: 'resources: [own.yaml]\nnamespace: ns2\n',
        [deliverer]: argo(),
      }),
      files: { [deliverer]: argo('    kustomize: { namespace: ns1 }\n') },
      ...asks,
    },
    {
      way: 'one of two clusters of Flux with objects of one name',
      setting: setting({
        [own]: route('"«host»"'),
        [cluster('a', 'app')]: flux('  postBuild: { substitute: { host: catalog } }\n'),
        [cluster('b', 'app')]: flux('  postBuild: { substitute: { host: catalog } }\n'),
      }),
      files: { [cluster('a', 'app')]: flux(`  postBuild: { substitute: { host: ${theirs} } }\n`) },
      ...asks,
    },
    {
      way: 'a folder in the folder that Flux takes by its kustomization',
      setting: setting({
        [`${folder}/in/own.yaml`]: route('catalog'),
        [`${folder}/in/kustomization.yaml`]: 'resources: [own.yaml]\n',
        [deliverer]: flux(''),
      }),
      files: { [deliverer]: flux(`  patches: [${hostPatch}]\n`) },
      ...asks,
    },
    {
      way: 'a component that Flux adds',
      setting: setting({
        [own]: route('catalog'),
        [deliverer]: flux('  components: [../c]\n'),
        'teams/catalog/c/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
      }),
      files: {
        'teams/catalog/c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [${hostPatch}]\n`,
      },
      ...asks,
    },
    {
      way: 'a part of a value',
      setting: setting({
        [own]: route('"«host//X/l»"'),
        [deliverer]: flux('  postBuild: { substitute: { host: catalog } }\n'),
      }),
      files: { [deliverer]: flux('  postBuild: { substitute: { host: Xogin.ns1.svc.cXuster.XocaX } }\n') },
      ...asks,
    },
    {
      way: 'a list in a value',
      setting: setting({
        [own]: route('x').replace('[x]', filled('"«hosts»"')),
        [deliverer]: flux('  postBuild: { substitute: { hosts: "[catalog]" } }\n'),
      }),
      files: { [deliverer]: flux(`  postBuild: { substitute: { hosts: "[${theirs}]" } }\n`) },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'a folder in a directory that Argo CD does not enter',
      setting: setting({ [`${folder}/deep/own.yaml`]: filter(', namespace: ns2'), [deliverer]: argo() }),
      files: { [deliverer]: argo('', 'ns3') },
    },
    {
      way: 'an object with a namespace keeps it',
      setting: setting({ [own]: filter(', namespace: ns2'), [deliverer]: argo() }),
      files: { [deliverer]: argo('', 'ns1') },
    },
    {
      way: 'a host of one’s own in the ConfigMap',
      setting: setting({
        [own]: route('"«host»"'),
        [deliverer]: flux(from),
        'teams/catalog/values.yaml': values('catalog'),
      }),
      files: { 'teams/catalog/values.yaml': values('catalog.ns2.svc.cluster.local') },
    },
    {
      way: 'a ConfigMap of another name',
      setting: setting({
        [own]: route('catalog'),
        [deliverer]: flux(from),
        'teams/catalog/values.yaml': values('catalog'),
      }),
      files: { 'teams/catalog/more.yaml': values(theirs, 'others') },
    },
    {
      way: 'an object that is not to be filled in',
      setting: setting({
        [own]: route(
          'catalog',
          ', annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled, a: "«host»" }',
        ),
        [deliverer]: flux('  postBuild: { substitute: { host: a } }\n'),
      }),
      files: { [deliverer]: flux('  postBuild: { substitute: { host: b } }\n') },
    },
    {
      way: 'an image that an updater writes',
      setting: setting({ [own]: route('catalog'), [root]: 'resources: [own.yaml]\n', [deliverer]: argo() }),
      files: { [`${folder}/.argocd-source-catalog.yaml`]: 'kustomize: { images: ["a:2"] }\n' },
    },
    {
      way: 'the file of another Application',
      setting: setting({ [own]: route('catalog'), [root]: 'resources: [own.yaml]\n', [deliverer]: argo() }),
      files: { [`${folder}/.argocd-source-other.yaml`]: 'kustomize: { images: ["a:2"] }\n' },
    },
    {
      way: 'an ApplicationSet with a namespace of one’s own',
      setting: setting({ [own]: filter(', namespace: ns2'), [deliverer]: set('ns2') }),
      files: { [deliverer]: set('ns3') },
    },
    {
      way: 'an object of Flux moves to another file',
      setting: setting({ [own]: route('catalog'), [deliverer]: flux('  targetNamespace: ns2\n') }),
      files: { [deliverer]: null, 'teams/catalog/moved.yaml': flux('  targetNamespace: ns2\n') },
    },
    {
      way: 'an overlay comes over what was a root',
      setting: setting({ [own]: route('catalog'), [root]: 'resources: [own.yaml]\nnamespace: ns2\n' }),
      files: { 'teams/catalog/prod/kustomization.yaml': 'resources: [../app]\n' },
    },
    {
      way: 'a prefix takes the place of the one in the file',
      setting: setting({
        [own]: route('catalog'),
        [root]: 'resources: [own.yaml]\nnamePrefix: a-\n',
        [deliverer]: argo(),
      }),
      files: { [deliverer]: argo('    kustomize: { namePrefix: b- }\n') },
    },
  ],
})
