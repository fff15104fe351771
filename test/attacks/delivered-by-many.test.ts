import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog'
const base = `${folder}/base`
const route = (hosts: string, more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own }
spec: { hosts: [${hosts}], http: [{ ${more}route: [{ destination: { host: catalog } }] }] }
`
const own = 'own.catalog.example'
const theirs = 'login.login.svc.cluster.local'
const service = `apiVersion: v1
kind: Service
metadata: { name: login, namespace: login }
spec: { selector: { app: login }, ports: [{ port: 80 }] }
`
const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none }
spec: {}
`
const operations = (...written: readonly object[]) =>
  `patches:\n  - target: { kind: VirtualService }\n    patch: '${JSON.stringify(written)}'\n`
const hostIs = (host: string) => operations({ op: 'replace', path: '/spec/hosts/0', value: host })
const ownHost = (at: number) => `host-${at}.catalog.example`

type Text = (at: number) => string

/** What is written of each is usual, but for one of them. */
const butFor =
  (one: number, usual: Text, other: string): Text =>
  (at) =>
    at === one ? other : usual(at)
const each = (text: Text, path: Text, count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [path(at), text(at)]))

const apart: Text = (at) => `namespace: catalog-${at}\n${hostIs(ownHost(at))}`
/** So many overlays of the base, each as `text` has it. */
const overlays = (text: Text, count = 12): Files =>
  each(
    (at) => `resources: [../../base]\n${text(at)}`,
    (at) => `${folder}/overlays/o${at}/kustomization.yaml`,
    count,
  )
const inBase = (file: string, more = ''): Files => ({
  [`${base}/kustomization.yaml`]: `resources: [own.yaml]\n${more}`,
  [`${base}/own.yaml`]: file,
})
const services = { 'teams/login/service.yaml': service }
const over = (text: string, units: Files) => ({ files: { ...services, ...inBase(text), ...units } })
const setting = over(route(own), overlays(apart))
const withPolicy = `${route(own)}---\n${policy}`

const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
const shared = (more: string): Files => ({ [`${folder}/c/kustomization.yaml`]: component + more })
const labels = 'labels: [{ pairs: { team: catalog } }]\n'

const flux = (text: Text): Files =>
  each(
    (at) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: c${at}, namespace: flux-system }
spec:
  path: ./${base}
  sourceRef: { kind: GitRepository, name: flux-system }
${text(at)}`,
    (at) => `${folder}/clusters/c${at}.yaml`,
    12,
  )
const fluxed = (namespace: string, host: string) =>
  `  targetNamespace: ${namespace}\n  postBuild: { substitute: { host: "${host}" } }\n`
const target: Text = (at) => fluxed(`catalog-${at}`, ownHost(at))
const variable = route(`"\${host:=${own}}"`)

const applications = (text: Text): Files =>
  each(
    (at) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: c${at}, namespace: argocd }
spec:
  destination: { namespace: argocd }
  source: { path: ${base}, kustomize: ${text(at)} }
`,
    (at) => `${folder}/clusters/a${at}.yaml`,
    12,
  )
const argo = (namespace: string, host: string) =>
  JSON.stringify({
    namespace,
    patches: [
      {
        target: { kind: 'VirtualService' },
        patch: JSON.stringify([{ op: 'replace', path: '/spec/hosts/0', value: host }]),
      },
    ],
  })
const usual: Text = (at) => argo(`catalog-${at}`, ownHost(at))

const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

