import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

const object = objectsWith({ name: 'shop-tls', namespace: 'istio-system' })

const gateway = (tls: object, selector: object = { istio: 'ingressgateway' }) =>
  object(
    'networking.istio.io/v1',
    'Gateway',
    {
      spec: {
        selector,
        servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['login.example'], tls }],
      },
    },
    { name: 'login', namespace: 'login' },
  )
const theirs = { 'teams/login/gateway.yaml': gateway({ mode: 'SIMPLE', credentialName: 'shop-tls' }) }
const listener = {
  'teams/login/gateway.yaml': object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    {
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'shop-tls' }] } },
        ],
      },
    },
    { name: 'login', namespace: 'login' },
  ),
}
const pods = {
  'mesh/pods.yaml': object(
    'apps/v1',
    'Deployment',
    { spec: { template: { metadata: { labels: { istio: 'ingressgateway', app: 'edge' } } } } },
    { name: 'edge' },
  ),
}

const secret = (data: string, metadata: object = {}) =>
  object('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': data } }, metadata)
const certificate = (secretName: string, more: object = {}, metadata: object = {}) =>
  object(
    'cert-manager.io/v1',
    'Certificate',
    { spec: { secretName, dnsNames: ['login.example'], ...more } },
    { name: 'cert', ...metadata },
  )
const external = (name: string) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    { spec: { target: { name }, refreshInterval: '1h' } },
    { name: 'ext' },
  )
const sealed = (data: string, metadata: object = {}) =>
  object('bitnami.com/v1alpha1', 'SealedSecret', { spec: { encryptedData: { 'tls.crt': data } } }, metadata)

const service = (selector: object, more: object = {}) =>
  object(
    'v1',
    'Service',
    { spec: { type: 'LoadBalancer', selector, ports: [{ port: 443 }], ...more } },
    { name: 'edge' },
  )

type Sides = readonly [string | null, string | null]

const stopped = (way: string, [before, after]: Sides, files: object = theirs): Attempt => ({
  way,
  setting: { files: { ...files, ...(before !== null && { [mine]: before }) } },
  files: { [mine]: after },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, [before, after]: Sides, files: object = theirs) => ({
  way,
  setting: { files: { ...files, ...(before !== null && { [mine]: before }) } },
  files: { [mine]: after },
})

testAttackClass('what a gateway proves itself by, and what leads to it, asks whose gateway it is', {
  attack: {
    ...stopped('the Secret of another team’s gateway is taken away', [secret('QQ=='), null]),
    title: /^Waiting for login: Secret shop-tls is removed/,
  },
  variants: [
    stopped('it gets another name', [secret('QQ=='), secret('QQ==', { name: 'other-tls' })]),
    stopped('other keys in it', [secret('QQ=='), secret('Qg==')]),
    stopped('by what clients are checked', [secret('QQ==', { name: 'shop-tls-cacert' }), null]),
    stopped('the certificate that makes it', [certificate('shop-tls'), null]),
    stopped('the certificate makes another', [certificate('shop-tls'), certificate('other-tls')]),
    stopped('the certificate is for another host', [
      certificate('shop-tls'),
      certificate('shop-tls', { dnsNames: ['catalog.example'] }),
    ]),
    stopped('what fetches it', [external('shop-tls'), external('other-tls')]),
    stopped('what seals it', [sealed('a'), null]),
    stopped('a second that makes the same', [null, sealed('a')]),
    stopped('what another vault makes it of', [
      object(
        'secrets.hashicorp.com/v1beta1',
        'VaultPKISecret',
        { spec: { destination: { name: 'shop-tls' } } },
        { name: 'v' },
      ),
      null,
    ]),
    stopped('the Secret of a Kubernetes Gateway', [secret('QQ==', { namespace: 'login' }), null], listener),
    stopped('the namespace where the pods are', [secret('QQ=='), null], { ...theirs, ...pods }),
    {
      ...stopped(
        'where a service leads that has another label in common with the gateway’s pods',
        [service({ app: 'edge' }), service({ app: 'catalog' })],
        pods,
      ),
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      ...stopped(
        'on which port',
        [service({ app: 'edge' }), service({ app: 'edge' }, { ports: [{ port: 443, targetPort: 1 }] })],
        pods,
      ),
      waitsFor: ['login', 'mesh-admins'],
    },
    stopped(
      'that service is no balancer of load any more',
      [service({ app: 'edge' }), service({ app: 'edge' }, { type: 'ClusterIP' })],
      pods,
    ),
    stopped(
      'who may come in by it',
      [service({ app: 'edge' }), service({ app: 'edge' }, { loadBalancerSourceRanges: ['10.0.0.0/8'] })],
      pods,
    ),
  ],
  neighbours: [
    harmless('a Secret of one’s own', [null, secret('QQ==', { name: 'catalog', namespace: 'catalog' })]),
    harmless('a Secret of another name beside it', [secret('QQ==', { name: 'other' }), null]),
    harmless(
      'one of the same name where no pods of the gateway are',
      [null, secret('QQ==', { namespace: 'catalog' })],
      { ...theirs, ...pods },
    ),
    harmless(
      'one of the same name beside a Kubernetes Gateway of another namespace',
      [null, secret('QQ==', { namespace: 'catalog' })],
      listener,
    ),
    harmless('when a certificate is renewed', [
      certificate('shop-tls'),
      certificate('shop-tls', { renewBefore: '240h' }),
    ]),
    harmless('how often it is fetched', [external('shop-tls'), external('shop-tls').replace('1h', '2h')]),
    harmless('a certificate of one’s own', [null, certificate('catalog-tls')]),
    harmless('a certificate of one’s own that is taken away', [certificate('catalog-tls'), null]),
    harmless('a label of a Secret', [secret('QQ=='), secret('QQ==', { labels: { team: 'catalog' } })]),
    harmless('a volume of that name', [
      null,
      object(
        'apps/v1',
        'Deployment',
        {
          spec: {
            template: {
              spec: { volumes: [{ name: 'a', secret: { secretName: 'shop-tls' } }], containers: [] },
            },
          },
        },
        { name: 'a' },
      ),
    ]),
    harmless(
      'a balancer of load of one’s own',
      [
        service({ app: 'catalog' }),
        service({ app: 'catalog' }, { loadBalancerSourceRanges: ['10.0.0.0/8'] }),
      ],
      pods,
    ),
  ],
})
