import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const set = 'teams/catalog/set.yaml'
const theirs = 'login.ns1.svc.cluster.local'
const filter = (more = '') => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own${more} }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const route = (host = 'catalog') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: catalog } }] }] }
`
const login = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
}
const setting = (files: Files) => ({ files: { ...login, ...files } as Readonly<Record<string, string>> })
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

interface Says {
  readonly generators: string
  readonly namespace?: string
  readonly path?: string
  readonly options?: string
  readonly more?: string
}
const says = ({
  generators,
  namespace = '{{ns}}',
  path = 'teams/catalog/app',
  options = '',
  more = '',
}: Says) =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: catalog, namespace: argocd }
spec:
  generators: [${generators}]
  template:
    metadata: { name: "catalog-${namespace}" }
    spec:
      destination: { namespace: "${namespace}" }
      source: { path: "${path}"${options} }
${more}`
const go = '  goTemplate: true\n'
const list = (...elements: readonly string[]) => `{ list: { elements: [${elements.join(', ')}] } }`
const directories = (...items: readonly string[]) => `{ git: { directories: [${items.join(', ')}] } }`
const app = { 'teams/catalog/app/own.yaml': filter() }
const kustomized = {
  'teams/catalog/app/own.yaml': route(),
  'teams/catalog/app/kustomization.yaml': 'resources: [own.yaml]\n',
}
const byFolders = says({
  generators: directories("{ path: 'teams/catalog/apps/*' }"),
  namespace: '{{path.basename}}',
  path: '{{path}}',
})
const overClusters = says({
  generators: `{ matrix: { generators: [{ clusters: { selector: { matchLabels: { env: prod } } } }, ${directories("{ path: 'teams/catalog/apps/*' }")}] } }`,
  namespace: '{{path.basename}}',
  path: '{{path}}',
})
const hostPatch = (host: string) =>
  `  templatePatch: |
    spec: { source: { kustomize: { patches: [{ target: { kind: VirtualService }, patch: '[{"op":"replace","path":"/spec/hosts/0","value":"${host}"}]' }] } } }
`

