import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const service = (name = 'reviews', namespace = 'catalog', ports = '{ name: http, port: 80 }') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [${ports}] }\n`

interface Rule {
  readonly name?: string
  readonly namespace?: string
  readonly host?: string
  readonly more?: string
}

const v1 = '{ name: v1, labels: { version: v1 } }'
const v2 = '{ name: v2, labels: { version: v2 } }'

function rule(
  subsets: readonly string[],
  { name = 'reviews', namespace = 'catalog', host = 'reviews', more = '' }: Rule = {},
): string {
  return `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { host: "${host}", subsets: [${subsets.join(', ')}]${more} }\n`
}

const full = 'reviews.catalog.svc.cluster.local'

/** Login's secondary, which leads to a subset of a service of catalog's. */
function secondary(destination = `{ host: ${full}, subset: v1, port: { number: 80 } }`, more = ''): string {
  return `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-1, namespace: ns1 }
spec:
  http:
    - match: [{ uri: { exact: /login } }, { uri: { exact: /logout } }]
      route: [{ destination: ${destination} }]
${more}`
}

const ownSecondary = (subset: string) =>
  secondary(`{ host: ${full}, subset: ${subset} }`)
    .replace('vs-1', 'vs-2')
    .replace('[{ uri: { exact: /login } }, { uri: { exact: /logout } }]', '[{ uri: { prefix: /static } }]')

const deployment = (name: string, version: string, image = '1') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: catalog }\nspec: { template: { metadata: { labels: { app: reviews, version: ${version} } }, spec: { containers: [{ name: a, image: "a:${image}" }] } } }\n`

const path = 'teams/catalog/rule.yaml'

const files = {
  'teams/catalog/service.yaml': service(),
  [path]: rule([v1, v2]),
  'teams/login/vs-1.yaml': secondary(),
}

const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const

function stopped(way: string, change: Files, more: Files = {}): Attempt {
  return { way, setting: { files: { ...files, ...more } }, files: change, ...asked, says: /subset v1/ }
}

/** Nothing defines it any more: its requests get 503. */
function lost(way: string, change: Files, more: Files = {}): Attempt {
  return {
    ...stopped(way, change, more),
    conclusion: 'failure',
    says: /has no subset v1 any more, to which [^ ]+ leads: these requests to [a-z.]+ get 503/,
  }
}

function harmless(way: string, change: Files, more: Files = {}) {
  return { way, setting: { files: { ...files, ...more } }, files: change, says: '', title: '' }
}

