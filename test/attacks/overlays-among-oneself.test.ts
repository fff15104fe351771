import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const own = 'teams/catalog/own'
const routes = (host: string, more = '', name = 'own, namespace: ns2') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ["${host}"], ${more}http: [{ route: [{ destination: { host: own } }] }] }
`
const atGateway = 'gateways: [default/bookinfo-gateway], '
const theirs = (host: string, more = '') => ({
  'teams/login/more.yaml': routes(host, more, 'more, namespace: ns1'),
})
const written = `${own}/base/vs.yaml`
const base = {
  [`${own}/base/kustomization.yaml`]: 'resources: [vs.yaml]\n',
  [written]: routes('own'),
  [`${own}/overlays/prod/kustomization.yaml`]: 'resources: [../../base]\n',
}
const overlay = (name: string, more = '') => ({
  [`${own}/overlays/${name}/kustomization.yaml`]: `resources: [../../base]\n${more}`,
})
const toHost = (name: string) =>
  `patches: [{ target: { kind: VirtualService }, patch: '[{ "op": "replace", "path": "/spec/hosts/0", "value": "${name}" }]' }]\n`
const setting = (before: Files) => ({ files: { ...base, ...before } as Readonly<Record<string, string>> })
const stopped = (way: string, files: Files, before: Files, waitsFor: readonly string[]): Attempt => ({
  way,
  setting: setting(before),
  files,
  conclusion: 'action_required',
  waitsFor,
})
const harmless = (way: string, files: Files, before: Files = {}, by = 'carla') => ({
  way,
  setting: setting(before),
  files,
  by,
})
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: ns2 }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["own.example.com"] }] }
`
const toOwn = routes('a.example.com', '', 'more, namespace: default').replace(
  'route: [{ destination: { host: own } }]',
  'delegate: { name: own, namespace: ns2 }',
)
const both = ['login', 'mesh-admins']
const twoOverlays = overlay('stage')
const host = 'shop.example.com'
const login = theirs(host, atGateway)

testAttackClass('variants of one team alone may be of the cluster in which everything else is', {
  attack: stopped(
    'what has two overlays takes a host that others have',
    { [written]: routes(host, atGateway) },
    { ...twoOverlays, ...login },
    both,
  ),
  variants: [
    stopped(
      'one of the overlays does',
      overlay('stage', toHost(host)),
      { ...twoOverlays, ...login, [written]: routes('own', atGateway) },
      both,
    ),
    stopped(
      'a new overlay does',
      overlay('dev', toHost(host)),
      { ...twoOverlays, ...login, [written]: routes('own', atGateway) },
      both,
    ),
    stopped(
      'a second overlay does',
      overlay('stage', toHost(host)),
      { ...login, [written]: routes('own', atGateway) },
      both,
    ),
    stopped(
      'a wildcard',
      { [written]: routes('*.example.com', atGateway) },
      { ...twoOverlays, ...login },
      both,
    ),
    stopped(
      'a path of the host of all',
      {
        [written]: routes('*', `${atGateway}`).replace(
          'http: [{ ',
          'http: [{ match: [{ uri: { prefix: /login } }], ',
        ),
      },
      twoOverlays,
      both,
    ),
    stopped(
      'a service of others on the mesh',
      { [written]: routes('login.ns1.svc.cluster.local') },
      { ...twoOverlays, ...theirs('login') },
      ['login'],
    ),
    stopped(
      'a second overlay while the host is shared',
      overlay('stage'),
      { ...login, [written]: routes(host, atGateway) },
      ['mesh-admins'],
    ),
    stopped(
      'a second overlay while a host of all is there',
      overlay('stage'),
      { [written]: routes('own.example.com', atGateway) },
      ['mesh-admins'],
    ),
    stopped('a second overlay of a Gateway', overlay('stage'), { [written]: gateway }, ['mesh-admins']),
    {
      ...stopped(
        'an overlay of somebody else over it',
        { 'teams/login/over/kustomization.yaml': 'resources: [../../catalog/own/base]\n' },
        {},
        ['catalog'],
      ),
      by: 'lina',
    },
  ],
  neighbours: [
    harmless('a second overlay of what a primary of others leads to', overlay('stage'), {
      [written]: routes('own').replace('hosts: ["own"], ', ''),
      'mesh/more.yaml': toOwn,
    }),
    harmless('a third overlay while the host is shared', overlay('dev'), {
      ...twoOverlays,
      ...login,
      [written]: routes(host, atGateway),
    }),

    harmless('a second plain overlay', overlay('stage')),
    harmless('two at once', { ...overlay('stage'), ...overlay('dev') }),
    harmless('a third one', overlay('dev'), twoOverlays),
    harmless('one of two goes', { [`${own}/overlays/stage/kustomization.yaml`]: null }, twoOverlays),
    harmless('beside a host of others', overlay('stage'), login),
    harmless('at a gateway of its own host', overlay('stage'), {
      ...login,
      [written]: routes('own.example.com', 'gateways: [ns2/gw], '),
    }),
    harmless(
      'its route changes',
      { [written]: routes('own').replace('route: [', 'timeout: 3s, route: [') },
      { ...twoOverlays, ...login },
    ),
    harmless('an overlay with labels', overlay('stage', 'commonLabels: { a: b }\n')),
    harmless('a host of its own', { [written]: routes('own-2') }, { ...twoOverlays, ...login }),
    harmless(
      'a service beside it',
      {
        [`${own}/base/kustomization.yaml`]: 'resources: [vs.yaml, s.yaml]\n',
        [`${own}/base/s.yaml`]:
          'apiVersion: v1\nkind: Service\nmetadata: { name: own, namespace: ns2 }\nspec: { ports: [{ port: 80 }] }\n',
      },
      twoOverlays,
    ),
  ],
})