testAttackClass('what an ApplicationSet makes of Git is made as Argo CD makes it', {
  onGitHub: {},
  attack: {
    way: 'a file that gives values',
    setting: setting({
      ...app,
      'teams/catalog/clusters/one.json': '{ "ns": "ns2" }',
      [set]: says({ generators: "{ git: { files: [{ path: 'teams/catalog/clusters/*.json' }] } }" }),
    }),
    files: { 'teams/catalog/clusters/one.json': '{ "ns": "ns1" }' },
    ...asks,
  },
  variants: [
    {
      way: 'a new folder whose name is the namespace of another team',
      setting: setting({ 'teams/catalog/apps/ns2/own.yaml': filter(), [set]: byFolders }),
      files: { 'teams/catalog/apps/ns1/own.yaml': filter() },
      ...asks,
    },
    {
      way: 'a new folder of that name, by a Go template',
      setting: setting({
        'teams/catalog/apps/ns2/own.yaml': filter(),
        [set]: says({
          generators: directories("{ path: 'teams/catalog/apps/*' }"),
          namespace: '{{ index .path.segments 3 }}',
          path: '{{.path.path}}',
          more: go,
        }),
      }),
      files: { 'teams/catalog/apps/ns1/own.yaml': filter() },
      ...asks,
    },
    {
      way: 'such a folder for clusters that only Argo CD knows',
      setting: setting({
        'teams/catalog/apps/ns2/own.yaml': filter(', namespace: ns2'),
        'teams/catalog/apps/ns1/own.yaml': filter(', namespace: ns2').replace('own,', 'other,'),
        [set]: overClusters,
      }),
      files: { 'teams/catalog/apps/ns1/own.yaml': filter().replace('own ', 'other ') },
      ...asks,
    },
    {
      way: 'a folder that is left out no longer',
      setting: setting({
        'teams/catalog/apps/ns1/own.yaml': filter(', namespace: ns2'),
        [set]: says({
          generators: directories("{ path: 'teams/catalog/apps/*' }", "{ path: '*/*/*/ns1', exclude: true }"),
          namespace: '{{path.basename}}',
          path: '{{path}}',
        }),
      }),
      files: { [set]: byFolders, 'teams/catalog/apps/ns1/own.yaml': filter() },
      ...asks,
    },
    {
      way: 'one more object in such a file',
      setting: setting({
        ...app,
        'teams/catalog/clusters/all.yaml': '- { deep: { ns: ns2 } }\n',
        [set]: says({
          generators: '{ git: { files: [{ path: teams/catalog/clusters }] } }',
          namespace: '{{deep.ns}}',
        }),
      }),
      files: { 'teams/catalog/clusters/all.yaml': '- { deep: { ns: ns2 } }\n- { deep: { ns: ns1 } }\n' },
      ...asks,
    },
    {
      way: 'a matrix whose second generator uses the first',
      setting: setting({
        'teams/catalog/apps/ns1/own.yaml': filter(),
        'teams/catalog/apps/ns2/own.yaml': filter(', namespace: ns2'),
        [set]: says({
          generators: `{ matrix: { generators: [${list('{ ns: ns2 }')}, ${directories("{ path: 'teams/catalog/apps/{{ns}}' }")}] } }`,
          path: '{{path}}',
        }),
      }),
      files: {
        [set]: says({
          generators: `{ matrix: { generators: [${list('{ ns: ns1 }')}, ${directories("{ path: 'teams/catalog/apps/{{ns}}' }")}] } }`,
          path: '{{path}}',
        }),
      },
      ...asks,
    },
    {
      way: 'a merge that says something else',
      setting: setting({
        ...app,
        [set]: says({
          generators: `{ merge: { mergeKeys: [c], generators: [${list('{ c: a, ns: ns2 }')}, ${list('{ c: b, ns: ns1 }')}] } }`,
        }),
      }),
      files: {
        [set]: says({
          generators: `{ merge: { mergeKeys: [c], generators: [${list('{ c: a, ns: ns2 }')}, ${list('{ c: a, ns: ns1 }')}] } }`,
        }),
      },
      ...asks,
    },
    {
      way: 'a selector that lets another element through',
      setting: setting({
        ...app,
        [set]: says({
          generators: `{ list: { elements: [{ ns: ns1, c: a }, { ns: ns2, c: b }] }, selector: { matchLabels: { c: b } } }`,
        }),
      }),
      files: {
        [set]: says({
          generators: `{ list: { elements: [{ ns: ns1, c: a }, { ns: ns2, c: b }] }, selector: { matchLabels: { c: a } } }`,
        }),
      },
      ...asks,
    },
    {
      way: 'a template of the generator alone',
      setting: setting({ ...app, [set]: says({ generators: list('{ ns: ns2 }') }) }),
      files: {
        [set]: says({
          generators:
            '{ list: { elements: [{ ns: ns2 }], template: { metadata: {}, spec: { destination: { namespace: ns1 } } } } }',
        }),
      },
      ...asks,
    },
    {
      way: 'values of a Git generator',
      setting: setting({
        'teams/catalog/apps/a/own.yaml': filter(),
        [set]: says({
          generators: '{ git: { directories: [{ path: teams/catalog/apps/a }], values: { ns: ns2 } } }',
          namespace: '{{values.ns}}',
          path: '{{path}}',
        }),
      }),
      files: {
        [set]: says({
          generators: '{ git: { directories: [{ path: teams/catalog/apps/a }], values: { ns: ns1 } } }',
          namespace: '{{values.ns}}',
          path: '{{path}}',
        }),
      },
      ...asks,
    },
    {
      way: 'what is usual where an element says nothing',
      setting: setting({
        ...app,
        [set]: says({
          generators: list('{ c: ns2 }'),
          namespace: "{{ .c | default 'x' }}".replaceAll("'", '`'),
          more: go,
        }),
      }),
      files: {
        [set]: says({
          generators: list('{ c: "" }'),
          namespace: "{{ .c | default 'ns1' }}".replaceAll("'", '`'),
          more: go,
        }),
      },
      ...asks,
    },
    {
      way: 'a patch of the template that adds a patch of Kustomize',
      setting: setting({
        ...kustomized,
        [set]: says({ generators: list('{ k: a }'), namespace: 'ns2', more: go }),
      }),
      files: {
        [set]: says({ generators: list('{ k: a }'), namespace: 'ns2', more: `${go}${hostPatch(theirs)}` }),
      },
      ...asks,
    },
    {
      way: 'such a patch with a value of an element',
      setting: setting({
        ...kustomized,
        [set]: says({
          generators: list('{ host: catalog }'),
          namespace: 'ns2',
          more: `${go}${hostPatch('{{.host}}')}`,
        }),
      }),
      files: {
        [set]: says({
          generators: list(`{ host: ${theirs} }`),
          namespace: 'ns2',
          more: `${go}${hostPatch('{{.host}}')}`,
        }),
      },
      ...asks,
    },
    {
      way: 'the cluster of Argo CD itself',
      setting: setting({
        ...app,
        [set]: says({ generators: '{ clusters: { values: { ns: ns2 } } }', namespace: '{{values.ns}}' }),
      }),
      files: {
        [set]: says({ generators: '{ clusters: { values: { ns: ns1 } } }', namespace: '{{values.ns}}' }),
      },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'a new folder with a namespace of one’s own',
      setting: setting({ 'teams/catalog/apps/ns2/own.yaml': filter(', namespace: ns2'), [set]: byFolders }),
      files: { 'teams/catalog/apps/ns3/own.yaml': filter(', namespace: ns2').replace('own,', 'other,') },
    },
    {
      way: 'other labels of clusters that only Argo CD knows',
      setting: setting({
        'teams/catalog/apps/ns2/own.yaml': filter(', namespace: ns2'),
        [set]: overClusters,
      }),
      files: { [set]: overClusters.replace('env: prod', 'env: staging') },
    },
    {
      way: 'a folder deeper than the generator looks',
      setting: setting({ 'teams/catalog/apps/ns2/own.yaml': filter(', namespace: ns2'), [set]: byFolders }),
      files: { 'teams/catalog/apps/deep/ns1/own.yaml': filter(', namespace: ns2').replace('own,', 'other,') },
    },
    {
      way: 'a namespace that the object does not take, since it has one',
      setting: setting({
        'teams/catalog/app/own.yaml': filter(', namespace: ns2'),
        [set]: says({ generators: list('{ ns: ns2 }') }),
      }),
      files: { [set]: says({ generators: list('{ ns: ns1 }') }) },
    },
    {
      way: 'a file that the generator does not read',
      setting: setting({
        ...app,
        'teams/catalog/clusters/one.json': '{ "ns": "ns2" }',
        [set]: says({ generators: "{ git: { files: [{ path: 'teams/catalog/clusters/*.json' }] } }" }),
      }),
      files: { 'teams/catalog/others/one.json': '{ "ns": "ns1" }' },
    },
    {
      way: 'a value that nothing of the template uses',
      setting: setting({ ...app, [set]: says({ generators: list('{ ns: ns2 }') }) }),
      files: { [set]: says({ generators: list('{ ns: ns2, more: ns1 }') }) },
    },
    {
      way: 'an element that is not selected',
      setting: setting({
        ...app,
        [set]: says({
          generators: '{ list: { elements: [{ ns: ns2, c: b }] }, selector: { matchLabels: { c: b } } }',
        }),
      }),
      files: {
        [set]: says({
          generators:
            '{ list: { elements: [{ ns: ns2, c: b }, { ns: ns1, c: a }] }, selector: { matchLabels: { c: b } } }',
        }),
      },
    },
    {
      way: 'what a merge does not join',
      setting: setting({
        ...app,
        [set]: says({
          generators: `{ merge: { mergeKeys: [c], generators: [${list('{ c: a, ns: ns2 }')}, ${list('{ c: b, ns: ns2 }')}] } }`,
        }),
      }),
      files: {
        [set]: says({
          generators: `{ merge: { mergeKeys: [c], generators: [${list('{ c: a, ns: ns2 }')}, ${list('{ c: b, ns: ns1 }')}] } }`,
        }),
      },
    },
    {
      way: 'Go templates in the place of names, which say the same',
      setting: setting({ ...app, [set]: says({ generators: list('{ ns: ns2 }') }) }),
      files: { [set]: says({ generators: list('{ ns: ns2 }'), namespace: '{{.ns}}', more: go }) },
    },
    {
      way: 'a patch of the template for one’s own host',
      setting: setting({
        ...kustomized,
        [set]: says({ generators: list('{ k: a }'), namespace: 'ns2', more: go }),
      }),
      files: {
        [set]: says({
          generators: list('{ k: a }'),
          namespace: 'ns2',
          more: `${go}${hostPatch('catalog.ns2.svc.cluster.local')}`,
        }),
      },
    },
    {
      way: 'a project and a policy of synchronisation',
      setting: setting({ ...app, [set]: says({ generators: list('{ ns: ns2 }') }) }),
      files: {
        [set]: says({
          generators: list('{ ns: ns2 }'),
          more: '      project: other\n      syncPolicy: { syncOptions: [CreateNamespace=true] }\n',
        }),
      },
    },
    {
      way: 'a list becomes a matrix that says the same',
      setting: setting({ ...app, [set]: says({ generators: list('{ ns: ns2 }') }) }),
      files: {
        [set]: says({
          generators: `{ matrix: { generators: [${list('{ ns: ns2 }')}, ${list('{ c: a }')}] } }`,
        }),
      },
    },
  ],
})

