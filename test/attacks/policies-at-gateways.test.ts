import { testAttackClass } from '../support/attack-class.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../support/gateway-api.ts'

const mine = 'teams/catalog/policy.yaml'
const pods = 'selector: { matchLabels: { istio: ingressgateway } }'

/** A policy of catalog's in the root namespace, for the pods of the gateway. */
const policy = (
  spec: string,
  { name = 'guard', namespace = 'istio-system', selector = `${pods}, `, annotations = '' } = {},
) =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: ${name}, namespace: ${namespace}${annotations} }\nspec: { ${selector}${spec} }\n`
const deny = (operation: string, more = {}) =>
  policy(`action: DENY, rules: [{ to: [{ operation: ${operation} }] }]`, more)

/** Two teams with a host each at one gateway. */
const virtualService = (team: string, pages = team) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${team}, namespace: ${team} }\nspec: { hosts: [${team}.example], gateways: [default/bookinfo-gateway], http: [{ match: [{ uri: { prefix: /${team} } }], route: [{ destination: { host: ${team} } }] }, { route: [{ destination: { host: ${pages} } }] }] }\n`
const files = {
  'mesh/bookinfo.yaml': null,
  'teams/login/vs-1.yaml': virtualService('login'),
  'teams/catalog/vs-2.yaml': virtualService('catalog'),
}
const setting = { files }
const withBefore = (text: string, more = {}) => ({ files: { ...files, [mine]: text, ...more } })
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const stopped = (way: string, text: string, says: string | RegExp = '403') =>
  ({ way, setting, files: { [mine]: text }, ...asks, says }) as const
const quiet = (way: string, text: string | null, before?: string) => ({
  way,
  setting: before === undefined ? setting : withBefore(before),
  files: { [mine]: text },
})

