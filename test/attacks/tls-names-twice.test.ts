import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const path = 'teams/catalog/gateway.yaml'

interface Server {
  readonly hosts: readonly string[]
  readonly port?: number
  readonly mode?: string
  readonly bind?: string
  readonly selector?: object
}

function gateway(name: string, namespace: string, servers: readonly Server[], selector?: object): string {
  return `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      selector: selector ?? { istio: 'ingressgateway' },
      servers: servers.map(({ hosts, port = 443, mode = 'SIMPLE', bind }, at) => ({
        port: { number: port, name: `https-${at}`, protocol: 'HTTPS' },
        hosts,
        tls: { mode, ...(mode === 'PASSTHROUGH' ? {} : { credentialName: 'catalog' }) },
        ...(bind === undefined ? {} : { bind }),
      })),
    },
  })}\n`
}

const theirs = gateway('edge', 'istio-system', [
  { hosts: ['*.shop.example', 'pay.example'] },
  { hosts: ['*/news.example'] },
])
const setting = {
  files: {
    'mesh/edge.yaml': theirs,
    [path]: gateway('catalog', 'ns1', [{ hosts: ['ns1/catalog.example'] }]),
  },
}
const own = (...servers: readonly Server[]) => ({ [path]: gateway('catalog', 'ns1', servers) })
const onPods = (selector: object, ...servers: readonly Server[]) => ({
  [path]: gateway('catalog', 'ns1', servers, selector),
})

const stopped = (way: string, files: Attempt['files'], waitsFor = ['mesh-admins']): Attempt => ({
  way,
  setting,
  files,
  conclusion: 'failure',
  waitsFor,
  says: /Envoy refuses the whole port, and every host and team of it stops updating/,
})
const harmless = (way: string, files: Attempt['files']) => ({ way, setting, files })

testAttackClass('one TLS name in two namespaces, and nobody’s changes arrive on the port any more', {
  attack: stopped('a wildcard of others', own({ hosts: ['ns1/*.shop.example'] })),
  variants: [
    stopped('an exact name', own({ hosts: ['ns1/pay.example'] })),
    stopped('the own namespace by a dot', own({ hosts: ['./pay.example'] })),
    stopped('of another server of theirs', own({ hosts: ['ns1/news.example'] })),
    stopped('beside names of one’s own', own({ hosts: ['ns1/catalog.example', 'ns1/pay.example'] })),
    stopped('in a second server', own({ hosts: ['ns1/catalog.example'] }, { hosts: ['ns1/pay.example'] })),
    stopped('with clients that prove themselves', own({ hosts: ['ns1/pay.example'], mode: 'MUTUAL' })),
    stopped(
      'for another namespace than one’s own',
      own({ hosts: ['ns1/catalog.example', 'other/pay.example'] }),
    ),
    stopped('on every pod', onPods({}, { hosts: ['ns1/pay.example'] })),
    stopped(
      'on some of the pods',
      onPods({ istio: 'ingressgateway', zone: 'a' }, { hosts: ['ns1/pay.example'] }),
    ),
    stopped(
      'between two servers of one’s own',
      own({ hosts: ['ns1/catalog.example'] }, { hosts: ['other/catalog.example'] }),
      [],
    ),
  ],
  neighbours: [
    harmless('another name', own({ hosts: ['ns1/list.example'] })),
    harmless('several names', own({ hosts: ['ns1/list.example', 'ns1/catalog.example'] })),
    harmless('a wildcard beside them', own({ hosts: ['ns1/*.catalog.example'] })),
    harmless('two servers', own({ hosts: ['ns1/catalog.example'] }, { hosts: ['ns1/list.example'] })),
    harmless('one name twice in a server', own({ hosts: ['ns1/list.example', 'other/list.example'] })),
    harmless('one’s own namespace by a dot', own({ hosts: ['./list.example'] })),
    harmless('clients that prove themselves', own({ hosts: ['ns1/catalog.example'], mode: 'MUTUAL' })),
    harmless('another port, with their name', own({ hosts: ['ns1/pay.example'], port: 8443 })),
    harmless('other pods', onPods({ istio: 'catalog' }, { hosts: ['ns1/catalog.example'] })),
    harmless(
      'one name on two ports',
      own({ hosts: ['ns1/catalog.example'] }, { hosts: ['other/catalog.example'], port: 8443 }),
    ),
    harmless(
      'one name on two addresses',
      own({ hosts: ['ns1/catalog.example'] }, { hosts: ['other/catalog.example'], bind: '10.0.0.1' }),
    ),
    harmless('nothing any more', { [path]: null }),
  ],
})
