import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

const object = (kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'login', namespace: 'ns1', ...metadata }, spec })}\n`
const rule = (value: number, metadata: object = {}) =>
  object(
    'DestinationRule',
    { host: 'login', trafficPolicy: { connectionPool: { tcp: { maxConnections: value } } } },
    metadata,
  )
const service = (port: number, app = 'login') =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'login', namespace: 'ns1' }, spec: { selector: { app }, ports: [{ port }] } })}\n`
const several = (...texts: readonly string[]) => texts.map((each) => `---\n${each}`).join('')
const theirs = { 'teams/login/service.yaml': service(80) }

type Sides = readonly [string | null, string | null]
const swapped = (way: string, [before, after]: Sides, files: object = theirs, path = mine): Attempt => ({
  way,
  setting: { files: { ...files, ...(before !== null && { [path]: before }) } },
  files: { [path]: after },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, [before, after]: Sides, files: object = theirs) => ({
  way,
  setting: { files: { ...files, ...(before !== null && { [mine]: before }) } },
  files: { [mine]: after },
})
const two = (kind: string, a: object, b: object): Sides => [
  several(object(kind, a), object(kind, b)),
  several(object(kind, b), object(kind, a)),
]
const list = (...texts: readonly string[]) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: texts.map((each) => JSON.parse(each)) })}\n`

testAttackClass('of two objects of one name the last one lives, so that their order says something', {
  attack: {
    ...swapped('two rules for another team’s service change places', [
      several(rule(1), rule(2)),
      several(rule(2), rule(1)),
    ]),
    title: /^Waiting for login: DestinationRule login changes/,
  },
  variants: [
    swapped('two of three', [several(rule(1), rule(2), rule(3)), several(rule(1), rule(3), rule(2))]),
    swapped('in a list', [list(rule(1), rule(2)), list(rule(2), rule(1))]),
    swapped(
      'two services of one name',
      [several(service(80), service(81)), several(service(81), service(80))],
      {
        'teams/login/call.yaml': object(
          'VirtualService',
          { hosts: ['login'], http: [{ route: [{ destination: { host: 'login' } }] }] },
          { name: 'call' },
        ),
      },
    ),
    swapped(
      'two services with other pods',
      [several(service(80), service(80, 'evil')), several(service(80, 'evil'), service(80))],
      {
        'teams/login/call.yaml': object(
          'VirtualService',
          { hosts: ['login'], http: [{ route: [{ destination: { host: 'login' } }] }] },
          { name: 'call' },
        ),
      },
    ),
    swapped('two filters of the shared namespace', two('EnvoyFilter', { priority: 1 }, { priority: 2 })),
    swapped(
      'two sidecars of the shared namespace',
      two('Sidecar', { egress: [] }, { egress: [{ hosts: ['./*'] }] }),
    ),
    swapped(
      'two entries for another team’s host',
      two(
        'ServiceEntry',
        { hosts: ['login.ns1.svc.cluster.local'], resolution: 'DNS' },
        { hosts: ['login.ns1.svc.cluster.local'], resolution: 'STATIC' },
      ),
    ),
    swapped('the one behind, moved in front with a comment', [
      several(rule(1), rule(2)),
      `# ours\n${several(rule(2), rule(1))}`,
    ]),
    swapped(
      'in another team’s file',
      [several(rule(1), rule(2)), several(rule(2), rule(1))],
      theirs,
      'teams/login/rules.yaml',
    ),
    {
      way: 'between two files',
      setting: { files: { ...theirs, 'teams/catalog/a.yaml': rule(1), 'teams/catalog/b.yaml': rule(2) } },
      files: { 'teams/catalog/a.yaml': rule(2), 'teams/catalog/b.yaml': rule(1) },
      ...asked,
    },
  ],
  neighbours: [
    harmless('two rules of two names', [
      several(rule(1), rule(2, { name: 'other' })),
      several(rule(2, { name: 'other' }), rule(1)),
    ]),
    harmless('two rules that are alike', [
      several(rule(1), rule(1)),
      `# twice\n${several(rule(1), rule(1))}`,
    ]),
    harmless('layout', [several(rule(1), rule(2)), `# ours\n${several(rule(1), rule(2))}`]),
    harmless('a document between them', [
      several(rule(1), rule(2)),
      several(rule(1), '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}\n', rule(2)),
    ]),
    harmless('two namespaces', [
      several(rule(1, { namespace: 'catalog' }), rule(2, { namespace: 'catalog-next' })),
      several(rule(2, { namespace: 'catalog-next' }), rule(1, { namespace: 'catalog' })),
    ]),
    harmless('two kinds of one name', [
      several(rule(1), service(80)),
      `# ours\n${several(rule(1), service(80))}`,
    ]),
    harmless('a label of one of them', [
      several(rule(1), rule(2)),
      several(rule(1, { labels: { team: 'catalog' } }), rule(2)),
    ]),
    harmless('two rules for a service of one’s own', [several(rule(1), rule(2)), several(rule(2), rule(1))], {
      'teams/catalog/service.yaml': service(80),
    }),
    harmless(
      'two services to which no route leads',
      [several(service(80), service(81)), several(service(81), service(80))],
      {},
    ),
    harmless('two ConfigMaps of one name', [
      several(
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns1"},"data":{"a":"1"}}\n',
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns1"},"data":{"a":"2"}}\n',
      ),
      several(
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns1"},"data":{"a":"2"}}\n',
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns1"},"data":{"a":"1"}}\n',
      ),
    ]),
  ],
})

