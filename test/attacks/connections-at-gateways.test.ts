import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/connections.yaml'
const object = (kind: string, name: string, namespace: string, spec: object) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace }, spec })}\n`
const server = (number: number, protocol: string, more: object = {}) => ({
  port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
  hosts: ['*'],
  ...more,
})
const gateway = (servers: readonly object[], name = 'connections') =>
  object('Gateway', name, 'default', { selector: { istio: 'ingressgateway' }, servers })
const passthrough = server(443, 'TLS', { tls: { mode: 'PASSTHROUGH' } })
const route = (host = 'own.catalog.svc.cluster.local') => [{ destination: { host } }]
const routes = (spec: object, owner = 'catalog') =>
  object('VirtualService', 'connections', owner, { gateways: ['default/connections'], ...spec })

const tcp = (match?: object, more: object = {}) =>
  routes({ hosts: ['catalog.example'], tcp: [{ ...(match && { match: [match] }), route: route() }], ...more })
const tls = (
  sniHosts: readonly string[],
  hosts: readonly string[] = sniHosts,
  more: object = {},
  at?: string,
) => routes({ hosts, tls: [{ match: [{ sniHosts, ...more }], route: route(at) }] })

const theirTcp = (match: object = { port: 3306 }) =>
  routes(
    { hosts: ['login.example'], tcp: [{ match: [match], route: route('db.login.svc.cluster.local') }] },
    'login',
  )
const theirTls = (host: string) =>
  routes(
    { hosts: [host], tls: [{ match: [{ sniHosts: [host] }], route: route('web.login.svc.cluster.local') }] },
    'login',
  )

const base: Files = {
  'mesh/connections.yaml': gateway([server(3306, 'TCP'), server(3307, 'TCP'), passthrough]),
  'teams/login/connections.yaml': theirTcp(),
}
const withTls = (host: string): Files => ({ ...base, 'teams/login/connections.yaml': theirTls(host) })

const stopped = (way: string, text: string | null, files: Files = {}): Attempt => ({
  way,
  setting: { files: { ...base, ...files } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no other team is affected/,
})
const harmless = (way: string, text: string | null, files: Files = {}) => ({
  way,
  setting: { files: { ...base, ...files } },
  files: { [mine]: text },
})

testAttackClass("connections to another team's routes at a gateway", {
  attack: {
    ...stopped('the port of a tcp route, under a host of one’s own', tcp({ port: 3306 })),
    says: /tcp of VirtualService connections in teams\/login\/connections.yaml takes the same connections/,
  },
  variants: [
    stopped('every port', tcp()),
    stopped('the port, on this gateway by its name', tcp({ port: 3306, gateways: ['default/connections'] })),
    stopped('the port of one’s own route becomes theirs', tcp({ port: 3306 }), {
      [mine]: tcp({ port: 3307 }),
    }),
    stopped('one’s own route asks for no port any more', tcp(), { [mine]: tcp({ port: 3307 }) }),
    stopped('one’s own route asks for no labels any more', tcp({ port: 3306 }), {
      [mine]: tcp({ port: 3306, sourceLabels: { a: 'b' } }),
    }),
    stopped('one’s own routes are shown to the gateway', tcp({ port: 3306 }), {
      [mine]: tcp({ port: 3306 }, { exportTo: ['catalog'] }),
    }),
    stopped('one’s own routes come to the gateway', tcp({ port: 3306 }), {
      [mine]: tcp({ port: 3306 }, { gateways: ['default/other'] }),
    }),
    stopped('what was taken is given back', null, { [mine]: tcp({ port: 3306 }) }),
    stopped('what was taken leads elsewhere', tcp({ port: 3306 }).replace('own.', 'other.'), {
      [mine]: tcp({ port: 3306 }),
    }),
    stopped(
      'by another Gateway on the same pods and port',
      tcp({ port: 3306 }, { gateways: ['default/more'] }),
      { 'mesh/more.yaml': gateway([server(3306, 'TCP')], 'more') },
    ),
    stopped(
      'a name that is theirs, within one’s own wildcard',
      tls(['a.example', 'login.example'], ['*.example']),
      {
        ...withTls('login.example'),
        [mine]: tls(['a.example'], ['*.example']),
      },
    ),
    stopped('a name within their wildcard', tls(['b.example'], ['*.example']), {
      ...withTls('*.example'),
      [mine]: tls(['a.example'], ['*.example']),
    }),
    stopped('a name within their wildcard is given back', tls(['a.example'], ['a.example', 'b.example']), {
      ...withTls('*.example'),
      [mine]: tls(['a.example', 'b.example']),
    }),
    stopped(
      'a wildcard over their name, by address',
      tls(['*.example'], ['*.example'], { destinationSubnets: ['10.0.0.0/8'] }),
      {
        ...withTls('login.example'),
        [mine]: tls(['a.example'], ['*.example']),
      },
    ),
  ],
  neighbours: [
    harmless('another port', tcp({ port: 3307 })),
    harmless('another port than before', tcp({ port: 3307 }), { [mine]: tcp({ port: 3308 }) }),
    harmless('another target', tcp({ port: 3307 }).replace('own.', 'other.'), {
      [mine]: tcp({ port: 3307 }),
    }),
    harmless('one’s own route goes', null, { [mine]: tcp({ port: 3307 }) }),
    harmless('the same port of a Gateway of other pods', tcp({ port: 3306 }, { gateways: ['catalog/own'] }), {
      'teams/catalog/own.yaml': gateway([server(3306, 'TCP')])
        .replace('"connections","namespace":"default"', '"own","namespace":"catalog"')
        .replace('ingressgateway', 'catalog'),
    }),
    harmless('every port of servers for one’s own hosts', tcp(undefined, { gateways: ['default/parted'] }), {
      'mesh/parted.yaml': gateway(
        [
          server(3306, 'TCP', { hosts: ['login.example'] }),
          server(3307, 'TCP', { hosts: ['catalog.example'] }),
        ],
        'parted',
      ),
    }),
    harmless('a name of one’s own beside theirs', tls(['catalog.example']), withTls('login.example')),
    harmless('one more name of one’s own', tls(['a.example', 'b.example'], ['*.example']), {
      ...withTls('login.example'),
      [mine]: tls(['a.example'], ['*.example']),
    }),
    harmless(
      'one’s own name within their wildcard leads elsewhere',
      tls(['a.example'], ['a.example'], {}, 'b.catalog'),
      {
        ...withTls('*.example'),
        [mine]: tls(['a.example']),
      },
    ),
    harmless('a wildcard beyond their nearer name', tls(['*.example'], ['*.example']), {
      ...withTls('login.example'),
      [mine]: tls(['a.example'], ['*.example']),
    }),
    harmless(
      'a label of one’s own routes',
      tcp({ port: 3306 }).replace('"namespace"', '"labels":{"a":"b"},"namespace"'),
      {
        [mine]: tcp({ port: 3306 }),
      },
    ),
  ],
})
