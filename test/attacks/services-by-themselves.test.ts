import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/calls.yaml'
const host = 'accounts.login.svc.cluster.local'
const object = (apiVersion: string, kind: string, spec: object, name: string, namespace: string) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, spec })}\n`
const service = (name: string, namespace: string) =>
  object('v1', 'Service', { ports: [{ port: 80 }] }, name, namespace)
const files = {
  'teams/login/accounts.yaml': service('accounts', 'login'),
  'teams/catalog/own.yaml': service('own', 'catalog'),
}
const to = (match?: object) => ({ ...(match && { match: [match] }), route: [{ destination: { host } }] })
const some = [to({ uri: { prefix: '/a' } })]
const calls = (http: readonly object[], more: object = {}, namespace = 'catalog', name = 'calls') =>
  object('networking.istio.io/v1', 'VirtualService', { hosts: [host], ...more, http }, name, namespace)
const secondary = (http: readonly object[]) =>
  object('networking.istio.io/v1', 'VirtualService', { http }, 'part', 'ns1')
const primary = {
  'teams/login/calls.yaml': calls(
    [{ match: [{ uri: { prefix: '/a' } }], delegate: { name: 'part', namespace: 'ns1' } }],
    {},
    'login',
    'all',
  ),
}
const part = 'teams/catalog/part.yaml'

const stopped = (
  way: string,
  after: Attempt['files'],
  base: object = {},
  rest: Partial<Attempt> = {},
): Attempt => ({
  way,
  setting: { files: { ...files, ...base } },
  files: after,
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /the service itself/,
  silentOn: /no request changes|no other team is affected/,
  ...rest,
})
const harmless = (way: string, after: Attempt['files'], base: object = {}, rest: Partial<Attempt> = {}) => ({
  way,
  setting: { files: { ...files, ...base } },
  files: after,
  ...rest,
})
const entry = (name: string) =>
  object(
    'networking.istio.io/v1',
    'ServiceEntry',
    { hosts: [name], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
    'entry',
    'login',
  )

testAttackClass('the answers that a service gives by itself', {
  attack: stopped(
    'the first routes of a secondary make everything else 404',
    { [part]: secondary(some) },
    primary,
    {
      says: /the service itself/,
    },
  ),
  variants: [
    stopped('the last VirtualService goes', { [mine]: null }, { [mine]: calls(some) }),
    stopped('the first VirtualService, for one path', { [mine]: calls(some) }),
    stopped('for one header', { [mine]: calls([to({ headers: { 'x-a': { exact: 'b' } } })]) }),
    stopped('for one method', { [mine]: calls([to({ method: { exact: 'GET' } })]) }),
    stopped(
      'it is kept to one’s own clients',
      { [mine]: calls(some, { exportTo: ['.'] }) },
      { [mine]: calls(some) },
    ),
    stopped(
      'it is bound to the mesh no more',
      { [mine]: calls(some, { gateways: ['default/bookinfo-gateway'] }) },
      { [mine]: calls(some) },
      {
        waitsFor: ['login', 'mesh-admins'],
      },
    ),
    stopped(
      'it is for the host no more',
      { [mine]: calls(some, { hosts: ['own.catalog.svc.cluster.local'] }) },
      { [mine]: calls(some) },
    ),
    stopped(
      'it routes nothing any more',
      { [mine]: calls([{ match: [{ port: 81, gateways: ['x/y'] }], route: [{ destination: { host } }] }]) },
      { [mine]: calls(some) },
    ),
    stopped(
      'it lies in a folder that nobody owns',
      { 'other/calls.yaml': null },
      { 'other/calls.yaml': calls(some) },
      { waitsFor: ['an admin', 'login'] },
    ),
    stopped(
      'all services of a namespace',
      { [mine]: null },
      { [mine]: calls(some, { hosts: ['*.login.svc.cluster.local'] }) },
    ),
    stopped(
      'a host of a ServiceEntry',
      { [mine]: null },
      { [mine]: calls(some, { hosts: ['pay.example'] }), 'teams/login/entry.yaml': entry('pay.example') },
    ),
    stopped(
      'of a namespace in which only login lives',
      { [mine]: null },
      { [mine]: calls(some, { hosts: ['other.login.svc.cluster.local'] }) },
    ),
    stopped(
      'the secondary goes',
      { [part]: null },
      { ...primary, [part]: secondary(some) },
      {
        conclusion: 'failure',
        waitsFor: ['login'],
      },
    ),
  ],
  neighbours: [
    harmless(
      'of a service of one’s own',
      { [mine]: calls(some, { hosts: ['own.catalog.svc.cluster.local'] }) },
      {},
      { says: /after merge +404/ },
    ),
    harmless(
      'the last VirtualService of a service of one’s own',
      { [mine]: null },
      { [mine]: calls(some, { hosts: ['own.catalog.svc.cluster.local'] }) },
    ),
    harmless(
      'by whoever has the service',
      { 'teams/login/calls.yaml': calls(some, {}, 'login') },
      {},
      { by: 'lina' },
    ),
    harmless(
      'for one’s own clients only',
      { [mine]: null },
      { [mine]: calls(some, { exportTo: ['.'] }) },
      { says: /login is told/ },
    ),
    harmless(
      'a host that nobody declares',
      { [mine]: null },
      { [mine]: calls(some, { hosts: ['pay.example'] }) },
    ),
    harmless('a comment', { [mine]: `# ours\n${calls(some)}` }, { [mine]: calls(some) }),
    harmless(
      'a label',
      { [mine]: calls(some).replace('"name":"calls"', '"name":"calls","labels":{"a":"b"}') },
      { [mine]: calls(some) },
    ),
    harmless(
      'the same routes in another file',
      { [mine]: null, 'teams/catalog/moved.yaml': calls(some) },
      { [mine]: calls(some) },
    ),
    harmless(
      'one’s own path more of a secondary that has some',
      {
        'teams/login/part.yaml': secondary([to({ uri: { exact: '/a/c' } }), to({ uri: { exact: '/a/b' } })]),
      },
      { ...primary, 'teams/login/part.yaml': secondary([to({ uri: { exact: '/a/c' } })]) },
      { by: 'lina' },
    ),
    harmless('a timeout', { [mine]: calls([{ ...some[0], timeout: '5s' }]) }, { [mine]: calls(some) }),
    harmless('at a gateway of one’s own', {
      [mine]: calls(some, { hosts: ['own.example'], gateways: ['catalog/own'] }),
    }),
  ],
})