testAttackClass("a subset of one's own service to which another team's routes lead", {
  onGitHub: {},
  attack: {
    ...lost('it is left out of the DestinationRule', { [path]: rule([v2]) }),
    title: /^Blocked: reviews has no subset v1 any more/,
  },
  variants: [
    lost('the DestinationRule is removed', { [path]: null }),
    lost('it is called otherwise', { [path]: rule([v1.replace('name: v1', 'name: stable'), v2]) }),
    stopped('it selects pods that are not there', {
      [path]: rule([v1.replace('version: v1', 'version: v9'), v2]),
    }),
    stopped('it selects other pods of the service', {
      [path]: rule([v1.replace('version: v1', 'version: v2'), v2]),
    }),
    stopped('it selects all pods', { [path]: rule(['{ name: v1 }', v2]) }),
    stopped('one more label is asked for', {
      [path]: rule([v1.replace('version: v1', 'version: v1, tier: gold'), v2]),
    }),
    stopped('two subsets change their labels', {
      [path]: rule([v1.replace('version: v1', 'version: v2'), v2.replace('version: v2', 'version: v1')]),
    }),
    stopped('one of its name comes before it', {
      [path]: rule([v1.replace('version: v1', 'version: v9'), v1, v2]),
    }),
    stopped(
      'the first of its name goes',
      { [path]: rule([v1.replace('version: v1', 'version: v9'), v2]) },
      { [path]: rule([v1, v1.replace('version: v1', 'version: v9'), v2]) },
    ),
    stopped(
      'those of its name change places',
      { [path]: rule([v1.replace('version: v1', 'version: v9'), v1]) },
      { [path]: rule([v1, v1.replace('version: v1', 'version: v9')]) },
    ),
    lost('the DestinationRule is for another host', { [path]: rule([v1, v2], { host: 'other' }) }),
    lost('the DestinationRule is kept to its own namespace', {
      [path]: rule([v1, v2], { more: ', exportTo: ["."]' }),
    }),
    lost('the DestinationRule is for some pods of its own namespace alone', {
      [path]: rule([v1, v2], { more: ', workloadSelector: { matchLabels: { app: front } }' }),
    }),
    lost('the DestinationRule is for all pods of its own namespace alone', {
      [path]: rule([v1, v2], { more: ', exportTo: ["*"], workloadSelector: {}' }),
    }),
    lost(
      'only what is for some pods defines it still',
      { [path]: rule([v2]) },
      {
        'teams/catalog/front.yaml': rule([v1, v2], {
          name: 'front',
          more: ', workloadSelector: { matchLabels: { app: front } }',
        }),
      },
    ),
    stopped('it is exported to a namespace where login has nothing', {
      [path]: rule([v1, v2], { more: ', exportTo: [payments]' }),
    }),
    stopped('the DestinationRule is not applied any more', {
      [path]: rule([v1, v2]).replace(
        'namespace: catalog }',
        'namespace: catalog, annotations: { config.kubernetes.io/local-config: "true" } }',
      ),
    }),
    lost(
      'a more specific one defines nothing',
      { 'teams/catalog/more.yaml': rule([], { name: 'more' }) },
      {
        [path]: rule([v1], { host: '*.catalog.svc.cluster.local' }),
      },
    ),
    lost('its file is rewritten under another name without it', {
      [path]: null,
      'teams/catalog/new.yaml': rule([v2], { name: 'new' }),
    }),
    lost('it is defined for others alone that a namespace sees', {
      [path]: rule([v1], { host: '*', more: ', exportTo: [catalog]' }),
    }),
    lost(
      'a mirror goes there',
      { [path]: rule([v2]) },
      {
        'teams/login/vs-1.yaml': secondary(
          '{ host: productpage.default.svc.cluster.local }',
          `      mirror: { host: ${full}, subset: v1 }\n`,
        ),
      },
    ),
    lost(
      'a route of tcp goes there',
      { [path]: rule([v2]) },
      {
        'teams/login/vs-1.yaml': secondary('{ host: productpage.default.svc.cluster.local }'),
        'teams/login/tcp.yaml': `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: tcp, namespace: login }\nspec: { hosts: [db.example], tcp: [{ route: [{ destination: { host: ${full}, subset: v1 } }] }] }\n`,
      },
    ),
    {
      ...stopped(
        'the subset is one that another tool fills in',
        { [path]: rule([v2]) },
        { 'teams/login/vs-1.yaml': secondary(`{ host: ${full}, subset: "v\${N}" }`) },
      ),
      says: /for the subset v\$\{N\}/,
    },
    lost(
      'the host is written in capitals',
      { [path]: rule([v2]) },
      {
        [path]: rule([v1, v2], { host: full.toUpperCase() }),
      },
    ),
    stopped(
      'the pods that it selects go',
      { 'teams/catalog/v1.yaml': null },
      {
        'teams/catalog/v1.yaml': deployment('v1', 'v1'),
      },
    ),
    stopped(
      'the pods that it selects are called otherwise',
      {
        'teams/catalog/v1.yaml': deployment('v1', 'v3'),
      },
      { 'teams/catalog/v1.yaml': deployment('v1', 'v1') },
    ),
    {
      way: 'a host outside the cluster',
      setting: {
        files: {
          ...files,
          'teams/catalog/entry.yaml':
            'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: api, namespace: catalog }\nspec: { hosts: [api.example], ports: [{ number: 443, name: tls, protocol: TLS }] }\n',
          [path]: rule([v1], { host: 'api.example' }),
          'teams/login/vs-1.yaml': secondary('{ host: api.example, subset: v1 }'),
        },
      },
      files: { [path]: rule([v2], { host: 'api.example' }) },
      ...asked,
      conclusion: 'failure',
      says: /api.example has no subset v1 any more/,
    },
  ],
  neighbours: [
    harmless(
      'its routes lead elsewhere already',
      { [path]: rule([v2]) },
      { 'teams/login/vs-1.yaml': secondary().replaceAll('v1,', 'v2,') },
    ),
    harmless(
      'a wildcard for all services of the mesh beside rules of another repository',
      {
        'teams/catalog/all.yaml': rule([], { name: 'all', host: '*.catalog.svc.cluster.local' }),
      },
      { [path]: null },
    ),
    harmless(
      'a first rule of the host, with all subsets that routes use',
      { [path]: rule([v1, v2]) },
      { [path]: null },
    ),
    harmless('a rule for clients of one other namespace', {
      'teams/catalog/more.yaml': rule([v1], { name: 'more', more: ', exportTo: [catalog]' }),
    }),
    harmless('a rule for some pods of its own namespace', {
      'teams/catalog/front.yaml': rule([], {
        name: 'front',
        more: ', workloadSelector: { matchLabels: { app: front } }',
      }),
    }),
    harmless(
      'a rule for some pods goes',
      { 'teams/catalog/front.yaml': null },
      {
        'teams/catalog/front.yaml': rule([v1.replace('version: v1', 'version: v9')], {
          name: 'front',
          more: ', workloadSelector: { matchLabels: { app: front } }',
        }),
      },
    ),
    harmless('another subset', { [path]: rule([v1, v2, v1.replaceAll('v1', 'v3')]) }),
    harmless('a subset that no route uses goes', { [path]: rule([v1]) }),
    harmless('a subset that no route uses selects others', {
      [path]: rule([v1, v2.replace('version: v2', 'version: v9')]),
    }),
    harmless('a policy for all of it', {
      [path]: rule([v1, v2], { more: ', trafficPolicy: { loadBalancer: { simple: RANDOM } }' }),
    }),
    harmless('a policy of the subset', {
      [path]: rule([v1.replace('name: v1,', 'name: v1, trafficPolicy: { tls: { mode: DISABLE } },'), v2]),
    }),
    harmless('another order', { [path]: rule([v2, v1]) }),
    harmless('one of its name comes behind it', {
      [path]: rule([v1, v1.replace('version: v1', 'version: v9'), v2]),
    }),
    harmless(
      'the second of its name goes',
      { [path]: rule([v1, v2]) },
      { [path]: rule([v1, v2, v1.replace('version: v1', 'version: v9')]) },
    ),
    harmless(
      'the second of its name changes',
      { [path]: rule([v1, v1.replace('version: v1', 'version: v8')]) },
      { [path]: rule([v1, v1.replace('version: v1', 'version: v9')]) },
    ),
    harmless('another file', { [path]: null, 'teams/catalog/rules.yaml': rule([v1, v2]) }),
    harmless('another name of the rule', { [path]: rule([v1, v2], { name: 'renamed' }) }),
    harmless('another way to write the host', { [path]: rule([v1, v2], { host: full }) }),
    harmless('two rules instead of one', {
      [path]: rule([v1]),
      'teams/catalog/more.yaml': rule([v2], { name: 'more' }),
    }),
    harmless('a comment', { [path]: `# reviewed\n${rule([v1, v2])}` }),
    harmless('a label of the rule', {
      [path]: rule([v1, v2]).replace('namespace: catalog }', 'namespace: catalog, labels: { a: b } }'),
    }),
    harmless(
      "a subset of one's own that only one's own routes use",
      { [path]: rule([v1]), 'teams/catalog/vs-2.yaml': ownSecondary('v1') },
      { 'teams/catalog/vs-2.yaml': ownSecondary('v2') },
    ),
    harmless(
      'a rule for clients of its own namespace alone',
      { [path]: rule([v2], { more: ', exportTo: ["."]' }) },
      {
        [path]: rule([v1, v2], { more: ', exportTo: ["."]' }),
        'teams/login/vs-1.yaml': secondary(`{ host: ${full}, port: { number: 80 } }`),
      },
    ),
    harmless(
      'a subset of that name of another service',
      { 'teams/catalog/other.yaml': rule([v2], { name: 'other', host: 'other' }) },
      {
        'teams/catalog/other-service.yaml': service('other'),
        'teams/catalog/other.yaml': rule([v1, v2], { name: 'other', host: 'other' }),
      },
    ),
    harmless(
      'a subset that was not defined before',
      { [path]: rule([v2], { more: ', trafficPolicy: {}' }) },
      {
        [path]: rule([v2]),
      },
    ),
    harmless(
      'a new image of the pods that it selects',
      { 'teams/catalog/v1.yaml': deployment('v1', 'v1', '2') },
      { 'teams/catalog/v1.yaml': deployment('v1', 'v1') },
    ),
    harmless(
      'pods that another workload runs as well',
      { 'teams/catalog/v1.yaml': null },
      {
        'teams/catalog/v1.yaml': deployment('v1', 'v1'),
        'teams/catalog/v1-canary.yaml': deployment('v1-canary', 'v1'),
      },
    ),
  ],
})
