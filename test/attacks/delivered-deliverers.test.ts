import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const theirs = 'login.ns1.svc.cluster.local'
/** `«X»` stands for the variable of that name. */
const filled = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const filter = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const route = (host = 'catalog') =>
  filled(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: ["${host}"], http: [{ route: [{ destination: { host: catalog } }] }] }
`)
const login = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
}
const here = 'teams/catalog'
const setting = (files: Files) => ({ files: { ...login, ...files } as Readonly<Record<string, string>> })
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

const argo = (name: string, path: string, more = '', namespace = 'ns2') =>
  filled(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { name: in-cluster, namespace: "${namespace}" }
  source:
    path: "${path}"
${more}`)
const flux = (name: string, path: string, more = '') =>
  filled(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: "./${path}"
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`)
const operation = (path: string, value: unknown, op = 'replace') => JSON.stringify([{ op, path, value }])
const patchOf = (kind: string, patch: string) => `{ target: { kind: ${kind} }, patch: '${patch}' }`
const patches = (...all: readonly string[]) => `patches: [${all.join(', ')}]\n`
const toLogin = patchOf('Application', operation('/spec/destination/namespace', 'ns1'))
const toOwn = patchOf('Application', operation('/spec/destination/namespace', 'ns3'))
const hostOf = (host: string) => operation('/spec/hosts/0', host)

const [overlay, root, child] = [
  `${here}/overlay/kustomization.yaml`,
  `${here}/root.yaml`,
  `${here}/base/app.yaml`,
]
const overBase = 'resources: [../base]\n'
const base = {
  [`${here}/base/kustomization.yaml`]: 'resources: [app.yaml]\n',
  [child]: argo('app', `${here}/app`),
  [root]: argo('root', `${here}/overlay`, '', 'argocd'),
  [overlay]: overBase,
  [`${here}/app/own.yaml`]: filter,
}
const { [root]: _, ...byHand } = base
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
const kustomized = {
  ...base,
  [`${here}/app/own.yaml`]: route(),
  [`${here}/app/kustomization.yaml`]: 'resources: [own.yaml]\n',
}
const named = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: place }\ndata: { ns: ${name} }\n`
const replaced =
  'resources: [../base, place.yaml]\nreplacements: [{ source: { kind: ConfigMap, name: place, fieldPath: data.ns }, targets: [{ select: { kind: Application }, fieldPaths: [spec.destination.namespace] }] }]\n'
const withHost = (host: string) =>
  patchOf(
    'Application',
    operation(
      '/spec/source/kustomize',
      {
        patches: [
          {
            target: { kind: 'VirtualService' },
            patch: hostOf(host).replaceAll('"', '\\"').replaceAll('\\"', '"'),
          },
        ],
      },
      'add',
    ),
  )
const set = (namespace: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: app, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ ns: ${namespace} }] } }]
  template:
    metadata: { name: app }
    spec: { destination: { namespace: "{{ns}}" }, source: { path: ${here}/app } }
