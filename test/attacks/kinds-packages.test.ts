import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const sveltos = (chart: object, kind = 'ClusterProfile') =>
  object('config.projectsveltos.io/v1beta1', kind, {
    spec: {
      helmCharts: [
        {
          repositoryURL: 'https://charts.example',
          releaseName: 'a',
          releaseNamespace: 'catalog',
          chartName: 'a/web',
          ...chart,
        },
      ],
    },
  })
const packed = (chartContent: string, name = 'thing') =>
  object(
    'helm.cattle.io/v1',
    'HelmChart',
    { spec: { chartContent, targetNamespace: 'catalog' } },
    { name, namespace: 'kube-system' },
  )
const install = (refName: string, annotations: object = {}, name = 'values') =>
  object(
    'packaging.carvel.dev/v1alpha1',
    'PackageInstall',
    { spec: { packageRef: { refName }, values: [{ secretRef: { name } }] } },
    { name: 'shop', namespace: 'apps', annotations },
  )
const secret = (stringData: object, name = 'values', namespace = 'apps') =>
  object('v1', 'Secret', { stringData }, { name, namespace })
const overlay = { 'ext.packaging.carvel.dev/ytt-paths-from-secret-name.0': 'overlay' }
const theirs: Files = { 'teams/login/shop.yaml': install('shop.example.com', overlay) }

const stopped = (way: string, text: string | null, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const login = (before?: string): Partial<Attempt> => ({
  setting: { files: { ...theirs, ...(before !== undefined && { [mine]: before }) } },
  waitsFor: ['login'],
})
const before = (text: string) => ({ setting: { files: { [mine]: text } } })
const harmless = (way: string, text: string | null, rest: object = {}) => ({
  way,
  files: { [mine]: text },
  ...rest,
})

testAttackClass('packages and charts that install the mesh, or something for another team', {
  attack: stopped('the control plane, by Sveltos', sveltos({ chartName: 'istio/istiod' })),
  variants: [
    stopped('for one team’s clusters', sveltos({ chartName: 'istio/istiod' }, 'Profile')),
    stopped(
      'with other values',
      sveltos({ chartName: 'istio/istiod', values: 'a: 2' }),
      before(sveltos({ chartName: 'istio/istiod', values: 'a: 1' })),
    ),
    stopped(
      'the mesh’s configuration among values',
      sveltos({ values: 'meshConfig: { rootNamespace: catalog }' }),
    ),
    stopped('a chart that is packed into its object', packed('H4sIAAAAAAAAA')),
    stopped('another one', packed('H4sIAAAAAAAAB'), before(packed('H4sIAAAAAAAAA'))),
    stopped('the package of Istio', install('istio.tanzu.vmware.com')),
    stopped('it is gone', '# nothing\n', before(install('istio.tanzu.vmware.com'))),
    stopped('values of another team’s package', secret({ 'values.yaml': 'host: evil' }), login()),
    stopped('others', secret({ 'values.yaml': 'host: b' }), login(secret({ 'values.yaml': 'host: a' }))),
    stopped('an overlay of it', secret({ 'o.yaml': 'a: 1' }, 'overlay'), login()),
    stopped('no overlay any more', '# nothing\n', login(secret({ 'o.yaml': 'a: 1' }, 'overlay'))),
    stopped('a chart into the namespace of another team', sveltos({ releaseNamespace: 'apps' }), {
      setting: {
        files: {
          'teams/login/s.yaml': object(
            'v1',
            'Service',
            { spec: { ports: [{ port: 80 }] } },
            { namespace: 'apps' },
          ),
        },
      },
      waitsFor: ['login'],
    }),
  ],
  neighbours: [
    harmless('a chart of one’s own, by Sveltos', sveltos({ values: 'a: 1' })),
    harmless('another version', sveltos({ chartVersion: '2' }), before(sveltos({ chartVersion: '1' }))),
    harmless('a gateway of one’s own by Istio’s chart', sveltos({ chartName: 'istio/gateway' })),
    harmless('a chart whose name begins alike', sveltos({ chartName: 'a/istiod-exporter' })),
    harmless(
      'a packed chart as it was',
      `# ours\n${packed('H4sIAAAAAAAAA')}`,
      before(packed('H4sIAAAAAAAAA')),
    ),
    harmless(
      'a chart of one’s own by k3s',
      object('helm.cattle.io/v1', 'HelmChart', { spec: { chart: 'web', targetNamespace: 'catalog' } }),
    ),
    harmless('a package', install('shop.example.com')),
    harmless('a package whose name begins alike', install('istiofy.example.com')),
    harmless('values of one’s own package', secret({ 'values.yaml': 'b: 1' }), {
      setting: { files: { 'teams/catalog/shop.yaml': install('shop.example.com') } },
    }),
    harmless('a Secret that no package reads', secret({ a: 'b' }, 'other'), { setting: { files: theirs } }),
    harmless('one of another namespace', secret({ a: 'b' }, 'values', 'catalog'), {
      setting: { files: theirs },
    }),
    harmless(
      'how often a package is looked at',
      install('shop.example.com').replace('"spec":{', '"spec":{"syncPeriod":"1h",'),
      before(install('shop.example.com')),
    ),
  ],
})
