import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const gateway = bookinfoFiles()['mesh/gateway.yaml'] ?? ''
const primary = bookinfoFiles()['mesh/bookinfo.yaml'] ?? ''
const path = 'teams/catalog/vs-2.yaml'

const kept = {
  conclusion: 'failure',
  waitsFor: [],
  says: /The cluster keeps what it has/,
  silentOn: /would return 404|would go|now goes/,
} as const

testAttackClass('what is refused, or cannot be read, takes nothing away', {
  attack: {
    way: 'a timeout that the webhook refuses, with other routes',
    files: {
      [path]: catalog
        .replace('/static', '/files')
        .replace('      route:\n', '      timeout: 0s\n      route:\n'),
    },
    ...kept,
  },
  variants: [
    {
      way: 'a negative weight',
      files: {
        [path]: catalog
          .replace('    - destination:', '    - weight: -1\n          destination:')
          .replace('/static', '/x'),
      },
      ...kept,
    },
    {
      way: 'a port out of range',
      files: { [path]: catalog.replace('9080', '99999').replace('/static', '/x') },
      ...kept,
    },
    {
      way: 'a field beside spec',
      files: { [path]: `${catalog.replace('/static', '/x')}extra: 1\n` },
      ...kept,
    },
    {
      way: 'a version that no cluster serves',
      files: { [path]: catalog.replace('v1beta1', 'v2').replace('/static', '/x') },
      ...kept,
    },
    {
      way: 'a value of another kind',
      files: { [path]: catalog.replace('prefix: /static', 'prefix: [a]') },
      ...kept,
    },
    { way: 'YAML that does not parse', files: { [path]: `${catalog}  }\n` }, ...kept },
    { way: 'a character that Kubernetes refuses', files: { [path]: `# \u0001\n${catalog}` }, ...kept },
    {
      way: 'the file of somebody else',
      files: {
        'teams/login/vs-1.yaml': login
          .replace('      route:\n', '      timeout: 0s\n      route:\n')
          .replace('exact: /login', 'exact: /x'),
      },
      ...kept,
      waitsFor: ['login'],
    },
    {
      way: 'the Gateway',
      by: 'maya',
      files: { 'mesh/gateway.yaml': gateway.replace('number: 80', 'number: 99999') },
      ...kept,
    },
    {
      way: 'the primary',
      by: 'maya',
      files: {
        'mesh/bookinfo.yaml': primary.replace('    - delegate:', '    - timeout: 0s\n      delegate:'),
      },
      ...kept,
    },
    { way: 'a template in its stead', files: { [path]: `{{ if .x }}\n${catalog}{{ end }}\n` }, ...kept },
    {
      way: 'a new object that is refused is in no table',
      files: {
        'teams/catalog/new.yaml': primary
          .replace('name: bookinfo', 'name: other')
          .replace('number: 80', 'number: 99999')
          .replace(
            '    - delegate:\n        name: vs-1\n',
            '    - timeout: 0s\n      delegate:\n        name: vs-1\n',
          ),
      },
      conclusion: 'failure',
      waitsFor: ['mesh-admins'],
      silentOn: /would return 404|would go|no request changes/,
    },
  ],
  neighbours: [
    {
      way: 'a timeout that is accepted',
      files: { [path]: catalog.replace('      route:\n', '      timeout: 1s\n      route:\n') },
      silentOn: /keeps what it has/,
    },
    {
      way: 'a weight',
      files: { [path]: catalog.replace('    - destination:', '    - weight: 100\n          destination:') },
    },
    { way: 'a comment', files: { [path]: `# routes\n${catalog}` } },
    {
      way: 'a label',
      files: { [path]: catalog.replace('  namespace: ns1\n', '  namespace: ns1\n  labels: {a: b}\n') },
    },
    { way: 'another version', files: { [path]: catalog.replace('v1beta1', 'v1') } },
    {
      way: 'one’s own path more',
      files: {
        [path]: catalog.replace(
          '        - uri:\n            prefix: /static\n',
          '        - uri:\n            prefix: /static\n        - uri:\n            prefix: /static/more\n',
        ),
      },
    },
    {
      way: 'what was refused before, and is edited in a comment',
      setting: { files: { [path]: catalog.replace('      route:\n', '      timeout: 0s\n      route:\n') } },
      files: { [path]: `# x\n${catalog.replace('      route:\n', '      timeout: 0s\n      route:\n')}` },
    },
    {
      way: 'what was refused before is repaired',
      setting: { files: { [path]: catalog.replace('      route:\n', '      timeout: 0s\n      route:\n') } },
      files: { [path]: catalog },
    },
    {
      way: 'an object of another kind',
      files: { 'teams/catalog/cm.yaml': 'kind: ConfigMap\nmetadata: {name: x}\ndata: {timeout: 0s}\n' },
    },
    { way: 'quotes', files: { [path]: catalog.replace('prefix: /static', 'prefix: "/static"') } },
    {
      way: 'a document of one’s own beside it',
      files: { [path]: `${catalog}---\nkind: ConfigMap\nmetadata: {name: x}\n` },
    },
  ],
})

