import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const service = (name: string, namespace: string, more = 'selector: { app: web }, ports: [{ port: 9080 }]') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${more} }\n`

const namespace = (name: string, labels = '') =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}${labels === '' ? '' : `, labels: { ${labels} }`} }\n`

const deployment = (name: string, where: string, labels: string, image = '1') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: a, image: "a:${image}" }] } } }\n`

const definition = (group: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.${group} }\nspec: { group: ${group} }\n`

const api = 'gateway.networking.k8s.io/v1'
const gatewayAndRoute = {
  'teams/login/gateway.yaml': `apiVersion: ${api}
kind: Gateway
metadata: { name: own, namespace: login }
spec:
  gatewayClassName: public
  listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { exposed: "true" } } } } }]
---
apiVersion: ${api}
kind: HTTPRoute
metadata: { name: login, namespace: login }
spec: { parentRefs: [{ name: own }], rules: [{ backendRefs: [{ name: data, namespace: shared, port: 80 }] }] }
`,
}
const gatewayClass = (controller: string) =>
  `apiVersion: ${api}\nkind: GatewayClass\nmetadata: { name: public }\nspec: { controllerName: ${controller} }\n`
const grant = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: in, namespace: shared }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: login }], to: [{ group: "", kind: Service }] }
`

const everything = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: everything, namespace: login }
spec: { hosts: ["*"], http: [{ match: [{ uri: { prefix: /metrics } }], route: [{ destination: { host: scrape } }] }] }
`

