import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'

interface Server {
  readonly port?: number
  readonly protocol: string
  readonly hosts?: readonly string[]
  readonly tls?: object
}

interface Written {
  readonly name?: string
  readonly team?: string
  readonly istio?: string
  readonly labels?: object
}

function gateway(servers: readonly Server[], written: Written = {}): string {
  const { name = 'own', team = 'catalog', istio = 'edge', labels = {} } = written
  const all = servers.map(({ port = 443, protocol, hosts = ['own.example'], tls }) => ({
    port: { number: port, name: `${protocol.toLowerCase()}-${port}`, protocol },
    hosts,
    ...(tls && { tls }),
  }))
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${team}, labels: ${JSON.stringify(labels)} }
spec: ${JSON.stringify({ selector: { istio }, servers: all })}
`
}

const simple = { mode: 'SIMPLE', credentialName: 'own' }
const passthrough = { mode: 'PASSTHROUGH' }
const https = (...hosts: readonly string[]): Server => ({ protocol: 'HTTPS', hosts, tls: simple })
const path = 'teams/catalog/gateway.yaml'
const before = gateway([https('cat.example')], { name: 'cat' })

/** Login and catalog have a host each, told apart by SNI on the same pods; login has one in plain text besides. */
const setting: Setting = {
  files: {
    'teams/login/gateway.yaml': gateway(
      [https('shop.example'), { protocol: 'HTTP', port: 8080, hosts: ['shop.example'] }],
      { name: 'shop', team: 'login' },
    ),
    [path]: before,
  },
}

function stopped(way: string, files: Attempt['files']): Attempt {
  return { way, setting, files, conclusion: 'action_required', waitsFor: ['login'], says: /claims/ }
}

const more = (...servers: readonly Server[]) => ({ 'teams/catalog/more.yaml': gateway(servers) })
const cat = (...servers: readonly Server[]) => ({ [path]: gateway(servers, { name: 'cat' }) })

testAttackClass('a server that takes the port of others, by a host of its own', {
  attack: stopped('one`s own server becomes plain http', cat({ protocol: 'HTTP', hosts: ['cat.example'] })),
  variants: [
    stopped('it becomes tcp', cat({ protocol: 'TCP', hosts: ['cat.example'] })),
    stopped('it gets a sibling in plain http', cat(https('cat.example'), { protocol: 'HTTP' })),
    stopped('a new one in plain http', more({ protocol: 'HTTP' })),
    stopped('a new one for gRPC', more({ protocol: 'GRPC' })),
    stopped('a new one for HTTP/2 in small letters', more({ protocol: 'http2' })),
    stopped('a new one for tcp', more({ protocol: 'TCP' })),
    stopped('a new one for a database', more({ protocol: 'MONGO' })),
    stopped('TLS where others have plain http', more({ port: 8080, protocol: 'TLS', tls: passthrough })),
    stopped('https where others have plain http', more({ port: 8080, protocol: 'HTTPS', tls: simple })),
    stopped('tcp where others have plain http', more({ port: 8080, protocol: 'TCP' })),
    stopped(
      'tcp on a host of login`s namespace alone',
      more({ protocol: 'TCP', hosts: ['catalog/own.example'] }),
    ),
    stopped(
      'one`s own moves to the port',
      cat({ port: 8080, protocol: 'HTTPS', hosts: ['cat.example'], tls: simple }),
    ),
  ],
  neighbours: [
    { way: 'https on a host of one`s own', files: more(https('own.example')) },
    {
      way: 'TLS that is passed through, on a host of one`s own',
      files: more({ protocol: 'TLS', tls: passthrough }),
    },
    { way: 'plain http where others have it', files: more({ port: 8080, protocol: 'HTTP' }) },
    { way: 'gRPC where others have plain http', files: more({ port: 8080, protocol: 'GRPC' }) },
    { way: 'tcp on a port of one`s own', files: more({ port: 9000, protocol: 'TCP' }) },
    { way: 'plain http on a port of one`s own', files: more({ port: 9001, protocol: 'HTTP' }) },
    {
      way: 'tcp on pods of one`s own',
      files: { 'teams/catalog/more.yaml': gateway([{ protocol: 'TCP' }], { istio: 'catalog' }) },
    },
    {
      way: 'another certificate',
      files: cat({ ...https('cat.example'), tls: { ...simple, credentialName: 'new' } }),
    },
    {
      way: 'one`s own is passed through from now on',
      files: cat({ protocol: 'TLS', hosts: ['cat.example'], tls: passthrough }),
    },
    {
      way: 'a label',
      files: { [path]: gateway([https('cat.example')], { name: 'cat', labels: { a: 'b' } }) },
    },
    { way: 'a comment', files: { [path]: `# ours\n${before}` } },
    { way: 'another host of one`s own', files: cat(https('cat.example', 'cats.example')) },
  ].map((each) => ({ ...each, setting })),
})
