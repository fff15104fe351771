import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/new.yaml'
const route = [{ destination: { host: 'catalog.ns1.svc.cluster.local' } }]
const shop = { hosts: ['shop.example'], gateways: ['istio-system/ingress'], http: [{ route }] }
const object = (name: string, namespace: string, spec: object = { http: [{ route }] }) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace }, spec })}\n`
const setting = {
  files: {
    'teams/login/shop.yaml': object('shop', 'login', shop),
    'teams/catalog/own.yaml': object('<path:a/b#c>', 'catalog', { ...shop, hosts: ['own.example'] }),
  },
}

const stopped = (way: string, name: string, namespace: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting,
  files: { [mine]: object(name, namespace) },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  ...rest,
})
const atHost = (way: string, host: string): Attempt =>
  stopped(way, 'own', 'catalog', { files: { [mine]: object('own', 'catalog', { ...shop, hosts: [host] }) } })
const wrong = (way: string, name: string, namespace: string): Attempt =>
  stopped(way, name, namespace, { conclusion: 'failure', waitsFor: [], says: /the API server/ })
const harmless = (way: string, text: string, path = mine) => ({ way, setting, files: { [path]: text } })
const ownly = (host: string, http: object[] = [{ route }]) =>
  object('own', 'catalog', { ...shop, hosts: [host], http })

testAttackClass('a name that Kubernetes refuses as it stands, and another tool may fill in', {
  attack: stopped('a namespace out of a vault', 'vs-1', '<path:kv/data/mesh#ns>', {
    says: /data\/mesh#ns>/,
    silentOn: /names data\/mesh/,
  }),
  variants: [
    stopped('a name between signs', '@TEAM@-1', 'ns1'),
    stopped('between percents', '%TEAM%-1', 'ns1'),
    stopped('as Octopus writes it', '#{TEAM}-1', 'ns1'),
    stopped('with a sign at its end', 'vs-#{N}#', 'ns1'),
    stopped('between brackets', '((name))', 'ns1'),
    stopped('between others', '[[ name ]]', 'ns1'),
    stopped('between underscores', 'vs-__N__', 'ns1'),
    stopped('encrypted', 'ENC[AES256_GCM,data:x,type:str]', 'ns1'),
    atHost('a host out of a vault', '<path:kv/data/mesh#host>'),
    atHost('a part of a host', 'shop.__DOMAIN__'),
    atHost('a host between signs', '@HOST@'),
    wrong('a name in capitals', 'VS-1', 'ns1'),
    wrong('a namespace with a space', 'vs-9', 'ns1 '),
    wrong('a name with an underscore', 'vs_1', 'ns1'),
    wrong('a namespace with a dot', 'vs-9', 'ns.1'),
  ],
  neighbours: [
    harmless('a host that cannot be that of others', ownly('catalog-__ENV__.example')),
    harmless(
      'a name with dots',
      object('own.example.com', 'catalog', { ...shop, hosts: ['catalog.example'] }),
    ),
    harmless('a name of digits', object('1', 'catalog', { ...shop, hosts: ['catalog.example'] })),
    harmless(
      'a path with percents',
      ownly('catalog.example', [{ match: [{ uri: { prefix: '/%AB%CD' } }], route }]),
    ),
    harmless(
      'a path with underscores',
      ownly('catalog.example', [{ match: [{ uri: { prefix: '/__health__' } }], route }]),
    ),
    harmless(
      'a regex with a class',
      ownly('catalog.example', [{ match: [{ uri: { regex: '/[[:alpha:]]+' } }], route }]),
    ),
    harmless(
      'a regex with a named group',
      ownly('catalog.example', [{ match: [{ uri: { regex: '/(?P<id>a+)' } }], route }]),
    ),
    harmless(
      'a value with a sign',
      ownly('catalog.example', [{ match: [{ headers: { a: { exact: 'me@x.example' } } }], route }]),
    ),
    harmless(
      'another route of one’s own with a name out of a vault',
      object('<path:a/b#c>', 'catalog', {
        ...shop,
        hosts: ['own.example'],
        http: [{ timeout: '5s', route }],
      }),
      'teams/catalog/own.yaml',
    ),
    harmless('a comment', `# @X@ and <path:a#b>\n${ownly('catalog.example')}`),
  ],
})