const productpage = { 'teams/catalog/productpage.yaml': service('productpage', 'default') }
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const login = {
  'teams/login/service.yaml': service('login', 'login', 'selector: { app: login }, ports: [{ port: 80 }]'),
  'teams/login/app.yaml': deployment('login', 'login', 'app: login'),
  'teams/login/call.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: call, namespace: login }
spec: { hosts: [login], http: [{ route: [{ destination: { host: login } }] }] }
`,
}
const ingress = (version: string) =>
  `apiVersion: networking.k8s.io/${version}\nkind: Ingress\nmetadata: { name: i, namespace: login, annotations: { kubernetes.io/ingress.class: istio } }\nspec: { rules: [{ host: shop.example }] }\n`

/** A file of another team that is written by somebody else. */
const inLogin = (way: string, path: keyof typeof login, text: string | null): Attempt => ({
  way,
  setting: { files: login },
  files: { [path]: text },
  ...asked,
})

const attack: Attempt = {
  way: 'the selector of a service of one’s own to which another team’s routes lead',
  setting: { files: productpage },
  files: {
    'teams/catalog/productpage.yaml': service(
      'productpage',
      'default',
      'selector: { app: other }, ports: [{ port: 9080 }]',
    ),
  },
  ...asked,
  title: /^Waiting for login: Service productpage changes/,
  says: /for calls to productpage\.default\.svc\.cluster\.local, which routes of .*login lead to/,
  silentOn: /no mesh manifest touched|no request changes/,
}

const admitting = (group: string) =>
  JSON.stringify([{ apiGroups: [group], apiVersions: ['*'], operations: ['*'], resources: ['*'] }])

const webhook = (group: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: mine }
webhooks: [{ name: mine.catalog.example, rules: ${admitting(group)} }]
`

const admissionPolicy = (
  verb: 'Validating' | 'Mutating',
  group: string,
) => `apiVersion: admissionregistration.k8s.io/v1
kind: ${verb}AdmissionPolicy
metadata: { name: mine }
spec: { matchConstraints: { resourceRules: ${admitting(group)} } }
`

testAttackClass('what routes depend on asks whose routes they are', {
  attack,
  variants: [
    {
      way: 'a route of the service itself, where another team answers for every host inside the mesh',
      setting: { files: { 'teams/login/everything.yaml': everything } },
      files: {
        'teams/catalog/new.yaml': `${service('reviews', 'ns1')}---\napiVersion: ${api}\nkind: HTTPRoute\nmetadata: { name: reviews, namespace: ns1 }\nspec: { parentRefs: [{ kind: Service, group: "", name: reviews, port: 80 }], rules: [{ backendRefs: [{ name: reviews, port: 80 }] }] }\n`,
      },
      ...asked,
    },
    {
      way: 'another port of that service',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': service(
          'productpage',
          'default',
          'selector: { app: web }, ports: [{ port: 9081 }]',
        ),
      },
      ...asked,
    },
    {
      way: 'that service is taken away',
      setting: { files: productpage },
      files: { 'teams/catalog/productpage.yaml': null },
      ...asked,
    },
    {
      way: 'that service becomes a name for another host',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': service(
          'productpage',
          'default',
          'type: ExternalName, externalName: me.example',
        ),
      },
      ...asked,
    },
    {
      way: 'a service under the name that another team’s routes lead to and nobody has',
      files: { 'teams/catalog/new.yaml': service('productpage', 'default') },
      ...asked,
    },
    {
      way: 'a waypoint for that service',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': service('productpage', 'default').replace(
          'namespace: default',
          'namespace: default, labels: { istio.io/use-waypoint: mine }',
        ),
      },
      ...asked,
    },
    {
      way: 'that service, which a deployer is told to leave out',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': service('productpage', 'default').replace(
          'namespace: default',
          'namespace: default, annotations: { config.kubernetes.io/local-config: "true" }',
        ),
      },
      ...asked,
    },
    {
      way: 'no sidecars any more in a namespace that is shared',
      setting: { files: { 'teams/catalog/ns.yaml': namespace('ns1', 'istio-injection: enabled') } },
      files: { 'teams/catalog/ns.yaml': namespace('ns1') },
      ...asked,
      says: /Namespace ns1 .* in the namespace ns1/,
    },
    {
      way: 'a waypoint for a namespace that is shared',
      setting: { files: { 'teams/catalog/ns.yaml': namespace('ns1') } },
      files: { 'teams/catalog/ns.yaml': namespace('ns1', 'istio.io/use-waypoint: mine') },
      ...asked,
    },
    {
      way: 'a namespace that is taken away with all that it holds',
      setting: { files: { 'teams/catalog/ns.yaml': namespace('ns1') } },
      files: { 'teams/catalog/ns.yaml': null },
      ...asked,
    },
    {
      way: 'the label by which another team’s gateway lets routes in, on a namespace that is shared',
      setting: {
        files: { ...gatewayAndRoute, 'teams/catalog/ns.yaml': namespace('ns1', 'exposed: "true"') },
      },
      files: { 'teams/catalog/ns.yaml': namespace('ns1', 'exposed: "false"') },
      ...asked,
    },
    {
      way: 'the grant that another team’s route needs',
      setting: { files: { ...gatewayAndRoute, 'teams/catalog/grant.yaml': grant } },
      files: { 'teams/catalog/grant.yaml': null },
      ...asked,
      says: /ReferenceGrant in .* for the routes in login/,
    },
    {
      way: 'the class of another team’s gateway',
      setting: {
        files: {
          ...gatewayAndRoute,
          'teams/catalog/class.yaml': gatewayClass('istio.io/gateway-controller'),
        },
      },
      files: { 'teams/catalog/class.yaml': gatewayClass('me.example/gateway') },
      ...asked,
    },
    {
      way: 'pods of one’s own behind the service of another team',
      setting: { files: { 'teams/login/service.yaml': service('login', 'ns1', 'selector: { app: login }') } },
      files: { 'teams/catalog/evil.yaml': deployment('evil', 'ns1', 'app: login') },
      ...asked,
      says: /Deployment evil .* for the service login/,
    },
    {
      way: 'addresses of one’s own for the service of another team',
      setting: { files: { 'teams/login/service.yaml': service('login', 'ns1', 'ports: [{ port: 80 }]') } },
      files: {
        'teams/catalog/evil.yaml':
          'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: login-1, namespace: ns1, labels: { kubernetes.io/service-name: login } }\naddressType: IPv4\nendpoints: [{ addresses: [10.0.0.1] }]\n',
      },
      ...asked,
    },
    {
      way: 'pods of one’s own as a gateway',
      files: { 'teams/catalog/evil.yaml': deployment('evil', 'istio-system', 'istio: ingressgateway') },
      ...asked,
    },
    {
      way: 'the definition of every VirtualService',
      setting: { files: { 'teams/catalog/crd.yaml': definition('networking.istio.io') } },
      files: { 'teams/catalog/crd.yaml': null },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'a webhook that rewrites every route, under a name of its own',
      files: { 'teams/catalog/admission.yaml': webhook('networking.istio.io') },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'a policy that refuses every route from now on',
      files: { 'teams/catalog/admission.yaml': admissionPolicy('Validating', 'networking.istio.io') },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'a policy that rewrites every HTTPRoute',
      files: { 'teams/catalog/admission.yaml': admissionPolicy('Mutating', 'gateway.networking.k8s.io') },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'the service that leads to the pods of the gateway',
      setting: {
        files: {
          'teams/catalog/ingress.yaml': service(
            'istio-ingressgateway',
            'istio-system',
            'selector: { istio: ingressgateway }, ports: [{ port: 80 }]',
          ),
        },
      },
      files: { 'teams/catalog/ingress.yaml': null },
      ...asked,
    },
    inLogin(
      'labels of another team’s pods, by which its service finds them',
      'teams/login/app.yaml',
      deployment('login', 'login', 'app: gone'),
    ),
    inLogin('another team’s pods are taken away', 'teams/login/app.yaml', null),
    inLogin(
      'a version of another team’s service that no cluster serves',
      'teams/login/service.yaml',
      login['teams/login/service.yaml'].replace('apiVersion: v1', 'apiVersion: v2'),
    ),
    inLogin(
      'a directive in front of another team’s service, for which nobody applies it',
      'teams/login/service.yaml',
      `%YAML 1.2\n---\n${login['teams/login/service.yaml']}`,
    ),
    inLogin(
      'a broken document behind it',
      'teams/login/service.yaml',
      `${login['teams/login/service.yaml']}---\na: [\n`,
    ),
    {
      way: 'a version of another team’s Ingress that no cluster serves',
      setting: { files: { 'teams/login/ingress.yaml': ingress('v1') } },
      files: { 'teams/login/ingress.yaml': ingress('v9') },
      ...asked,
    },
    {
      way: 'the service from which every proxy is configured',
      files: { 'teams/catalog/istiod.yaml': service('istiod', 'istio-system') },
      ...everybody,
    },
    {
      way: 'labels of the root namespace',
      files: {
        'teams/catalog/namespace.yaml': namespace('istio-system', 'topology.istio.io/network: other'),
      },
      ...everybody,
    },
    {
      way: 'the keys that certificates are signed with',
      files: {
        'teams/catalog/keys.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: cacerts, namespace: istio-system }\nstringData: { ca-key.pem: a }\n',
      },
      ...everybody,
    },
    {
      way: 'one’s own answer for every VirtualService, in place of the API server’s',
      files: {
        'teams/catalog/api.yaml':
          'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.networking.istio.io }\nspec: { group: networking.istio.io, version: v1 }\n',
      },
      ...everybody,
    },
    {
      way: 'an import of another cluster’s service under another team’s name',
      setting: { files: login },
      files: {
        'teams/catalog/import.yaml':
          'apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceImport\nmetadata: { name: login, namespace: login }\n',
      },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'a new service, and how it is called, where another team answers for every host inside the mesh',
      setting: { files: { 'teams/login/everything.yaml': everything } },
      files: {
        'teams/catalog/new.yaml': `${service('reviews', 'ns1')}---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: reviews, namespace: ns1 }\nspec: { host: reviews }\n`,
      },
    },
    {
      way: 'other ports of a service of one’s own there',
      setting: {
        files: {
          'teams/login/everything.yaml': everything,
          'teams/catalog/reviews.yaml': service('reviews', 'ns1'),
        },
      },
      files: {
        'teams/catalog/reviews.yaml': service(
          'reviews',
          'ns1',
          'selector: { app: web }, ports: [{ port: 81 }]',
        ),
      },
    },
    {
      way: 'a version label of another team’s pods',
      setting: { files: login },
      files: { 'teams/login/app.yaml': deployment('login', 'login', 'app: login, version: v2') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a secret of one’s own',
      files: {
        'teams/catalog/secret.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: cacerts, namespace: catalog }\n',
      },
    },
    {
      way: 'a template beside one’s own service',
      files: {
        'teams/catalog/chart.yaml': `{{ if .x }}\na: {{ .y }}\n{{ end }}\n---\n${service('data', 'catalog')}`,
      },
    },
    {
      way: 'a new service of one’s own',
      files: { 'teams/catalog/new.yaml': service('reviews', 'ns1') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'the ports of a service to which no route leads',
      setting: { files: { 'teams/catalog/reviews.yaml': service('reviews', 'catalog') } },
      files: {
        'teams/catalog/reviews.yaml': service(
          'reviews',
          'catalog',
          'selector: { app: web }, ports: [{ port: 81 }]',
        ),
      },
    },
    {
      way: 'labels of one’s own on a service that routes lead to',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': service('productpage', 'default').replace(
          'namespace: default',
          'namespace: default, labels: { team: catalog }',
        ),
      },
    },
    {
      way: 'the definition of something else',
      files: { 'teams/catalog/crd.yaml': definition('catalog.example') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a webhook for something else',
      files: { 'teams/catalog/admission.yaml': webhook('storage.k8s.io') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a policy of admission for something else',
      files: { 'teams/catalog/admission.yaml': admissionPolicy('Validating', 'apps') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a new image',
      setting: { files: { 'teams/catalog/web.yaml': deployment('web', 'ns1', 'app: web') } },
      files: { 'teams/catalog/web.yaml': deployment('web', 'ns1', 'app: web', '2') },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a version label of one’s own pods behind one’s own service',
      setting: {
        files: {
          'teams/catalog/web.yaml': deployment('web', 'ns1', 'app: web'),
          'teams/catalog/service.yaml': service('web', 'ns1'),
        },
      },
      files: { 'teams/catalog/web.yaml': deployment('web', 'ns1', 'app: web, version: v2') },
    },
    {
      way: 'a new namespace of one’s own',
      files: { 'teams/catalog/ns.yaml': namespace('catalog', 'istio-injection: enabled') },
    },
    {
      way: 'a label of one’s own on a namespace that is shared',
      setting: { files: { 'teams/catalog/ns.yaml': namespace('ns1') } },
      files: { 'teams/catalog/ns.yaml': namespace('ns1', 'team: catalog') },
    },
    {
      way: 'a secret store, a job and a config map',
      files: {
        'teams/catalog/more.yaml':
          'apiVersion: batch/v1\nkind: Job\nmetadata: { name: j, namespace: ns1 }\nspec: { template: { metadata: { labels: { app: job } } } }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: ns1 }\ndata: { a: b }\n',
      },
    },
    {
      way: 'the class of nobody’s gateway',
      files: { 'teams/catalog/class.yaml': gatewayClass('me.example/gateway') },
    },
    {
      way: 'a grant that no route needs',
      setting: { files: { 'teams/catalog/home.yaml': service('data', 'shared') } },
      files: { 'teams/catalog/grant.yaml': grant },
    },
    {
      way: 'a service that only one’s own route leads to',
      setting: {
        files: {
          'teams/catalog/reviews.yaml': service('reviews', 'catalog'),
          'teams/catalog/route.yaml': `apiVersion: ${api}\nkind: HTTPRoute\nmetadata: { name: r, namespace: catalog }\nspec: { parentRefs: [{ name: own }], rules: [{ backendRefs: [{ name: reviews, port: 80 }] }] }\n`,
        },
      },
      files: {
        'teams/catalog/reviews.yaml': service(
          'reviews',
          'catalog',
          'selector: { app: v2 }, ports: [{ port: 80 }]',
        ),
      },
      title: /^OK: Service reviews changes/,
    },
    {
      way: 'a service of one’s own in another file of one’s own',
      setting: { files: productpage },
      files: {
        'teams/catalog/productpage.yaml': null,
        'teams/catalog/services.yaml': service('productpage', 'default'),
      },
    },
  ],
})
