import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { gatewayService, kubernetesGateway } from '../support/gateway-api.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/policy.yaml'
const labels = '{ istio: ingressgateway }'
const virtualService = (team: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${team}, namespace: ${team} }\nspec: { hosts: [${team}.example], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: ${team} } }] }] }\n`
const gateways = '{ group: gateway.networking.k8s.io, kind: Gateway, name: k }'
const attached = (targets = `[${gateways}]`) => `targetRefs: ${targets}`
const selecting = `selector: { matchLabels: ${labels} }`

interface Written {
  readonly kind?: string
  readonly namespace?: string
}

const groups: Readonly<Record<string, string>> = {
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  Telemetry: 'telemetry.istio.io/v1',
}
const policy = (where: string, { kind = 'WasmPlugin', namespace = 'istio-system' }: Written = {}) => {
  const rest = kind === 'AuthorizationPolicy' ? ', action: DENY, rules: [{}]' : ''
  return `apiVersion: ${groups[kind] ?? 'security.istio.io/v1'}\nkind: ${kind}\nmetadata: { name: p, namespace: ${namespace} }\nspec: { ${where}${rest} }\n`
}
const workload = (namespace: string, pods = labels) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: gw, namespace: ${namespace} }\nspec: { selector: { matchLabels: ${pods} }, template: { metadata: { labels: ${pods} }, spec: { containers: [{ name: a, image: a:1 }] } } }\n`
const inOwn = { namespace: 'catalog' }

/** Pods of the gateway in `istio-system`, on which Istio's Gateway and a Kubernetes Gateway are, deployed by hand. */
const files = {
  'mesh/bookinfo.yaml': null,
  'mesh/service.yaml': gatewayService,
  'mesh/k.yaml': kubernetesGateway(),
  'teams/login/vs-1.yaml': virtualService('login'),
  'teams/catalog/vs-2.yaml': virtualService('catalog'),
}
const stopped = (way: string, text: string, around: Files = {}, waitsFor = ['login']): Attempt => ({
  way,
  setting: { files: { ...files, ...around } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor,
})
const harmless = (way: string, text: string | null, around: Files = {}) => ({
  way,
  setting: { files: { ...files, ...around } },
  files: { [mine]: text },
})
const on = (...places: readonly string[]) => attached(`[${places.join(', ')}]`)

testAttackClass('policies that seem to do nothing', {
  attack: stopped('attached to a Gateway on pods that bear its name', policy(attached()), {
    'mesh/pods.yaml': workload(
      'istio-system',
      '{ istio: ingressgateway, gateway.networking.k8s.io/gateway-name: k }',
    ),
  }),
  variants: [
    stopped(
      'attached to two, of which one is not here',
      policy(on(gateways, gateways.replace('name: k', 'name: j'))),
    ),
    stopped(
      'attached to a class besides',
      policy(on(gateways, '{ group: gateway.networking.k8s.io, kind: GatewayClass, name: istio }')),
      {},
      ['an admin'],
    ),
    stopped('attached, and selecting besides', policy(`${attached()}, ${selecting}`)),
    stopped('in the root namespace, by labels', policy(selecting)),
    stopped('in one’s own namespace, where pods of the gateway run', policy(selecting, inOwn), {
      'teams/catalog/gw.yaml': workload('catalog'),
    }),
    stopped('in one’s own namespace, to which a Service of the gateway belongs', policy(selecting, inOwn), {
      'teams/catalog/gw.yaml': gatewayService.replace('istio-system', 'catalog'),
    }),
    stopped('in one’s own namespace, where the pods are not known', policy(selecting, inOwn), {
      'mesh/service.yaml': null,
      'mesh/k.yaml': null,
    }),
    stopped('in one’s own namespace, where a Gateway is', policy(selecting, inOwn), {
      'mesh/gateway-2.yaml': `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: own, namespace: catalog }\nspec: { selector: ${labels}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['x.example'] }] }\n`,
    }),
    stopped(
      'an AuthorizationPolicy in one’s own namespace, where pods of the gateway run',
      policy(selecting, { ...inOwn, kind: 'AuthorizationPolicy' }),
      { 'teams/catalog/gw.yaml': workload('catalog') },
    ),
    stopped(
      'in one’s own namespace, where a place is not said',
      policy(selecting, inOwn),
      {
        'mesh/pods.yaml': workload('istio-system').replace(', namespace: istio-system', ''),
      },
      ['login', 'mesh-admins'],
    ),
  ],
  neighbours: [
    harmless('attached to a Gateway on pods that somebody deploys', policy(attached())),
    ...['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry'].map((kind) =>
      harmless(`the same ${kind}`, policy(attached(), { kind })),
    ),
    harmless('it goes again', null, { [mine]: policy(attached()) }),
    harmless('it changes', policy(`${attached()}, phase: AUTHN`), { [mine]: policy(attached()) }),
    harmless('attached twice to the same', policy(on(gateways, gateways))),
    ...['WasmPlugin', 'AuthorizationPolicy', 'RequestAuthentication', 'Telemetry'].map((kind) =>
      harmless(
        `a ${kind} by labels of the gateway in one’s own namespace`,
        policy(selecting, { ...inOwn, kind }),
      ),
    ),
  ],
})
