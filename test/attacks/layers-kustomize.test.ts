import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { answers, virtualService } from '../support/manifests.ts'

const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
const blocked = { conclusion: 'failure', waitsFor: [] } as const
/** What another team loses is a 404. */
const lost = { conclusion: 'failure', waitsFor: ['login'] } as const
const kustomization = 'teams/login/kustomization.yaml'

/** A kustomization of the root that all build upon; nobody owns it. */
const root = 'kustomization.yaml'
const overAll = `resources:
  - mesh/bookinfo.yaml
  - mesh/gateway.yaml
  - teams/login/vs-1.yaml
  - teams/catalog/vs-2.yaml
`

const detour = `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: vs-1, namespace: ns1 }
spec:
  http:
    - route: [{ destination: { host: detour.default.svc.cluster.local } }]
`

/** Those that have routes of their own. */
const secondaries = 'resources: [teams/login/vs-1.yaml, teams/catalog/vs-2.yaml]\n'

const toDetour = '[{"op":"replace","path":"/spec/http/0/route/0/destination/host","value":"detour"}]'

const replaced = {
  [kustomization]: `resources: [vs-1.yaml, settings.yaml]
replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
    targets:
      - select: { kind: VirtualService, name: vs-1 }
        fieldPaths: [spec.http.0.route.0.destination.host]
`,
  'teams/login/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { host: web, color: red }\n',
}

/** Kustomizations of the administrators above a folder of catalog's. */
const platform = {
  'mesh/all/kustomization.yaml': 'resources: [../../teams/catalog/app]\n',
  'teams/catalog/app/kustomization.yaml': 'resources: [web.yaml]\n',
}
const ownWeb = 'teams/catalog/app/web.yaml'
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: catalog }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: catalog }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`
const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: catalog }
spec: { host: web }
`

