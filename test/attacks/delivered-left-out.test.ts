import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog'
const base = `${folder}/base`
const own = (host: string, more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own }
spec: { hosts: [${host}], http: [{ ${more}route: [{ destination: { host: catalog } }] }] }
`
const mine = 'catalog.ns2.svc.cluster.local'
const theirs = 'login.ns1.svc.cluster.local'
const login = `apiVersion: v1
kind: Service
metadata: { name: login, namespace: ns1 }
spec: { selector: { app: login }, ports: [{ port: 80 }] }
`
const patched = (host: string) =>
  `patches:\n  - target: { kind: VirtualService }\n    patch: '[{"op":"replace","path":"/spec/hosts/0","value":"${host}"}]'\n`

type Text = (at: number) => string

/** So many overlays of the base, each as `text` has it. */
function overlays(text: Text, count = 40, from = 0): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `${folder}/overlays/o${from + at}/kustomization.yaml`,
      `resources: [../../base]\n${text(from + at)}`,
    ]),
  )
}
const apart: Text = (at) => `namespace: catalog-${at}\n`
const inBase = (file: string, more = ''): Files => ({
  [`${base}/kustomization.yaml`]: `resources: [own.yaml]\n${more}`,
  [`${base}/own.yaml`]: file,
})
const setting = {
  files: { 'teams/login/service.yaml': login, ...inBase(own(mine)), ...overlays(apart) },
}
const withApp = (container: string): Files => ({
  [`${base}/kustomization.yaml`]: 'resources: [own.yaml, app.yaml]\n',
  [`${base}/app.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog }
spec:
  selector: { matchLabels: { app: catalog } }
  template: { metadata: { labels: { app: catalog } }, spec: { containers: [${container}] } }
`,
})
const prefixed = (files: Files) => ({ files: { ...setting.files, ...files } })
const flux = (name: string, more: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${base}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`
const deliverers = (more: Text, count = 40): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${folder}/clusters/c${at}.yaml`, flux(`c${at}`, more(at))]),
  )
const argo: Text = (at) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: c${at}, namespace: argocd }
spec:
  destination: { namespace: catalog-${at} }
  source: { path: ${base} }
`
const applications = (text: Text): Files =>
  Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${folder}/clusters/a${at}.yaml`, text(at)]))
const target: Text = (at) => `  targetNamespace: catalog-${at}\n`
const variables =
  (host: string): Text =>
  (at) =>
    `  targetNamespace: catalog-${at}\n  postBuild: { substitute: { host: "${host}" } }\n`
const asks = {
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  says: 'is not compared',
} as const
/** Where what is looked at asks others, too. */
const asksMore = { ...asks, waitsFor: ['login', 'mesh-admins'] } as const

testAttackClass('what too many units deliver in ways of their own is not taken for nothing', {
  attack: {
    way: 'forty overlays get another route each',
    setting,
    files: overlays((at) => `${apart(at)}${patched(`host-${at}.example.com`)}`),
    ...asks,
  },
  variants: [
    {
      way: 'the first of many takes another team’s host',
      setting,
      files: overlays((at) => `${apart(at)}${patched(at === 0 ? theirs : `host-${at}.example.com`)}`),
      ...asksMore,
    },
    {
      way: 'the base of all of them is edited',
      setting,
      files: inBase(own(mine, 'timeout: 5s, ')),
      ...asks,
    },
    {
      way: 'a patch in the base',
      setting,
      files: inBase(own(mine), patched('x.example.com')),
      ...asks,
    },
    {
      way: 'forty new overlays',
      setting: { files: { ...setting.files } },
      files: overlays(apart, 40, 40),
      ...asks,
    },
    {
      way: 'forty overlays go',
      setting,
      files: Object.fromEntries(Object.keys(overlays(apart)).map((path) => [path, null])),
      ...asks,
    },
    {
      way: 'forty objects of Flux set namespaces',
      setting: prefixed(deliverers(() => '')),
      files: deliverers(target),
      ...asks,
    },
    {
      way: 'forty objects of Flux fill in a variable',
      setting: prefixed({
        ...inBase(own(`"\${host:=${mine}}"`)),
        ...deliverers(target),
      }),
      files: deliverers(variables('x.example.com')),
      ...asks,
    },
    {
      way: 'forty Applications fill in namespaces',
      setting,
      files: applications(argo),
      ...asks,
    },
    {
      way: 'forty suffixes',
      setting,
      files: overlays((at) => `${apart(at)}nameSuffix: -x${at}\n`),
      ...asks,
    },
    {
      way: 'a component that all of them take',
      setting: prefixed({
        [`${folder}/c/kustomization.yaml`]: 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
        ...overlays((at) => `${apart(at)}components: [../../c]\n`),
      }),
      files: {
        [`${folder}/c/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${patched('x.example.com')}`,
      },
      ...asks,
    },
  ],
  neighbours: [
    { way: 'overlays that stay as they are', setting, files: { [`${folder}/README.md`]: 'ours\n' } },
    {
      way: 'comments in all of them',
      setting,
      files: overlays((at) => `${apart(at)}# ours\n`),
    },
    {
      way: 'images in all of them',
      setting,
      files: overlays((at) => `${apart(at)}images: [{ name: catalog, newTag: "${at}" }]\n`),
    },
    {
      way: 'a comment in the base',
      setting,
      files: inBase(`# ours\n${own(mine)}`),
    },
    {
      way: 'another layout of the base',
      setting,
      files: inBase(own(mine).replaceAll('{ ', '{').replaceAll(' }', '}')),
    },
    {
      way: 'one overlay of many',
      setting,
      files: overlays((at) => `${apart(at)}${patched('catalog')}`, 1),
    },
    {
      way: 'what a Deployment beside the route runs',
      setting: prefixed(withApp('{ name: a, image: a }')),
      files: withApp('{ name: a, image: a, env: [{ name: A, value: b }] }'),
    },
    {
      way: 'overlays that all make the same of the base',
      setting: prefixed(overlays(() => 'namespace: ns2\n')),
      files: inBase(own(mine, 'timeout: 5s, ')),
    },
    {
      way: 'objects of Flux that say what they said, in other words',
      setting: prefixed(deliverers(target)),
      files: deliverers((at) => `  # ours\n  interval: 5m\n${target(at)}`),
    },
    {
      way: 'an order of what is printed, in all of them',
      setting,
      files: overlays((at) => `${apart(at)}sortOptions: { order: fifo }\n`),
    },
  ],
})