const patched = (patch: string, element = '{ k: a }', more = '') =>
  says({
    generators: list(element),
    namespace: 'ns2',
    more: `${more}${go}  templatePatch: |\n${patch.replaceAll(/^(?=.)/gm, '    ')}`,
  })
const hostOperation = (host: string) =>
  `{ target: { kind: VirtualService }, patch: '[{"op":"replace","path":"/spec/hosts/0","value":"${host}"}]' }`
const withPatches = (...all: readonly string[]) =>
  `spec: { source: { kustomize: { patches: [${all.join(', ')}] } } }\n`
const unpatched = says({ generators: list('{ k: a }'), namespace: 'ns2', more: go })
const own = 'catalog.ns2.svc.cluster.local'
const placed = {
  'teams/catalog/app/own.yaml': filter(),
  'teams/catalog/app/kustomization.yaml': 'resources: [own.yaml]\n',
}

const inNs1 = says({
  generators: list('{ k: a }'),
  namespace: 'ns1',
  options: ', kustomize: { namespace: ns2 }',
  more: go,
})

testAttackClass('what a patch of the template makes of an Application is looked at', {
  attack: {
    way: 'a patch of Kustomize with the host of another team',
    setting: setting({ ...kustomized, [set]: unpatched }),
    files: { [set]: patched(withPatches(hostOperation(theirs))) },
    ...asks,
  },
  variants: [
    {
      way: 'another namespace of the destination',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('spec: { destination: { namespace: ns1 } }\n') },
      ...asks,
    },
    {
      way: 'another element, in the patch that is there',
      setting: setting({
        ...kustomized,
        [set]: patched(withPatches(hostOperation('{{ .host }}')), `{ host: ${own} }`),
      }),
      files: { [set]: patched(withPatches(hostOperation('{{ .host }}')), `{ host: ${theirs} }`) },
      ...asks,
    },
    {
      way: 'a condition that holds by now',
      setting: setting({
        ...kustomized,
        [set]: patched(
          `{{- if eq .env "prod" }}\n${withPatches(hostOperation(theirs))}{{- end }}\n`,
          '{ env: dev }',
        ),
      }),
      files: {
        [set]: patched(
          `{{- if eq .env "prod" }}\n${withPatches(hostOperation(theirs))}{{- end }}\n`,
          '{ env: prod }',
        ),
      },
      ...asks,
    },
    {
      way: 'one patch for each host of an element',
      setting: setting({
        ...kustomized,
        [set]: patched(
          withPatches(`{{ range .hosts }}${hostOperation('{{ . }}')},{{ end }}`),
          '{ hosts: [] }',
        ),
      }),
      files: {
        [set]: patched(
          withPatches(`{{ range .hosts }}${hostOperation('{{ . }}')},{{ end }}`),
          `{ hosts: [${theirs}] }`,
        ),
      },
      ...asks,
    },
    {
      way: 'what is usual where an element says nothing',
      setting: setting({
        ...kustomized,
        [set]: patched(withPatches(hostOperation(`{{ .host | default "${own}" }}`))),
      }),
      files: { [set]: patched(withPatches(hostOperation(`{{ .host | default "${theirs}" }}`))) },
      ...asks,
    },
    {
      way: 'an object of an element as YAML',
      setting: setting({
        ...app,
        [set]: patched('spec:\n  destination: {{ toYaml .to | nindent 4 }}\n', '{ to: { namespace: ns2 } }'),
      }),
      files: {
        [set]: patched('spec:\n  destination: {{ toYaml .to | nindent 4 }}\n', '{ to: { namespace: ns1 } }'),
      },
      ...asks,
    },
    {
      way: 'several sources in the place of one',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: {
        [set]: patched(
          `spec: { sources: [{ path: teams/catalog/app, kustomize: { patches: [${hostOperation(theirs)}] } }] }\n`,
        ),
      },
      ...asks,
    },
    {
      way: 'options that are removed',
      setting: setting({ ...placed, [set]: inNs1 }),
      files: { [set]: `${inNs1}  templatePatch: 'spec: { source: { kustomize: null } }'\n` },
      ...asks,
    },
    {
      way: 'a whole that is replaced',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('spec: { destination: { $patch: replace, namespace: ns1 } }\n') },
      ...asks,
    },
    {
      way: 'names between braces',
      setting: setting({
        ...kustomized,
        [set]: patched(withPatches(hostOperation('{{ host }}')), `{ host: ${own} }`).replace(go, ''),
      }),
      files: {
        [set]: patched(withPatches(hostOperation('{{ host }}')), `{ host: ${theirs} }`).replace(go, ''),
      },
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'the host that is there',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched(withPatches(hostOperation('catalog'))) },
    },
    {
      way: 'a longer name of the same host',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched(withPatches(hostOperation(own))) },
    },
    {
      way: 'a condition that does not hold',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched(`{{- if .no }}\n${withPatches(hostOperation(theirs))}{{- end }}\n`) },
    },
    {
      way: 'nothing',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched('{{- /* later */ -}}\n') },
    },
    {
      way: 'the namespace that is there',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('spec: { destination: { namespace: ns2 } }\n') },
    },
    {
      way: 'a policy of synchronisation',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('spec: { syncPolicy: { automated: { prune: true } } }\n') },
    },
    {
      way: 'an annotation of the Application',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('metadata: { annotations: { note: "{{ .k }}" } }\n') },
    },
    {
      way: 'a project',
      setting: setting({ ...app, [set]: unpatched }),
      files: { [set]: patched('spec: { project: "{{ .k }}" }\n') },
    },
    {
      way: 'an image',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched('spec: { source: { kustomize: { images: ["a:2"] } } }\n') },
    },
    {
      way: 'a host of another kind, which is not here',
      setting: setting({ ...kustomized, [set]: unpatched }),
      files: { [set]: patched(withPatches(hostOperation(theirs).replace('VirtualService', 'Gateway'))) },
    },
  ],
})
