import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'

const secondary = 'teams/catalog/vs-2.yaml'
const shop = 'teams/catalog/shop.yaml'
const before = bookinfoFiles()[secondary] ?? ''

/** `«X»` stands for the placeholder of that name. */
function filled(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

function virtualService(name: string, namespace: string, spec: unknown): string {
  return filled(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: "${name}", namespace: "${namespace}" }
spec: ${JSON.stringify(spec)}
`)
}

function gateway(spec: unknown): string {
  return filled(`apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: catalog }
spec: ${JSON.stringify(spec)}
`)
}

const route = [{ destination: { host: 'catalog.ns1.svc.cluster.local' } }]
const old = {
  match: [
    { uri: { exact: '/productpage' } },
    { uri: { prefix: '/static' } },
    { uri: { prefix: '/api/v1/products' } },
  ],
  route: [{ destination: { host: 'productpage.default.svc.cluster.local', port: { number: 9080 } } }],
}
const stolen = { match: [{ uri: { prefix: '/log' } }], route }
const own = { match: [{ uri: { prefix: '/cat' } }], route }
const onShop = (...http: readonly unknown[]) => ({
  hosts: ['shop.example'],
  gateways: ['istio-system/ingress'],
  http,
})
const routes = (...http: readonly unknown[]) => ({ [secondary]: virtualService('vs-2', 'ns1', { http }) })
const shopAs = (spec: unknown): Attempt['files'] => ({ [shop]: virtualService('w', 'catalog', spec) })

/** Login and catalog share a host, and catalog has placeholders of its own. */
const setting = (spec: unknown = onShop(own)): Setting => ({
  files: {
    'teams/login/shop.yaml': virtualService('shop', 'login', onShop({ route })),
    ...shopAs(spec),
    'teams/catalog/alone.yaml': virtualService('alone', 'catalog', {
      ...onShop(),
      hosts: ['a.example'],
      http: '«A»',
    }),
    'teams/catalog/any.yaml': virtualService('«NAME»', 'ns1', { http: [{ route }] }),
  },
})

function stopped(way: string, files: Attempt['files'], rest: Partial<Attempt> = {}): Attempt {
  return {
    way,
    setting: setting(),
    files,
    conclusion: 'action_required',
    waitsFor: ['login'],
    silentOn: /no request changes/,
    ...rest,
  }
}

const both = { waitsFor: ['login', 'mesh-admins'] }
const swapped = (way: string, from: unknown, to: unknown): Attempt =>
  stopped(way, shopAs(to), { setting: setting(from), waitsFor: ['mesh-admins'] })

testAttackClass('a placeholder beside an edit, or in place of routes', {
  attack: stopped('a value that is not known yet hides what is taken beside it', {
    ...routes(old, stolen, {
      match: [{ uri: { prefix: '/zz' } }],
      route,
      retries: { attempts: '«N»', retryOn: '«ON»' },
    }),
  }),
  variants: [
    stopped('an entry that is not known hides it', routes(old, stolen, '«ENTRY»'), both),
    stopped(
      'an entry that does nothing, by a name that is not known',
      routes(old, stolen, { match: [{ uri: { prefix: '/zz' } }], name: '«X»' }),
    ),
    stopped(
      'destinations that are not known',
      routes(old, stolen, { match: [{ uri: { prefix: '/zz' } }], route: '«TO»' }),
    ),
    stopped(
      'a redirect that is not known',
      routes(old, stolen, { match: [{ uri: { prefix: '/zz' } }], redirect: '«TO»' }),
    ),
    stopped(
      'one destination that is not known',
      routes(old, stolen, { match: [{ uri: { prefix: '/zz' } }], route: ['«TO»'] }),
    ),
    stopped(
      'all routes become a placeholder',
      { [secondary]: virtualService('vs-2', 'ns1', { http: '«ROUTES»' }) },
      both,
    ),
    stopped('the match becomes one', routes({ ...old, match: '«MATCH»' }), both),
    stopped('one match of several becomes one', routes({ ...old, match: [...old.match, '«MATCH»'] }), both),
    stopped('all routes on a host that is shared', shopAs({ ...onShop(), http: '«ROUTES»' }), both),
    swapped(
      'one placeholder for another, for all routes',
      { ...onShop(), http: '«A»' },
      { ...onShop(), http: '«B»' },
    ),
    swapped('in Kustomize`s words', { ...onShop(), http: '$(A)' }, { ...onShop(), http: '$(B)' }),
    swapped('in the words of a chart', { ...onShop(), http: '{{ .a }}' }, { ...onShop(), http: '{{ .b }}' }),
    swapped('for a match', onShop({ match: '«A»', route }), onShop({ match: '«B»', route })),
    swapped(
      'for a path',
      onShop({ match: [{ uri: '«A»' }], route }),
      onShop({ match: [{ uri: '«B»' }], route }),
    ),
    swapped(
      'for headers',
      onShop({ match: [{ headers: '«A»' }], route }),
      onShop({ match: [{ headers: '«B»' }], route }),
    ),
    stopped('for whom the routes are there', shopAs({ ...onShop(own), exportTo: ['«WHO»'] }), {
      waitsFor: ['mesh-admins'],
    }),
    stopped(
      'a Gateway on the pods of all, of which the servers are not known',
      {
        'teams/catalog/gateway.yaml': gateway({
          selector: { istio: 'ingressgateway' },
          servers: '«SERVERS»',
        }),
      },
      { waitsFor: ['mesh-admins'] },
    ),
  ],
  neighbours: [
    { way: 'a timeout that is not known', files: routes({ ...old, timeout: '«T»' }) },
    {
      way: 'retries that are not known',
      files: routes({ ...old, retries: { attempts: '«N»', retryOn: '«ON»' } }),
    },
    {
      way: 'destinations of one`s own that are not known',
      setting: setting(),
      files: routes({ ...old, route: '«TO»' }),
      silentOn: /no request changes/,
    },
    {
      way: 'other such destinations',
      setting: setting(onShop({ ...own, route: '«A»' })),
      files: shopAs(onShop({ ...own, route: '«B»' })),
      silentOn: /no request changes/,
    },
    {
      way: 'another placeholder for routes on a host of one`s own',
      setting: setting(),
      files: {
        'teams/catalog/alone.yaml': virtualService('alone', 'catalog', {
          ...onShop(),
          hosts: ['a.example'],
          http: '«B»',
        }),
      },
      silentOn: /no request changes/,
    },
    {
      way: 'the routes of a secondary that may be any by its name',
      setting: setting(),
      files: {
        'teams/catalog/any.yaml': virtualService('«NAME»', 'ns1', {
          http: [{ match: [{ uri: { exact: '/login' } }], route }],
        }),
      },
      silentOn: /no request changes/,
    },
    {
      way: 'a comment beside routes that are not known',
      setting: setting({ ...onShop(), http: '«A»' }),
      files: { [shop]: `# routes\n${virtualService('w', 'catalog', { ...onShop(), http: '«A»' })}` },
      title: /no request changes/,
    },
    {
      way: 'a label beside routes that are not known',
      setting: setting({ ...onShop(), http: '«A»' }),
      files: {
        [shop]: virtualService('w', 'catalog', { ...onShop(), http: '«A»' }).replace(
          '"catalog" }',
          '"catalog", labels: { a: b } }',
        ),
      },
      title: /no request changes/,
    },
    { way: 'a placeholder with a default', files: routes({ ...old, timeout: '«T:=5s»' }) },
    { way: 'an escaped dollar sign in a name', files: routes({ ...old, name: '$${X}' }) },
    { way: 'the name of an entry', files: routes({ ...old, name: '«X»' }) },
    { way: 'layout', files: { [secondary]: before.replace('http:\n', 'http: # routes\n') } },
  ],
})

