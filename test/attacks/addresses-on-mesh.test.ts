import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/calls.yaml'
const object = (apiVersion: string, kind: string, rest: object, name: string, namespace = 'login') =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, ...rest })}\n`
const service = (spec: object) =>
  object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }, 'accounts')
const entry = (spec: object, namespace = 'login') =>
  object(
    'networking.istio.io/v1',
    'ServiceEntry',
    { spec: { hosts: ['pay.example'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], ...spec } },
    'entry',
    namespace,
  )
const target = [{ destination: { host: 'own.catalog.svc.cluster.local' } }]
const calls = (hosts: readonly string[], routes: object = { http: [{ route: target }] }, more: object = {}) =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    { spec: { hosts, ...routes, ...more } },
    'calls',
    'catalog',
  )
const tcp = (match?: object) => ({ tcp: [{ ...(match && { match: [match] }), route: target }] })
const own = ['own.catalog.svc.cluster.local']
const base = {
  'teams/login/accounts.yaml': service({ clusterIP: '10.1.2.3' }),
  'teams/catalog/own.yaml': object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, 'own', 'catalog'),
}

const stopped = (way: string, text: string, files: object = {}, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: { ...base, ...files } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no other team is affected/,
  ...rest,
})
const harmless = (way: string, text: string, files: object = {}) => ({
  way,
  setting: { files: { ...base, ...files } },
  files: { [mine]: text },
})

testAttackClass('an address of another team inside the mesh', {
  attack: stopped('that of a Service as a host', calls(['10.1.2.3'])),
  variants: [
    stopped('for tcp alone', calls(['10.1.2.3'], tcp())),
    stopped('for tcp on one port', calls(['10.1.2.3'], tcp({ port: 80 }))),
    stopped('one of several addresses of a Service', calls(['10.1.2.4']), {
      'teams/login/accounts.yaml': service({ clusterIPs: ['10.1.2.3', '10.1.2.4'] }),
    }),
    stopped('one of the sixth version', calls(['fd00::1']), {
      'teams/login/accounts.yaml': service({ clusterIPs: ['fd00:0:0::1'] }),
    }),
    stopped('one from outside', calls(['192.0.2.7']), {
      'teams/login/accounts.yaml': service({ externalIPs: ['192.0.2.7'] }),
    }),
    stopped('that of a ServiceEntry', calls(['192.0.2.7'], tcp()), {
      'teams/login/entry.yaml': entry({ addresses: ['192.0.2.7'] }),
    }),
    stopped('within the range of a ServiceEntry', calls(['192.0.2.7'], tcp()), {
      'teams/login/entry.yaml': entry({ addresses: ['192.0.2.0/24'] }),
    }),
    stopped('behind a ServiceEntry', calls(['192.0.2.7'], tcp()), {
      'teams/login/entry.yaml': entry({ endpoints: [{ address: '192.0.2.7' }] }),
    }),
    stopped('of a workload', calls(['192.0.2.7']), {
      'teams/login/entry.yaml': object(
        'networking.istio.io/v1',
        'WorkloadEntry',
        { spec: { address: '192.0.2.7' } },
        'entry',
      ),
    }),
    stopped('a range under the host of one’s own', calls(own, tcp({ destinationSubnets: ['10.1.0.0/16'] }))),
    stopped(
      'every address under the host of one’s own',
      calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'], port: 80 })),
      {},
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped('a range that is made wider', calls(own, tcp({ destinationSubnets: ['10.0.0.0/8'] })), {
      [mine]: calls(own, tcp({ destinationSubnets: ['10.9.0.0/16'] })),
    }),
    stopped(
      'an address of the cluster about which Git says nothing',
      calls(['10.7.7.7']),
      {},
      { waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'of a service that nobody owns',
      calls(['10.7.7.8']),
      { 'other/service.yaml': service({ clusterIP: '10.7.7.8' }) },
      { waitsFor: ['mesh-admins'] },
    ),
  ],
  neighbours: [
    harmless('that of a Service of one’s own', calls(['10.1.2.9']), {
      'teams/catalog/own.yaml': object(
        'v1',
        'Service',
        { spec: { clusterIP: '10.1.2.9', ports: [{ port: 80 }] } },
        'own',
        'catalog',
      ),
    }),
    harmless('that of a ServiceEntry of one’s own', calls(['10.9.9.9'], tcp()), {
      'teams/catalog/entry.yaml': entry({ addresses: ['10.9.9.9'] }, 'catalog'),
    }),
    harmless('a range of one’s own', calls(own, tcp({ destinationSubnets: ['10.9.0.0/16'] })), {
      'teams/catalog/entry.yaml': entry({ addresses: ['10.9.9.9'] }, 'catalog'),
    }),
    harmless('an address outside the cluster about which Git says nothing', calls(['192.0.2.200'])),
    harmless('for one’s own clients', calls(['10.1.2.3'], undefined, { exportTo: ['.'] })),
    harmless('one’s own host', calls(own, tcp())),
    harmless('a range that nobody is in', calls(own, tcp({ destinationSubnets: ['203.0.113.0/24'] }))),
    harmless('a range that is made narrower', calls(own, tcp({ destinationSubnets: ['10.1.0.0/16'] })), {
      [mine]: calls(own, tcp({ destinationSubnets: ['10.1.0.0/16'], port: 80 })),
    }),
    harmless('a comment beside an address that is taken', `# ours\n${calls(['10.1.2.3'])}`, {
      [mine]: calls(['10.1.2.3']),
    }),
    harmless('a name that looks like an address', calls(['10-1-2-3.catalog.svc.cluster.local'])),
  ],
})