const answer = (action: string) => catalog.replace(/ {6}route:[\s\S]*/, `      ${action}\n`)
const beside = (action: string) => catalog.replace('      route:\n', `      ${action}\n      route:\n`)
const stuck = {
  conclusion: 'failure',
  waitsFor: [],
  says: /Envoy refuses all routes of the port, and every host and team of it stops updating/,
} as const

testAttackClass('one route that Istio lets pass and Envoy does not, and nobody’s changes arrive any more', {
  attack: {
    way: 'a redirect with 304',
    files: { [path]: answer('redirect: { uri: /x, redirectCode: 304 }') },
    ...stuck,
  },
  variants: [
    {
      way: 'a redirect with 399',
      files: { [path]: answer('redirect: { uri: /x, redirectCode: 399 }') },
      ...stuck,
    },
    { way: 'an answer with 600', files: { [path]: answer('directResponse: { status: 600 }') }, ...stuck },
    {
      way: 'a fault with 600',
      files: { [path]: beside('fault: { abort: { httpStatus: 600, percentage: { value: 1 } } }') },
      ...stuck,
    },
    {
      way: 'a command that Envoy does not have',
      files: { [path]: beside('headers: { request: { set: { x-a: "%FOO%" } } }') },
      ...stuck,
    },
    {
      way: 'in an answer',
      files: { [path]: beside('headers: { response: { add: { x-a: "a %BAR(x)% b" } } }') },
      ...stuck,
    },
    {
      way: 'behind one that it has',
      files: { [path]: beside('headers: { request: { add: { x-a: "%REQ(x)%%NOPE%" } } }') },
      ...stuck,
    },
    {
      way: 'at a destination',
      files: {
        [path]: catalog.replace(
          '- destination:',
          '- headers: { request: { set: { x-a: "%FOO%" } } }\n          destination:',
        ),
      },
      ...stuck,
    },
    {
      way: 'a query parameter without a name',
      files: {
        [path]: catalog.replace(
          'prefix: /static',
          'prefix: /static\n          queryParams: { "": { exact: a } }',
        ),
      },
      ...stuck,
    },
    {
      way: 'in an object of one’s own on a host of one’s own',
      files: {
        'teams/catalog/own.yaml':
          'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: catalog }\nspec: { hosts: [own.catalog.example], gateways: [own], http: [{ redirect: { uri: /x, redirectCode: 305 } }] }\n',
      },
      ...stuck,
    },
    {
      way: 'on the mesh',
      files: {
        'teams/catalog/own.yaml':
          'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: catalog }\nspec: { hosts: [own.catalog.svc.cluster.local], http: [{ directResponse: { status: 600 } }] }\n',
      },
      ...stuck,
    },
  ],
  neighbours: [
    { way: 'a redirect with 308', files: { [path]: answer('redirect: { uri: /x, redirectCode: 308 }') } },
    { way: 'a redirect without a code', files: { [path]: answer('redirect: { uri: /x }') } },
    { way: 'an answer with 503', files: { [path]: answer('directResponse: { status: 503 }') } },
    { way: 'an answer with 599', files: { [path]: answer('directResponse: { status: 599 }') } },
    {
      way: 'a fault with 500',
      files: { [path]: beside('fault: { abort: { httpStatus: 500, percentage: { value: 1 } } }') },
    },
    {
      way: 'a header of the request',
      files: { [path]: beside('headers: { request: { set: { x-a: "%REQ(x-b)%" } } }') },
    },
    {
      way: 'where a request comes from',
      files: {
        [path]: beside('headers: { request: { set: { x-a: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" } } }'),
      },
    },
    {
      way: 'a time with a format',
      files: { [path]: beside('headers: { response: { set: { x-a: "%START_TIME(%s)%" } } }') },
    },
    { way: 'a percent sign', files: { [path]: beside('headers: { response: { set: { x-a: "100 %%" } } }') } },
    {
      way: 'a percent sign around a word',
      files: { [path]: beside('headers: { response: { set: { x-a: "%%FOO%%" } } }') },
    },
    {
      way: 'a query parameter with a name',
      files: {
        [path]: catalog.replace(
          'prefix: /static',
          'prefix: /static\n          queryParams: { a: { exact: b } }',
        ),
      },
    },
    {
      way: 'what was refused before, and is edited in a comment',
      setting: { files: { [path]: answer('directResponse: { status: 600 }') } },
      files: { [path]: `# old\n${answer('directResponse: { status: 600 }')}` },
    },
  ],
})
