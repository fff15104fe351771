import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const application = (name: string, path: string, destination: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { ${destination}, namespace: ns1 }
  source: { repoURL: "https://git/mesh", path: ${path}${more} }
`
const only = ', directory: { include: "vs-*.yaml" }'
const routes = (host: string, more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: ["${host}"], ${more}http: [{ route: [{ destination: { host: own } }] }] }
`
const atGateway = (path: string, host = '*') =>
  routes(host, 'gateways: [default/bookinfo-gateway], ').replace(
    'http: [{ ',
    `http: [{ match: [{ uri: { prefix: ${path} } }], `,
  )
const secondary = routes('x')
  .replace('name: own, namespace: ns2', 'name: vs-1, namespace: ns1')
  .replace('hosts: ["x"], ', '')
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: ns2 }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
`
const address = 'server: "https://10.0.0.1:6443"'
const place = 'teams/catalog/own'
const deliverer = 'teams/catalog/own.yaml'
const to = (destination: string) => application('own', place, destination)
const object = (text: string) => ({ [`${place}/own.yaml`]: text })
/** Something of catalog goes to a cluster already. */
const seen = (name: string, destination: string) => ({
  [`teams/catalog/${name}/seen.yaml`]: routes(name).replace('own, namespace: ns2', `${name}, namespace: ns2`),
  [`teams/catalog/${name}.yaml`]: application(name, `teams/catalog/${name}`, destination),
})
/** The mesh is delivered by the name of its cluster; another cluster has a name, too. */
const base = {
  ...seen('by-address', address),
  ...seen('by-capitals', 'server: "HTTPS://10.0.0.1"'),
  ...seen('by-set', 'server: "https://10.0.0.1"'),
  ...seen('in-own', 'name: in-cluster'),
  ...seen('by-third', 'name: third'),
  'mesh/app.yaml': application('mesh', 'mesh', 'name: prod'),
  'teams/login/app.yaml': application('login', 'teams/login', 'name: prod', only),
  'teams/catalog/app.yaml': application('catalog', 'teams/catalog', 'name: prod', only),
  'teams/login/more/more.yaml': routes('more').replace('own, namespace: ns2', 'more, namespace: ns3'),
  'teams/login/more.yaml': application('more', 'teams/login/more', 'name: stage'),
}
const setting = (files: Files = {}) => ({ files: { ...base, ...files } as Readonly<Record<string, string>> })

const stopped = (way: string, files: Files, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: setting(),
  files,
  conclusion: 'action_required',
  waitsFor: ['login', 'mesh-admins'],
  says: /may be one cluster/,
  ...rest,
})
const harmless = (way: string, files: Files, before: Files = {}) => ({ way, setting: setting(before), files })
const standing = { ...object(atGateway('/shop')), [deliverer]: to(address) }

testAttackClass('a cluster that has a name and an address may be one', {
  attack: stopped('an Application by address takes a path at the gateway of the one by name', {
    ...object(atGateway('/login')),
    [deliverer]: to(address),
  }),
  variants: [
    stopped('in Argo CD’s own cluster', {
      ...object(atGateway('/login')),
      [deliverer]: to('name: in-cluster'),
    }),
    stopped('there by its address', {
      ...object(atGateway('/login')),
      [deliverer]: to('server: https://kubernetes.default.svc'),
    }),
    stopped('by an address in capitals', {
      ...object(atGateway('/login')),
      [deliverer]: to('server: "HTTPS://10.0.0.1"'),
    }),
    stopped(
      'a second object of the name of a secondary',
      { ...object(secondary), [deliverer]: to(address) },
      { waitsFor: ['login'] },
    ),
    stopped(
      'a Gateway for the same pods',
      { ...object(gateway), [deliverer]: to(address) },
      { waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'what the other cluster had moves to the address',
      { [deliverer]: to(address) },
      { setting: setting({ ...object(atGateway('/login')), [deliverer]: to('name: stage') }) },
    ),
    stopped('what has an address already takes another path', object(atGateway('/login')), {
      setting: setting(standing),
      waitsFor: ['login'],
    }),
    stopped(
      'by a patch of an Application',
      {
        [deliverer]: application(
          'own',
          place,
          address,
          `, kustomize: { patches: [{ target: { kind: VirtualService }, patch: '[{"op":"replace","path":"/spec/http/0/match/0/uri/prefix","value":"/login"}]' }] }`,
        ),
      },
      {
        setting: setting({ ...standing, [`${place}/kustomization.yaml`]: 'resources: [own.yaml]\n' }),
        waitsFor: ['login'],
      },
    ),
    stopped('by an ApplicationSet', {
      ...object(atGateway('/login')),
      [deliverer]: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: own, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ at: "https://10.0.0.1" }] } }]
  template:
    metadata: { name: own }
    spec: { destination: { server: "{{at}}", namespace: ns1 }, source: { path: ${place} } }
`,
    }),
    stopped('from an Application to Argo CD’s own cluster', {
      ...object(atGateway('/log')),
      [deliverer]: to('name: in-cluster'),
    }),
    stopped(
      'the mesh has an address, and what comes a name',
      { ...object(atGateway('/login')), [deliverer]: to('name: third') },
      {
        setting: setting({
          ...Object.fromEntries(
            Object.entries(base).map(([path, text]) => [path, text.replace('name: prod', address)]),
          ),
        }),
      },
    ),
  ],
  neighbours: [
    harmless('a host of one’s own', { ...object(routes('own')), [deliverer]: to(address) }),
    harmless('in a namespace of one’s own', {
      ...object(routes('own.ns9.svc.cluster.local').replace('namespace: ns2', 'namespace: ns9')),
      [deliverer]: to(address),
    }),
    harmless('a host of one’s own in Argo CD’s own cluster', {
      ...object(routes('own')),
      [deliverer]: to('name: in-cluster'),
    }),
    harmless('by a third name, which surely is another cluster', {
      ...object(atGateway('/login')),
      [deliverer]: to('name: third'),
    }),
    harmless('at a gateway of one’s own', {
      ...object(routes('*', 'gateways: [ns2/own], ')),
      [deliverer]: to(address),
    }),
    harmless(
      'a timeout of what stands at the address',
      object(atGateway('/shop').replace('route:', 'timeout: 2s, route:')),
      standing,
    ),
    harmless(
      'what stands there goes',
      { [`${place}/own.yaml`]: null, [deliverer]: null },
      {
        ...object(routes('own')),
        [deliverer]: to(address),
      },
    ),
    harmless(
      'a label of it',
      object(atGateway('/shop').replace('name: own,', 'name: own, labels: { a: b },')),
      standing,
    ),
    harmless(
      'another Application by address',
      {
        'teams/catalog/two/two.yaml': routes('two').replace('name: own', 'name: two'),
        'teams/catalog/two.yaml': application('two', 'teams/catalog/two', address),
      },
      standing,
    ),
    harmless('by the same name', { ...object(routes('own')), [deliverer]: to('name: prod') }),
    harmless(
      'an image of one’s own',
      { [deliverer]: to(address).replace(place, `${place}, kustomize: { images: ["a:2"] }`) },
      {
        ...standing,
        [`${place}/kustomization.yaml`]: 'resources: [own.yaml]\n',
      },
    ),
  ],
})