testAttackClass('each of many units is compared, whoever it concerns', {
  onGitHub: {},
  attack: {
    way: 'the last of forty overlays takes another team’s host',
    setting: over(route(own), overlays(apart, 40)),
    files: overlays(butFor(39, apart, `namespace: catalog-39\n${hostIs(theirs)}`), 40),
    ...asks,
  },
  variants: [
    {
      way: 'the first of them',
      setting,
      files: overlays(butFor(0, apart, `namespace: catalog-0\n${hostIs(theirs)}`)),
      ...asks,
    },
    {
      way: 'the base of all of them takes it',
      setting,
      files: inBase(route(`${own}, ${theirs}`)),
      ...asks,
    },
    {
      way: 'a patch in the base',
      setting,
      files: inBase(route(own), operations({ op: 'add', path: '/spec/hosts/-', value: theirs })),
      ...asks,
    },
    {
      way: 'a component that all of them take',
      setting: {
        files: {
          ...setting.files,
          ...shared(labels),
          ...overlays((at) => `${apart(at)}components: [../../c]\n`),
        },
      },
      files: shared(labels + operations({ op: 'add', path: '/spec/hosts/-', value: theirs })),
      ...asks,
    },
    {
      way: 'one of them takes another team’s name',
      setting,
      files: overlays(
        butFor(
          7,
          apart,
          `namespace: ns1\n${operations({ op: 'replace', path: '/metadata/name', value: 'vs-1' })}`,
        ),
      ),
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'one of them brings a policy into another team’s namespace',
      setting: over(withPolicy, overlays(apart)),
      files: overlays(butFor(7, apart, `namespace: login\n${hostIs(ownHost(7))}`)),
      ...asks,
    },
    {
      way: 'one of them brings it into the root namespace of the mesh',
      setting: over(withPolicy, overlays(apart)),
      files: overlays(butFor(7, apart, `namespace: istio-system\n${hostIs(ownHost(7))}`)),
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'new overlays, of which one takes another team’s host',
      setting: over(route(own), {}),
      files: overlays(butFor(11, apart, `namespace: catalog-11\n${hostIs(theirs)}`)),
      ...asks,
    },
    {
      way: 'one of many objects of Flux fills it in',
      setting: over(variable, flux(target)),
      files: flux(butFor(7, target, fluxed('catalog-7', theirs))),
      ...asks,
    },
    {
      way: 'one of many objects of Flux brings a policy into another team’s namespace',
      setting: over(`${variable}---\n${policy}`, flux(target)),
      files: flux(butFor(7, target, fluxed('login', ownHost(7)))),
      ...asks,
    },
    {
      way: 'one of many Applications patches it in',
      setting: over(route(own), applications(usual)),
      files: applications(butFor(7, usual, argo('catalog-7', theirs))),
      ...asks,
    },
    {
      way: 'one of many Applications brings a policy into another team’s namespace',
      setting: over(withPolicy, applications(usual)),
      files: applications(butFor(7, usual, argo('login', ownHost(7)))),
      ...asks,
    },
  ],
  neighbours: [
    { way: 'overlays that stay as they are', setting, files: { [`${folder}/README.md`]: 'ours\n' } },
    { way: 'comments in all of them', setting, files: overlays((at) => `${apart(at)}# ours\n`) },
    {
      way: 'images in all of them',
      setting,
      files: overlays((at) => `${apart(at)}images: [{ name: catalog, newTag: "${at}" }]\n`),
    },
    {
      way: 'another host of one’s own in each',
      setting,
      files: overlays((at) => `namespace: catalog-${at}\n${hostIs(`new-${at}.catalog.example`)}`),
    },
    { way: 'a comment in the base', setting, files: inBase(`# ours\n${route(own)}`) },
    { way: 'a timeout in the base', setting, files: inBase(route(own, 'timeout: 5s, ')) },
    {
      way: 'another layout of the base',
      setting,
      files: inBase(route(own).replaceAll('{ ', '{').replaceAll(' }', '}')),
    },
    { way: 'many new overlays', setting: over(route(own), {}), files: overlays(apart) },
    {
      way: 'policies that stay in namespaces of one’s own',
      setting: over(withPolicy, overlays(apart)),
      files: overlays((at) => `${apart(at)}commonAnnotations: { example.com/at: "${at}" }\n`),
    },
    {
      way: 'overlays that all make the same of the base',
      setting: over(
        route(own),
        overlays(() => 'namespace: ns2\n'),
      ),
      files: inBase(route(own, 'timeout: 5s, ')),
    },
    {
      way: 'objects of Flux that say what they said, in other words',
      setting: over(variable, flux(target)),
      files: flux((at) => `  # ours\n  interval: 5m\n${target(at)}`),
    },
    {
      way: 'an order of what is printed, in all of them',
      setting,
      files: overlays((at) => `${apart(at)}sortOptions: { order: fifo }\n`),
    },
  ],
})