const asked: readonly Attempt[] = [
  {
    way: 'a kustomization of the root that lists the files of all but one team',
    files: { [root]: overAll.replace('  - teams/login/vs-1.yaml\n', '') },
    ...stopped,
    says: /It reaches teams\/login\/vs-1.yaml/,
  },
  {
    way: 'an entry that falls out of the list of resources',
    setting: { files: { [root]: overAll } },
    files: { [root]: overAll.replace('  - teams/login/vs-1.yaml\n', '') },
    ...lost,
  },
  {
    way: 'a kustomization that is removed, and with it what it made of the files',
    setting: { files: { [root]: `namespace: shop\nresources: [teams/login/vs-1.yaml]\n` } },
    files: { [root]: null },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'a field in another case, which Kustomize reads all the same',
    setting: { files: { [root]: overAll } },
    files: { [root]: `${overAll}NAMEPREFIX: x-\n` },
    conclusion: 'failure',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'a patch in a file whose name says nothing of YAML, which already is there',
    setting: {
      files: {
        [root]: `${overAll}patches: [{ path: detour.txt, target: { kind: VirtualService, name: vs-1 } }]\n`,
        'detour.txt': '[]',
      },
    },
    files: { 'detour.txt': toDetour },
    ...stopped,
  },
  {
    way: 'the same patch under a name without an ending, in a folder that the configuration does not name',
    setting: {
      configuration: 'manifests: { include: ["mesh/**/*.yaml", "teams/**/*.yaml"] }\n',
      files: {
        [root]: `${overAll}patchesStrategicMerge: [patches/detour]\n`,
        'patches/detour': detour.replace('detour.default', 'productpage.default'),
      },
    },
    files: { 'patches/detour': detour },
    ...stopped,
  },
  {
    way: 'a patch without a target, written in place',
    setting: { files: { [root]: overAll } },
    files: { [root]: `${overAll}patches:\n  - patch: |-\n${detour.replaceAll(/^(?=.)/gm, '      ')}` },
    ...stopped,
  },
  {
    way: 'a patch that selects by label alone',
    setting: { files: { [root]: secondaries } },
    files: { [root]: `${secondaries}patches: [{ patch: '${toDetour}', target: { labelSelector: a!=b } }]\n` },
    ...stopped,
  },
  {
    way: 'the value that a replacement puts into a route',
    setting: { files: replaced },
    files: {
      'teams/login/settings.yaml': replaced['teams/login/settings.yaml'].replace('host: web', 'host: detour'),
    },
    ...stopped,
  },
  {
    way: 'the file from which a generated ConfigMap has the value of a replacement',
    setting: {
      files: {
        [root]: `resources: [teams/login/vs-1.yaml]
configMapGenerator: [{ name: settings, envs: [settings.env] }]
replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.HOST }
    targets: [{ select: { kind: VirtualService }, fieldPaths: [spec.http.0.route.0.destination.host] }]
`,
        'settings.env': 'HOST=web\n',
      },
    },
    files: { 'settings.env': 'HOST=detour\n' },
    ...stopped,
  },
  {
    way: 'a variable of Kustomize that is written in the manifest of another team',
    setting: {
      files: {
        'teams/login/vs-3.yaml': virtualService({
          name: 'vs-3',
          namespace: 'ns1',
          http: [answers('"/$(PAGE)"')],
        }),
        [root]: `resources: [teams/login/vs-3.yaml, page.yaml]
vars: [{ name: PAGE, objref: { kind: ConfigMap, name: page, apiVersion: v1 }, fieldref: { fieldpath: data.page } }]
configurations: [names.yaml]
`,
        'names.yaml': 'varReference: [{ path: spec/http/match/uri/exact, kind: VirtualService }]\n',
        'page.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: page }\ndata: { page: start }\n',
      },
    },
    files: {
      'page.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: page }\ndata: { page: logout }\n',
    },
    ...stopped,
  },
  {
    way: 'an annotation for all that makes Kustomize drop what has it',
    setting: { files: { [root]: overAll } },
    files: { [root]: `${overAll}commonAnnotations: { config.kubernetes.io/local-config: "true" }\n` },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'a component that brings a patch along',
    setting: {
      files: {
        [root]: `${overAll}components: [teams/catalog/slow]\n`,
        'teams/catalog/slow/kustomization.yaml': 'kind: Component\nresources: []\n',
      },
    },
    files: {
      'teams/catalog/slow/kustomization.yaml': `kind: Component\npatches: [{ patch: '${toDetour}', target: { kind: VirtualService, name: vs-1 } }]\n`,
    },
    ...stopped,
  },
  {
    way: 'a base between that is pointed elsewhere',
    setting: {
      files: {
        'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\n',
        'deploy/kustomization.yaml': 'resources: [../stages]\n',
        'stages/kustomization.yaml': 'resources: [../teams/login]\n',
      },
    },
    files: { 'stages/kustomization.yaml': 'resources: []\n' },
    ...lost,
  },
  {
    way: 'a transformer in a folder of its own',
    setting: {
      files: {
        [root]: `${overAll}transformers: [tools/rename]\n`,
        'tools/rename/kustomization.yaml': 'resources: [suffix.yaml]\n',
        'tools/rename/suffix.yaml':
          'apiVersion: builtin\nkind: SuffixTransformer\nmetadata: { name: a }\nsuffix: ""\n',
      },
    },
    files: {
      'tools/rename/suffix.yaml':
        'apiVersion: builtin\nkind: SuffixTransformer\nmetadata: { name: a }\nsuffix: -x\n',
    },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'a namespace and a suffix that give one`s own manifest the name of another team`s',
    setting: {
      files: {
        'teams/catalog/kustomization.yaml': 'resources: [spare.yaml]\n',
        'teams/catalog/spare.yaml': virtualService({
          name: 'vs',
          namespace: 'ns9',
          http: [answers('/login')],
        }),
      },
    },
    files: {
      'teams/catalog/kustomization.yaml': 'namespace: ns1\nnameSuffix: "-1"\nresources: [spare.yaml]\n',
    },
    ...stopped,
  },
  {
    way: 'an entry that leads nowhere, with which nothing is built any more',
    setting: { files: { [root]: overAll } },
    files: { [root]: `${overAll}  - nowhere.yaml\n` },
    ...blocked,
    says: /does not build/,
  },
  {
    way: 'a second kustomization in one folder, which Kustomize refuses',
    setting: { files: { [root]: overAll } },
    files: { Kustomization: overAll },
    conclusion: 'failure',
    waitsFor: ['login', 'mesh-admins'],
    says: /does not build/,
  },
  {
    way: 'a manifest in a folder that the configuration leaves out, which a kustomization deploys',
    setting: {
      configuration: 'manifests: { exclude: ["attic/**"] }\nrules: { duplicate-virtual-service: report }\n',
      codeowners:
        '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/attic/ @bookinfo/catalog\n',
    },
    files: {
      'attic/vs.yaml': detour,
      'attic/kustomization.yaml': 'resources: [vs.yaml]\n',
      'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, ../../attic]\n',
    },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: /ns1\/vs-1 is already written in teams\/login\/vs-1.yaml/,
  },
  {
    way: 'a kustomization that no longer parses',
    setting: { files: { [root]: overAll } },
    files: { [root]: `${overAll}patches: [\n` },
    ...blocked,
    says: /does not build/,
  },
]

const own = 'teams/catalog/kustomization.yaml'
const withWeb = { [root]: `${overAll}  - ${ownWeb}\n`, [ownWeb]: deployment }

