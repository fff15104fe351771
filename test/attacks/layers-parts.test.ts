import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'
import { answers, virtualService } from '../support/manifests.ts'

const root = 'kustomization.yaml'
const overAll = `resources:
  - mesh/bookinfo.yaml
  - mesh/gateway.yaml
  - teams/login/vs-1.yaml
  - teams/catalog/vs-2.yaml
`
/** A part of a VirtualService: what Kustomize lays over the one of this name. */
const part = (name: string, timeout: string) => `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}, namespace: ns1 }
spec: { http: [{ match: [{ uri: { exact: ${name === 'vs-2' ? '/productpage' : '/login'} } }], timeout: ${timeout}, route: [{ destination: { host: productpage } }] }] }
`
const whole = (name: string, host: string) => `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}, namespace: ns1 }
spec: { http: [{ route: [{ destination: { host: ${host} } }] }] }
`
/** One’s own paths alone. */
const own = (host: string) =>
  whole('vs-2', host).replace('{ route:', '{ match: [{ uri: { exact: /productpage } }], route:')
const labelled = `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-2, namespace: ns1, labels: { team: catalog } }
`
const mine = 'teams/catalog/part.yaml'
const theirs = 'teams/login/part.yaml'
const laid = (path: string, text: string, more = 'patches: [{ path: PATH }]\n') => ({
  files: { [root]: overAll + more.replace('PATH', path), [path]: text },
})
const byTarget = 'patches: [{ path: PATH, target: { kind: VirtualService, name: vs-1 } }]\n'
const merged = 'patchesStrategicMerge: [PATH]\n'
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
const silentOn = /invalid-manifest|already written|Istio would not accept/

