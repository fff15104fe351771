import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/new.yaml'
const annotated = (entries: Readonly<Record<string, string>>) => ({ annotations: entries })
const internal = (key: string, value: string) => annotated({ [`internal.istio.io/${key}`]: value })
const object = (kind: string, [namespace, name]: readonly string[], spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace, ...metadata }, spec })}\n`
const virtualService = (team: string, more: object = {}, metadata: object = {}) =>
  object(
    'VirtualService',
    [team, team],
    {
      hosts: [`${team}.example`],
      gateways: ['default/bookinfo-gateway'],
      http: [{ route: [{ destination: { host: team } }] }],
      ...more,
    },
    metadata,
  )
const gateway = (
  identity: readonly string[],
  host: string,
  metadata: object = {},
  selector = 'ingressgateway',
) =>
  object(
    'Gateway',
    identity,
    {
      selector: { istio: selector },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host] }],
    },
    metadata,
  )
const theirs = (metadata: object = {}) => gateway(['default', 'bookinfo-gateway'], '*', metadata)
const own = (metadata: object = {}) => gateway(['catalog', 'own'], 'own.example', metadata, 'own')
const files = {
  'mesh/bookinfo.yaml': null,
  'mesh/gateway.yaml': theirs(),
  'teams/login/vs-1.yaml': virtualService('login'),
  'teams/catalog/vs-2.yaml': virtualService('catalog'),
  'teams/catalog/own.yaml': own(),
}
const both = ['login', 'mesh-admins']
const stopped = (way: string, after: Files, before: Files = {}, more: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: { ...files, ...before } },
  files: after,
  conclusion: 'action_required',
  waitsFor: both,
  silentOn: /no request changes|no mesh manifest touched|no other team is affected/,
  ...more,
})
const harmless = (way: string, after: Files, before: Files = {}) => ({
  way,
  setting: { files: { ...files, ...before } },
  files: after,
})
const atService = internal('gateway-service', 'own.catalog.svc.cluster.local')
const asIstios = annotated({
  'internal.istio.io/gateway-semantics': 'gateway',
  'internal.istio.io/service-account-name': 'own',
})
const asRoutes = internal('route-semantics', 'gateway')
const shared = { hosts: ['shared.example'] }

testAttackClass('annotations that only Istio itself writes', {
  attack: {
    ...stopped('others’ Gateways on the same pods are left out beside one’s own', {
      'teams/catalog/own.yaml': own(asIstios),
    }),
    says: /only Istio itself writes/,
  },
  variants: [
    stopped('a Gateway of one’s own is on other pods than its labels say', {
      'teams/catalog/own.yaml': own(atService),
    }),
    stopped('a new one is', { [mine]: gateway(['catalog', 'new'], 'new.example', atService, 'new') }),
    stopped(
      'it is so no more',
      { 'teams/catalog/own.yaml': own() },
      { 'teams/catalog/own.yaml': own(asIstios) },
    ),
    stopped(
      'it names another Service',
      { 'teams/catalog/own.yaml': own(internal('gateway-service', 'x.catalog.svc.cluster.local')) },
      { 'teams/catalog/own.yaml': own(atService) },
    ),
    stopped(
      'it has other servers',
      { 'teams/catalog/own.yaml': own(atService).replace('own.example', 'other.example') },
      { 'teams/catalog/own.yaml': own(atService) },
    ),
    stopped('it goes', { 'teams/catalog/own.yaml': null }, { 'teams/catalog/own.yaml': own(atService) }),
    stopped('by its semantics alone', {
      'teams/catalog/own.yaml': own(internal('gateway-semantics', 'gateway')),
    }),
    stopped('by its account alone', { 'teams/catalog/own.yaml': own(internal('service-account-name', 'a')) }),
    stopped(
      'the Gateway that all are at leaves its pods',
      { 'mesh/gateway.yaml': theirs(atService) },
      {},
      { by: 'maya', waitsFor: ['catalog', 'login'] },
    ),
    stopped(
      'the Gateway that all are at is taken for one of Kubernetes',
      { 'mesh/gateway.yaml': theirs(asIstios) },
      {},
      { by: 'maya', waitsFor: ['catalog', 'login'] },
    ),
    stopped(
      'routes beside those of others are read by segments',
      { 'teams/catalog/vs-2.yaml': virtualService('catalog', shared, asRoutes) },
      {
        'teams/catalog/vs-2.yaml': virtualService('catalog', shared),
        'teams/login/vs-1.yaml': virtualService('login', shared),
      },
      { waitsFor: ['login'] },
    ),
  ],
  neighbours: [
    harmless('an annotation that nobody reads', {
      'teams/catalog/own.yaml': own(annotated({ 'example.com/gateway-service': 'a' })),
    }),
    harmless('the same of Istio’s that says nothing of requests', {
      'teams/catalog/own.yaml': own(internal('always-push', 'true')),
    }),
    harmless('a Gateway of one’s own changes', {
      'teams/catalog/own.yaml': own().replace('own.example', 'other.example'),
    }),
    harmless(
      'a Gateway that is annotated stays',
      {
        'teams/catalog/vs-2.yaml': virtualService('catalog').replace(
          '"host":"catalog"',
          '"host":"catalog-2"',
        ),
      },
      { 'teams/catalog/own.yaml': own(asIstios) },
    ),
    harmless(
      'its file is laid out otherwise',
      { 'teams/catalog/own.yaml': ` ${own(asIstios)}` },
      { 'teams/catalog/own.yaml': own(asIstios) },
    ),
    harmless('a label of that name', {
      'teams/catalog/own.yaml': own({ labels: { 'internal.istio.io/gateway-service': 'a' } }),
    }),
    harmless('a VirtualService on a host of one’s own is read by segments', {
      'teams/catalog/vs-2.yaml': virtualService('catalog', {}, asRoutes),
    }),
    harmless('annotations of a VirtualService that are for Gateways', {
      'teams/catalog/vs-2.yaml': virtualService('catalog', {}, atService),
    }),
    harmless('an annotation for whoever reads the file', {
      'teams/catalog/own.yaml': own(annotated({ owner: 'catalog' })),
    }),
    harmless('a Service that is called so', {
      [mine]:
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"gateway-service","namespace":"catalog"},"spec":{"ports":[{"port":80}]}}\n',
    }),
  ],
})
