import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'

/** A VirtualService of catalog's for these hosts, in catalog's own namespace and on the mesh unless it is said otherwise. */
function serving(hosts: readonly string[], { namespace = 'catalog', ...spec }: Spec = {}): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: calls
  namespace: ${namespace}
spec: ${JSON.stringify({ hosts, ...spec, http: [{ route: [{ destination: { host: 'stub.catalog.svc.cluster.local' } }] }] })}
`
}

interface Spec {
  readonly namespace?: string
  readonly gateways?: readonly string[]
  readonly exportTo?: readonly string[]
}

const path = 'teams/catalog/calls.yaml'

function service(name: string, namespace?: string): string {
  const where = namespace === undefined ? '' : `, namespace: ${namespace}`
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${where} }\nspec: { ports: [{ port: 80 }] }\n`
}

function serviceEntry(host: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: entry, namespace: login }\nspec: { hosts: ["${host}"], ports: [{ number: 443, name: tls, protocol: TLS }] }\n`
}

/** Besides Bookinfo: a namespace of catalog's own, and one of login's own. */
const namespaces: Setting = {
  files: {
    'teams/catalog/stub.yaml': service('stub', 'catalog'),
    'teams/login/accounts.yaml': service('accounts', 'login'),
    'teams/login/sessions.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: sessions, namespace: login }\n',
    'mesh/namespaces.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: catalog }\n',
  },
}

function withFiles(files: Setting['files'], configuration?: string): Setting {
  return {
    files: { ...namespaces.files, ...files },
    ...(configuration !== undefined && { configuration }),
  }
}

function stopped(way: string, hosts: readonly string[], rest: Spec & Partial<Attempt> = {}): Attempt {
  const { namespace, gateways, exportTo, ...attempt } = rest
  const spec = {
    ...(namespace && { namespace }),
    ...(gateways && { gateways }),
    ...(exportTo && { exportTo }),
  }
  return {
    way,
    setting: namespaces,
    files: { [path]: serving(hosts, spec) },
    conclusion: 'action_required',
    waitsFor: ['login'],
    silentOn: /no other team is affected/,
    ...attempt,
  }
}

function harmless(way: string, hosts: readonly string[], rest: Spec & Partial<Attempt> = {}): Attempt {
  return { ...stopped(way, hosts, rest), conclusion: 'success', waitsFor: [], silentOn: /\bclaims\b/ }
}

testAttackClass("another team's service on the mesh", {
  onGitHub: {},
  attack: stopped('a service of the namespace that login shares with catalog', [
    'login.ns1.svc.cluster.local',
  ]),
  variants: [
    stopped('a Service of login by its full name', ['accounts.login.svc.cluster.local']),
    stopped('something in the namespace of login for which no Service is written', [
      'sessions.login.svc.cluster.local',
    ]),
    stopped('the name and the namespace alone', ['accounts.login']),
    stopped('as Kubernetes abbreviates it', ['accounts.login.svc']),
    stopped('in capitals, with the dot of the root', ['Accounts.LOGIN.svc.cluster.local.']),
    stopped('a short name in the namespace that both share, of a Service of login', ['web'], {
      namespace: 'ns1',
      setting: withFiles({ 'teams/login/web.yaml': service('web', 'ns1') }),
    }),
    stopped('a short name in a shared namespace of which Git has no Service', ['login'], {
      namespace: 'ns1',
    }),
    stopped('a short name of a Service that says no namespace', ['web.shop.svc.cluster.local'], {
      setting: withFiles({ 'teams/login/web.yaml': service('web') }),
    }),
    stopped('a Service as all clusters together know it', ['accounts.login.svc.clusterset.local']),
    stopped('every service that clusters share', ['*.clusterset.local'], {
      waitsFor: ['login', 'mesh-admins'],
    }),
    stopped('every service of a namespace', ['*.login.svc.cluster.local']),
    stopped('every service whose name ends so', ['*ounts.login.svc.cluster.local']),
    stopped('every service there is', ['*.svc.cluster.local'], { waitsFor: ['login', 'mesh-admins'] }),
    stopped('everything that is local', ['*.local'], { waitsFor: ['login', 'mesh-admins'] }),
    stopped('a service of a namespace about which Git says nothing', ['pay.payments.svc.cluster.local'], {
      waitsFor: ['mesh-admins'],
    }),
    stopped('on a gateway of its own as well', ['accounts.login.svc.cluster.local'], {
      gateways: ['catalog/own', 'mesh'],
    }),
    stopped('exported to login alone', ['accounts.login.svc.cluster.local'], { exportTo: ['login'] }),
    stopped('one host among its own', ['stub.catalog.svc.cluster.local', 'accounts.login.svc.cluster.local']),
    stopped('by adding the mesh to a VirtualService that was there', ['accounts.login.svc.cluster.local'], {
      gateways: ['catalog/own', 'mesh'],
      setting: withFiles({
        [path]: serving(['accounts.login.svc.cluster.local'], { gateways: ['catalog/own'] }),
      }),
    }),
    stopped('by exporting to everybody what was private', ['accounts.login.svc.cluster.local'], {
      setting: withFiles({ [path]: serving(['accounts.login.svc.cluster.local'], { exportTo: ['.'] }) }),
    }),
    stopped('where the cluster has a domain of its own', ['accounts.login.svc.corp.example'], {
      setting: withFiles({}, 'istio: { clusterDomain: corp.example }\n'),
    }),
    stopped('in a namespace that only the configuration names', ['web.front.svc.cluster.local'], {
      setting: withFiles(
        { 'teams/login/front/web.yaml': service('web') },
        'namespaces: [{ namespace: front, paths: ["teams/login/front/**"] }]\n',
      ),
    }),
    stopped('an external host for which login has a ServiceEntry', ['api.github.com'], {
      setting: withFiles({ 'teams/login/github.yaml': serviceEntry('api.github.com') }),
    }),
    stopped('external hosts among which one is of a ServiceEntry of login', ['*.github.com'], {
      setting: withFiles({ 'teams/login/github.yaml': serviceEntry('api.github.com') }),
    }),
    stopped("a host that a VirtualService of login's has under its longer name", ['accounts.login.svc'], {
      setting: withFiles({
        'teams/login/calls.yaml': serving(['accounts.login.svc.cluster.local'], { namespace: 'login' }),
      }),
    }),
    stopped('where nothing of the mesh was there before', ['accounts.login.svc.cluster.local'], {
      setting: withFiles({
        'mesh/bookinfo.yaml': null,
        'mesh/gateway.yaml': null,
        'teams/login/vs-1.yaml': null,
        'teams/catalog/vs-2.yaml': null,
      }),
    }),
    stopped("a name that a Service of its own has, in login's namespace", ['web.login.svc.cluster.local'], {
      setting: withFiles({ 'teams/catalog/web.yaml': service('web') }),
    }),
    stopped('by who administers a primary that delegates there', ['accounts.login.svc.cluster.local'], {
      setting: withFiles({
        'teams/catalog/primary.yaml': serving(['own.example'], { gateways: ['catalog/own'] }).replace(
          /"http":.*/,
          '"http": [{"delegate": {"name": "vs-9", "namespace": "login"}}] }',
        ),
        'teams/login/vs-9.yaml': serving([], { namespace: 'login' })
          .replace('"hosts":[],', '')
          .replace('name: calls', 'name: vs-9'),
      }),
      files: {
        'teams/catalog/more.yaml': serving(['accounts.login.svc.cluster.local']).replace('calls', 'more'),
      },
    }),
    stopped('by a primary', ['accounts.login.svc.cluster.local'], {
      files: {
        [path]: serving(['accounts.login.svc.cluster.local']).replace(
          /"http":.*/,
          '"http": [{"delegate": {"name": "vs-2", "namespace": "ns1"}}] }',
        ),
      },
    }),
  ],
  neighbours: [
    harmless('a service of its own in its own namespace', ['stub.catalog.svc.cluster.local']),
    harmless('by its short name', ['stub']),
    harmless('one of its own that Git does not hold', ['other.catalog.svc.cluster.local']),
    harmless('all services of its own namespace', ['*.catalog.svc.cluster.local']),
    harmless('a Service of its own in a namespace that it shares', ['web'], {
      namespace: 'ns1',
      setting: withFiles({ 'teams/catalog/web.yaml': service('web', 'ns1') }),
    }),
    harmless("login's service for its own clients alone", ['accounts.login.svc.cluster.local'], {
      exportTo: ['.'],
    }),
    harmless('the same with the namespace spelled out', ['accounts.login.svc.cluster.local'], {
      exportTo: ['catalog'],
    }),
    harmless('every service, for its own clients alone', ['*.svc.cluster.local'], { exportTo: ['.'] }),
    harmless('where that is what the mesh says', ['accounts.login.svc.cluster.local'], {
      setting: withFiles({}, 'istio: { defaultExportTo: ["."] }\n'),
    }),
    harmless('an external host that nobody has', ['api.github.com']),
    harmless('an external host of another ServiceEntry', ['api.gitlab.com'], {
      setting: withFiles({ 'teams/login/github.yaml': serviceEntry('api.github.com') }),
    }),
    harmless('external hosts under a domain', ['*.github.com']),
    harmless('a new team in a new namespace of its own', ['basket.cart.svc.cluster.local'], {
      namespace: 'cart',
      files: {
        'teams/catalog/cart.yaml': service('basket', 'cart'),
        [path]: serving(['basket'], { namespace: 'cart' }),
      },
    }),
    harmless('how long calls may take by a claim that was there', ['accounts.login.svc.cluster.local'], {
      setting: withFiles({
        [path]: serving(['accounts.login.svc.cluster.local']).replace('{"route"', '{"timeout":"3s","route"'),
      }),
    }),
    harmless('a claim that is made smaller', ['accounts.login.svc.cluster.local'], {
      exportTo: ['login'],
      setting: withFiles({ [path]: serving(['accounts.login.svc.cluster.local']) }),
    }),
    harmless(
      'the mesh administrators, for a namespace of which they administer the primaries',
      ['login.ns1.svc.cluster.local'],
      {
        by: 'maya',
        setting: {},
        files: { 'mesh/calls.yaml': serving(['login.ns1.svc.cluster.local'], { namespace: 'default' }) },
      },
    ),
    harmless('on a gateway alone', ['accounts.login.svc.cluster.local'], { gateways: ['catalog/own'] }),
    harmless('a secondary, which has no hosts', [], {
      setting: withFiles({}),
      files: {
        'teams/catalog/calls.yaml': serving([], { namespace: 'catalog' }).replace('"hosts":[],', ''),
      },
    }),
  ],
})