testAttackClass('a patch file is a part of what it is laid over', {
  attack: {
    way: 'a part of another team’s VirtualService is edited, in a file of one’s own',
    setting: laid(mine, part('vs-1', '1s')),
    files: { [mine]: part('vs-1', '2s') },
    ...stopped,
    silentOn,
  },
  variants: [
    {
      way: 'under patchesStrategicMerge',
      setting: laid(mine, part('vs-1', '1s'), merged),
      files: { [mine]: part('vs-1', '2s') },
      ...stopped,
      silentOn,
    },
    {
      way: 'by a target, under a name that nobody has',
      setting: laid(mine, part('any', '1s'), byTarget),
      files: { [mine]: part('any', '2s') },
      ...stopped,
      silentOn,
    },
    {
      way: 'as a whole VirtualService of that name',
      setting: laid(mine, whole('vs-1', 'productpage')),
      files: { [mine]: whole('vs-1', 'detour') },
      ...stopped,
      silentOn,
    },
    {
      way: 'it is new',
      setting: { files: { [root]: overAll } },
      files: laid(mine, part('vs-1', '1s')).files,
      ...stopped,
      silentOn,
    },
    {
      way: 'the part of another team is edited that is laid over one’s own',
      setting: laid(theirs, part('vs-2', '1s')),
      files: { [theirs]: part('vs-2', '2s') },
      ...stopped,
      silentOn,
    },
    {
      way: 'it is dropped from the kustomization and the file removed',
      setting: laid(mine, part('vs-1', '1s')),
      files: { [root]: overAll, [mine]: null },
      ...stopped,
      silentOn,
    },
    {
      way: 'two documents, one of them another team’s',
      setting: laid(mine, part('vs-2', '1s')),
      files: { [mine]: `${part('vs-2', '1s')}---\n${part('vs-1', '1s')}` },
      ...stopped,
      silentOn,
    },
    {
      way: 'in a component',
      setting: {
        files: {
          [root]: `${overAll}components: [teams/catalog/slow]\n`,
          'teams/catalog/slow/kustomization.yaml': 'kind: Component\npatches: [{ path: part.yaml }]\n',
          'teams/catalog/slow/part.yaml': part('vs-1', '1s'),
        },
      },
      files: { 'teams/catalog/slow/part.yaml': part('vs-1', '2s') },
      ...stopped,
      silentOn,
    },
    {
      way: 'it deletes the object',
      setting: laid(mine, part('vs-1', '1s')),
      files: {
        [mine]:
          '$patch: delete\napiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: vs-1, namespace: ns1 }\n',
      },
      conclusion: 'failure',
      waitsFor: ['login'],
      silentOn,
    },
    {
      way: 'another team’s manifest is called a part, so that it is none',
      files: {
        [root]:
          'resources: [mesh/bookinfo.yaml, mesh/gateway.yaml, teams/catalog/copy.yaml, teams/catalog/vs-2.yaml]\npatches: [{ path: teams/login/vs-1.yaml }]\n',
        'teams/catalog/copy.yaml': bookinfoFiles()['teams/login/vs-1.yaml'] ?? '',
      },
      ...stopped,
    },
    {
      way: 'what is called a part is delivered as it stands',
      setting: {
        files: {
          'apps/catalog.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: catalog, namespace: argocd }\nspec: { source: { repoURL: "https://example.com/x", path: teams/catalog, directory: { recurse: true } }, destination: { namespace: ns1 } }\n',
        },
      },
      files: {
        'teams/catalog/sub/kustomization.yaml': 'resources: [../vs-2.yaml]\npatches: [{ path: part.yaml }]\n',
        'teams/catalog/sub/part.yaml': virtualService({
          name: 'vs-2',
          namespace: 'ns1',
          hosts: ['*'],
          gateways: ['default/bookinfo-gateway'],
          http: [answers('/login')],
        }),
      },
      conclusion: 'failure',
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'a whole object of a name of its own that is called a part',
      files: {
        'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\npatches: [{ path: part.yaml }]\n',
        [mine]: virtualService({
          name: 'other',
          namespace: 'ns1',
          hosts: ['*'],
          gateways: ['default/bookinfo-gateway'],
          http: [answers('/login')],
        }),
      },
      conclusion: 'failure',
      waitsFor: ['login', 'mesh-admins'],
    },
  ],
  neighbours: [
    {
      way: 'a part of one’s own',
      setting: laid(mine, part('vs-2', '1s')),
      files: { [mine]: part('vs-2', '2s') },
      silentOn,
    },
    {
      way: 'a new part of one’s own',
      setting: { files: { [root]: overAll } },
      files: laid(mine, part('vs-2', '1s')).files,
      silentOn,
    },
    {
      way: 'a whole one of one’s own',
      setting: laid(mine, own('productpage')),
      files: { [mine]: own('other') },
      silentOn,
    },
    {
      way: 'in an overlay of one’s own',
      setting: {
        files: {
          'teams/catalog/base/kustomization.yaml': 'resources: [../vs-2.yaml]\n',
          'teams/catalog/prod/kustomization.yaml': `resources: [../base]\n${merged.replace('PATH', 'part.yaml')}`,
          'teams/catalog/prod/part.yaml': part('vs-2', '1s'),
        },
      },
      files: { 'teams/catalog/prod/part.yaml': part('vs-2', '3s') },
      silentOn,
    },
    {
      way: 'a comment in a part of another team’s',
      setting: laid(theirs, part('vs-1', '1s')),
      files: { [theirs]: `# why\n${part('vs-1', '1s')}` },
      silentOn,
    },
    {
      way: 'another layout of one’s own that is laid over others',
      setting: laid(mine, part('vs-1', '1s')),
      files: {
        [mine]: part('vs-1', '1s').replace(
          '{ name: vs-1, namespace: ns1 }',
          '{ namespace: ns1, name: vs-1 }',
        ),
      },
      silentOn,
    },
    {
      way: 'a part beside a prefix for all',
      setting: laid(mine, part('vs-2', '1s'), 'namePrefix: x-\npatches: [{ path: PATH }]\n'),
      files: { [mine]: part('vs-2', '2s') },
      silentOn,
    },
    {
      way: 'a part without a namespace',
      setting: laid(
        mine,
        part('vs-2', '1s').replace(', namespace: ns1', ''),
        byTarget.replace('vs-1', 'vs-2'),
      ),
      files: { [mine]: part('vs-2', '2s').replace(', namespace: ns1', '') },
      silentOn,
    },
    {
      way: 'a part of a DestinationRule of one’s own',
      setting: {
        files: {
          [root]: `${overAll}  - teams/catalog/rule.yaml\npatches: [{ path: ${mine} }]\n`,
          'teams/catalog/rule.yaml':
            'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web, namespace: ns1 }\nspec: { host: catalog.ns1.svc.cluster.local }\n',
          [mine]:
            'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web, namespace: ns1 }\nspec: { subsets: [] }\n',
        },
      },
      files: {
        [mine]:
          'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web, namespace: ns1 }\nspec: { subsets: [{ name: a }] }\n',
      },
      silentOn,
    },
    {
      way: 'a part of one’s own that goes',
      setting: laid(mine, labelled),
      files: { [root]: overAll, [mine]: null },
      silentOn,
    },
  ],
})
