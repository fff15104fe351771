import { testAttackClass } from '../support/attack-class.ts'

const folder = 'teams/catalog/app'
const root = `${folder}/kustomization.yaml`
const build = (more = '', resources = '[own.yaml]') => `resources: ${resources}\n${more}`

const destinationRule = (host: string, name = 'own') => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ns2 }
spec: { host: ${host}, trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 1 } } } }
`
const service = (selector: string, namespace = 'ns2') => `apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: ${namespace} }
spec: { selector: { app: ${selector} }, ports: [{ port: 80 }] }
`
const loginService = `apiVersion: v1
kind: Service
metadata: { name: login, namespace: ns1 }
spec: { selector: { app: login }, ports: [{ port: 80 }] }
`
const filter = (namespace: string) => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own, namespace: ${namespace} }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const virtualService = (host: string, more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: [${host}], ${more}http: [{ route: [{ destination: { host: catalog } }] }] }
`
const own = virtualService('catalog.ns2.svc.cluster.local')
/** A host that Flux fills in, or else takes to be this one. */
const variable = (otherwise: string) => `"\${host:=${otherwise}}"`
const policy = (app: string) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: own }
spec: { selector: { matchLabels: { app: ${app} } }, action: DENY, rules: [{}] }
`
const vars =
  'configurations: [names.yaml]\nvars: [{ name: HOST, objref: { apiVersion: v1, kind: ConfigMap, name: values }, fieldref: { fieldpath: data.host } }]\n'
const overlay = 'namespace: ns2\nresources: [../app]\n'
const login = { 'teams/login/service.yaml': loginService }
const setting = { files: { ...login, [`${folder}/own.yaml`]: own, [root]: build() } }
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

const replaced = (path: string, value: unknown) => JSON.stringify([{ op: 'replace', path, value }])
const hostOp = replaced('/spec/hosts/0', 'login.ns1.svc.cluster.local')
const patched = (op: string, target = 'kind: VirtualService') =>
  `patches:\n  - target: { ${target} }\n    patch: '${op}'\n`

const flux = (more: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec:
  path: ./${folder}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`
const argo = (more: string, namespace = 'ns2') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec:
  destination: { namespace: ${namespace} }
  source:
    path: ${folder}
