import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const files = bookinfoFiles()
const catalog = files['teams/catalog/vs-2.yaml'] ?? ''
const login = files['teams/login/vs-1.yaml'] ?? ''
const route = '{ destination: { host: productpage.default.svc.cluster.local, port: { number: 9080 } } }'

/** The primary gives `/log` to login, and what matches this to catalog. */
function primary(match: string, toLogin = '{ uri: { prefix: /log } }'): string {
  return `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["*"]
  http:
    - match: [${toLogin}]
      delegate: { name: vs-1, namespace: ns1 }
    - match: [${match}]
      delegate: { name: vs-2, namespace: ns1 }
`
}

/** What catalog answers besides; without a match, whatever it is given. */
const answering = (match?: string) =>
  `${catalog}    - ${match === undefined ? '' : `match: [${match}]\n      `}route: [${route}]\n`
const back = { 'teams/login/vs-1.yaml': `${login}    - route: [${route}]\n` }
const some = {
  'teams/login/vs-1.yaml': `${login}    - match: [{ uri: { prefix: /logs } }]\n      route: [${route}]\n`,
}

function stopped(way: string, match: string, own: string, taking: Attempt['files'] = back): Attempt {
  return {
    way,
    by: 'lina',
    setting: { files: { 'mesh/bookinfo.yaml': primary(match), 'teams/catalog/vs-2.yaml': answering(own) } },
    files: taking,
    conclusion: 'action_required',
    waitsFor: ['catalog'],
  }
}

function harmless(
  way: string,
  match: string,
  own?: string,
  taking: Attempt['files'] = back,
  toLogin?: string,
) {
  return {
    way,
    by: 'lina',
    setting: {
      files: { 'mesh/bookinfo.yaml': primary(match, toLogin), 'teams/catalog/vs-2.yaml': answering(own) },
    },
    files: taking,
    says: /catalog is told/,
  }
}

const logs = '{ uri: { prefix: /logs } }'
const all = '{ uri: { prefix: / } }'
const get = '{ uri: { prefix: / }, method: { exact: GET } }'
const header = '{ uri: { prefix: / }, headers: { x-beta: { exact: "1" } } }'

testAttackClass('what somebody answered by a match of its own is taken away', {
  attack: stopped('a path within the other’s prefix', all, logs),
  variants: [
    stopped('where all was promised on a method', get, logs),
    stopped('where all was promised on a header', header, logs),
    stopped('where all was promised to some clients', '{ sourceLabels: { istio: ingressgateway } }', logs),
    stopped('an exact path', get, '{ uri: { exact: /logs } }'),
    stopped('a path by a pattern', '{ method: { exact: GET } }', '{ uri: { regex: "/logs.*" } }'),
    stopped('some of the methods', all, '{ method: { exact: POST } }'),
    stopped('a header of its own', all, '{ headers: { x-own: { exact: "1" } } }'),
    stopped('a header of its own where a method was promised', get, '{ headers: { x-own: { exact: "1" } } }'),
    stopped('a parameter of its own', get, '{ queryParams: { q: { exact: "1" } } }'),
    stopped('without a header', get, '{ withoutHeaders: { x-own: { exact: "1" } } }'),
    stopped('in part', get, logs, some),
  ],
  neighbours: [
    harmless('a catch-all', all),
    harmless('a catch-all in part', all, undefined, some),
    harmless('a catch-all that was promised on a method', get),
    harmless('a catch-all that was promised on a method, in part', get, undefined, some),
    harmless('a catch-all that was promised on a header', header),
    harmless(
      'a catch-all that was promised on the absence of a header',
      '{ uri: { prefix: / }, withoutHeaders: { x-beta: { exact: "1" } } }',
    ),
    harmless('a catch-all that was promised to some clients', '{ sourceLabels: { istio: ingressgateway } }'),
    harmless(
      'a catch-all that was promised on a parameter',
      '{ uri: { prefix: / }, queryParams: { q: { exact: "1" } } }',
    ),
    harmless('a catch-all that was promised on a port', '{ uri: { prefix: / }, port: 80 }'),
    harmless('a catch-all that was promised on a scheme', '{ uri: { prefix: / }, scheme: { exact: http } }'),
    harmless('all paths, written out', get, all),
    harmless('all that begins like the prefix, written out', get, '{ uri: { prefix: /l } }'),
  ],
})
