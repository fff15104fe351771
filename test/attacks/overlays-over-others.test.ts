import { type AttackClass, testAttackClass } from '../support/attack-class.ts'

const inFolder = 'resources: [vs-1.yaml]\n'
/** Login's file is built by a kustomization of login's own. */
const built = { 'teams/login/kustomization.yaml': inFolder }
const operation = '[{ "op": "add", "path": "/spec/http/0/timeout", "value": "9s" }]'
const renaming = (name: string) => `[{ "op": "replace", "path": "/metadata/name", "value": "${name}" }]`
const patches = (text: string) => `patches:\n  - target: { kind: VirtualService }\n    patch: '${text}'\n`
const strategic = `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-1, namespace: ns1 }
spec: { http: [{ match: [{ uri: { exact: /login } }], route: [{ destination: { host: detour } }] }] }
`
const over = (more: string, files: Readonly<Record<string, string>> = {}) => ({
  'teams/catalog/over/kustomization.yaml': `resources: [../../login]\n${more}`,
  ...files,
})
const flux = (path: string, more: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: over, namespace: flux-system }
spec:
  path: ./${path}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`
const application = (path: string, more: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: over, namespace: argocd }
spec:
  destination: { name: in-cluster, namespace: ns1 }
  source:
    repoURL: https://github.com/bookinfo/mesh
    path: ${path}
${more}`

/** A kustomization of one's own over everything that belongs to the others. */
const mine = {
  'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\n',
  'teams/catalog/vs-2.yaml': `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-2, namespace: ns1 }
spec: { http: [{ match: [{ uri: { exact: /productpage } }], route: [{ destination: { host: productpage } }] }] }
`,
}
const unplaced = mine['teams/catalog/vs-2.yaml'].replace(', namespace: ns1', '')
const later = (text: string) => text.replace('route: [{ destination', 'timeout: 7s, route: [{ destination')
const edited = { 'teams/catalog/vs-2.yaml': later(mine['teams/catalog/vs-2.yaml']) }
const collected = (more: string) => ({
  ...mine,
  ...built,
  'mesh/kustomization.yaml': `resources: [bookinfo.yaml, gateway.yaml, ../teams/login, ../teams/catalog]\n${more}`,
})

const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const variant = (
  way: string,
  files: AttackClass['attack']['files'],
  expected: Partial<AttackClass['attack']> = {},
): AttackClass['attack'] => ({ way, setting: { files: built }, files, ...asked, ...expected })