`

testAttackClass('an Application is what those that deliver it make of it', {
  attack: {
    way: 'an overlay patches the namespace of a child',
    setting: setting(base),
    files: { [overlay]: overBase + patches(toLogin) },
    ...asks,
  },
  variants: [
    {
      way: 'the same by a file',
      setting: setting(base),
      files: {
        [overlay]: `${overBase}patches: [{ path: patch.yaml }]\n`,
        [`${here}/overlay/patch.yaml`]:
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: app, namespace: argocd }\nspec: { destination: { namespace: ns1 } }\n',
      },
      ...asks,
    },
    {
      way: 'the same where nothing delivers the overlay',
      setting: setting(byHand),
      files: { [overlay]: overBase + patches(toLogin) },
      ...asks,
    },
    {
      way: 'the same in an overlay of the overlay',
      setting: setting({
        ...base,
        [`${here}/top/kustomization.yaml`]: 'resources: [../overlay]\n',
        [root]: argo('root', `${here}/top`, '', 'argocd'),
      }),
      files: { [`${here}/top/kustomization.yaml`]: `resources: [../overlay]\n${patches(toLogin)}` },
      ...asks,
    },
    {
      way: 'the same in a component',
      setting: setting({
        ...base,
        [overlay]: `${overBase}components: [../part]\n`,
        [`${here}/part/kustomization.yaml`]: component,
      }),
      files: { [`${here}/part/kustomization.yaml`]: component + patches(toLogin) },
      ...asks,
    },
    {
      way: 'a patch in the parent itself',
      setting: setting(base),
      files: {
        [root]: argo('root', `${here}/overlay`, `    kustomize: { patches: [${toLogin}] }\n`, 'argocd'),
      },
      ...asks,
    },
    {
      way: 'a patch in a file of Argo CD beside the overlay',
      setting: setting(base),
      files: { [`${here}/overlay/.argocd-source-root.yaml`]: `kustomize: { patches: [${toLogin}] }\n` },
      ...asks,
    },
    {
      way: 'a value that is put in the place of the namespace',
      setting: setting({ ...base, [overlay]: replaced, [`${here}/overlay/place.yaml`]: named('ns2') }),
      files: { [`${here}/overlay/place.yaml`]: named('ns1') },
      ...asks,
    },
    {
      way: 'another folder for the child',
      setting: setting({
        ...base,
        [child]: argo('app', `${here}/empty`, '', 'ns1'),
        [`${here}/empty/notes.yaml`]: 'a: b\n',
        [`${here}/app/own.yaml`]: filter.replace('name: own', 'name: own, namespace: ""'),
      }),
      files: {
        [overlay]: overBase + patches(patchOf('Application', operation('/spec/source/path', `${here}/app`))),
      },
      ...asks,
    },
    {
      way: 'a prefix, by which another file in the folder is meant',
      setting: setting({
        ...kustomized,
        [`${here}/app/.argocd-source-x-app.yaml`]: `kustomize: { patches: [${patchOf('VirtualService', hostOf(theirs))}] }\n`,
      }),
      files: { [overlay]: `${overBase}namePrefix: x-\n` },
      ...asks,
    },
    {
      way: 'a patch that gives the child a patch',
      setting: setting(kustomized),
      files: {
        [overlay]:
          overBase +
          patches(
            withHost(theirs)
              .replaceAll("'", "''")
              .replace("''", "'")
              .replace(/''(?= \}$)/, "'"),
          ),
      },
      ...asks,
    },
    {
      way: 'a patch of an ApplicationSet',
      setting: setting({ ...base, [child]: set('ns2') }),
      files: {
        [overlay]:
          overBase +
          patches(patchOf('ApplicationSet', operation('/spec/generators/0/list/elements/0/ns', 'ns1'))),
      },
      ...asks,
    },
    {
      way: 'a variable of a Kustomization of Flux that delivers it',
      setting: setting({
        ...base,
        [root]: flux('root', `${here}/overlay`, '  postBuild: { substitute: { ns: ns2 } }\n'),
        [child]: argo('app', `${here}/app`, '', '«ns»'),
      }),
      files: { [root]: flux('root', `${here}/overlay`, '  postBuild: { substitute: { ns: ns1 } }\n') },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'a patch to one’s own',
      setting: setting({
        ...base,
        [`${here}/app/own.yaml`]: filter.replace('name: own', 'name: own, namespace: ns2'),
      }),
      files: { [overlay]: overBase + patches(toOwn) },
    },
    {
      way: 'a patch to what the object does not take',
      setting: setting({
        ...base,
        [`${here}/app/own.yaml`]: filter.replace('name: own', 'name: own, namespace: ns2'),
      }),
      files: { [overlay]: overBase + patches(toLogin) },
    },
    {
      way: 'a patch of another Application',
      setting: setting(base),
      files: {
        [overlay]: overBase + patches(toLogin.replace('kind: Application', 'kind: Application, name: other')),
      },
    },
    {
      way: 'a patch of the base that the overlay takes back',
      setting: setting({
        ...base,
        [overlay]:
          overBase + patches(patchOf('Application', operation('/spec/destination/namespace', 'ns2'))),
      }),
      files: { [child]: argo('app', `${here}/app`, '', 'ns1') },
    },
    {
      way: 'an overlay that nothing builds any more adds nothing',
      setting: setting(base),
      files: { [`${here}/other/kustomization.yaml`]: component + patches(toLogin) },
    },
    {
      way: 'a project and a policy',
      setting: setting(base),
      files: {
        [overlay]: overBase + patches(patchOf('Application', operation('/spec/project', 'other', 'add'))),
      },
    },
    {
      way: 'an annotation of the child',
      setting: setting(base),
      files: { [overlay]: `${overBase}commonAnnotations: { note: a }\n` },
    },
    {
      way: 'the same child by an overlay in the place of the base',
      setting: setting({ ...base, [root]: argo('root', `${here}/base`, '', 'argocd') }),
      files: { [root]: argo('root', `${here}/overlay`, '', 'argocd') },
    },
    {
      way: 'a value beside the namespace',
      setting: setting({ ...base, [overlay]: replaced, [`${here}/overlay/place.yaml`]: named('ns2') }),
      files: { [`${here}/overlay/place.yaml`]: named('ns2, other: ns1') },
    },
    {
      way: 'a variable that is not used',
      setting: setting({
        ...base,
        [root]: flux('root', `${here}/overlay`, '  postBuild: { substitute: { ns: ns2 } }\n'),
        [child]: argo('app', `${here}/app`, '', '«ns»'),
      }),
      files: {
        [root]: flux('root', `${here}/overlay`, '  postBuild: { substitute: { ns: ns2, other: ns1 } }\n'),
      },
    },
    {
      way: 'a new Application that delivers what is one’s own',
      setting: setting({
        ...base,
        [`${here}/more/own.yaml`]: filter.replace('name: own', 'name: more, namespace: ns2'),
      }),
      files: {
        [overlay]: `${overBase.replace(']', ', more.yaml]')}`,
        [`${here}/overlay/more.yaml`]: argo('more', `${here}/more`),
      },
    },
  ],
})

const team = `${here}/base/team.yaml`
const tenant = {
  [`${here}/base/kustomization.yaml`]: 'resources: [team.yaml]\n',
  [team]: flux('team', `${here}/app`),
  [root]: flux('tenants', `${here}/overlay`),
  [overlay]: overBase,
  [`${here}/app/own.yaml`]: filter.replace('name: own', 'name: own, namespace: ns2'),
}
const routed = {
  ...tenant,
  [`${here}/app/own.yaml`]: route('«host»'),
  [team]: flux('team', `${here}/app`, '  postBuild: { substitute: { host: catalog } }\n'),
}
const inNamespace = (name: string) =>
  patchOf('Kustomization', operation('/spec/targetNamespace', name, 'add'))
const values = (host: string, name = 'values') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: flux-system }\ndata: { host: ${host} }\n`
const fromValues = '  postBuild: { substituteFrom: [{ kind: ConfigMap, name: values }] }\n'
const generated = (host: string) =>
  `${overBase}namespace: flux-system\ngeneratorOptions: { disableNameSuffixHash: true }\nconfigMapGenerator: [{ name: values, literals: ["host=${host}"] }]\n`