const service = (target: number) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: istio-system }\nspec: { selector: { istio: ingressgateway, app: gw }, ports: [{ name: http, port: 80, targetPort: ${target} }] }\n`

/** The same teams with HTTPRoutes on a Kubernetes Gateway, whose pods Istio makes unless it has an address. */
const onKubernetesGateway = (k: string) => ({
  files: {
    'mesh/bookinfo.yaml': null,
    'mesh/service.yaml': gatewayService,
    'mesh/k.yaml': k,
    'teams/login/r.yaml': httpRoute('login/login', { host: 'login.example' }),
    'teams/catalog/r.yaml': httpRoute('catalog/catalog', { host: 'catalog.example', path: '/catalog' }),
  },
})
const managed = kubernetesGateway().replace(/ {2}addresses: .*\n/, '')
const attached = 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: k }], '

/** The same as Kustomize builds it for two clusters, with or without a policy. */
const gateway =
  'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: bookinfo-gateway, namespace: default }\nspec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }\n'
const overlay = 'resources: [../../mesh, ../../teams/login, ../../teams/catalog]\n'
const built = {
  files: {
    ...files,
    'mesh/gateway.yaml': gateway,
    'mesh/kustomization.yaml': 'resources: [gateway.yaml]\n',
    'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\n',
    'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, policy.yaml]\n',
    [mine]: deny('{ hosts: [nobody.example] }'),
    'clusters/a/kustomization.yaml': overlay,
    'clusters/b/kustomization.yaml': overlay,
  },
}

testAttackClass('a policy at the gateway refuses requests that another team answers', {
  attack: {
    ...stopped('by one of its paths', deny('{ paths: [/login/admin] }'), /\/login\/admin/),
    title: /^Waiting for login: login\.example\/login\/admin would return 403/,
    silentOn: /unmodelled-change/,
  },
  variants: [
    stopped(
      'by a path within everything else',
      policy('rules: [{ to: [{ operation: { notPaths: [/login/x] } }] }]'),
      /403, not allowed by AuthorizationPolicy/,
    ),
    stopped('by a template', deny('{ paths: ["/login/{*}/edit"] }')),
    stopped(
      'by a header',
      policy(
        'action: DENY, rules: [{ when: [{ key: "request.headers[X-Beta]", values: ["*"] }], to: [{ operation: { hosts: ["login*"] } }] }]',
      ),
      /header x-beta/,
    ),
    stopped(
      'where a header is missing',
      policy(
        'action: DENY, rules: [{ when: [{ key: "request.headers[x-token]", notValues: ["*"] }], to: [{ operation: { hosts: ["login*"] } }] }]',
      ),
    ),
    stopped(
      'of those who have no certificate, which is everybody',
      policy('rules: [{ from: [{ source: { namespaces: [catalog] } }] }]'),
    ),
    stopped(
      'of those who have no token, which is everybody',
      policy(
        'action: DENY, rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }], to: [{ operation: { hosts: ["login*"] } }] }]',
      ),
    ),
    stopped(
      'perhaps, by an address',
      policy('action: DENY, rules: [{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }]'),
      /perhaps 403/,
    ),
    stopped(
      'perhaps, by another program',
      policy(
        'action: CUSTOM, provider: { name: ext }, rules: [{ to: [{ operation: { hosts: ["login*"] } }] }]',
      ),
      /asks the provider ext/,
    ),
    {
      ...stopped(
        'by the port of the pods',
        policy('action: DENY, rules: [{ when: [{ key: destination.port, values: ["8080"] }] }]'),
      ),
      setting: { files: { ...files, 'mesh/service.yaml': service(8080) } },
    },
    {
      way: 'a policy that allowed all goes, and one that allows less stays',
      setting: withBefore(policy('rules: [{}]'), {
        'teams/login/less.yaml': policy(
          'rules: [{ to: [{ operation: { hosts: ["login*"], paths: ["/login*"] } }] }]',
          { name: 'less' },
        ),
      }),
      files: { [mine]: null },
      ...asks,
      says: /403, not allowed by AuthorizationPolicy istio-system\/less/,
    },
    {
      way: 'a policy that was only tried out is in force from now on',
      setting: withBefore(
        deny('{ paths: [/login/admin] }', { annotations: ', annotations: { istio.io/dry-run: "true" }' }),
      ),
      files: { [mine]: deny('{ paths: [/login/admin] }') },
      ...asks,
    },
    {
      way: 'requests are let in that were refused',
      setting: withBefore(deny('{ hosts: ["login*"], paths: [/login/admin] }')),
      files: { [mine]: deny('{ hosts: ["catalog*"] }') },
      ...asks,
      says: /\/login\/admin/,
    },
    {
      way: 'a policy for all pods goes to those of the gateway alone, and refuses there what it allowed',
      setting: withBefore(policy('rules: [{}]')),
      files: { [mine]: policy('rules: [{ to: [{ operation: { hosts: [catalog.example] } }] }]') },
      ...asks,
    },
    {
      ...stopped('at a Kubernetes Gateway on the pods behind a Service', deny('{ paths: ["/login*"] }')),
      setting: onKubernetesGateway(kubernetesGateway()),
      title: 'Waiting for login: /login and /login/* would return 403',
      silentOn: /unmodelled-change/,
    },
    {
      ...stopped(
        'at a Kubernetes Gateway that it names',
        deny('{ paths: ["/login*"] }', { selector: attached }),
      ),
      setting: onKubernetesGateway(managed),
      title: 'Waiting for login: /login and /login/* would return 403',
      silentOn: /unmodelled-change/,
    },
    {
      ...stopped('in each of two clusters', deny('{ paths: ["/login*"] }')),
      setting: built,
      title: 'Waiting for login: login.example/login* would return 403 in a and b',
      silentOn: /unmodelled-change/,
    },
    {
      way: 'a name is said for the root namespace by the way',
      setting,
      files: {
        [mine]: deny('{ paths: [/login/admin] }'),
        'teams/catalog/values.yaml': 'global: { rootNamespace: nowhere }\n',
      },
      ...asks,
    },
    {
      way: 'pods with the labels of the gateway are said to be elsewhere by the way',
      setting,
      files: {
        [mine]: deny('{ paths: [/login/admin] }', { namespace: 'edge' }),
        'teams/catalog/pods.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: catalog }\nspec: { template: { metadata: { labels: { istio: ingressgateway } }, spec: { containers: [{ name: a, image: "a:1" }] } } }\n',
      },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'of one’s own host at a Kubernetes Gateway',
      setting: onKubernetesGateway(kubernetesGateway()),
      files: { [mine]: deny('{ hosts: [catalog.example] }') },
    },
    {
      way: 'of one’s own path at a Kubernetes Gateway that it names',
      setting: onKubernetesGateway(managed),
      files: { [mine]: deny('{ paths: ["/catalog*"] }', { selector: attached }) },
    },
    {
      way: 'of one’s own paths in each of two clusters',
      setting: built,
      files: { [mine]: deny('{ paths: ["/catalog*"], hosts: ["catalog*"] }') },
    },
    quiet('of one’s own host', deny('{ hosts: [catalog.example] }')),
    quiet('of one’s own paths', deny('{ paths: ["/catalog/*"], hosts: ["catalog*"] }')),
    quiet('of nobody’s host', deny('{ hosts: [nobody.example] }')),
    quiet('of a path that never arrives', deny('{ paths: [/login/../x] }')),
    quiet(
      'rules in another order',
      policy(
        'action: DENY, rules: [{ to: [{ operation: { paths: [/a] } }] }, { to: [{ operation: { paths: [/login] } }] }]',
      ),
      policy(
        'action: DENY, rules: [{ to: [{ operation: { paths: [/login] } }] }, { to: [{ operation: { paths: [/a] } }] }]',
      ),
    ),
    quiet('a comment', `# why\n${deny('{ paths: [/login] }')}`, deny('{ paths: [/login] }')),
    quiet(
      'a path within one that is refused',
      deny('{ paths: ["/login*", /login/a] }'),
      deny('{ paths: ["/login*"] }'),
    ),
    quiet('what only writes it down', policy('action: AUDIT, rules: [{}]')),
    quiet(
      'a dry run',
      deny('{ paths: [/login] }', { annotations: ', annotations: { istio.io/dry-run: "true" }' }),
    ),
    quiet('what allows all', policy('rules: [{}]')),
    quiet('what allowed all goes', null, policy('rules: [{}]')),
    quiet(
      'of those with a certificate, which is nobody',
      policy('action: DENY, rules: [{ from: [{ source: { principals: ["*"] } }] }]'),
    ),
    quiet(
      'of those with a token, which is nobody',
      policy('action: DENY, rules: [{ when: [{ key: "request.auth.claims[iss]", values: ["*"] }] }]'),
    ),
    {
      ...quiet(
        'of a port to which the Service does not lead',
        policy('action: DENY, rules: [{ when: [{ key: destination.port, values: ["80"] }] }]'),
      ),
      setting: { files: { ...files, 'mesh/service.yaml': service(8080) } },
    },
    {
      way: 'a route of one’s own, where another program is asked first',
      setting: withBefore(policy('action: CUSTOM, provider: { name: ext }, rules: [{}]')),
      files: { 'teams/catalog/vs-2.yaml': virtualService('catalog', 'others') },
    },
  ],
})
