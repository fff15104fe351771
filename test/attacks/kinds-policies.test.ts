import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const policy = (
  spec: string,
  namespace: string,
  kind = 'AuthorizationPolicy',
) => `apiVersion: security.istio.io/v1
kind: ${kind}
metadata: { name: guard, namespace: ${namespace} }
spec: ${spec}
`

const deployment = (name: string, namespace: string, labels = `app: ${name}`) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: ${name}, image: "${name}:1" }] } }
`

const mine = 'teams/catalog/policy.yaml'
const workloads = {
  'teams/login/login.yaml': deployment('login', 'ns1'),
  'teams/catalog/catalog.yaml': deployment('catalog', 'ns1'),
}
const home = { 'teams/catalog/home.yaml': deployment('catalog', 'catalog') }
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const attack: Attempt = {
  way: 'a policy in the root namespace that denies everything',
  files: { [mine]: policy('{}', 'istio-system') },
  conclusion: 'action_required',
  waitsFor: ['login', 'mesh-admins'],
  title: /^Waiting for login and mesh-admins: \/login and \/logout would return 403/,
  says: /for every workload of the mesh/,
  silentOn: /no mesh manifest touched|no request changes/,
}

testAttackClass('policies ask whose workloads they judge', {
  attack,
  variants: [
    {
      way: 'a policy in the shared namespace without a selector',
      setting: { files: workloads },
      files: { [mine]: policy('{ action: DENY, rules: [{}] }', 'ns1') },
      ...asked,
      says: /in the namespace ns1, where .*login have something/,
    },
    {
      way: 'a policy for the pods of another team',
      setting: { files: workloads },
      files: { [mine]: policy('{ selector: { matchLabels: { app: login } } }', 'ns1') },
      ...asked,
      says: /for the pods login/,
    },
    {
      way: 'a policy for the pods of the gateway',
      files: { [mine]: policy('{ selector: { matchLabels: { istio: ingressgateway } } }', 'istio-system') },
      ...asked,
      says: /403, not allowed by AuthorizationPolicy istio-system\/guard/,
      silentOn: /unmodelled-change/,
    },
    {
      way: 'a token asked for at the gateway',
      files: {
        [mine]: policy(
          '{ selector: { matchLabels: { istio: ingressgateway } }, jwtRules: [{ issuer: me }] }',
          'istio-system',
          'RequestAuthentication',
        ),
      },
      ...asked,
    },
    {
      way: 'mutual TLS for the whole mesh',
      files: { [mine]: policy('{ mtls: { mode: DISABLE } }', 'istio-system', 'PeerAuthentication') },
      ...everybody,
    },
    {
      way: 'a policy for the service of another team',
      setting: {
        files: {
          'teams/login/service.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login } }\n',
        },
      },
      files: { [mine]: policy('{ targetRefs: [{ kind: Service, name: login }] }', 'ns1') },
      ...asked,
    },
    {
      way: 'a policy for every waypoint',
      files: {
        [mine]: policy(
          '{ targetRefs: [{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }] }',
          'istio-system',
        ),
      },
      ...everybody,
    },
    {
      way: 'a policy of one’s own that loses its selector',
      setting: {
        files: { ...workloads, [mine]: policy('{ selector: { matchLabels: { app: catalog } } }', 'ns1') },
      },
      files: { [mine]: policy('{}', 'ns1') },
      ...asked,
    },
    {
      way: 'a policy for all that is taken away',
      setting: { files: { ...workloads, [mine]: policy('{ action: DENY, rules: [{}] }', 'ns1') } },
      files: { [mine]: null },
      ...asked,
      says: /is removed/,
    },
    {
      way: 'a policy for all that is only tried out from now on',
      setting: { files: { ...workloads, [mine]: policy('{ action: DENY, rules: [{}] }', 'ns1') } },
      files: {
        [mine]: policy('{ action: DENY, rules: [{}] }', 'ns1').replace(
          'namespace: ns1',
          'namespace: ns1, annotations: { istio.io/dry-run: "true" }',
        ),
      },
      ...asked,
    },
    {
      way: 'a policy in a namespace of another team',
      setting: { files: { 'teams/login/home.yaml': deployment('web', 'login') } },
      files: { [mine]: policy('{ selector: { matchLabels: { app: other } } }', 'login') },
      ...asked,
    },
    {
      way: 'a policy for all of a namespace that nobody has anything in here: the gateway’s, perhaps',
      files: { [mine]: policy('{}', 'istio-ingress') },
      ...asked,
    },
    {
      way: 'a policy for the pods of the gateway by another of their labels',
      setting: { configuration: 'istio: { gatewayNamespaces: [edge] }\n' },
      files: { [mine]: policy('{ selector: { matchLabels: { app: istio-ingressgateway } } }', 'edge') },
      ...asked,
    },
    {
      way: 'logs of the whole mesh',
      files: {
        [mine]: policy('{ accessLogging: [{ disabled: true }] }', 'istio-system', 'Telemetry').replace(
          'security.istio.io/v1',
          'telemetry.istio.io/v1',
        ),
      },
      ...everybody,
    },
    {
      way: 'the policy is one of a list that does not name the kind of its items',
      setting: { files: workloads },
      files: {
        [mine]:
          'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicyList\nitems:\n  - metadata: { name: guard, namespace: ns1 }\n    spec: {}\n',
      },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'a policy for one’s own pods in the shared namespace',
      setting: { files: workloads },
      files: { [mine]: policy('{ selector: { matchLabels: { app: catalog } } }', 'ns1') },
      title: /^OK: AuthorizationPolicy guard is new/,
    },
    {
      way: 'a policy for all of one’s own namespace',
      setting: { files: home },
      files: { [mine]: policy('{}', 'catalog') },
    },
    {
      way: 'another rule in a policy of one’s own',
      setting: { files: { ...home, [mine]: policy('{ rules: [{}] }', 'catalog') } },
      files: { [mine]: policy('{ rules: [{ to: [{ operation: { paths: [/a] } }] }] }', 'catalog') },
      title: /^OK: AuthorizationPolicy guard changes/,
    },
    {
      way: 'a policy of one’s own that is taken away',
      setting: { files: { ...home, [mine]: policy('{}', 'catalog') } },
      files: { [mine]: null },
    },
    {
      way: 'a policy in a new namespace',
      files: {
        [mine]: policy('{}', 'catalog-next'),
        'teams/catalog/next.yaml': deployment('a', 'catalog-next'),
      },
    },
    {
      way: 'a policy in a namespace that is not the gateway’s, by the configuration',
      setting: { configuration: 'istio: { gatewayNamespaces: [edge] }\n' },
      files: { [mine]: policy('{}', 'nobodys') },
    },
    {
      way: 'telemetry of one’s own pods',
      setting: { files: workloads },
      files: {
        [mine]: policy('{ selector: { matchLabels: { app: catalog } } }', 'ns1', 'Telemetry').replace(
          'security.istio.io/v1',
          'telemetry.istio.io/v1',
        ),
      },
    },
    {
      way: 'the layout of a policy for all',
      setting: { files: { ...workloads, [mine]: policy('{ action: DENY, rules: [{}] }', 'ns1') } },
      files: { [mine]: policy('\n  rules: [{}]\n  action: DENY', 'ns1') },
    },
    {
      way: 'an older version of the API for the same policy',
      setting: { files: { ...workloads, [mine]: policy('{}', 'ns1') } },
      files: { [mine]: policy('{}', 'ns1').replace('/v1', '/v1beta1') },
    },
    {
      way: 'a label of one’s own on a policy for all',
      setting: { files: { ...workloads, [mine]: policy('{}', 'ns1') } },
      files: {
        [mine]: policy('{}', 'ns1').replace('namespace: ns1', 'namespace: ns1, labels: { team: catalog }'),
      },
    },
    {
      way: 'a policy that names no namespace, of a team that has one of its own',
      setting: {
        files: {
          ...home,
          'teams/catalog/vs-2.yaml': null,
          'teams/catalog/rule.yaml': policy('{}', 'catalog').replace('guard', 'old'),
        },
      },
      files: {
        [mine]: policy('{ selector: { matchLabels: { app: other } } }', 'x').replace(', namespace: x', ''),
      },
    },
    {
      way: 'a NetworkPolicy for one’s own namespace, which no proxy reads',
      setting: { files: { ...workloads, ...home } },
      files: {
        [mine]:
          'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: catalog }\nspec: { podSelector: {} }\n',
      },
      title: 'OK: no mesh manifest touched',
    },
    {
      way: 'a policy for pods of one’s own, beside the policy of another team',
      setting: {
        files: {
          ...workloads,
          'teams/login/policy.yaml': policy('{ selector: { matchLabels: { app: login } } }', 'ns1'),
        },
      },
      files: {
        [mine]: policy('{ selector: { matchLabels: { app: catalog } } }', 'ns1').replace('guard', 'gate'),
      },
    },
  ],
})
