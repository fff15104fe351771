import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const canary = (service: string, more = '', namespace = 'ns1') => `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: catalog, namespace: ${namespace} }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: catalog }
  service: ${service}
  analysis: { interval: 1m, stepWeight: 10${more} }
`

const rollout = (names: string, more = '', image = 'catalog:1') => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: catalog, namespace: ns1 }
spec:
  replicas: 2
  strategy:
    canary:
      canaryService: canary
      stableService: stable
      trafficRouting: { istio: { ${names} }${more} }
      steps: [{ setWeight: 20 }]
  template: { metadata: { labels: { app: catalog } }, spec: { containers: [{ name: web, image: "${image}" }] } }
`

const ingress = (className: string, host = 'shop.example') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: ns1 }
spec:
  ${className === '' ? '' : `ingressClassName: ${className}`}
  rules: [{ host: ${host}, http: { paths: [{ path: /login, pathType: Prefix, backend: { service: { name: evil, port: { number: 80 } } } }] } }]
`

const lane = `apiVersion: istio.alibabacloud.com/v1
kind: ASMSwimLane
metadata: { name: s1 }
spec:
  labelSelector: { version: v1 }
  services: [{ name: catalog, namespace: catalog }]
  ingressRules: [{ hosts: [shop.example], name: r1, match: { uri: { prefix: /login } } }]
`

const configMap = (data: string, name = 'istio', namespace = 'istio-system') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata:\n  ${data}\n`

const merge = `apiVersion: istiomerger.monime.sl/v1alpha1
kind: VirtualServiceMerge
metadata: { name: more, namespace: ns1 }
spec:
  target: { name: bookinfo, namespace: default }
  patch: { http: [{ match: [{ uri: { prefix: /login } }] }] }
`

const ofHosts = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web, namespace: catalog }\nspec: ${spec}\n`

const apiRule = (host: string) =>
  ofHosts(
    'gateway.kyma-project.io/v2',
    'APIRule',
    `{ hosts: [${host}], gateway: default/bookinfo-gateway, service: { name: c, port: 80 }, rules: [{ path: /login, methods: [GET], noAuth: true }] }`,
  )

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const attack: Attempt = {
  way: 'a Canary that writes a secondary of another team',
  files: { [mine]: canary('{ name: vs-1, delegation: true, port: 80 }') },
  ...asked,
  title: /^Waiting for login: Canary catalog is new/,
  silentOn: /no mesh manifest touched|no request changes/,
}

