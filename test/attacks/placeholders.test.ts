import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'

interface Written {
  readonly name?: string
  readonly namespace?: string
  readonly spec: object
}

/** `«X»` stands for the placeholder of that name. */
function filled(text: string): string {
  return text.replaceAll('«', '$' + '{').replaceAll('»', '}')
}

function virtualService({ name = 'vs-3', namespace = 'ns1', spec }: Written): string {
  return filled(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: "${name}"
  namespace: "${namespace}"
spec: ${JSON.stringify(spec)}
`)
}

function gateway(
  name: string,
  hosts: readonly string[],
  istio = 'catalog',
  port: string | number = 80,
): string {
  return filled(`apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: "${name}", namespace: catalog }
spec: ${JSON.stringify({ selector: { istio }, servers: [{ port: { number: port, name: 'http', protocol: 'HTTP' }, hosts }] })}
`)
}

const path = 'teams/catalog/new.yaml'
const route = [{ destination: { host: 'catalog.ns1.svc.cluster.local' } }]
const http = [{ route }]
const stolen = [{ match: [{ uri: { exact: '/login' } }], route }]
const shop = { hosts: ['shop.example'], gateways: ['istio-system/ingress'], http }

const whole = filled(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: whole, namespace: catalog }
spec:
  hosts: «HOSTS»
  gateways: «GATEWAYS»
  http: «ROUTES»
`)

/** Login serves one host on a gateway that others share, and catalog its own files as Flux has them. */
const flux: Setting = {
  files: {
    'teams/login/shop.yaml': virtualService({ name: 'shop', namespace: 'login', spec: shop }),
    'teams/login/flux.yaml': virtualService({
      name: '«APP»',
      namespace: '«NS»',
      spec: { ...shop, hosts: ['«HOST»'] },
    }),
    'teams/login/accounts.yaml': virtualService({
      name: 'accounts',
      namespace: 'login',
      spec: { ...shop, hosts: ['accounts.«DOMAIN»'] },
    }),
    'teams/catalog/flux.yaml': virtualService({
      name: '«APP»',
      namespace: '«NS»',
      spec: { hosts: ['«HOST»'], gateways: ['istio-system/ingress'], http },
    }),
    'teams/catalog/gateway.yaml': gateway('own', ['catalog/«HOST»']),
    'teams/catalog/port.yaml': gateway('port', ['catalog/«HOST»'], 'catalog', '«PORT»'),
    'teams/catalog/whole.yaml': whole,
  },
}

type Rest = Partial<Attempt>

/** Two objects of one name are refused, whoever agrees. */
const taken: Rest = { conclusion: 'action_required', waitsFor: ['login'] }