const versioned = (apiVersion: string, kind: string, spec: unknown, name = 'vs-1') => ({
  'teams/catalog/open.yaml': filled(`apiVersion: "${apiVersion}"
kind: "${kind}"
metadata: { name: ${name}, namespace: ns1 }
spec: ${JSON.stringify(spec)}
`),
})

/** Two objects of one name are refused, whoever agrees. */
const taken = { setting: {}, conclusion: 'action_required', silentOn: /no mesh manifest touched/ } as const
const isNew = { setting: {}, silentOn: /no mesh manifest touched/ } as const
const all = { http: [{ route }] }

testAttackClass('a version that another tool fills in', {
  attack: stopped('of a copy of login`s routes', versioned('«API»', 'VirtualService', all), taken),
  variants: [
    stopped('in part', versioned('networking.«DOMAIN»/v1', 'VirtualService', all), taken),
    stopped('group and version', versioned('«GROUP»/«VERSION»', 'VirtualService', all), taken),
    stopped('the version alone', versioned('networking.istio.io/«VERSION»', 'VirtualService', all), taken),
    stopped('in Kustomize`s words', versioned('$(API)', 'VirtualService', all), taken),
    stopped('without braces', versioned('$API', 'VirtualService', all), taken),
    stopped('in the words of a chart', versioned('{{ .api }}', 'VirtualService', all), taken),
    stopped('with the kind', versioned('«API»', '«KIND»', all), isNew),
    stopped(
      'of a DestinationRule',
      versioned('«API»', 'DestinationRule', { host: 'productpage.default.svc.cluster.local' }),
      isNew,
    ),
    stopped('of a policy without a selector', versioned('«API»', 'AuthorizationPolicy', {}), isNew),
    stopped(
      'of a Gateway on the pods of all',
      versioned(
        '«API»',
        'Gateway',
        {
          selector: { istio: 'ingressgateway' },
          servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
        },
        'more',
      ),
      { ...isNew, waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'of one`s own routes, which take more besides',
      {
        [secondary]: `${before.replace('networking.istio.io/v1beta1', filled('"«API»"'))}    - match: [{ uri: { prefix: /log } }]\n      route: [{ destination: { host: a } }]\n`,
      },
      { setting: {} },
    ),
  ],
  neighbours: [
    {
      way: 'of one`s own routes',
      files: { [secondary]: before.replace('networking.istio.io/v1beta1', filled('"«API»"')) },
    },
    {
      way: 'the version of one`s own routes',
      files: { [secondary]: before.replace('v1beta1', filled('«V:=v1»')) },
    },
    { way: 'of a Deployment', files: versioned('«API»', 'Deployment', {}) },
    { way: 'of a Deployment, in part', files: versioned('apps/«V»', 'Deployment', {}) },
    { way: 'of a Service', files: versioned('«API»', 'ConfigMap', {}) },
    { way: 'of routes of another mesh', files: versioned('appmesh.«DOMAIN»/v1', 'VirtualService', {}) },
    {
      way: 'of a template without the mesh',
      files: { 'teams/catalog/t.yaml': 'apiVersion: {{ include "a" . }}\nkind: Deployment\n{{ if .a }}\n' },
    },
    { way: 'of a kind that is not known, in another group', files: versioned('apps/v1', '«KIND»', {}) },
    {
      way: 'in a comment',
      files: {
        'teams/catalog/t.yaml': filled(
          '# apiVersion: «API»\nkind: Deployment\napiVersion: apps/v1\nmetadata: { name: a }\n',
        ),
      },
    },
    { way: 'in a script', files: { 'teams/catalog/t.sh': filled('apiVersion: «API»\n') } },
    { way: 'of values', files: { 'teams/catalog/values.yaml': filled('apiVersion: "«API»"\n') } },
  ],
})