testAttackClass('an overlay of one’s own over what others deliver', {
  onGitHub: {},
  attack: variant('by a patch of its routes', over(patches(operation))),
  variants: [
    variant(
      'which renames it, and another layer that calls it by its name again',
      {
        'teams/catalog/in/kustomization.yaml': 'namePrefix: x-\nresources: [../../login]\n',
        'teams/catalog/over/kustomization.yaml': `resources: [../in]\n${patches(renaming('vs-1'))}`,
      },
      { says: /VirtualService ns1\/vs-1 is no longer what it is by teams\/login\/vs-1\.yaml/ },
    ),
    variant('by a patch in a file of one’s own', {
      ...over('patches: [{ path: part.yaml }]\n', { 'teams/catalog/over/part.yaml': strategic }),
    }),
    variant('under patchesStrategicMerge', {
      ...over('patchesStrategicMerge: [part.yaml]\n', { 'teams/catalog/over/part.yaml': strategic }),
    }),
    variant(
      'under patchesJson6902',
      over(
        `patchesJson6902:\n  - target: { group: networking.istio.io, version: v1beta1, kind: VirtualService, name: vs-1, namespace: ns1 }\n    patch: '${operation}'\n`,
      ),
    ),
    variant('by a component', {
      ...over('components: [../part]\n'),
      'teams/catalog/part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${patches(operation)}`,
    }),
    variant(
      'by a replacement',
      over(
        'replacements:\n  - source: { kind: VirtualService, name: vs-1, fieldPath: metadata.name }\n    targets:\n      - select: { kind: VirtualService }\n        fieldPaths: [spec.http.0.route.0.destination.host]\n',
      ),
    ),
    variant(
      'by a transformer',
      over(
        `transformers:\n  - |-\n    apiVersion: builtin\n    kind: PatchTransformer\n    metadata: { name: x }\n    target: { kind: VirtualService }\n    patch: '${operation}'\n`,
      ),
    ),
    variant(
      'which deletes it',
      {
        ...over('patches: [{ path: part.yaml }]\n', {
          'teams/catalog/over/part.yaml':
            'apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: vs-1, namespace: ns1 }\n$patch: delete\n',
        }),
      },
      { conclusion: 'failure' },
    ),
    variant('which delivers it under another name', over('nameSuffix: -x\n'), { conclusion: 'failure' }),
    variant('which delivers it into another namespace', over('namespace: ns2\n'), { conclusion: 'failure' }),
    variant('by a patch that Flux lays over it', {
      'teams/catalog/flux.yaml': flux(
        'teams/login',
        `  patches:\n    - target: { kind: VirtualService }\n      patch: '${operation}'\n`,
      ),
    }),
    variant('by a patch that Argo CD lays over it', {
      'teams/catalog/application.yaml': application(
        'teams/login',
        `    kustomize:\n      patches:\n        - target: { kind: VirtualService }\n          patch: '${operation}'\n`,
      ),
    }),
    {
      way: 'beside the overlay by which it is delivered',
      setting: {
        files: {
          ...built,
          'teams/login/prod/kustomization.yaml': `resources: [..]\n${patches(operation)}`,
        },
      },
      files: over(patches(operation.replace('9s', '8s'))),
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'a base of one’s own, patched by oneself',
      setting: {
        files: { ...mine, 'teams/catalog/prod/kustomization.yaml': `resources: [..]\n${patches(operation)}` },
      },
      files: {
        'teams/catalog/prod/kustomization.yaml': `resources: [..]\n${patches(operation.replace('9s', '8s'))}`,
      },
    },
    {
      way: 'a patch in an overlay of one’s own over a base of others',
      setting: { files: { ...built, ...over(`namespace: ns9\n${patches(operation)}`) } },
      files: over(`namespace: ns9\n${patches(operation.replace('9s', '8s'))}`),
    },
    { way: 'a file of one’s own that the mesh collects', setting: { files: collected('') }, files: edited },
    {
      way: 'a file of one’s own without a namespace, which the mesh fills in',
      setting: {
        files: {
          ...collected(''),
          'teams/kustomization.yaml': 'namespace: ns1\nresources: [login, catalog]\n',
          'teams/catalog/vs-2.yaml': unplaced,
          'mesh/kustomization.yaml': 'resources: [bookinfo.yaml, gateway.yaml, ../teams]\n',
        },
        codeowners:
          '/mesh/ @bookinfo/mesh-admins\n/teams/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/.github/ @bookinfo/mesh-admins\n',
      },
      files: { 'teams/catalog/vs-2.yaml': later(unplaced) },
    },
    {
      way: 'a file of one’s own on which the mesh puts labels',
      setting: { files: collected('commonLabels: { cluster: prod, app.kubernetes.io/instance: mesh }\n') },
      files: edited,
    },
    {
      way: 'a file of one’s own on which the mesh puts annotations',
      setting: { files: collected('commonAnnotations: { argocd.argoproj.io/sync-wave: "1" }\n') },
      files: edited,
    },
    {
      way: 'a file of one’s own where the mesh patches others alone',
      setting: {
        files: collected(
          `patches:\n  - target: { kind: VirtualService, name: vs-1 }\n    patch: '${operation}'\n`,
        ),
      },
      files: edited,
    },
    {
      way: 'a patch in a file of one’s own over one’s own, which the mesh lists',
      setting: {
        files: {
          ...collected(''),
          'teams/kustomization.yaml': 'resources: [login, catalog]\npatches: [{ path: catalog/part.yaml }]\n',
          'teams/catalog/part.yaml': strategic
            .replaceAll('vs-1', 'vs-2')
            .replaceAll('/login', '/productpage'),
          'mesh/kustomization.yaml': 'resources: [bookinfo.yaml, gateway.yaml, ../teams]\n',
        },
        codeowners:
          '/mesh/ @bookinfo/mesh-admins\n/teams/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/.github/ @bookinfo/mesh-admins\n',
      },
      files: {
        'teams/catalog/part.yaml': later(
          strategic.replaceAll('vs-1', 'vs-2').replaceAll('/login', '/productpage'),
        ),
      },
    },
    {
      way: 'a file of one’s own in a kustomization that nobody owns, which renames nothing',
      setting: { files: { ...mine, 'kustomization.yaml': 'resources: [teams/catalog]\n' } },
      files: edited,
    },
    {
      way: 'a file of one’s own in a kustomization that nobody owns, which patches it',
      setting: {
        files: { ...mine, 'kustomization.yaml': `resources: [teams/catalog]\n${patches(operation)}` },
      },
      files: edited,
    },
    {
      way: 'a file of one’s own for which Flux has a namespace',
      setting: { files: { ...mine, 'mesh/flux.yaml': flux('teams/catalog', '  targetNamespace: ns1\n') } },
      files: edited,
    },
    {
      way: 'a file of one’s own for which Argo CD has a namespace and labels',
      setting: {
        files: {
          ...mine,
          'teams/catalog/vs-2.yaml': unplaced,
          'mesh/application.yaml': application(
            'teams/catalog',
            '    kustomize: { commonLabels: { a: b }, namespace: ns1 }\n',
          ),
        },
      },
      files: { 'teams/catalog/vs-2.yaml': later(unplaced) },
    },
  ],
})
