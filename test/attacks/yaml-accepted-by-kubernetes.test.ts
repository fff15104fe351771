import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const path = 'teams/catalog/vs-2.yaml'
const route = 'host: productpage.default.svc.cluster.local'

/** What the file of login says for Kubernetes, written so that others may read it otherwise. */
function written(spec: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: vs-1, namespace: ns1}\n${spec}`
}

const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const stolen = 'route: [{destination: {host: catalog, port: {number: 9080}}}]'

testAttackClass('YAML that Kubernetes reads and others do not', {
  attack: {
    way: 'login’s routes lead elsewhere, in a flow sequence closed at the parent’s indentation',
    files: {
      'teams/login/vs-1.yaml': written(
        `spec:\n  http: [\n  {match: [{uri: {exact: /login}}], ${stolen}}\n]\n`,
      ),
    },
    ...asked,
  },
  variants: [
    {
      way: 'a flow mapping closed in the first column',
      files: { 'teams/login/vs-1.yaml': written(`spec: {\nhttp: [{${stolen}}]\n}\n`) },
      ...asked,
    },
    {
      way: 'a quoted text closed in the first column',
      files: {
        'teams/login/vs-1.yaml': `${login.replace('productpage.default.svc.cluster.local', '"catalog\\\n"')}`,
      },
      ...asked,
    },
    {
      way: 'a comment that touches a quote',
      files: { 'teams/login/vs-1.yaml': login.replace('exact: /login', 'exact: "/login/x"# /login') },
      ...asked,
    },
    {
      way: 'keys that are written over by a late merge',
      files: {
        'teams/login/vs-1.yaml': written(
          `x-a: &a {http: [{${stolen}}]}\nspec:\n  http: [{route: [{destination: {${route}}}]}]\n  <<: *a\n`,
        ),
      },
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'an end of the document in front of the object',
      files: { 'teams/login/vs-1.yaml': `kind: X\n...\n${login}` },
      conclusion: 'failure',
      waitsFor: ['login'],
      says: /vs-1 is not there|vs-1 is missing|404/,
    },
    {
      way: 'an indentation that ends the document early',
      files: { 'teams/login/vs-1.yaml': ` kind: X\n${login}` },
      conclusion: 'failure',
      waitsFor: ['login'],
      says: /vs-1 is not there|vs-1 is missing|404/,
    },
    {
      way: 'a separator within a block of text',
      files: { 'teams/login/vs-1.yaml': `kind: X\na: |\n---\n${login.replace('/login', '/login/x')}` },
      ...asked,
    },
    {
      way: 'a date as a name',
      files: { 'teams/login/vs-1.yaml': login.replace('name: vs-1', 'name: 2001-12-14') },
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'JSON with escaped slashes',
      files: {
        'teams/login/vs-1.yaml': `{"apiVersion":"networking.istio.io\\/v1","kind":"VirtualService","metadata":{"name":"vs-1","namespace":"ns1"},"spec":{"http":[{"route":[{"destination":{"host":"catalog"}}]}]}}\n`,
      },
      ...asked,
    },
    {
      way: 'two objects of JSON in a row',
      files: {
        'teams/login/vs-1.yaml': `{"kind":"X"}\n{"apiVersion":"networking.istio.io/v1","kind":"VirtualService","metadata":{"name":"vs-1","namespace":"ns1"},"spec":{"http":[{"route":[{"destination":{"host":"catalog"}}]}]}}\n`,
      },
      ...asked,
    },
    {
      way: 'a key behind a question mark',
      files: { 'teams/login/vs-1.yaml': written(`? spec\n: http: [{${stolen}}]\n`) },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'one’s own routes in such a flow sequence',
      files: {
        [path]: catalog
          .replace(
            '    - destination:\n            host: productpage.default.svc.cluster.local\n            port:\n              number: 9080\n',
            '',
          )
          .replace(
            '      route:\n    ',
            `      route: [\n      {destination: {${route}, port: {number: 9080}}}\n]\n`,
          ),
      },
    },
    {
      way: 'a ClusterRole of which lists are closed at the parent’s indentation',
      files: {
        'install/istio.yaml':
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\nrules:\n  - apiGroups: ["networking.istio.io"]\n    verbs: [ "get",\n    "watch"\n    ]\n    resources: ["*"]\n',
      },
    },
    {
      way: 'a text of a ConfigMap that is closed in the first column',
      files: { 'install/cm.yaml': 'kind: ConfigMap\ndata:\n  a: "networking.istio.io\n"\n' },
    },
    { way: 'tabs behind values', files: { [path]: catalog.replace('prefix: /static', 'prefix: /static\t') } },
    {
      way: 'tabs within flow',
      files: {
        [path]: catalog.replace(
          'metadata:\n  name: vs-2\n  namespace: ns1',
          'metadata: {name:\tvs-2,\tnamespace: ns1}',
        ),
      },
    },
    {
      way: 'one’s own comment that touches a quote',
      files: { [path]: catalog.replace('prefix: /static', 'prefix: "/static"# files') },
    },
    {
      way: 'anchors and merge keys',
      files: {
        [path]: catalog
          .replace(
            '            host: productpage',
            '            <<: {weight: 1}\n            host: productpage',
          )
          .replace('            <<: {weight: 1}\n', ''),
      },
    },
    {
      way: 'JSON',
      files: {
        [path]: JSON.stringify({
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'vs-2', namespace: 'ns1' },
          spec: {
            http: [
              {
                match: [
                  { uri: { exact: '/productpage' } },
                  { uri: { prefix: '/static' } },
                  { uri: { prefix: '/api/v1/products' } },
                ],
                route: [
                  { destination: { host: 'productpage.default.svc.cluster.local', port: { number: 9080 } } },
                ],
              },
            ],
          },
        }),
      },
    },
    {
      way: 'a list as far out as its key',
      files: { [path]: catalog.replace('    - match:\n', '    -\n      match:\n') },
    },
    {
      way: 'block texts in annotations',
      files: {
        [path]: catalog.replace(
          '  namespace: ns1\n',
          '  namespace: ns1\n  annotations:\n    a: |2-\n        x\n    b: >+\n      y\n\n',
        ),
      },
    },
    { way: 'tags', files: { [path]: catalog.replace('number: 9080', 'number: !!int "9080"') } },
    { way: 'octal and underscores', files: { [path]: catalog.replace('number: 9080', 'number: 9_080') } },
  ],
})