${more}`
const deliverer = 'teams/catalog/deliver.yaml'

testAttackClass('what a layer makes of one’s own object is what counts', {
  attack: {
    way: 'a patch gives one’s own VirtualService the host of another team',
    setting,
    files: { [root]: build(patched(hostOp)) },
    ...asks,
  },
  variants: [
    {
      way: 'a kustomization generates the configuration of the mesh',
      setting,
      files: {
        [root]: build(
          'namespace: istio-system\ngeneratorOptions: { disableNameSuffixHash: true }\nconfigMapGenerator: [{ name: istio, literals: ["mesh=defaultConfig: {}\\naccessLogFile: /dev/stdout\\noutboundTrafficPolicy: { mode: REGISTRY_ONLY }"] }]\n',
        ),
      },
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'a variable of Kustomize that the path of a route reads',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: virtualService('"$(HOST)"'),
          [`${folder}/values.yaml`]:
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values }\ndata: { host: catalog.ns2.svc.cluster.local }\n',
          [`${folder}/names.yaml`]: 'varReference: [{ path: spec/hosts, kind: VirtualService }]\n',
          [root]: build(vars, '[own.yaml, values.yaml]'),
        },
      },
      files: {
        [`${folder}/values.yaml`]:
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values }\ndata: { host: login.ns1.svc.cluster.local }\n',
      },
      ...asks,
    },
    {
      way: 'the same as a merge patch in place',
      setting,
      files: {
        [root]: build(
          `patches:\n  - patch: |\n      apiVersion: networking.istio.io/v1\n      kind: VirtualService\n      metadata: { name: own, namespace: ns2 }\n      spec: { hosts: [login.ns1.svc.cluster.local] }\n`,
        ),
      },
      ...asks,
    },
    {
      way: 'in a file of its own, which alone changes',
      setting: {
        files: {
          ...setting.files,
          [root]: build('patches: [{ path: p.yaml, target: { kind: VirtualService } }]\n'),
          [`${folder}/p.yaml`]: `${replaced('/spec/hosts/0', 'catalog')}\n`,
        },
      },
      files: { [`${folder}/p.yaml`]: `${hostOp}\n` },
      ...asks,
    },
    {
      way: 'a namespace over one’s own EnvoyFilter',
      setting: { files: { ...login, [`${folder}/own.yaml`]: filter('ns2'), [root]: build() } },
      files: { [root]: build('namespace: ns1\n') },
      ...asks,
    },
    {
      way: 'an overlay two folders up',
      setting: {
        files: { ...setting.files, 'teams/catalog/prod/kustomization.yaml': 'resources: [../app]\n' },
      },
      files: { 'teams/catalog/prod/kustomization.yaml': `resources: [../app]\n${patched(hostOp)}` },
      ...asks,
    },
    {
      way: 'a component',
      setting: {
        files: {
          ...setting.files,
          'teams/catalog/c/kustomization.yaml':
            'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
          [root]: build('components: [../c]\n'),
        },
      },
      files: {
        'teams/catalog/c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${patched(hostOp)}`,
      },
      ...asks,
    },
    {
      way: 'a replacement writes the host',
      setting: {
        files: {
          ...setting.files,
          [root]: build('', '[own.yaml, values.yaml]'),
          [`${folder}/values.yaml`]:
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values, namespace: ns2 }\ndata: { host: login.ns1.svc.cluster.local }\n',
        },
      },
      files: {
        [root]: build(
          'replacements:\n  - source: { kind: ConfigMap, name: values, fieldPath: data.host }\n    targets: [{ select: { kind: VirtualService }, fieldPaths: [spec.hosts.0] }]\n',
          '[own.yaml, values.yaml]',
        ),
      },
      ...asks,
    },
    {
      way: 'another selector for one’s own Service takes nothing, another namespace another team’s name',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: service('catalog').replace('name: catalog', 'name: login'),
          [root]: build(),
        },
      },
      files: { [root]: build('namespace: ns1\n') },
      ...asks,
    },
    {
      way: 'another kind and namespace',
      setting,
      files: {
        [root]: build(
          patched(
            JSON.stringify([
              { op: 'replace', path: '/apiVersion', value: 'networking.istio.io/v1alpha3' },
              { op: 'replace', path: '/kind', value: 'EnvoyFilter' },
              { op: 'replace', path: '/metadata/namespace', value: 'ns1' },
              { op: 'replace', path: '/spec', value: { configPatches: [{ applyTo: 'CLUSTER' }] } },
            ]),
            'kind: VirtualService }\n    options: { allowKindChange: true, allowNameChange: true',
          ),
        ),
      },
      ...asks,
    },
    {
      way: 'a DestinationRule of one’s own comes to stand beside another team’s service',
      setting: {
        files: { ...login, [`${folder}/own.yaml`]: destinationRule('login'), [root]: build() },
      },
      files: { [root]: build('namespace: ns1\n') },
      ...asks,
    },
    {
      way: 'hosts of a VirtualService of one’s own, among several',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: virtualService('catalog.ns2.svc.cluster.local'),
          [root]: build(),
        },
      },
      files: {
        [root]: build(patched(hostOp, 'kind: VirtualService')),
      },
      ...asks,
    },
    {
      way: 'exportTo of a VirtualService that was for one’s own clients',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: virtualService('login.ns1.svc.cluster.local', 'exportTo: ["."], '),
          [root]: build(),
        },
      },
      files: {
        [root]: build(patched(replaced('/spec/exportTo/0', '*'), 'kind: VirtualService')),
      },
      ...asks,
    },
    {
      way: 'Flux sets the namespace',
      setting: { files: { ...login, [`${folder}/own.yaml`]: filter('ns2'), [deliverer]: flux('') } },
      files: { [deliverer]: flux('  targetNamespace: ns1\n') },
      ...asks,
    },
    {
      way: 'Flux patches',
      setting: { files: { ...setting.files, [deliverer]: flux('') } },
      files: {
        [deliverer]: flux(`  patches:\n    - target: { kind: VirtualService }\n      patch: '${hostOp}'\n`),
      },
      ...asks,
    },
    {
      way: 'Flux fills in a variable',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: virtualService(variable('catalog.ns2.svc.cluster.local')),
          [deliverer]: flux('  postBuild: { substitute: { a: b } }\n'),
        },
      },
      files: { [deliverer]: flux('  postBuild: { substitute: { host: login.ns1.svc.cluster.local } }\n') },
      ...asks,
    },
    {
      way: 'Argo CD patches',
      setting: { files: { ...setting.files, [deliverer]: argo('') } },
      files: {
        [deliverer]: argo(
          `    kustomize:\n      patches:\n        - target: { kind: VirtualService }\n          patch: '${hostOp}'\n`,
        ),
      },
      ...asks,
    },
    {
      way: 'Argo CD fills in the namespace',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: filter('ns2').replace(', namespace: ns2', ''),
          [root]: build(),
          [deliverer]: argo(''),
        },
      },
      files: { [deliverer]: argo('', 'ns1') },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'a policy of one’s own that gets its namespace from the layer',
      setting: {
        files: { ...login, [`${folder}/own.yaml`]: policy('catalog'), [root]: build('namespace: ns2\n') },
      },
      files: { [`${folder}/own.yaml`]: policy('details') },
    },
    {
      way: 'an overlay that is renamed',
      setting: {
        files: { ...setting.files, 'teams/catalog/prod/kustomization.yaml': overlay },
      },
      files: {
        'teams/catalog/prod/kustomization.yaml': null,
        'teams/catalog/production/kustomization.yaml': overlay,
      },
    },
    {
      way: 'a new overlay over one’s own base, with a namespace of one’s own',
      setting: {
        configuration: 'istio: { gatewayNamespaces: [istio-system] }\n',
        files: { ...login, [`${folder}/own.yaml`]: policy('catalog'), [root]: build('namespace: ns2\n') },
      },
      files: { 'teams/catalog/prod/kustomization.yaml': overlay },
    },
    {
      way: 'a patch of one’s own policy',
      setting,
      files: {
        [root]: build(patched(JSON.stringify([{ op: 'add', path: '/spec/http/0/timeout', value: '5s' }]))),
      },
    },
    {
      way: 'a host of one’s own',
      setting,
      files: { [root]: build(patched(replaced('/spec/hosts/0', 'catalog'))) },
    },
    { way: 'labels', setting, files: { [root]: build('labels: [{ pairs: { team: catalog } }]\n') } },
    { way: 'a prefix for names of one’s own', setting, files: { [root]: build('namePrefix: catalog-\n') } },
    {
      way: 'the namespace that is written there already',
      setting,
      files: { [root]: build('namespace: ns2\n') },
    },
    { way: 'an image', setting, files: { [root]: build('images: [{ name: catalog, newTag: "2" }]\n') } },
    { way: 'annotations', setting, files: { [root]: build('commonAnnotations: { owner: catalog }\n') } },
    {
      way: 'a patch moves from the overlay into the base',
      setting: {
        files: {
          ...setting.files,
          [root]: build(patched(replaced('/spec/hosts/0', 'catalog'))),
        },
      },
      files: { [root]: build(), [`${folder}/own.yaml`]: virtualService('catalog') },
    },
    {
      way: 'what took another team’s host before is delivered as before',
      setting: { files: { ...setting.files, [root]: build(patched(hostOp)) } },
      files: { [root]: `# ours\n${build(patched(hostOp))}` },
    },
    {
      way: 'a layer of Flux over one’s own',
      setting: { files: { ...setting.files, [deliverer]: flux('') } },
      files: { [deliverer]: flux('  targetNamespace: ns2\n') },
    },
    {
      way: 'a variable of one’s own',
      setting: {
        files: {
          ...login,
          [`${folder}/own.yaml`]: virtualService(variable('catalog')),
          [deliverer]: flux('  postBuild: { substitute: { a: b } }\n'),
        },
      },
      files: { [deliverer]: flux('  postBuild: { substitute: { a: c, host: catalog } }\n') },
    },
    {
      way: 'a resource of one’s own in the build',
      setting,
      files: {
        [root]: build('', '[own.yaml, more.yaml]'),
        [`${folder}/more.yaml`]: destinationRule('details.ns2.svc.cluster.local', 'more'),
      },
    },
  ],
})
