import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../support/gateway-api.ts'

const host = 'app.example'
const mine = 'teams/catalog/route.yaml'
const theirs = 'teams/login/route.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

/** The pods behind the Kubernetes Gateway are here, so that what routes do there is compared request by request. */
const around = {
  'mesh/service.yaml': gatewayService,
  'mesh/k.yaml': kubernetesGateway(),
  [theirs]: httpRoute('login/app', { host, path: '/app' }),
}
const setting = { files: around }

/** Bookinfo on a host of its own: a host that nobody has is nobody's. */
const withoutWildcard = {
  'mesh/bookinfo.yaml': null,
  'mesh/shop.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: bookinfo, namespace: default }\nspec:\n  gateways: [bookinfo-gateway]\n  hosts: [book.example]\n  http: [{ delegate: { name: vs-1, namespace: ns1 }, match: [{ uri: { prefix: /log } }] }, { delegate: { name: vs-2, namespace: ns1 } }]\n',
}

/** One rule by its match, in YAML. */
const rule = (match: string) => `[{ matches: [{ ${match} }], backendRefs: [{ name: evil, port: 80 }] }]`

const virtualServiceBeside = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: evil, namespace: catalog }
spec:
  hosts: [${host}]
  gateways: [default/bookinfo-gateway]
  http: [{ match: [{ uri: { prefix: /app } }], route: [{ destination: { host: evil.catalog.svc.cluster.local } }] }]
