import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const application = (name: string, path: string, cluster: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec: { destination: { name: ${cluster}, namespace: ns1 }, source: { repoURL: "https://git/mesh", path: ${path}${more} } }
`
const ofFlux = (name: string, path: string, secret: string, more = '') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./${path}, sourceRef: { kind: GitRepository, name: mesh }, kubeConfig: { secretRef: { name: ${secret} } }${more} }
`
const only = ', directory: { include: "vs-*.yaml" }'
const routes = (path: string, host = '*', name = 'own, namespace: ns2') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ["${host}"], gateways: [default/bookinfo-gateway], http: [{ match: [{ uri: { prefix: ${path} } }], route: [{ destination: { host: own } }] }] }
`
const secondary = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-1, namespace: ns1 }
spec: { http: [{ route: [{ destination: { host: own } }] }] }
`
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: own, namespace: ns2 }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
`
const place = 'teams/catalog/own'
const deliverer = 'teams/catalog/own-flux.yaml'
const toFlux = ofFlux('own', place, 'prod-kubeconfig')
const seen = routes('/seen', 'seen.example.com', 'seen, namespace: ns2').replace(
  'default/bookinfo-gateway',
  'ns2/seen',
)
/** The mesh is delivered by Argo CD; something of catalog goes by Flux already. */
const base = {
  'mesh/app.yaml': application('mesh', 'mesh', 'prod'),
  'teams/login/app.yaml': application('login', 'teams/login', 'prod', only),
  'teams/catalog/app.yaml': application('catalog', 'teams/catalog', 'prod', only),
  'teams/catalog/seen/seen.yaml': seen,
  'teams/catalog/seen-flux.yaml': ofFlux('seen', 'teams/catalog/seen', 'prod-kubeconfig'),
}
const setting = (before: Files = {}) => ({
  files: { ...base, ...before } as Readonly<Record<string, string>>,
})
const object = (text: string) => ({ [`${place}/own.yaml`]: text })
const stopped = (
  way: string,
  files: Files,
  before: Files = {},
  waitsFor = ['login', 'mesh-admins'],
): Attempt => ({
  way,
  setting: setting(before),
  files,
  conclusion: 'action_required',
  waitsFor,
  says: /may be one cluster/,
})
const harmless = (way: string, files: Files, before: Files = {}) => ({ way, setting: setting(before), files })
const standing = { ...object(routes('/shop')), [deliverer]: toFlux }

testAttackClass('a cluster that Flux and Argo CD each have a name for may be one', {
  attack: stopped('a Kustomization of Flux takes a path at the gateway of Argo CD', {
    ...object(routes('/login')),
    [deliverer]: toFlux,
  }),
  variants: [
    stopped('all paths', { ...object(routes('/')), [deliverer]: toFlux }),
    stopped('a host for which there is only the host of all', {
      ...object(routes('/login', 'shop.example.com')),
      [deliverer]: toFlux,
    }),
    stopped('a second object of the name of a secondary', { ...object(secondary), [deliverer]: toFlux }, {}, [
      'login',
    ]),
    stopped('a Gateway for the same pods', { ...object(gateway), [deliverer]: toFlux }, {}, ['mesh-admins']),
    stopped('what is there takes another path', object(routes('/login')), standing, ['login']),
    stopped('what is there takes a host', object(routes('/shop', 'a.example.com')), standing),
    stopped(
      'by a patch of the Kustomization',
      {
        [deliverer]: ofFlux(
          'own',
          place,
          'prod-kubeconfig',
          `, patches: [{ target: { kind: VirtualService }, patch: '[{ "op": "replace", "path": "/spec/http/0/match/0/uri/prefix", "value": "/login" }]' }]`,
        ),
      },
      standing,
      ['login'],
    ),
    stopped(
      'by a variable',
      {
        [deliverer]: ofFlux('own', place, 'prod-kubeconfig', ', postBuild: { substitute: { path: /login } }'),
      },
      { ...object(routes('"$' + '{path:=/shop}"')), [deliverer]: toFlux },
      ['login'],
    ),
    stopped('beside what is there', { 'teams/catalog/seen/more.yaml': routes('/login') }),
    stopped(
      'from the folder of a cluster',
      {
        ...object(routes('/login')),
        'teams/catalog/clusters/eu/own.yaml': ofFlux('own', place, 'x').replace(
          ', kubeConfig: { secretRef: { name: x } }',
          '',
        ),
      },
      {
        'teams/catalog/clusters/eu/seen.yaml': ofFlux('seen-eu', 'teams/catalog/seen', 'x').replace(
          ', kubeConfig: { secretRef: { name: x } }',
          '',
        ),
      },
    ),
  ],
  neighbours: [
    harmless(
      'a path that it has already',
      object(routes('/shop').replace('route: [', 'timeout: 3s, route: [')),
      standing,
    ),
    harmless('a host of one’s own at a gateway of one’s own', {
      ...object(seen.replaceAll('seen', 'own')),
      [deliverer]: toFlux,
    }),
    harmless('what is there changes', { 'teams/catalog/seen/seen.yaml': seen.replace('/seen', '/look') }),
    harmless(
      'one of two that are there goes',
      { [`${place}/own.yaml`]: null },
      {
        ...object(routes('/own', 'own.example.com').replace('default/bookinfo-gateway', 'ns2/own')),
        [deliverer]: toFlux,
      },
    ),
    harmless('a Service', {
      'teams/catalog/seen/s.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: s, namespace: ns2 }\nspec: { ports: [{ port: 80 }] }\n',
    }),
    harmless('a label', { 'teams/catalog/seen/seen.yaml': seen.replace('ns2 }', 'ns2, labels: { a: b } }') }),
    harmless('another interval', {
      'teams/catalog/seen-flux.yaml': ofFlux(
        'seen',
        'teams/catalog/seen',
        'prod-kubeconfig',
        ', interval: 1m',
      ),
    }),
    harmless('a secondary of one’s own changes', {
      'teams/catalog/vs-2.yaml': secondary
        .replace('vs-1', 'vs-2')
        .replace(
          'route: [',
          'match: [{ uri: { exact: /productpage } }, { uri: { prefix: /static } }, { uri: { prefix: /api/v1/products } }], timeout: 5s, route: [',
        )
        .replace('host: own', 'host: productpage.default.svc.cluster.local, port: { number: 9080 }'),
    }),
    harmless('where the configuration says that they are two', object(routes('/login')), {
      ...standing,
      '.github/firebreak.yml':
        'meshes:\n  - { name: flux, paths: ["teams/catalog/own/**", "teams/catalog/seen/**"] }\n  - { name: prod, paths: ["**"] }\n',
    }),
    harmless('where several teams have the same in both', object(routes('/login')), {
      ...standing,
      'teams/catalog/vs-flux.yaml': ofFlux('vs', 'teams/catalog', 'prod-kubeconfig'),
      'teams/login/vs-flux.yaml': ofFlux('vs-login', 'teams/login', 'prod-kubeconfig'),
      'mesh/flux.yaml': ofFlux('mesh', 'mesh', 'other'),
      'teams/catalog/.sourceignore': '',
    }),
  ],
})
