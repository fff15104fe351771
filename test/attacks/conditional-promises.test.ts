import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const paths = {
  mesh: 'mesh/bookinfo.yaml',
  gateway: 'mesh/gateway.yaml',
  catalog: 'teams/catalog/vs-2.yaml',
  login: 'teams/login/vs-1.yaml',
} as const
const { [paths.catalog]: catalog = '', [paths.gateway]: gateway = '' } = bookinfoFiles()

/** A primary that gives requests away in this order, each time for what is asked for. */
function primary(entries: readonly (readonly [to: string, match: string])[], host = '*'): string {
  const http = entries.map(
    ([to, match]) => `    - match: ${match}\n      delegate: { name: ${to}, namespace: ns1 }\n`,
  )
  return `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["${host}"]
  http:
${http.join('')}`
}

const toLogin = ['vs-1', '[{ uri: { prefix: /log } }]'] as const
const route = '{ destination: { host: productpage.default.svc.cluster.local, port: { number: 9080 } } }'
const everything = `${catalog}    - route: [${route}]\n`
const entryFor = (match: string) => `${catalog}    - match: [${match}]\n      route: [${route}]\n`

function given(match: string, { host = '*', more = {} }: { host?: string; more?: Files } = {}) {
  return { files: { [paths.mesh]: primary([toLogin, ['vs-2', match]], host), ...more } }
}

const asked = { conclusion: 'action_required', waitsFor: ['login'], says: /login's prefix/ } as const

function stopped(way: string, setting: Attempt['setting'], text = everything): Attempt {
  return { way, setting: setting ?? {}, files: { [paths.catalog]: text }, ...asked }
}

function harmless(way: string, setting: Attempt['setting'], files: Files, by = 'carla') {
  return { way, by, setting: setting ?? {}, files }
}

const twoPorts = {
  [paths.gateway]: `${gateway}    - port: { number: 8080, name: http-alt, protocol: HTTP }\n      hosts: ["*"]\n`,
}

testAttackClass('what catalog is promised on some other condition is no part of login’s prefix', {
  attack: stopped('on the only port', given('[{ port: 80 }]')),
  variants: [
    stopped('plain requests', given('[{ scheme: { exact: http } }]')),
    stopped('the only host', given('[{ authority: { exact: shop.example } }]', { host: 'shop.example' })),
    stopped('the pods of the gateway', given('[{ sourceLabels: { istio: ingressgateway } }]')),
    stopped('the pods of the gateway first', {
      files: {
        [paths.mesh]: primary([['vs-2', '[{ sourceLabels: { istio: ingressgateway } }]'], toLogin]),
      },
    }),
    stopped('a header', given('[{ headers: { x-a: { exact: b } } }]')),
    stopped('a method', given('[{ method: { exact: GET } }]')),
    stopped('a method by a pattern', given('[{ method: { regex: "GET|POST" } }]')),
    stopped('a query parameter', given('[{ queryParams: { a: { exact: b } } }]')),
    stopped('without a header', given('[{ withoutHeaders: { x-a: { exact: b } } }]')),
    stopped('one of two ports', given('[{ port: 8080 }]', { more: twoPorts })),
    stopped('either of two ports', given('[{ port: 80 }, { port: 8080 }]', { more: twoPorts })),
    stopped('the port and everything', given('[{ port: 80, uri: { prefix: / } }]')),
    stopped('some hosts of many', given('[{ authority: { prefix: shop } }]')),
    stopped(
      'one path of the prefix by itself',
      given('[{ port: 80 }]'),
      entryFor('{ uri: { exact: /logs } }'),
    ),
    stopped('the port first', {
      files: { [paths.mesh]: primary([['vs-2', '[{ port: 80 }]'], toLogin]) },
    }),
    stopped('a prefix of its own in the other dimension, behind login', {
      files: {
        [paths.mesh]: primary([toLogin, ['vs-2', '[{ uri: { regex: "/.*" }, method: { exact: GET } }]']]),
      },
    }),
  ],
  neighbours: [
    harmless('beside the prefix', given('[{ port: 80 }]'), {
      [paths.catalog]: entryFor('{ uri: { prefix: /reviews } }'),
    }),
    harmless('beside the prefix, by a method', given('[{ method: { exact: GET } }]'), {
      [paths.catalog]: entryFor('{ uri: { prefix: /reviews } }'),
    }),
    harmless('a timeout of its own', given('[{ port: 80 }]'), {
      [paths.catalog]: catalog.replace('      route:', '      timeout: 3s\n      route:'),
    }),
    harmless('a comment', given('[{ scheme: { exact: http } }]'), { [paths.catalog]: `# ours\n${catalog}` }),
    harmless(
      'where its condition comes first',
      {
        files: { [paths.mesh]: primary([['vs-2', '[{ headers: { x-a: { exact: b } } }]'], toLogin]) },
      },
      { [paths.catalog]: entryFor('{ uri: { exact: /logs } }') },
    ),
    harmless(
      'where it is promised a part of the prefix',
      {
        files: { [paths.mesh]: primary([['vs-2', '[{ uri: { prefix: /logs }, port: 80 }]'], toLogin]) },
      },
      { [paths.catalog]: everything },
    ),
    harmless(
      'where it is promised a part of the prefix, told later',
      {
        files: { [paths.mesh]: primary([toLogin, ['vs-2', '[{ uri: { prefix: /logs }, port: 80 }]']]) },
      },
      { [paths.catalog]: everything },
    ),
    harmless(
      'where both are promised the same',
      {
        files: { [paths.mesh]: primary([toLogin, ['vs-2', '[{ uri: { prefix: /log } }]']]) },
      },
      { [paths.catalog]: everything },
    ),
    harmless(
      'login in its own prefix',
      given('[{ port: 80 }]'),
      {
        [paths.login]: entryOf('/logs'),
      },
      'lina',
    ),
    harmless(
      'login takes back what a catch-all had',
      given('[{ port: 80 }]', { more: { [paths.catalog]: everything } }),
      {
        [paths.login]: entryOf('/logs'),
      },
      'lina',
    ),
    harmless(
      'another port than login’s',
      {
        files: {
          [paths.mesh]: primary([
            ['vs-1', '[{ uri: { prefix: /log }, port: 8080 }]'],
            ['vs-2', '[{ port: 80 }]'],
          ]),
          ...twoPorts,
        },
      },
      { [paths.catalog]: everything },
    ),
  ],
})

function entryOf(path: string): string {
  return `${bookinfoFiles()[paths.login] ?? ''}    - match: [{ uri: { exact: ${path} } }]\n      route: [${route}]\n`
}
