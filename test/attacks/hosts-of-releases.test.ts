import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/release.yaml'
const json = (object: object) => `${JSON.stringify(object)}\n`
const theirs = (host = 'login.example') =>
  json({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'login', namespace: 'login' },
    spec: {
      hosts: [host],
      gateways: ['default/bookinfo-gateway'],
      http: [{ route: [{ destination: { host: 'login' } }] }],
    },
  })
const files = { 'mesh/bookinfo.yaml': null, 'teams/login/vs-1.yaml': theirs() }
const release = (values: object, image = 'a:1') =>
  json({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'shop', namespace: 'catalog' },
    spec: {
      interval: '1m',
      chart: { spec: { chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
      values: { ...values, image },
    },
  })
const stopped = (way: string, after: string, before: Files = {}): Attempt => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, after: string | null, before: Files = {}) => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: after },
})
const one = release({ virtualService: { hosts: ['login.example'] } })

testAttackClass('values of a release that hold the host of another team', {
  attack: stopped('a release is new', one),
  variants: [
    stopped('it is edited', one, { [mine]: release({ virtualService: { hosts: ['catalog.example'] } }) }),
    stopped('in other letters', release({ hosts: ['LOGIN.example'] })),
    stopped('as one host', release({ host: 'login.example' })),
    stopped('deeper', release({ web: { route: { main: { name: 'login.example' } } } })),
    stopped('of an ingress', release({ ingress: { hosts: [{ host: 'login.example' }] } })),
    stopped('by a domain', release({ domain: 'login.example' })),
    stopped('by a hostname', release({ global: { hostname: 'login.example' } })),
    stopped('of a gateway', release({ gateway: { servers: [{ hosts: ['login.example'] }] } })),
    stopped('for Istio', release({ istio: { name: 'login.example' } })),
    stopped('beside one of its own', release({ hosts: ['catalog.example', 'login.example'] })),
  ],
  neighbours: [
    harmless('a host of one’s own', release({ host: 'catalog.example' })),
    harmless('a host that nobody has', release({ host: 'nobody.example' })),
    harmless('a host that is called', release({ login: 'login.example' })),
    harmless('an address that is called', release({ host: 'catalog.example', url: 'https://login.example' })),
    harmless('a variable', release({ env: { LOGIN: 'login.example' } })),
    harmless('another image', release({ host: 'login.example' }, 'a:2'), {
      [mine]: release({ host: 'login.example' }),
    }),
    harmless('no values', release({})),
    harmless('everything', release({ host: '*' })),
    harmless('laid out otherwise', ` ${one}`, { [mine]: one }),
    harmless('text', 'host: login.example\n'),
  ],
})
