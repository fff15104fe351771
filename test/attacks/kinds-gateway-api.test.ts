import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const api = 'gateway.networking.k8s.io/v1'

/** A Kubernetes Gateway on the pods of the ingress gateway, as ASM asks for it. */
const kubernetesGateway = (more = '') => `apiVersion: ${api}
kind: Gateway
metadata: { name: shared, namespace: istio-system }
spec:
  gatewayClassName: istio
  addresses: [{ type: Hostname, value: istio-ingressgateway }]
  listeners: [{ name: http, port: 80, protocol: HTTP${more} }]
`

const route = (spec: string, kind = 'HTTPRoute', namespace = 'ns1') => `apiVersion: ${api}
kind: ${kind}
metadata: { name: evil, namespace: ${namespace} }
spec:
${spec.replace(/^/gm, '  ')}
`

const toShared = `parentRefs: [{ name: shared, namespace: istio-system }]
hostnames: [shop.example]
rules: [{ matches: [{ path: { value: /login } }], backendRefs: [{ name: evil, port: 80 }] }]`

const shared = { 'mesh/shared.yaml': kubernetesGateway() }
const mine = 'teams/catalog/route.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const otherClass = `apiVersion: ${api}
kind: GatewayClass
metadata: { name: edge }
spec: { controllerName: example.com/edge }
---
apiVersion: ${api}
kind: Gateway
metadata: { name: edge, namespace: edge }
spec: { gatewayClassName: edge, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`

const attack: Attempt = {
  way: 'an HTTPRoute for the prefix of another team, on the pods of the gateway',
  setting: { files: shared },
  files: { [mine]: route(toShared) },
  ...asked,
  title: /^Waiting for login: HTTPRoute evil is new/,
  says: /HTTPRoute evil in teams\/catalog\/route\.yaml is new on every host at default\/bookinfo-gateway, where .*login answer/,
  silentOn: /no mesh manifest touched|no request changes/,
}

testAttackClass('routes and gateways of the Gateway API ask whoever answers on their hosts', {
  onGitHub: {},
  attack,
  variants: [
    {
      way: 'the route is in a List',
      setting: { files: shared },
      files: {
        [mine]: `apiVersion: v1\nkind: List\nitems:\n${route(toShared).replace(/^/gm, '    ').replace('    ', '  - ')}`,
      },
      ...asked,
    },
    {
      way: 'the group is spelled with escapes',
      setting: { files: shared },
      files: { [mine]: route(toShared).replace(api, '"gateway.networking.k8s\\u002eio/v1"') },
      ...asked,
    },
    {
      way: 'the group is written as binary',
      setting: { files: shared },
      files: { [mine]: route(toShared).replace(api, '!!binary Z2F0ZXdheS5uZXR3b3JraW5nLms4cy5pby92MQ==') },
      ...asked,
    },
    {
      way: 'the kind comes through an anchor',
      setting: { files: shared },
      files: {
        [mine]: route(toShared).replace('kind: HTTPRoute', 'x: &k HTTPRoute\nkind: *k'),
      },
      ...asked,
    },
    {
      way: 'a GRPCRoute',
      setting: { files: shared },
      files: { [mine]: route('parentRefs: [{ name: shared, namespace: istio-system }]', 'GRPCRoute') },
      ...asked,
    },
    {
      way: 'a TLSRoute',
      setting: { files: shared },
      files: {
        [mine]: route(
          'parentRefs: [{ name: shared, namespace: istio-system }]\nhostnames: [shop.example]',
          'TLSRoute',
        ),
      },
      ...asked,
    },
    {
      way: 'a route of one’s own that gets another path',
      setting: { files: { ...shared, [mine]: route(toShared.replace('/login', '/catalog')) } },
      files: { [mine]: route(toShared) },
      ...asked,
      says: /changes on every host/,
    },
    {
      way: 'a route that is taken away',
      setting: { files: { ...shared, [mine]: route(toShared) } },
      files: { [mine]: null },
      ...asked,
      says: /is removed/,
    },
    {
      way: 'a route to a Gateway that is not in this repository',
      files: { [mine]: route(toShared) },
      ...asked,
    },
    {
      way: 'a Gateway of one’s own on the pods of the ingress gateway',
      files: { 'teams/catalog/gateway.yaml': kubernetesGateway() },
      ...asked,
    },
    {
      way: 'an XListenerSet on it',
      setting: { files: shared },
      files: {
        'teams/catalog/listeners.yaml':
          'apiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XListenerSet\nmetadata: { name: more, namespace: ns1 }\nspec:\n  parentRef: { name: shared, namespace: istio-system }\n  listeners: [{ name: http, port: 80, protocol: HTTP }]\n',
      },
      ...asked,
    },
    {
      way: 'a route for the calls of another team’s service, beside it',
      setting: {
        files: {
          'teams/login/service.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: login }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
        },
      },
      files: {
        [mine]: route('parentRefs: [{ group: "", kind: Service, name: login }]', 'HTTPRoute', 'login'),
      },
      ...asked,
    },
    {
      way: 'a route for all calls that another team’s namespace makes of a service',
      setting: {
        files: {
          'teams/login/web.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: login }\nspec: { template: { metadata: { labels: { app: web } } } }\n',
        },
      },
      files: {
        [mine]: route(
          'parentRefs: [{ group: "", kind: Service, name: reviews, namespace: catalog }]',
          'HTTPRoute',
          'login',
        ),
      },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'a route at the gateway of another controller',
      setting: { files: { 'edge/class.yaml': otherClass } },
      files: {
        [mine]: route(
          toShared.replace('name: shared, namespace: istio-system', 'name: edge, namespace: edge'),
        ),
      },
    },
    {
      way: 'a Gateway of another controller',
      setting: { files: { 'edge/class.yaml': otherClass } },
      files: {
        'teams/catalog/gateway.yaml': kubernetesGateway().replace('Class' + 'Name: istio', 'ClassName: edge'),
      },
    },
    {
      way: 'a class of another controller',
      files: { 'teams/catalog/class.yaml': otherClass },
    },
    {
      way: 'a comment in one’s own route',
      setting: { files: { ...shared, [mine]: route(toShared) } },
      files: { [mine]: `# ours\n${route(toShared)}` },
    },
    {
      way: 'labels on one’s own route',
      setting: { files: { ...shared, [mine]: route(toShared) } },
      files: {
        [mine]: route(toShared).replace(
          'name: evil,',
          'name: evil, labels: { app.kubernetes.io/version: "2" },',
        ),
      },
    },
    {
      way: 'a newer version of the API',
      setting: { files: { ...shared, [mine]: route(toShared).replace('/v1', '/v1beta1') } },
      files: { [mine]: route(toShared) },
    },
    {
      way: 'a route on another host than anybody’s',
      setting: {
        files: {
          ...shared,
          'mesh/bookinfo.yaml': null,
          'mesh/shop.yaml':
            'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: bookinfo, namespace: default }\nspec:\n  gateways: [bookinfo-gateway]\n  hosts: [book.example]\n  http: [{ delegate: { name: vs-1, namespace: ns1 }, match: [{ uri: { prefix: /log } }] }, { delegate: { name: vs-2, namespace: ns1 } }]\n',
        },
      },
      files: { [mine]: route(toShared.replace('shop.example', 'catalog.example')) },
      title: 'OK: HTTPRoute evil is new, which is not judged here',
    },
    {
      way: 'a managed Gateway of one’s own with a route of one’s own',
      files: {
        'teams/catalog/gateway.yaml': `apiVersion: ${api}
kind: Gateway
metadata: { name: own, namespace: catalog }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`,
        [mine]: route(
          'parentRefs: [{ name: own }]\nrules: [{ backendRefs: [{ name: catalog, port: 80 }] }]',
          'HTTPRoute',
          'catalog',
        ),
      },
    },
    {
      way: 'a route for the calls of one’s own service',
      setting: {
        files: {
          'teams/catalog/service.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: catalog, namespace: catalog }\nspec: { selector: { app: catalog }, ports: [{ port: 80 }] }\n',
        },
      },
      files: {
        [mine]: route('parentRefs: [{ group: "", kind: Service, name: catalog }]', 'HTTPRoute', 'catalog'),
      },
      title: /^OK: \/\* goes to catalog \(was the service itself\)/,
    },
    {
      way: 'a ReferenceGrant of one’s own that no route needs',
      files: {
        'teams/catalog/grant.yaml': `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: in, namespace: catalog }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: catalog }], to: [{ group: "", kind: Service }] }
`,
      },
    },
    {
      way: 'a text that names the group',
      files: {
        'teams/catalog/help.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: help, namespace: catalog }\ndata: { text: "kubectl get gateway.networking.k8s.io/v1" }\n',
      },
      title: 'OK: no mesh manifest touched',
    },
  ],
})