testAttackClass('layers of Kustomize over the files of others', {
  onGitHub: {},
  attack: {
    way: 'a new kustomization in the folder of another team that leaves its file out',
    files: { [kustomization]: 'resources: []\n' },
    ...stopped,
    says: /Kustomization teams\/login in teams\/login\/kustomization.yaml is new/,
  },
  variants: asked,
  neighbours: [
    {
      way: 'the first policy of one`s own below kustomizations of the administrators, which reached nothing',
      setting: { files: { ...platform, [ownWeb]: deployment } },
      files: { [ownWeb]: `${deployment}---\n${destinationRule}` },
      silentOn: /Kustomization/,
    },
    {
      way: 'the last one that goes',
      setting: { files: { ...platform, [ownWeb]: `${deployment}---\n${destinationRule}` } },
      files: { [ownWeb]: deployment },
      silentOn: /Kustomization/,
    },
    {
      way: 'the first one below a kustomization that reaches files of others already',
      setting: {
        files: {
          ...platform,
          'mesh/all/kustomization.yaml':
            'resources: [../../teams/login/vs-1.yaml, ../../teams/catalog/app]\n',
          [ownWeb]: deployment,
        },
      },
      files: { [ownWeb]: `${deployment}---\n${destinationRule}` },
      silentOn: /Kustomization/,
    },
    {
      way: 'an overlay over files of one`s own',
      setting: { files: { 'teams/catalog/web.yaml': deployment } },
      files: { [own]: 'resources: [web.yaml]\nnamePrefix: x-\n' },
    },
    {
      way: 'another image',
      setting: { files: { [root]: `${overAll}images: [{ name: web, newTag: "1" }]\n` } },
      files: { [root]: `${overAll}images: [{ name: web, newTag: "2" }]\n` },
    },
    {
      way: 'more replicas, and a literal of a ConfigMap that nothing reads',
      setting: { files: withWeb },
      files: {
        [root]: `${withWeb[root]}replicas: [{ name: web, count: 3 }]\nconfigMapGenerator: [{ name: a, literals: [b=c] }]\n`,
      },
    },
    {
      way: 'an entry of one`s own in the list of all',
      setting: { files: { [root]: overAll } },
      files: {
        [root]: `${overAll}  - teams/catalog/vs-3.yaml\n`,
        'teams/catalog/vs-3.yaml': virtualService({
          name: 'vs-3',
          namespace: 'ns1',
          http: [answers('/three')],
        }),
      },
    },
    {
      way: 'a patch of a Deployment',
      setting: { files: withWeb },
      files: {
        [root]: `${withWeb[root]}patches: [{ patch: '[{"op":"add","path":"/spec/replicas","value":2}]', target: { kind: Deployment } }]\n`,
      },
    },
    {
      way: 'a patch of one`s own VirtualService in an unowned file',
      setting: { files: { [root]: overAll } },
      files: {
        [root]: `${overAll}patches: [{ patch: '${toDetour}', target: { kind: VirtualService, name: vs-2 } }]\n`,
      },
    },
    {
      way: 'a kustomization over things that are not the mesh',
      files: {
        'monitoring/kustomization.yaml': 'namespace: monitoring\nresources: [rules.yaml]\n',
        'monitoring/rules.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: rules }\n',
      },
    },
    {
      way: 'labels of one`s own for all',
      setting: { files: { [root]: overAll } },
      files: { [root]: `${overAll}labels: [{ pairs: { team: shop, app.kubernetes.io/version: "2" } }]\n` },
    },
    {
      way: 'comments and another layout of a kustomization',
      setting: { files: { [root]: overAll } },
      files: {
        [root]: `# All of it.\nresources: [teams/catalog/vs-2.yaml, teams/login/vs-1.yaml, mesh/gateway.yaml, mesh/bookinfo.yaml]\n`,
      },
    },
    {
      way: 'a key of a ConfigMap beside the one that a replacement reads',
      setting: {
        files: replaced,
        codeowners:
          '/teams/login/vs-1.yaml @bookinfo/login\n/mesh/ @bookinfo/mesh-admins\n/teams/catalog/ @bookinfo/catalog\n',
      },
      files: {
        'teams/login/settings.yaml': replaced['teams/login/settings.yaml'].replace(
          'color: red',
          'color: blue',
        ),
      },
    },
    {
      way: 'a text file that no layer names',
      setting: { files: { [root]: overAll, 'notes.txt': 'a\n' } },
      files: { 'notes.txt': detour },
    },
    {
      way: 'a component over one`s own files',
      setting: { files: { [own]: 'resources: [web.yaml]\n', 'teams/catalog/web.yaml': deployment } },
      files: {
        [own]: 'resources: [web.yaml]\ncomponents: [slow]\n',
        'teams/catalog/slow/kustomization.yaml': 'kind: Component\nnameSuffix: -slow\n',
      },
    },
  ],
})
