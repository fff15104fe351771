import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const root = 'kustomization.yaml'
const overAll = `resources:
  - mesh/bookinfo.yaml
  - mesh/gateway.yaml
  - teams/login/vs-1.yaml
  - teams/catalog/vs-2.yaml
  - teams/catalog/app.yaml
`
const app = `apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog, namespace: ns1 }
spec: { replicas: 1 }
`
const patch = (kind: string, name: string, apiVersion = 'networking.istio.io/v1beta1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ns1, labels: { a: b } }\n`
const inPlace = (text: string) => `patches:\n  - patch: |\n${text.replaceAll(/^(?=.)/gm, '      ')}`
const base = (more = '', files: Record<string, string> = {}) => ({
  files: { [root]: `${overAll}${more}`, 'teams/catalog/app.yaml': app, ...files },
})
const blocked = { conclusion: 'failure', waitsFor: [] } as const
const generators =
  'configMapGenerator: [{ name: a, namespace: ns1, literals: [a=b] }, { name: b, namespace: ns1, literals: [a=b] }]\n'
const says = /does not build, so that nothing of it is applied/

testAttackClass('a patch that finds nothing, so that nothing of the root is built', {
  attack: {
    way: 'a patch in place for a VirtualService that is not there',
    setting: base(),
    files: { [root]: `${overAll}${inPlace(patch('VirtualService', 'vs-9'))}` },
    ...blocked,
    says,
  },
  variants: [
    {
      way: 'in a file of catalog',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('VirtualService', 'vs-2'),
      }),
      files: { 'teams/catalog/patch.txt': patch('VirtualService', 'vs-9') },
      ...blocked,
      says,
    },
    {
      way: 'in a file whose name says nothing',
      setting: base('patchesStrategicMerge: [teams/catalog/patch]\n', {
        'teams/catalog/patch': patch('VirtualService', 'vs-2'),
      }),
      files: { 'teams/catalog/patch': patch('VirtualService', 'vs-9') },
      ...blocked,
      says,
    },
    {
      way: 'what it finds is renamed',
      setting: base(inPlace(patch('VirtualService', 'vs-2'))),
      files: { 'teams/catalog/vs-2.yaml': catalog.replace('name: vs-2', 'name: vs-3') },
      ...blocked,
      says,
    },
    {
      way: 'another kind of the mesh',
      setting: base(),
      files: { [root]: `${overAll}${inPlace(patch('DestinationRule', 'vs-2'))}` },
      ...blocked,
      says,
    },
    {
      way: 'a Deployment that is not there',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'other', 'apps/v1') },
      ...blocked,
      says,
    },
    {
      way: 'a Deployment that is removed',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/app.yaml': '# moved\n' },
      ...blocked,
      says,
    },
    {
      way: 'a second document',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('VirtualService', 'vs-2'),
      }),
      files: {
        'teams/catalog/patch.txt': `${patch('VirtualService', 'vs-2')}---\n${patch('VirtualService', 'vs-9')}`,
      },
      ...blocked,
      says,
    },
    {
      way: 'by the name that an object has under a prefix: patches come before it',
      setting: base('namePrefix: x-\npatches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'x-catalog', 'apps/v1') },
      ...blocked,
    },
    {
      way: 'it only deletes',
      setting: base(),
      files: {
        [root]: `${overAll}${inPlace('$patch: delete\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: other }\n')}`,
      },
      ...blocked,
      says,
    },
    {
      way: 'in a component that the root takes',
      setting: base('components: [teams/catalog/slow]\n', {
        'teams/catalog/slow/kustomization.yaml': 'kind: Component\npatches: [{ path: patch.txt }]\n',
        'teams/catalog/slow/patch.txt': patch('VirtualService', 'vs-2'),
      }),
      files: { 'teams/catalog/slow/patch.txt': patch('VirtualService', 'vs-9') },
      ...blocked,
      says,
    },
    {
      way: 'a name that another team`s file holds, which is not built',
      setting: base('', { 'teams/login/other.yaml': catalog.replace('name: vs-2', 'name: vs-9') }),
      files: { [root]: `${overAll}${inPlace(patch('VirtualService', 'vs-9'))}` },
      ...blocked,
      says,
    },
  ],
  neighbours: [
    {
      way: 'a patch of one’s own that finds its object',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('VirtualService', 'vs-2'),
      }),
      files: { 'teams/catalog/patch.txt': patch('VirtualService', 'vs-2').replace('a: b', 'a: c') },
    },
    {
      way: 'a patch of one’s own Deployment',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1').replace('a: b', 'a: c') },
    },
    {
      way: 'it found nothing before, and is edited in a comment',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('VirtualService', 'vs-9'),
      }),
      files: { 'teams/catalog/patch.txt': `# more\n${patch('VirtualService', 'vs-9')}` },
    },
    {
      way: 'it found nothing before, and is for something else that is not there',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'one', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'another', 'apps/v1') },
    },
    {
      way: 'a patch of one’s own in place that finds its object',
      setting: base(),
      files: { [root]: `${overAll}${inPlace(patch('VirtualService', 'vs-2'))}` },
    },
    {
      way: 'a patch with a target that finds nothing',
      setting: base(),
      files: {
        [root]: `${overAll}patches: [{ patch: '[{"op":"remove","path":"/spec/http"}]', target: { kind: VirtualService, name: vs-9 } }]\n`,
      },
    },
    {
      way: 'an object under a prefix, by its own name',
      setting: base('namePrefix: x-\npatches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': `# ours\n${patch('Deployment', 'catalog', 'apps/v1')}` },
    },
    {
      way: 'a Deployment of a remote base',
      setting: base('patches: [{ path: teams/catalog/patch.txt }]\n', {
        [root]: `${overAll}  - https://github.com/acme/base?ref=v1\npatches: [{ path: teams/catalog/patch.txt }]\n`,
        'teams/catalog/patch.txt': patch('Deployment', 'catalog', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'remote', 'apps/v1') },
    },
    {
      way: 'a ConfigMap that is generated',
      setting: base(`${generators}patches: [{ path: teams/catalog/patch.txt }]\n`, {
        'teams/catalog/patch.txt': patch('ConfigMap', 'a', 'v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('ConfigMap', 'b', 'v1') },
    },
    {
      way: 'a chart may hold it',
      setting: base('helmCharts: [{ name: x }]\npatches: [{ path: teams/catalog/patch.txt }]\n', {
        'teams/catalog/patch.txt': patch('Deployment', 'a', 'apps/v1'),
      }),
      files: { 'teams/catalog/patch.txt': patch('Deployment', 'b', 'apps/v1') },
    },
    {
      way: 'one’s own image',
      setting: base(inPlace(patch('VirtualService', 'vs-2'))),
      files: { 'teams/catalog/app.yaml': app.replace('1', '2') },
    },
    {
      way: 'a kustomization that builds no mesh',
      setting: { files: { 'apps/kustomization.yaml': 'resources: [app.yaml]\n', 'apps/app.yaml': app } },
      files: {
        'apps/kustomization.yaml': `resources: [app.yaml]\n${inPlace(patch('Deployment', 'x', 'apps/v1'))}`,
      },
    },
  ],
})

const application = (repoURL: string, path: string, revision = 'HEAD', more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec:\n  source: { repoURL: "${repoURL}", path: ${path}, targetRevision: ${revision}${more} }\n`
const home = 'https://git.example/acme/mesh.git'
const other = 'https://git.example/acme/shop'
const delivered = { 'apps/mesh.yaml': application(home, 'mesh').replace('name: shop', 'name: mesh') }
const setting = (before: string, files: Record<string, string> = delivered) => ({
  files: { ...files, 'apps/shop.yaml': before },
})
const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const elsewhere = { 'apps/other.yaml': application(other, 'charts/x').replace('name: shop', 'name: other') }

testAttackClass('an Application delivers the folder of a team from where it may be this repository', {
  attack: {
    way: 'another revision, and nothing says which repository this is',
    setting: setting(application(home, 'teams/login'), {}),
    files: { 'apps/shop.yaml': application(home, 'teams/login', 'v1') },
    ...asked,
  },
  variants: [
    {
      way: 'beside an Application of the same address',
      setting: setting(application(home, 'teams/login')),
      files: { 'apps/shop.yaml': application(home, 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'under another spelling',
      setting: setting(application('git@git.example:acme/mesh', 'teams/login')),
      files: { 'apps/shop.yaml': application('git@git.example:acme/mesh', 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'by ssh and a port',
      setting: setting(application('ssh://git@git.example:22/acme/mesh.git', 'teams/login')),
      files: { 'apps/shop.yaml': application('ssh://git@git.example:22/acme/mesh.git', 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'under another host',
      setting: setting(application('https://mirror.example/acme/mesh', 'teams/login')),
      files: { 'apps/shop.yaml': application('https://mirror.example/acme/mesh', 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'in capitals',
      setting: setting(application('https://git.example/ACME/Mesh', 'teams/login')),
      files: { 'apps/shop.yaml': application('https://git.example/ACME/Mesh', 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'the address is filled in',
      setting: setting(application('{{repo}}', 'teams/login')),
      files: { 'apps/shop.yaml': application('{{repo}}', 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'a second address of which all folders are here',
      setting: setting(application(other, 'teams/login')),
      files: { 'apps/shop.yaml': application(other, 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'no address of which all folders are here',
      setting: setting(application(other, 'teams/login'), elsewhere),
      files: { 'apps/shop.yaml': application(other, 'teams/login', 'v1') },
      ...asked,
    },
    {
      way: 'the address becomes another one',
      setting: setting(application(home, 'teams/login'), { ...delivered, ...elsewhere }),
      files: { 'apps/shop.yaml': application(other, 'teams/login') },
      ...asked,
    },
    {
      way: 'it is removed',
      setting: setting(application(home, 'teams/login')),
      files: { 'apps/shop.yaml': null },
      ...asked,
    },
    {
      way: 'one of several sources',
      setting: setting(
        application(home, 'teams/login')
          .replace('source: {', 'sources: [{ repoURL: "https://git.example/acme/x", path: charts/y }, {')
          .replace('HEAD }', 'HEAD }]'),
      ),
      files: { 'apps/shop.yaml': null },
      ...asked,
    },
    {
      way: 'only a file of values changes that it names',
      setting: setting(
        application(home, 'teams/login', 'HEAD', ', helm: { valueFiles: [../../settings/prod.conf] }'),
        {
          ...delivered,
          'settings/prod.conf': 'routes: { login: a }\n',
        },
      ),
      files: { 'settings/prod.conf': 'routes: { login: b }\n' },
      ...asked,
      silentOn: /no mesh manifest touched/,
    },
  ],
  neighbours: [
    {
      way: 'another repository, of which a folder is not here',
      setting: setting(application(other, 'teams/login'), { ...delivered, ...elsewhere }),
      files: { 'apps/shop.yaml': application(other, 'teams/login', 'v1') },
    },
    {
      way: 'its image',
      setting: setting(application(home, 'teams/login', 'HEAD', ', kustomize: { images: [a:1] }')),
      files: { 'apps/shop.yaml': application(home, 'teams/login', 'HEAD', ', kustomize: { images: [a:2] }') },
    },
    {
      way: 'it is new',
      setting: { files: { ...delivered, ...elsewhere } },
      files: { 'apps/shop.yaml': application(other, 'teams/login') },
    },
    {
      way: 'it is removed from there',
      setting: setting(application(other, 'teams/login'), { ...delivered, ...elsewhere }),
      files: { 'apps/shop.yaml': null },
    },
    {
      way: 'a chart from elsewhere',
      setting: setting(application(other, 'x').replace('path: x', 'chart: x')),
      files: { 'apps/shop.yaml': application(other, 'x', 'v2').replace('path: x', 'chart: x') },
    },
    {
      way: 'a folder that is not here',
      setting: setting(application(home, 'nowhere')),
      files: { 'apps/shop.yaml': application(home, 'nowhere', 'v1') },
    },
    {
      way: 'a file of values that nothing names',
      setting: { files: { 'settings/prod.conf': 'a: 1\n' } },
      files: { 'settings/prod.conf': 'a: 2\n' },
    },
    { way: 'a README', setting: setting(application(home, 'teams/login')), files: { 'README.md': 'more\n' } },
    {
      way: 'a comment',
      setting: setting(application(home, 'teams/login')),
      files: { 'apps/shop.yaml': `# more\n${application(home, 'teams/login')}` },
    },
    {
      way: 'one’s own folder',
      setting: setting(application(home, 'teams/catalog')),
      files: { 'apps/shop.yaml': application(home, 'teams/catalog', 'v1') },
    },
  ],
})