testAttackClass('a Kustomization of Flux is what those that deliver it make of it', {
  attack: {
    way: 'an overlay gives it another namespace',
    setting: setting(tenant),
    files: { [overlay]: overBase + patches(inNamespace('ns1')) },
    ...asks,
  },
  variants: [
    {
      way: 'the same by a file',
      setting: setting(tenant),
      files: {
        [overlay]: `${overBase}patches: [{ path: patch.yaml }]\n`,
        [`${here}/overlay/patch.yaml`]:
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: team, namespace: flux-system }\nspec: { targetNamespace: ns1 }\n',
      },
      ...asks,
    },
    {
      way: 'the same in what delivers the overlay',
      setting: setting(tenant),
      files: { [root]: flux('tenants', `${here}/overlay`, `  patches: [${inNamespace('ns1')}]\n`) },
      ...asks,
    },
    {
      way: 'the same where nothing delivers the overlay',
      setting: setting({ ...tenant, [root]: 'a: b\n' }),
      files: { [overlay]: overBase + patches(inNamespace('ns1')) },
      ...asks,
    },
    {
      way: 'a variable of what delivers it',
      setting: setting({
        ...tenant,
        [team]: flux('team', `${here}/app`, '  targetNamespace: "«ns:=ns2»"\n'),
        [root]: flux('tenants', `${here}/overlay`, '  postBuild: { substitute: { ns: ns2 } }\n'),
      }),
      files: { [root]: flux('tenants', `${here}/overlay`, '  postBuild: { substitute: { ns: ns1 } }\n') },
      ...asks,
    },
    {
      way: 'a variable in its path',
      setting: setting({
        ...tenant,
        [team]: flux('team', `${here}/«place»`),
        [root]: flux('tenants', `${here}/overlay`, '  postBuild: { substitute: { place: empty } }\n'),
        [`${here}/empty/kustomization.yaml`]: 'resources: [../app]\nnamespace: ns2\n',
        [`${here}/app/kustomization.yaml`]: 'resources: [own.yaml]\n',
        [`${here}/full/kustomization.yaml`]: 'resources: [../app]\nnamespace: ns2\n',
      }),
      files: {
        [root]: flux('tenants', `${here}/overlay`, '  postBuild: { substitute: { place: full } }\n'),
        [`${here}/full/kustomization.yaml`]: 'resources: [../app]\nnamespace: ns1\n',
      },
      ...asks,
    },
    {
      way: 'a value that the overlay puts in',
      setting: setting(routed),
      files: {
        [overlay]:
          overBase + patches(patchOf('Kustomization', operation('/spec/postBuild/substitute/host', theirs))),
      },
      ...asks,
    },
    {
      way: 'a patch that the overlay puts in',
      setting: setting({ ...tenant, [`${here}/app/own.yaml`]: route() }),
      files: {
        [`${here}/overlay/patch.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: team, namespace: flux-system }\nspec: { patches: [${patchOf('VirtualService', hostOf(theirs))}] }\n`,
        [overlay]: `${overBase}patches: [{ path: patch.yaml }]\n`,
      },
      ...asks,
    },
    {
      way: 'a ConfigMap that a kustomization generates beside it',
      setting: setting({
        ...routed,
        [team]: flux('team', `${here}/app`, fromValues),
        [overlay]: generated('catalog'),
      }),
      files: { [overlay]: generated(theirs) },
      ...asks,
    },
    {
      way: 'a ConfigMap that an overlay patches',
      setting: setting({
        ...routed,
        [team]: flux('team', `${here}/app`, fromValues),
        [`${here}/base/kustomization.yaml`]: 'resources: [team.yaml, values.yaml]\n',
        [`${here}/base/values.yaml`]: values('catalog'),
      }),
      files: { [overlay]: overBase + patches(patchOf('ConfigMap', operation('/data/host', theirs))) },
      ...asks,
    },
    {
      way: 'one of two clusters over one base',
      setting: setting({
        ...routed,
        [`${here}/second/kustomization.yaml`]: overBase,
        [`${here}/second.yaml`]: flux('second', `${here}/second`),
      }),
      files: {
        [`${here}/second/kustomization.yaml`]:
          overBase + patches(patchOf('Kustomization', operation('/spec/postBuild/substitute/host', theirs))),
      },
      ...asks,
    },
    {
      way: 'an Application that delivers it',
      setting: setting({ ...tenant, [root]: argo('root', `${here}/overlay`, '', 'flux-system') }),
      files: {
        [root]: argo(
          'root',
          `${here}/overlay`,
          `    kustomize: { patches: [${inNamespace('ns1')}] }\n`,
          'flux-system',
        ),
      },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'the namespace that the object has',
      setting: setting(tenant),
      files: { [overlay]: overBase + patches(inNamespace('ns2')) },
    },
    {
      way: 'a namespace that the base says and the overlay replaces',
      setting: setting({ ...tenant, [overlay]: overBase + patches(inNamespace('ns2')) }),
      files: { [team]: flux('team', `${here}/app`, '  targetNamespace: ns1\n') },
    },
    {
      way: 'an interval and a limit of time',
      setting: setting(tenant),
      files: {
        [overlay]: overBase + patches(patchOf('Kustomization', operation('/spec/interval', '5m', 'add'))),
      },
    },
    {
      way: 'what it waits for',
      setting: setting(tenant),
      files: {
        [overlay]:
          overBase + patches(patchOf('Kustomization', operation('/spec/dependsOn', [{ name: 'a' }], 'add'))),
      },
    },
    {
      way: 'a patch of another Kustomization',
      setting: setting(tenant),
      files: {
        [overlay]:
          overBase +
          patches(inNamespace('ns1').replace('kind: Kustomization', 'kind: Kustomization, name: other')),
      },
    },
    {
      way: 'a host of one’s own in the values',
      setting: setting(routed),
      files: {
        [overlay]:
          overBase +
          patches(
            patchOf(
              'Kustomization',
              operation('/spec/postBuild/substitute/host', 'catalog.ns2.svc.cluster.local'),
            ),
          ),
      },
    },
    {
      way: 'a value that nothing uses',
      setting: setting(routed),
      files: {
        [overlay]:
          overBase +
          patches(patchOf('Kustomization', operation('/spec/postBuild/substitute/other', theirs, 'add'))),
      },
    },
    {
      way: 'a ConfigMap of another name',
      setting: setting({
        ...routed,
        [team]: flux('team', `${here}/app`, fromValues),
        [overlay]: generated('catalog'),
      }),
      files: {
        [overlay]: generated('catalog').replace(
          'configMapGenerator: [',
          `configMapGenerator: [{ name: other, literals: ["host=${theirs}"] }, `,
        ),
      },
    },
    {
      way: 'the value stands in the object in the place of a patch',
      setting: setting({ ...tenant, [overlay]: overBase + patches(inNamespace('ns2')) }),
      files: { [overlay]: overBase, [team]: flux('team', `${here}/app`, '  targetNamespace: ns2\n') },
    },
    {
      way: 'a component that nothing takes',
      setting: setting(tenant),
      files: { [`${here}/part/kustomization.yaml`]: component + patches(inNamespace('ns1')) },
    },
  ],
})