function stopped(way: string, written: Written | string, rest: Rest = {}): Attempt {
  const text = typeof written === 'string' ? written : virtualService(written)
  return {
    way,
    setting: flux,
    files: { [path]: text },
    conclusion: 'action_required',
    waitsFor: ['mesh-admins'],
    silentOn: /curl[^\n]*(?:\$\{|\{\{|\$\()/,
    ...rest,
  }
}

function harmless(way: string, files: Attempt['files'], rest: Rest = {}): Attempt {
  return {
    way,
    setting: flux,
    files,
    conclusion: 'success',
    waitsFor: [],
    silentOn: /curl[^\n]*(?:\$\{|\{\{|\$\()/,
    ...rest,
  }
}

const own = (spec: object) =>
  virtualService({
    name: '«APP»',
    namespace: '«NS»',
    spec: { hosts: ['«HOST»'], gateways: ['istio-system/ingress'], ...spec },
  })

testAttackClass('a placeholder in an identity', {
  onGitHub: {},
  attack: stopped(
    'the default of a name is the name of login',
    { name: '«X:=vs-1»', spec: { http: stolen } },
    taken,
  ),
  variants: [
    stopped('a default with a dash', { name: '«X:-vs-1»', spec: { http: stolen } }, taken),
    stopped('a default within a default', { name: '«X:=«Y:-vs»-1»', spec: { http: stolen } }, taken),
    stopped('a default that is part of the name', { name: 'vs-«N:=1»', spec: { http: stolen } }, taken),
    stopped(
      'a namespace and a name by default',
      { name: '«X:=vs-1»', namespace: '«NS:=ns1»', spec: { http: stolen } },
      taken,
    ),
    stopped(
      'a host by default that login serves',
      { namespace: 'catalog', spec: { ...shop, hosts: ['«HOST:=shop.example»'] } },
      { waitsFor: ['login'] },
    ),
    stopped(
      'a host by default on a gateway by default',
      {
        namespace: 'catalog',
        spec: { ...shop, hosts: ['shop.«D:=example»'], gateways: ['«G:=istio-system/ingress»'] },
      },
      { waitsFor: ['login'] },
    ),
    stopped('the kind and the group by default', '', {
      files: {
        [path]: virtualService({ name: 'vs-1', spec: { http: stolen } })
          .replace('networking.istio.io', filled('«G:=networking».istio.io'))
          .replace('kind: VirtualService', filled('kind: "«K:=VirtualService»"')),
      },
      ...taken,
    }),
    stopped('a host that nobody knows', { namespace: 'catalog', spec: { ...shop, hosts: ['«HOST2»'] } }),
    stopped('a host of which only the beginning is known', {
      namespace: 'catalog',
      spec: { ...shop, hosts: ['shop.«DOMAIN»'] },
    }),
    stopped('a host of a chart', {
      namespace: 'catalog',
      spec: { ...shop, hosts: ['{{ .Values.host }}'] },
    }),
    stopped('a host of Kustomize', { namespace: 'catalog', spec: { ...shop, hosts: ['$(HOST)'] } }),
    stopped('a host of envsubst', { namespace: 'catalog', spec: { ...shop, hosts: ['$HOST'] } }),
    stopped('a host in words that Flux does not understand', {
      namespace: 'catalog',
      spec: { ...shop, hosts: ['«shop.host»'] },
    }),
    stopped(
      'a host that login has in the very same words',
      {
        namespace: 'catalog',
        spec: { ...shop, hosts: ['accounts.«DOMAIN»'] },
      },
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped("login's host on a gateway that nobody knows", {
      namespace: 'catalog',
      spec: { ...shop, gateways: ['«GATEWAY2»'] },
    }),
    stopped('any service on the mesh', { namespace: 'catalog', spec: { hosts: ['«SERVICE»'], http } }),
    stopped("a name that may be login's", { name: '«TEAM»-1', spec: { http } }),
    stopped("a name in a namespace that may be login's", {
      name: 'own',
      namespace: '«TEAM»',
      spec: { hosts: ['own.example'], gateways: ['catalog/own'], http },
    }),
    stopped('several at once are one question', {
      name: '«A»',
      namespace: '«B»',
      spec: { ...shop, hosts: ['«C»', '«D».example'] },
    }),
    stopped('several objects are one question', '', {
      files: {
        [path]: virtualService({ name: '«A»', spec: { ...shop, hosts: ['«C»'] } }),
        'teams/catalog/other.yaml': virtualService({ name: '«B»', spec: { ...shop, hosts: ['«D»'] } }),
      },
    }),
    stopped("a delegate that may be login's secondary", {
      namespace: 'catalog',
      spec: {
        hosts: ['own.example'],
        gateways: ['catalog/own'],
        http: [{ delegate: { name: '«DELEGATE»', namespace: 'ns1' } }],
      },
    }),
    stopped('another placeholder where there was one', '', {
      files: { 'teams/catalog/flux.yaml': own({ hosts: ['«HOST2»'], http }) },
    }),
    stopped(
      'a Gateway for hosts that nobody knows, on the pods of all',
      gateway('new', ['*/«HOST»'], 'ingressgateway'),
      {
        waitsFor: ['mesh-admins'],
      },
    ),
    stopped('what was a placeholder becomes the host of login', '', {
      files: {
        'teams/catalog/flux.yaml': own({ hosts: ['shop.example'], gateways: ['istio-system/ingress'], http }),
      },
      waitsFor: ['login'],
    }),
  ],
  neighbours: [
    harmless('another route of its own', {
      'teams/catalog/flux.yaml': own({ http: [{ route: [{ destination: { host: 'other.catalog' } }] }] }),
    }),
    harmless('a route before its own catch-all, on the gateway of all', {
      'teams/catalog/flux.yaml': own({
        http: [
          { match: [{ uri: { prefix: '/shop' } }], route: [{ destination: { host: 'shop' } }] },
          { route },
        ],
      }),
    }),
    harmless('a port that another tool fills in', {
      'teams/catalog/flux.yaml': own({
        http: [
          {
            match: [{ uri: { prefix: '/' }, port: '«PORT»' }],
            route: [{ destination: { host: '«SERVICE»', port: { number: '«PORT»' } } }],
          },
        ],
      }),
    }),
    harmless('a port by default', {
      'teams/catalog/flux.yaml': own({
        http: [{ route: [{ destination: { host: 'a', port: { number: '«PORT:=80»' } } }] }],
      }),
    }),
    harmless('weights, durations, statuses and switches that another tool fills in', {
      'teams/catalog/flux.yaml': own({
        http: [
          { match: [{ uri: { prefix: '/no' } }], directResponse: { status: '«STATUS»' } },
          {
            timeout: '«TIMEOUT»',
            retries: { attempts: '«ATTEMPTS»', perTryTimeout: '2s' },
            route: [
              { destination: { host: 'a' }, weight: '«A»' },
              { destination: { host: 'b' }, weight: '«B»' },
            ],
          },
        ],
      }),
    }),
    harmless('a path that another tool fills in', {
      'teams/catalog/flux.yaml': own({
        http: [
          { match: [{ uri: { prefix: '/«PATH»/' } }, { uri: { regex: '{{ .Values.path }}' } }], route },
          { route },
        ],
      }),
    }),
    harmless('its own object of which another tool fills in lists as a whole', {
      'teams/catalog/whole.yaml': `${whole}  exportTo: ["*"]\n`,
    }),
    harmless('its own Gateway on a port that another tool fills in', {
      'teams/catalog/port.yaml': gateway('port', ['catalog/«HOST»'], 'catalog', '«PORT»').replace(
        'HTTP"',
        'HTTP2"',
      ),
    }),
    harmless('the same in another file', {
      'teams/catalog/flux.yaml': null,
      'teams/catalog/app.yaml': own({ http }),
    }),
    harmless('a host that cannot be that of others', {
      [path]: virtualService({
        namespace: 'catalog',
        spec: { ...shop, hosts: ['catalog-«ENV».example'] },
      }),
    }),
    harmless('a placeholder with a default that is its own', {
      [path]: virtualService({
        name: '«X:=own»',
        namespace: 'catalog',
        spec: { ...shop, hosts: ['«HOST:=catalog.example»'] },
      }),
    }),
    harmless('a host of its own where others have placeholders', {
      [path]: virtualService({ namespace: 'catalog', spec: { ...shop, hosts: ['catalog.example'] } }),
    }),
    harmless(
      'an edit by login of what it has',
      {
        'teams/login/flux.yaml': virtualService({
          name: '«APP»',
          namespace: '«NS»',
          spec: { ...shop, hosts: ['«HOST»'], http: [{ timeout: '5s', route }] },
        }),
      },
      { by: 'lina' },
    ),
    harmless(
      'a placeholder by the administrators',
      {
        'mesh/new.yaml': virtualService({ namespace: 'mesh', spec: { ...shop, hosts: ['«HOST2»'] } }),
      },
      { by: 'maya' },
    ),
    harmless('a chart template, which is not read', {
      'charts/app/templates/vs.yaml':
        '{{- if .Values.on }}\napiVersion: networking.istio.io/v1\nkind: VirtualService\n{{- end }}\n',
    }),
    harmless('for its own clients on the mesh', {
      [path]: virtualService({
        namespace: 'catalog',
        spec: { hosts: ['«SERVICE»'], exportTo: ['.'], http },
      }),
    }),
  ],
})