`

const from = (way: string, files: Attempt['files'], more: Partial<Attempt> = {}): Attempt => ({
  way,
  setting,
  files,
  ...asked,
  ...more,
})

const attack: Attempt = from(
  'a route inside the prefix of another team’s',
  { [mine]: httpRoute('catalog/evil', { host, path: '/app/x' }) },
  {
    title: 'Waiting for login: /app/x and /app/x/* would move from login to catalog',
  },
)

testAttackClass('HTTPRoutes that take the requests of another team’s', {
  onGitHub: {},
  attack,
  variants: [
    from('an exact path under the prefix', {
      [mine]: httpRoute('catalog/evil', { host, rules: rule('path: { type: Exact, value: /app/x }') }),
    }),
    from('the same prefix with a method', {
      [mine]: httpRoute('catalog/evil', { host, rules: rule('path: { value: /app }, method: GET') }),
    }),
    from('the same prefix with a header', {
      [mine]: httpRoute('catalog/evil', {
        host,
        rules: rule('path: { value: /app }, headers: [{ name: x, value: "1" }]'),
      }),
    }),
    from('the same prefix, whoever is older', { [mine]: httpRoute('catalog/evil', { host, path: '/app' }) }),
    from('a GRPCRoute for a service below the prefix', {
      [mine]: httpRoute('catalog/evil', {
        host,
        kind: 'GRPCRoute',
        rules: rule('method: { service: app, method: X }'),
      }),
    }),
    from(
      'a prefix for everything, before the expression of another team’s',
      { [mine]: httpRoute('catalog/evil', { host: 'v.example', path: '/' }) },
      {
        setting: {
          files: {
            ...around,
            'teams/login/v.yaml': httpRoute('login/v', {
              host: 'v.example',
              rules: rule('path: { type: RegularExpression, value: "/v[0-9]+" }'),
            }),
          },
        },
        says: /prefix-hides-regex/,
      },
    ),
    from(
      'a Kubernetes Gateway of one’s own, with the same host, that may be older',
      {
        'teams/catalog/own.yaml': kubernetesGateway('own'),
        [mine]: httpRoute('catalog/evil', {
          host,
          path: '/app',
          parents: '[{ name: own, namespace: istio-system }]',
        }),
      },
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    from('an Ingress for the prefix, which stands before everything', {
      [mine]: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: evil, namespace: catalog, annotations: { kubernetes.io/ingress.class: istio } }
spec: { rules: [{ host: ${host}, http: { paths: [{ path: /app, pathType: Prefix, backend: { service: { name: evil, port: { number: 80 } } } }] } }] }
`,
    }),
    from(
      'a VirtualService on an Istio Gateway of the same pods, for the same host',
      {
        [mine]: virtualServiceBeside,
      },
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    from(
      'the same, where the Service leads to another port of the pods than its own',
      { [mine]: virtualServiceBeside },
      {
        setting: {
          files: {
            ...around,
            'mesh/service.yaml': gatewayService.replaceAll('targetPort: ', 'targetPort: 80'),
          },
        },
        waitsFor: ['login', 'mesh-admins'],
      },
    ),
    from(
      'the grant that a route needs is taken away',
      { 'teams/catalog/grant.yaml': null },
      {
        setting: {
          files: {
            ...around,
            [theirs]: httpRoute('login/app', {
              host,
              rules: '[{ backendRefs: [{ name: data, namespace: catalog, port: 80 }] }]',
            }),
            'teams/catalog/grant.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: { name: in, namespace: catalog }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: login }], to: [{ group: "", kind: Service }] }
`,
          },
        },
      },
    ),
    from('a wildcard of one’s own, where a route names no host', {
      [mine]: httpRoute('catalog/evil', { host: '*.example', path: '/login' }),
    }),
  ],
  neighbours: [
    {
      way: 'a route on a host of one’s own',
      setting: { files: { ...around, ...withoutWildcard } },
      files: { [mine]: httpRoute('catalog/a', { host: 'c.example' }) },
    },
    {
      way: 'a path that nobody has',
      setting,
      files: { [mine]: httpRoute('catalog/a', { host, path: '/cart' }) },
    },
    {
      way: 'a path that begins alike',
      setting,
      files: { [mine]: httpRoute('catalog/a', { host, path: '/apple' }) },
    },
    {
      way: 'a prefix above that of another team’s, which stays the longer one',
      setting,
      files: { [mine]: httpRoute('catalog/a', { host, path: '/' }) },
    },
    {
      way: 'an expression beside the prefix of another team’s',
      setting,
      files: {
        [mine]: httpRoute('catalog/a', {
          host,
          rules: rule('path: { type: RegularExpression, value: "/appv[0-9]" }'),
        }),
      },
    },
    {
      way: 'a route that no listener takes',
      setting,
      files: {
        [mine]: httpRoute('catalog/a', {
          host,
          path: '/app/x',
          parents: '[{ name: k, namespace: istio-system, sectionName: https }]',
        }),
      },
      says: /unattached-route/,
    },
    {
      way: 'another backend of one’s own route',
      setting: { files: { ...around, [mine]: httpRoute('catalog/a', { host, path: '/cart' }) } },
      files: {
        [mine]: httpRoute('catalog/a', { host, path: '/cart' }).replace('name: a, port', 'name: b, port'),
      },
    },
    {
      way: 'the spelling of one’s own route',
      setting: { files: { ...around, [mine]: httpRoute('catalog/a', { host, path: '/cart' }) } },
      files: { [mine]: httpRoute('catalog/a', { host, path: '/cart/' }) },
    },
    {
      way: 'one’s own route goes',
      setting: { files: { ...around, [mine]: httpRoute('catalog/a', { host, path: '/cart' }) } },
      files: { [mine]: null },
    },
    {
      way: 'a grant of one’s own that no route needs',
      setting,
      files: {
        'teams/catalog/grant.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: { name: in, namespace: catalog }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: catalog }], to: [{ group: "", kind: Service }] }
`,
      },
    },
    {
      way: 'a label of one’s own route',
      setting: { files: { ...around, [mine]: httpRoute('catalog/a', { host, path: '/cart' }) } },
      files: {
        [mine]: httpRoute('catalog/a', { host, path: '/cart' }).replace(
          'name: a,',
          'name: a, labels: { v: "2" },',
        ),
      },
    },
  ],
})