const admins = { waitsFor: ['mesh-admins'] }
const nobodys = { 'teams/login/accounts.yaml': service({}) }
const anywhere = (way: string, match: object, files: object = nobodys) =>
  stopped(way, calls(own, tcp(match)), files, admins)
const tls = (match: object) => ({ tls: [{ match: [{ sniHosts: own, ...match }], route: target }] })

testAttackClass('a range of addresses that is nearly all there are', {
  attack: anywhere('every address', { destinationSubnets: ['0.0.0.0/0'] }),
  variants: [
    anywhere('every address on one port', { destinationSubnets: ['0.0.0.0/0'], port: 5432 }),
    anywhere('every address for some clients', {
      destinationSubnets: ['0.0.0.0/0'],
      sourceLabels: { app: 'web' },
    }),
    anywhere('every address of the sixth version', { destinationSubnets: ['::/0'] }),
    anywhere('half of them', { destinationSubnets: ['128.0.0.0/1'] }),
    anywhere('both halves', { destinationSubnets: ['0.0.0.0/1', '128.0.0.0/1'] }),
    anywhere('beside a range of one’s own', { destinationSubnets: ['10.9.0.0/16', '0.0.0.0/0'] }),
    anywhere('a quarter', { destinationSubnets: ['64.0.0.0/2'] }),
    anywhere('the addresses of the sixth version outside', { destinationSubnets: ['2000::/3'] }),
    stopped('for tls', calls(own, tls({ destinationSubnets: ['0.0.0.0/0'] })), nobodys, admins),
    stopped(
      'by now',
      calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] })),
      { ...nobodys, [mine]: calls(own, tcp({ destinationSubnets: ['10.9.0.0/16'] })) },
      admins,
    ),
    stopped(
      'where somebody is known to be, too',
      calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] })),
      {},
      {
        waitsFor: ['login', 'mesh-admins'],
      },
    ),
  ],
  neighbours: [
    harmless('a range of nobody', calls(own, tcp({ destinationSubnets: ['192.0.2.0/24'] })), nobodys),
    harmless('one address', calls(own, tcp({ destinationSubnets: ['192.0.2.7'] })), nobodys),
    harmless('one address as a range', calls(own, tcp({ destinationSubnets: ['192.0.2.7/32'] })), nobodys),
    harmless('a network', calls(own, tcp({ destinationSubnets: ['10.0.0.0/8'] })), nobodys),
    harmless(
      'a network of the sixth version',
      calls(own, tcp({ destinationSubnets: ['2001:db8::/32'] })),
      nobodys,
    ),
    harmless('no range', calls(own, tcp({ port: 5432 })), nobodys),
    harmless('no match', calls(own, tcp()), nobodys),
    harmless('from anywhere', calls(own, tcp({ sourceSubnet: '0.0.0.0/0', port: 5432 })), nobodys),
    harmless(
      'every address as before',
      calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] }), { exportTo: ['*'] }),
      {
        ...nobodys,
        [mine]: calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] })),
      },
    ),
    harmless('less than every address', calls(own, tcp({ destinationSubnets: ['10.9.0.0/16'] })), {
      ...nobodys,
      [mine]: calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] })),
    }),
    harmless('it goes', calls(own, tcp({ port: 5432 })), {
      ...nobodys,
      [mine]: calls(own, tcp({ destinationSubnets: ['0.0.0.0/0'] })),
    }),
  ],
})
