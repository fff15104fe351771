import { testAttackClass } from '../support/attack-class.ts'

const folder = 'teams/catalog/app'
const root = `${folder}/kustomization.yaml`
const overlay = 'teams/catalog/prod/kustomization.yaml'
const virtualService = (host: string, name = 'own') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns2 }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: ${name} } }] }] }
`
const service = `apiVersion: v1
kind: Service
metadata: { name: login, namespace: ns1 }
spec: { selector: { app: login }, ports: [{ port: 80 }] }
`
const taking = virtualService('login.ns1.svc.cluster.local')
const other = virtualService('other', 'other')
const harmless = virtualService('catalog.ns2.svc.cluster.local')
const slower = harmless.replace('http: [{', 'http: [{ timeout: 2s,')
const build = (resources: string, more = '') => `resources: [${resources}]\n${more}`
const withHost = (host: string) =>
  `patches:\n  - target: { kind: VirtualService }\n    patch: '[{ "op": "replace", "path": "/spec/hosts/0", "value": "${host}" }]'\n`
const application = (name = 'catalog', path = folder) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  destination: { server: https://kubernetes.default.svc, namespace: ns2 }
  source: { repoURL: https://github.com/bookinfo/mesh, path: ${path} }
`
const flux = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec:
  path: ./${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`
const based = (files: Record<string, string>) => ({
  files: { 'teams/login/service.yaml': service, ...files },
})
const listed = { [`${folder}/other.yaml`]: other, [root]: build('other.yaml') }
/** Nothing was ever asked about `own.yaml`, since a patch deleted it before it was listed no more. */
const beside = based({ ...listed, [`${folder}/own.yaml`]: taking })
const besideOwn = based({ ...listed, [`${folder}/own.yaml`]: harmless })
const overlaid = based({
  [`${folder}/own.yaml`]: harmless,
  [root]: build('own.yaml'),
  [overlay]: build('../app'),
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

testAttackClass('what lay beside a build is new when it is delivered', {
  attack: {
    way: 'a file beside a kustomization is listed',
    setting: beside,
    files: { [root]: build('other.yaml, own.yaml') },
    ...asks,
  },
  variants: [
    {
      way: 'it is listed elsewhere, by what Flux delivers',
      setting: beside,
      files: {
        'teams/catalog/z/kustomization.yaml': build('../app/own.yaml'),
        'teams/catalog/flux.yaml': flux('teams/catalog/z'),
      },
      ...asks,
    },
    { way: 'the kustomization is taken away', setting: beside, files: { [root]: null }, ...asks },
    {
      way: 'Argo CD takes the folder as files',
      setting: beside,
      files: { [root]: null, 'teams/catalog/app.yaml': application() },
      ...asks,
    },
    {
      way: 'the Application is renamed along with it',
      setting: based({ ...beside.files, 'teams/catalog/app.yaml': application() }),
      files: { 'teams/catalog/app.yaml': application('catalog-2'), [root]: build('other.yaml, own.yaml') },
      ...asks,
    },
    {
      way: 'it is moved away unchanged',
      setting: beside,
      files: { [`${folder}/own.yaml`]: null, 'teams/catalog/b/own.yaml': taking },
      ...asks,
    },
    {
      way: 'it lies in an inner folder',
      setting: based({ ...listed, [`${folder}/in/own.yaml`]: taking }),
      files: { [root]: build('other.yaml, in/own.yaml') },
      ...asks,
    },
    {
      way: 'an inner folder gets a kustomization of its own',
      setting: based({ ...listed, [`${folder}/in/own.yaml`]: taking }),
      files: { [`${folder}/in/kustomization.yaml`]: build('own.yaml') },
      ...asks,
    },
    {
      way: 'a component takes it up',
      setting: beside,
      files: {
        'teams/catalog/c/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [own.yaml]\n',
        'teams/catalog/c/own.yaml': taking,
        [`${folder}/own.yaml`]: null,
        [root]: build('other.yaml', 'components: [../c]\n'),
      },
      ...asks,
    },
    {
      way: 'the overlay that was built upon it vanishes, and the base is changed at once',
      setting: overlaid,
      files: { [overlay]: null, [`${folder}/own.yaml`]: taking },
      ...asks,
    },
    {
      way: 'the overlay vanishes, and the base is patched at once',
      setting: overlaid,
      files: { [overlay]: null, [root]: build('own.yaml', withHost('login.ns1.svc.cluster.local')) },
      ...asks,
    },
    {
      way: 'the overlay lists something else, and the base is changed at once',
      setting: overlaid,
      files: {
        [overlay]: build('other.yaml'),
        'teams/catalog/prod/other.yaml': other,
        [`${folder}/own.yaml`]: taking,
      },
      ...asks,
    },
  ],
  neighbours: [
    { way: 'one’s own file is listed', setting: besideOwn, files: { [root]: build('other.yaml, own.yaml') } },
    { way: 'one’s own kustomization is taken away', setting: besideOwn, files: { [root]: null } },
    {
      way: 'a file beside a kustomization is deleted',
      setting: beside,
      files: { [`${folder}/own.yaml`]: null },
    },
    {
      way: 'the kustomization beside it gets a label',
      setting: beside,
      files: { [root]: build('other.yaml', 'labels: [{ pairs: { a: b } }]\n') },
    },
    {
      way: 'one’s own file is listed no more',
      setting: based({ ...besideOwn.files, [root]: build('other.yaml, own.yaml') }),
      files: { [root]: build('other.yaml') },
    },
    { way: 'the overlay vanishes', setting: overlaid, files: { [overlay]: null } },
    {
      way: 'the overlay is dissolved in its base',
      setting: overlaid,
      files: { [overlay]: null, [root]: 'namespace: ns2\nresources: [own.yaml]\n' },
    },
    {
      way: 'the overlay vanishes, and the base gets a timeout',
      setting: overlaid,
      files: { [overlay]: null, [`${folder}/own.yaml`]: slower },
    },
    {
      way: 'the overlay moves',
      setting: overlaid,
      files: { [overlay]: null, 'teams/catalog/stage/kustomization.yaml': build('../app') },
    },
    {
      way: 'what lies beside a kustomization gets a timeout',
      setting: besideOwn,
      files: { [`${folder}/own.yaml`]: slower },
    },
    {
      way: 'an Application takes the kustomization',
      setting: besideOwn,
      files: { 'teams/catalog/app.yaml': application() },
    },
  ],
})
