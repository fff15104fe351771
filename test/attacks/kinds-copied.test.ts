import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'shop-tls', namespace: 'catalog' })
const base = {
  'teams/login/gateway.yaml': object(
    'networking.istio.io/v1',
    'Gateway',
    {
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            hosts: ['login.example'],
            tls: { mode: 'SIMPLE', credentialName: 'shop-tls' },
          },
        ],
      },
    },
    { name: 'login', namespace: 'login' },
  ),
  'mesh/pods.yaml': object(
    'apps/v1',
    'Deployment',
    { spec: { template: { metadata: { labels: { istio: 'ingressgateway' } } } } },
    { name: 'edge', namespace: 'istio-system' },
  ),
}
const reflector = (field: string) => `reflector.v1.k8s.emberstack.com/${field}`
const replicator = (field: string) => `replicator.v1.mittwald.de/${field}`
const copied = (annotations: object, metadata: object = {}) =>
  object('v1', 'Secret', { data: { 'tls.crt': 'QQ==' } }, { annotations, ...metadata })
const everywhere = {
  [reflector('reflection-allowed')]: 'true',
  [reflector('reflection-auto-enabled')]: 'true',
}
const into = (namespaces: string) => ({
  ...everywhere,
  [reflector('reflection-auto-namespaces')]: namespaces,
})
const there = { namespace: 'istio-system' }

const stopped = (way: string, text: string | null, before?: string): Attempt => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before?: string) => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
})

testAttackClass('a Secret that is copied over the one of another team’s gateway', {
  attack: stopped('into all namespaces', copied(everywhere)),
  variants: [
    stopped('into one of them', copied(into('catalog, istio-system'))),
    stopped('into those of a pattern', copied(into('istio-.*'))),
    stopped('it begins to be', copied(everywhere), copied({})),
    stopped('it ends to be', copied({}), copied(everywhere)),
    stopped('other keys', copied(everywhere).replace('QQ==', 'Qg=='), copied(everywhere)),
    stopped('by another operator', copied({ [replicator('replicate-to')]: 'istio-system' })),
    stopped('by labels of namespaces', copied({ [replicator('replicate-to-matching')]: 'team=login' })),
    stopped('by a third', copied({ 'kubed.appscode.com/sync': '' })),
    stopped(
      'what makes it says so',
      object(
        'cert-manager.io/v1',
        'Certificate',
        {
          spec: {
            secretName: 'shop-tls',
            dnsNames: ['a.example'],
            secretTemplate: { annotations: everywhere },
          },
        },
        { name: 'cert' },
      ),
    ),
    stopped(
      'what seals it says so',
      object('bitnami.com/v1alpha1', 'SealedSecret', {
        spec: { encryptedData: { a: 'a' }, template: { metadata: { annotations: into('istio-system') } } },
      }),
    ),
    stopped(
      'theirs becomes a copy of another',
      copied({ [reflector('reflects')]: 'catalog/evil' }, there),
      copied({}, there),
    ),
    stopped(
      'of another than before',
      copied({ [replicator('replicate-from')]: 'catalog/evil' }, there),
      copied({ [replicator('replicate-from')]: 'login/shop-tls' }, there),
    ),
  ],
  neighbours: [
    harmless('one of another name', copied(everywhere, { name: 'other' })),
    harmless('into one’s own namespaces', copied(into('catalog, catalog-2'))),
    harmless('where no gateway is', copied({ [replicator('replicate-to')]: 'catalog-2' })),
    harmless('no copy at all', copied({})),
    harmless(
      'a copy of it in one’s own namespace',
      copied({ [reflector('reflects')]: 'istio-system/shop-tls' }),
    ),
    harmless('it may be copied, and is not', copied({ [reflector('reflection-allowed')]: 'true' })),
    harmless(
      'it is not copied any more by itself',
      copied({ [reflector('reflection-auto-enabled')]: 'false' }),
    ),
    harmless(
      'another annotation',
      copied({ ...everywhere, note: 'b' }),
      copied({ ...everywhere, note: 'a' }),
    ),
    harmless('another layout', `# ours\n${copied(everywhere)}`, copied(everywhere)),
    harmless(
      'a ConfigMap that is',
      object('v1', 'ConfigMap', { data: { a: 'b' } }, { annotations: everywhere }),
    ),
    harmless(
      'one’s own certificate',
      object('cert-manager.io/v1', 'Certificate', { spec: { secretName: 'own' } }),
    ),
  ],
})