const suppressing = (kind: string | undefined, resource = 'ns1/login') =>
  `suppress: [{ rule: unmodelled-change, resource: ${resource}, ${kind === undefined ? '' : `kind: ${kind}, `}reason: agreed, until: 2999-12-31 }]\n`
const rules = 'networking.istio.io/DestinationRule'
const agreed = (kind: string, spec: object, configured: string | undefined = rules, resource?: string) => ({
  setting: { files: theirs, configuration: suppressing(configured, resource) },
  files: { [mine]: object(kind, spec) },
})
const filter = { priority: 1 }

testAttackClass('what somebody lives with has a kind', {
  attack: {
    way: 'a filter under the name of a rule that is lived with',
    ...agreed('EnvoyFilter', filter),
    ...asked,
    says: /is about a networking\.istio\.io\/DestinationRule; this is about a networking\.istio\.io\/EnvoyFilter/,
  },
  variants: [
    { way: 'a sidecar', ...agreed('Sidecar', { egress: [] }), ...asked },
    { way: 'an entry', ...agreed('ServiceEntry', { hosts: ['login.ns1.svc.cluster.local'] }), ...asked },
    {
      way: 'a rule, where a filter is lived with',
      ...agreed('DestinationRule', { host: 'login' }, 'networking.istio.io/EnvoyFilter'),
      ...asked,
    },
    {
      way: 'a filter, where nothing says of which kind',
      ...agreed('EnvoyFilter', filter, ''.concat('networking.istio.io/VirtualService')),
      ...asked,
    },
    {
      way: 'a filter, where the kind is left out',
      setting: { files: theirs, configuration: suppressing(undefined) },
      files: { [mine]: object('EnvoyFilter', filter) },
      ...asked,
    },
    {
      way: 'a rule, where the kind is left out',
      setting: { files: theirs, configuration: suppressing(undefined) },
      files: { [mine]: rule(1) },
      ...asked,
    },
    {
      way: 'the same kind in another group',
      ...agreed('DestinationRule', { host: 'login' }, 'things.example/DestinationRule'),
      ...asked,
    },
    {
      way: 'the kind without its group',
      ...agreed('DestinationRule', { host: 'login' }, 'DestinationRule'),
      ...asked,
    },
    { way: 'another name', ...agreed('DestinationRule', { host: 'login' }, rules, 'ns1/other'), ...asked },
    {
      way: 'a policy',
      setting: { files: theirs, configuration: suppressing(rules) },
      files: { [mine]: object('AuthorizationPolicy', {}).replace('networking', 'security') },
      ...asked,
    },
    {
      way: 'a filter beside the rule that is lived with',
      setting: { files: theirs, configuration: suppressing(rules) },
      files: { [mine]: several(rule(1), object('EnvoyFilter', filter)) },
      ...asked,
    },
  ],
  neighbours: [
    { way: 'the rule that is lived with', ...agreed('DestinationRule', { host: 'login' }) },
    {
      way: 'a filter that is lived with',
      ...agreed('EnvoyFilter', filter, 'networking.istio.io/EnvoyFilter'),
    },
    {
      way: 'a sidecar that is lived with',
      ...agreed('Sidecar', { egress: [] }, 'networking.istio.io/Sidecar'),
    },
    {
      way: 'an entry that is lived with',
      ...agreed(
        'ServiceEntry',
        { hosts: ['login.ns1.svc.cluster.local'] },
        'networking.istio.io/ServiceEntry',
      ),
    },
    {
      way: 'the rule in an older version',
      setting: { files: theirs, configuration: suppressing(rules) },
      files: { [mine]: rule(1).replace('/v1"', '/v1beta1"') },
    },
    {
      way: 'another value of it',
      setting: { files: { ...theirs, [mine]: rule(1) }, configuration: suppressing(rules) },
      files: { [mine]: rule(2) },
    },
    {
      way: 'that it is taken away',
      setting: { files: { ...theirs, [mine]: rule(1) }, configuration: suppressing(rules) },
      files: { [mine]: null },
    },
    {
      way: 'another place of it',
      setting: { files: { ...theirs, [mine]: rule(1) }, configuration: suppressing(rules) },
      files: { [mine]: null, 'teams/catalog/b.yaml': rule(1) },
    },
    {
      way: 'both kinds, each lived with',
      setting: {
        files: theirs,
        configuration: `suppress:\n  - { rule: unmodelled-change, resource: ns1/login, kind: ${rules}, reason: a, until: 2999-12-31 }\n  - { rule: unmodelled-change, resource: ns1/login, kind: networking.istio.io/EnvoyFilter, reason: b, until: 2999-12-31 }\n`,
      },
      files: { [mine]: several(rule(1), object('EnvoyFilter', filter)) },
    },
    {
      way: 'a service that is lived with, whose kind has no group',
      setting: {
        files: {
          'teams/login/call.yaml': object(
            'VirtualService',
            { hosts: ['login'], http: [{ route: [{ destination: { host: 'login' } }] }] },
            { name: 'call' },
          ),
          [mine]: service(80),
        },
        configuration: suppressing('Service'),
      },
      files: { [mine]: service(81) },
    },
  ],
})
