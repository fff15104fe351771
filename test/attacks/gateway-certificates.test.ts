import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/entry.yaml'
const istio = 'networking.istio.io/v1'
const object = (kind: string, name: string, namespace: string, spec: object) =>
  `${JSON.stringify({ apiVersion: istio, kind, metadata: { name, namespace }, spec })}\n`
const server = (tls: object = {}, hosts: readonly string[] = ['secure.example'], number = 443) => ({
  port: { number, name: `https-${number}`, protocol: 'HTTPS' },
  hosts,
  tls: { mode: 'SIMPLE', credentialName: 'secure', ...tls },
})
const entry = (...servers: readonly object[]) =>
  object('Gateway', 'entry', 'catalog', { selector: { app: 'entry' }, servers })
const bound = (host: string, gateway = 'catalog/entry') =>
  object('VirtualService', 'secure', 'ns1', {
    hosts: [host],
    gateways: [gateway],
    http: [{ route: [{ destination: { host: 'login' } }] }],
  })
const theirs = { 'teams/login/secure.yaml': bound('secure.example') }

const stopped = (way: string, after: string, before: string = entry(server()), files = theirs): Attempt => ({
  way,
  setting: { files: { ...files, [mine]: before } },
  files: { [mine]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /says of TLS/,
})
const harmless = (way: string, after: string, before: string = entry(server()), files = theirs) => ({
  way,
  setting: { files: { ...files, [mine]: before } },
  files: { [mine]: after },
})

testAttackClass('a Gateway of one’s own proves otherwise who another team is that is served there', {
  attack: stopped('by another certificate', entry(server({ credentialName: 'gone' }))),
  variants: [
    stopped('by several', entry(server({ credentialName: undefined, credentialNames: ['a', 'b'] }))),
    stopped(
      'by files',
      entry(server({ credentialName: undefined, serverCertificate: '/a', privateKey: '/b' })),
      entry(server({ credentialName: undefined, serverCertificate: '/c', privateKey: '/b' })),
    ),
    stopped('to newer clients alone', entry(server({ minProtocolVersion: 'TLSV1_3' }))),
    stopped('to older clients alone', entry(server({ maxProtocolVersion: 'TLSV1_2' }))),
    stopped('by other ciphers', entry(server({ cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] }))),
    stopped(
      'to clients of another authority',
      entry(server({ mode: 'MUTUAL', caCertCredentialName: 'b' })),
      entry(server({ mode: 'MUTUAL', caCertCredentialName: 'a' })),
    ),
    stopped(
      'to other clients',
      entry(server({ mode: 'MUTUAL', subjectAltNames: ['b'] })),
      entry(server({ mode: 'MUTUAL', subjectAltNames: ['a'] })),
    ),
    stopped('for all hosts', entry(server({ credentialName: 'gone' }, ['*'])), entry(server({}, ['*']))),
    stopped(
      'for hosts of their namespace',
      entry(server({ credentialName: 'gone' }, ['ns1/secure.example'])),
      entry(server({}, ['ns1/secure.example'])),
    ),
    stopped(
      'for one of two hosts',
      entry(server({ credentialName: 'gone' }), server({}, ['own.example'], 8443)),
      entry(server(), server({}, ['own.example'], 8443)),
    ),
    stopped(
      'for a wildcard that they are within',
      entry(server({ credentialName: 'gone' }, ['*.example'])),
      entry(server({}, ['*.example'])),
    ),
  ],
  neighbours: [
    harmless(
      'for a host of one’s own',
      entry(server(), server({ credentialName: 'b' }, ['own.example'], 8443)),
      entry(server(), server({}, ['own.example'], 8443)),
    ),
    harmless('a further host of one’s own', entry(server(), server({}, ['own.example'], 8443))),
    harmless('nobody else is served there', entry(server({ credentialName: 'b' })), entry(server()), {
      'teams/login/secure.yaml': bound('other.example'),
    }),
    harmless('they are served elsewhere', entry(server({ credentialName: 'b' })), entry(server()), {
      'teams/login/secure.yaml': bound('else.example', 'catalog/else'),
    }),
    harmless('nothing but a comment', `# reviewed\n${entry(server())}`),
    harmless(
      'another order of fields',
      entry({ ...server(), tls: { credentialName: 'secure', mode: 'SIMPLE' } }),
    ),
    harmless(
      'another order of servers',
      entry(server({}, ['own.example'], 8443), server()),
      entry(server(), server({}, ['own.example'], 8443)),
    ),
    harmless('another name of the server', entry({ ...server(), name: 'a' })),
    harmless(
      'its own new Gateway',
      `---\n${entry(server())}---\n${object('Gateway', 'more', 'catalog', { selector: { app: 'more' }, servers: [server({}, ['own.example'])] })}`,
    ),
    harmless(
      'a label of it',
      entry(server()).replace('"namespace":"catalog"', '"namespace":"catalog","labels":{"a":"b"}'),
    ),
  ],
})