testAttackClass('what operators make of objects asks whoever answers there', {
  attack,
  variants: [
    {
      way: 'a Canary with a gateway and a host of its own choice',
      files: { [mine]: canary('{ port: 80, gateways: [default/bookinfo-gateway], hosts: [shop.example] }') },
      ...asked,
    },
    {
      way: 'a Canary of one’s own whose service gets another name',
      setting: { files: { [mine]: canary('{ port: 80 }') } },
      files: { [mine]: canary('{ port: 80, name: vs-1 }') },
      ...asked,
    },
    {
      way: 'a Canary of one’s own that is taken away, and its VirtualService with it',
      setting: { files: { [mine]: canary('{ name: vs-1, delegation: true }') } },
      files: { [mine]: null },
      ...asked,
    },
    {
      way: 'a Rollout that sets the weights of another team’s VirtualService',
      files: { [mine]: rollout('virtualService: { name: vs-1 }') },
      ...asked,
      says: /for the routes in ns1\/vs-1/,
    },
    {
      way: 'a Rollout of one’s own that names one VirtualService more',
      setting: { files: { [mine]: rollout('virtualServices: [{ name: vs-2 }]') } },
      files: { [mine]: rollout('virtualServices: [{ name: vs-2 }, { name: vs-1 }]') },
      ...asked,
    },
    {
      way: 'a Rollout that puts routes of its own before all others',
      files: { [mine]: rollout('virtualService: { name: vs-2 }', ', managedRoutes: [{ name: mine }]') },
      ...asked,
    },
    {
      way: 'an Ingress of class istio',
      files: { [mine]: ingress('istio') },
      ...asked,
      says: /Ingress web .* on every host at default\/bookinfo-gateway/,
    },
    {
      way: 'an Ingress whose annotation says istio and whose field does not',
      files: {
        [mine]: ingress('nginx').replace(
          'namespace: ns1',
          'namespace: ns1, annotations: { kubernetes.io/ingress.class: istio }',
        ),
      },
      ...asked,
    },
    {
      way: 'an Ingress of a class that is Istio’s under another name',
      setting: {
        files: {
          'mesh/class.yaml':
            'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: public }\nspec: { controller: istio.io/ingress-controller }\n',
        },
      },
      files: { [mine]: ingress('public') },
      ...asked,
    },
    {
      way: 'a lane of the vendor’s',
      files: { [mine]: lane },
      ...asked,
    },
    {
      way: 'a Canary that writes an HTTPRoute for a host of another team',
      files: {
        [mine]: canary(
          '{ port: 80, hosts: [shop.example], gatewayRefs: [{ name: k, namespace: istio-system }] }',
        ),
      },
      ...asked,
    },
    { way: 'an APIRule of Kyma', files: { [mine]: apiRule('shop.example') }, ...asked },
    {
      way: 'a RouteTable of Gloo Mesh',
      files: {
        [mine]: ofHosts(
          'networking.gloo.solo.io/v2',
          'RouteTable',
          '{ hosts: [shop.example], virtualGateways: [{ name: g }], http: [{ matchers: [{ uri: { prefix: /login } }] }] }',
        ),
      },
      ...asked,
    },
    {
      way: 'a Gateway of Tetrate’s',
      files: {
        [mine]: ofHosts(
          'gateway.tsb.tetrate.io/v2',
          'Gateway',
          '{ workloadSelector: { namespace: istio-system, labels: { istio: ingressgateway } }, http: [{ name: x, port: 80, hostname: shop.example }] }',
        ),
      },
      ...asked,
    },
    {
      way: 'what Authorino asks of requests for a host',
      files: { [mine]: ofHosts('authorino.kuadrant.io/v1beta3', 'AuthConfig', '{ hosts: [shop.example] }') },
      ...asked,
    },
    {
      way: 'a group of lanes at the gateway',
      files: {
        [mine]:
          'apiVersion: istio.alibabacloud.com/v1\nkind: ASMSwimLaneGroup\nmetadata: { name: g }\nspec: { ingress: { gateway: { name: ingressgateway, namespace: istio-system } }, services: [{ name: catalog, namespace: catalog }] }\n',
      },
      ...asked,
    },
    {
      way: 'a policy in the namespace that the mesh’s configuration makes the root',
      setting: { files: { 'mesh/istio.yaml': configMap('mesh: "rootNamespace: mesh-config"') } },
      files: {
        [mine]:
          'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: a, namespace: mesh-config }\nspec: {}\n',
      },
      conclusion: 'action_required' as const,
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'the configuration of the mesh',
      setting: { files: { 'teams/catalog/istio.yaml': configMap('mesh: "enableTracing: true"') } },
      files: { 'teams/catalog/istio.yaml': configMap('mesh: "pathNormalization: { normalization: NONE }"') },
      ...everybody,
      says: /ConfigMap istio .* for every workload of the mesh/,
    },
    {
      way: 'the configuration of a revision, kept as text of several lines',
      files: { [mine]: configMap('mesh: |\n    defaultConfig: {}', 'istio-1-30') },
      ...everybody,
    },
    {
      way: 'an operator that installs the mesh',
      files: {
        [mine]:
          'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: i, namespace: istio-system }\nspec: { meshConfig: { outboundTrafficPolicy: { mode: REGISTRY_ONLY } } }\n',
      },
      ...everybody,
    },
    {
      way: 'routes that an operator merges into the primary',
      files: { [mine]: merge },
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    },
  ],
  neighbours: [
    {
      way: 'an APIRule on a host of one’s own',
      setting: {
        files: {
          'mesh/bookinfo.yaml': null,
          'teams/catalog/own.yaml':
            'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: catalog }\nspec: { hosts: [own.example], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: c } }] }] }\n',
        },
      },
      files: { [mine]: apiRule('own.example') },
    },
    {
      way: 'a new image in a Rollout',
      setting: { files: { [mine]: rollout('virtualService: { name: vs-1 }') } },
      files: { [mine]: rollout('virtualService: { name: vs-1 }', '', 'catalog:2') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'more replicas in a Rollout',
      setting: { files: { [mine]: rollout('virtualService: { name: vs-1 }') } },
      files: { [mine]: rollout('virtualService: { name: vs-1 }').replace('replicas: 2', 'replicas: 3') },
    },
    {
      way: 'other steps of a Rollout over one’s own VirtualService',
      setting: { files: { [mine]: rollout('virtualService: { name: vs-2 }') } },
      files: { [mine]: rollout('virtualService: { name: vs-2 }').replace('setWeight: 20', 'setWeight: 40') },
      title: /^OK: Rollout catalog changes/,
    },
    {
      way: 'a Rollout that routes nothing',
      files: {
        [mine]:
          'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: c, namespace: ns1 }\nspec: { strategy: { canary: { steps: [{ setWeight: 5 }] } } }\n',
      },
    },
    {
      way: 'how fast a Canary goes',
      setting: { files: { [mine]: canary('{ name: vs-1, delegation: true }') } },
      files: { [mine]: canary('{ name: vs-1, delegation: true }', ', threshold: 3') },
      title: 'OK: Canary catalog changes, which is not judged here',
    },
    {
      way: 'a Canary of one’s own on no gateway',
      files: { [mine]: canary('{ port: 80 }', '', 'catalog') },
    },
    {
      way: 'an Ingress of class nginx',
      files: { [mine]: ingress('nginx') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'an Ingress without a class',
      files: { [mine]: ingress('') },
    },
    {
      way: 'an IngressClass of another controller',
      files: {
        [mine]:
          'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: public }\nspec: { controller: k8s.io/ingress-nginx }\n',
      },
    },
    {
      way: 'a ConfigMap of one’s own',
      files: { [mine]: configMap('mesh: "x"', 'settings', 'catalog') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'the certificate that Istio writes into every namespace',
      files: { [mine]: configMap('root-cert.pem: "x"', 'istio-ca-root-cert', 'catalog') },
    },
    {
      way: 'comments within the configuration of the mesh',
      setting: { files: { 'mesh/istio.yaml': configMap('mesh: |\n    enableTracing: true') } },
      files: { 'mesh/istio.yaml': configMap('mesh: |\n    # traced\n    enableTracing: true') },
    },
    {
      way: 'what Flagger measures by',
      files: {
        [mine]:
          'apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: { name: m, namespace: ns1 }\nspec: { query: up }\n',
      },
    },
  ],
})
