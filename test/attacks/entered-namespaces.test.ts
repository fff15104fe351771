import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../support/gateway-api.ts'

const host = 'app.example'
const mine = 'teams/catalog/entering.yaml'
const api = 'gateway.networking.k8s.io/v1'

const service = (namespace: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${namespace}, namespace: ${namespace} }\nspec: { selector: { app: ${namespace} }, ports: [{ port: 80 }] }\n`

/** A Kubernetes Gateway that allows ListenerSets, and two teams with a namespace each; the Namespaces are the administrators'. */
const around = {
  'mesh/bookinfo.yaml': null,
  'mesh/service.yaml': gatewayService,
  'mesh/k.yaml': `${kubernetesGateway()}  allowedListeners: { namespaces: { from: All } }\n`,
  'mesh/namespaces.yaml': ['login', 'catalog', 'fresh']
    .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`)
    .join('---\n'),
  'teams/login/service.yaml': service('login'),
  'teams/login/route.yaml': httpRoute('login/app', { host, path: '/app' }),
  'teams/catalog/service.yaml': service('catalog'),
}
const setting = { files: around }

const grant = (to: string, from: string) =>
  `apiVersion: ${api}\nkind: ReferenceGrant\nmetadata: { name: in, namespace: ${to} }\nspec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${from} }], to: [{ group: "", kind: Service }] }\n`

const ingress = (namespace: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: ${namespace}, annotations: { kubernetes.io/ingress.class: istio } }\nspec: { rules: [{ host: i.example, http: { paths: [{ path: /i, pathType: Prefix, backend: { service: { name: ${namespace}, port: { number: 80 } } } }] } }] }\n`

const listenerSet = (namespace: string) =>
  `apiVersion: ${api}\nkind: ListenerSet\nmetadata: { name: set, namespace: ${namespace} }\nspec: { parentRef: { name: k, namespace: istio-system, kind: Gateway, group: gateway.networking.k8s.io }, listeners: [{ name: s, port: 80, hostname: s.example, protocol: HTTP }] }\n`

const ownPods = (namespace: string) =>
  `apiVersion: ${api}\nkind: Gateway\nmetadata: { name: own, namespace: ${namespace} }\nspec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }\n`

const entering = (way: string, text: string, more: Partial<Attempt> = {}): Attempt => ({
  way,
  setting,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /enters the namespace login, which only others use/,
  ...more,
})
const own = (way: string, text: string, files: Attempt['files'] = {}) => ({
  way,
  setting: { files: { ...around, ...files } },
  files: { [mine]: text },
})

testAttackClass('objects of the Gateway API in the namespace of another team', {
  attack: entering(
    'a route there leads to a service of theirs, which needs no grant',
    httpRoute('login/admin', {
      host,
      rules: '[{ matches: [{ path: { value: /admin } }], backendRefs: [{ name: login, port: 80 }] }]',
    }),
    { title: /Waiting for login: a namespace of theirs is entered/ },
  ),
  variants: [
    entering('a grant there gives their services away', grant('login', 'catalog')),
    entering('a grant there that a route of one’s own waits for', grant('login', 'catalog'), {
      setting: {
        files: {
          ...around,
          'teams/catalog/route.yaml': httpRoute('catalog/c', {
            host: 'c.example',
            rules: '[{ backendRefs: [{ name: login, namespace: login, port: 80 }] }]',
          }),
        },
      },
    }),
    entering('a route there on a host of one’s own', httpRoute('login/c', { host: 'c.example' })),
    entering(
      'a GRPCRoute there',
      httpRoute('login/c', {
        host: 'c.example',
        kind: 'GRPCRoute',
        rules: '[{ matches: [{ method: { service: c } }], backendRefs: [{ name: login, port: 80 }] }]',
      }),
    ),
    entering(
      'a route of the name that a route of another kind has there',
      httpRoute('login/app', {
        host,
        kind: 'GRPCRoute',
        rules: '[{ matches: [{ method: { service: c } }], backendRefs: [{ name: login, port: 80 }] }]',
      }),
    ),
    entering('a Gateway there with pods of its own', ownPods('login')),
    entering('a ListenerSet there', listenerSet('login')),
    entering('an Ingress there', ingress('login')),
    entering(
      'a route there that no listener takes',
      httpRoute('login/c', { host, parents: '[{ name: k, namespace: istio-system, sectionName: none }]' }),
    ),
    entering('a route of one’s own moves there', httpRoute('login/c', { host: 'c.example' }), {
      setting: { files: { ...around, [mine]: httpRoute('catalog/c', { host: 'c.example' }) } },
    }),
    entering('a Gateway beside that of the administrators', kubernetesGateway('z'), {
      waitsFor: ['mesh-admins'],
      says: /enters the namespace istio-system, which only others use/,
    }),
  ],
  neighbours: [
    own('a route in one’s own namespace', httpRoute('catalog/c', { host: 'c.example' })),
    own('a grant in one’s own namespace', grant('catalog', 'login')),
    own('a Gateway in one’s own namespace', ownPods('catalog')),
    own('a ListenerSet in one’s own namespace', listenerSet('catalog')),
    own('an Ingress in one’s own namespace', ingress('catalog')),
    own(
      'the first route in a namespace that the administrators have only made',
      httpRoute('fresh/c', { host: 'c.example' }),
    ),
    own('a route in a namespace that nobody has', httpRoute('nowhere/c', { host: 'c.example' })),
    own('a second route beside one’s own there', httpRoute('login/d', { host: 'd.example' }), {
      'teams/catalog/there.yaml': httpRoute('login/c', { host: 'c.example' }),
    }),
    own(
      'an edit of what one has there already',
      httpRoute('login/c', { host: 'c.example', path: '/other' }),
      {
        [mine]: httpRoute('login/c', { host: 'c.example' }),
      },
    ),
    own(
      'a policy for the pods of one’s own in one’s own namespace, of which the administrators have the Namespace',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: c, namespace: catalog }\nspec: { rules: [{ from: [{ source: { namespaces: [login] } }] }] }\n',
    ),
    own(
      'what all clients in one’s own namespace do, of which the administrators have the Namespace',
      'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: c, namespace: catalog }\nspec: { egress: [{ hosts: ["./*"] }] }\n',
    ),
  ],
})
