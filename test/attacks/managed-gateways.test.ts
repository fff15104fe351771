import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { httpRoute } from '../support/gateway-api.ts'
import type { Files } from '../support/stage.ts'

const gateway = (name = 'k', more = '', spec = '') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: edge${more} }
spec:
  gatewayClassName: istio
  ${spec}
  listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]
`
const renamed = ', annotations: { gateway.istio.io/name-override: k-istio }'
const byAddress = 'addresses: [{ type: Hostname, value: front }]'
const service = (name: string, namespace = 'edge', selector = '{ app: mine }') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: ${selector}, ports: [{ port: 80 }] }\n`
const workload = (kind: string, name: string, namespace = 'edge') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { matchLabels: { app: mine } }, template: { metadata: { labels: { app: mine } }, spec: { containers: [{ name: a, image: a:1 }] } } }\n`
const scaler = (name: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name}, namespace: edge }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }, maxReplicas: 1 }\n`

const mine = 'teams/catalog/new.yaml'
const parents = '[{ name: k, namespace: edge }]'
/** Two teams on a Gateway of the administrators; catalog has something in its namespace, too. */
const files = {
  'mesh/bookinfo.yaml': null,
  'mesh/k.yaml': gateway(),
  'teams/login/r.yaml': httpRoute('login/login', { host: 'login.example', parents }),
  'teams/catalog/r.yaml': httpRoute('catalog/catalog', { host: 'catalog.example', parents }),
  'teams/catalog/own.yaml': service('own', 'edge'),
}
const stopped = (way: string, text: string | null, before: Files = {}): Attempt => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login', 'mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before: Files = {}) => ({
  way,
  setting: { files: { ...files, ...before } },
  files: { [mine]: text },
})

testAttackClass('what Istio makes for the Gateway of another team', {
  attack: { ...stopped('its Service', service('k-istio')), says: /Service k-istio .* is new for k, which/ },
  variants: [
    stopped('its Service, for pods of the gateway', service('k-istio', 'edge', '{ app: mine, x: y }')),
    stopped('its Service, without pods', service('k-istio', 'edge', '{}')),
    stopped('its Service is taken away again', null, { [mine]: service('k-istio') }),
    stopped('its Service leads to others', service('k-istio', 'edge', '{ app: other }'), {
      [mine]: service('k-istio'),
    }),
    stopped('its Deployment', workload('Deployment', 'k-istio')),
    stopped('its Deployment is taken away again', null, { [mine]: workload('Deployment', 'k-istio') }),
    stopped('its Service, where its address is one of the network', service('k-istio'), {
      'mesh/k.yaml': gateway('k', '', 'addresses: [{ value: 10.0.0.1 }]'),
    }),
    stopped('its Service by another name that it asks for', service('front'), {
      'mesh/k.yaml': gateway('k', ', annotations: { gateway.istio.io/name-override: front }'),
    }),
    stopped('a Gateway that asks for the same name', gateway('z', renamed)),
    stopped('a Gateway that asks for the same name, beside one of its own', gateway('z', renamed), {
      'teams/catalog/z.yaml': gateway('y'),
    }),
    { ...stopped('how many of its pods run at most', scaler('k-istio')), waitsFor: ['mesh-admins'] },
  ],
  neighbours: [
    harmless('a Service of another name', service('k2-istio')),
    harmless('a Service of that name elsewhere', service('k-istio', 'catalog')),
    harmless('a Deployment of that name elsewhere', workload('Deployment', 'k-istio', 'catalog')),
    harmless('a StatefulSet of that name', workload('StatefulSet', 'k-istio')),
    harmless('a Deployment of another name', workload('Deployment', 'own')),
    harmless('the image of an own Deployment', workload('Deployment', 'own').replace('a:1', 'a:2'), {
      [mine]: workload('Deployment', 'own'),
    }),
    harmless('how many pods of one’s own run', scaler('own')),
    harmless('a Gateway of one’s own', gateway('z')),
    harmless('the Service of a Gateway of one’s own', service('z-istio'), {
      'teams/catalog/z.yaml': gateway('z'),
    }),
    harmless('a Service of that name for a Gateway that has another', service('k-istio'), {
      'mesh/k.yaml': gateway('k', '', byAddress),
      'mesh/front.yaml': service('front'),
    }),
    harmless('a Service of that name for a Gateway of another class', service('k-edge'), {
      'mesh/other.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: edge }\nspec: { controllerName: example.com/edge }\n',
      'mesh/k.yaml': gateway().replace('gatewayClassName: istio', 'gatewayClassName: edge'),
    }),
  ],
})
