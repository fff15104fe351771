import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const stopped = (way: string, files: Files, base: Files = {}, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files,
  ...asked,
  ...rest,
})
const harmless = (way: string, files: Files, base: Files = {}) => ({ way, setting: { files: base }, files })
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', ...metadata }, spec })}\n`

/** A chart of login's with routes that read a value and files. */
const chart = (template = '/{{ .Values.path }}') => ({
  'teams/login/chart/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
  'teams/login/chart/templates/vs.yaml': login
    .replace('name: vs-1', 'name: vs-3')
    .replace('/login', template),
})

const kpt = (more: string) => `apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: { name: x }\n${more}`
const mutator = (more: string) => kpt(`pipeline: { mutators: [{ ${more} }] }\n`)
const withSetters = {
  'teams/Kptfile': mutator('image: "example.com/apply-setters:v1", configPath: catalog/setters.yaml'),
  'teams/catalog/setters.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: s }\ndata: { ns: a }\n',
}
const withProgram = {
  'teams/Kptfile': mutator('exec: "catalog/run.sh -x"'),
  'teams/catalog/run.sh': 'cat\n',
}
const validator = (name: string) => kpt(`pipeline: { validators: [{ image: "${name}" }] }\n`)

testAttackClass('functions of kpt over the manifests of another team', {
  onGitHub: {},
  attack: stopped('a namespace for all', {
    'teams/Kptfile': mutator('image: "example.com/set-namespace:v1", configMap: { namespace: x }'),
  }),
  variants: [
    stopped(
      'another function',
      { 'teams/Kptfile': mutator('image: "example.com/starlark:v1"') },
      { 'teams/Kptfile': mutator('image: "example.com/set-labels:v1"') },
    ),
    stopped(
      'another value',
      { 'teams/Kptfile': mutator('image: "a:v1", configMap: { x: b }') },
      { 'teams/Kptfile': mutator('image: "a:v1", configMap: { x: a }') },
    ),
    stopped(
      'what setters are set to',
      { 'teams/catalog/setters.yaml': withSetters['teams/catalog/setters.yaml'].replace('ns: a', 'ns: b') },
      withSetters,
    ),
    stopped('what a function is told is gone', { 'teams/catalog/setters.yaml': null }, withSetters),
    stopped('the program that is run', { 'teams/catalog/run.sh': 'sed s/login/x/\n' }, withProgram),
    stopped('a program', { 'teams/Kptfile': mutator('exec: "catalog/run.sh"') }),
    stopped('a validator, for which nothing is rendered', { 'teams/Kptfile': validator('a:v1') }),
    stopped(
      'no function any more',
      { 'teams/Kptfile': kpt('') },
      { 'teams/Kptfile': mutator('image: "a:v1"') },
    ),
    stopped('what is left out of the package', { 'teams/.krmignore': 'login\n' }),
    stopped('what is left out by a pattern', { 'teams/.krmignore': 'l*/*.yaml\n' }),
    stopped(
      'under which name it is applied',
      { 'teams/Kptfile': kpt('inventory: { namespace: b, name: x, inventoryID: x }\n') },
      { 'teams/Kptfile': kpt('inventory: { namespace: a, name: x, inventoryID: x }\n') },
    ),
    stopped('in their own folder', {
      'teams/login/Kptfile': mutator('image: "a:v1", selectors: [{ kind: VirtualService }]'),
    }),
  ],
  neighbours: [
    harmless('in one’s own folder', {
      'teams/catalog/Kptfile': mutator('image: "a:v1", configMap: { namespace: x }'),
    }),
    harmless(
      'the next version of a function',
      { 'teams/Kptfile': mutator('image: "a:v2"') },
      { 'teams/Kptfile': mutator('image: "a:v1"') },
    ),
    harmless('a package that says nothing', { 'teams/Kptfile': kpt('') }),
    harmless(
      'what people read of it',
      { 'teams/Kptfile': kpt('info: { description: ours }\n') },
      { 'teams/Kptfile': kpt('info: { description: all }\n') },
    ),
    harmless(
      'where it came from',
      { 'teams/Kptfile': kpt('upstream: { type: git, git: { repo: a, ref: v2 } }\n') },
      { 'teams/Kptfile': kpt('upstream: { type: git, git: { repo: a, ref: v1 } }\n') },
    ),
    harmless(
      'another layout',
      { 'teams/Kptfile': `# ours\n${mutator('image: "a:v1"')}` },
      { 'teams/Kptfile': mutator('image: "a:v1"') },
    ),
    harmless('a program of one’s own that nothing runs', { 'teams/catalog/run.sh': 'x\n' }),
    harmless('setters that nobody reads', {
      'teams/catalog/setters.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: s }\ndata: { ns: b }\n',
    }),
    harmless('what is left out of one’s own', { 'teams/catalog/.krmignore': 'vs-2.yaml\n' }),
    harmless('texts left out', { 'teams/.krmignore': '*.md\n' }),
    harmless('elsewhere', { 'docs/Kptfile': mutator('image: "a:v1"') }),
  ],
})

const gitRepo = (spec: object) =>
  object('fleet.cattle.io/v1alpha1', 'GitRepo', { repo: 'https://example.com/x', ...spec })
const ofChart = (more: string) => ({
  'teams/catalog/fleet.yaml': `helm: { chart: ../login/chart, ${more} }\n`,
})

testAttackClass('bundles of Fleet over the manifests of another team', {
  attack: stopped('a namespace for all', { 'teams/fleet.yaml': 'namespace: x\n' }),
  variants: [
    stopped('a namespace for what has none', { 'teams/fleet.yaml': 'defaultNamespace: x\n' }),
    stopped('a kustomization of theirs from one’s own folder', {
      'teams/catalog/fleet.yaml': 'kustomize: { dir: ../login }\n',
    }),
    stopped('a chart of theirs with other values', ofChart('values: { path: b }'), {
      ...chart(),
      ...ofChart('values: { path: a }'),
    }),
    stopped(
      'the file of its values',
      { 'teams/catalog/v.txt': 'path: b\n' },
      { ...chart(), ...ofChart('valuesFiles: [v.txt]'), 'teams/catalog/v.txt': 'path: a\n' },
    ),
    stopped('for some clusters', {
      'teams/fleet.yaml': 'targetCustomizations: [{ name: a, clusterSelector: {}, namespace: x }]\n',
    }),
    stopped('not for some clusters', {
      'teams/fleet.yaml': 'targetCustomizations: [{ name: a, clusterName: a, doNotDeploy: true }]\n',
    }),
    stopped('an overlay', {
      'teams/login/fleet.yaml': 'targetCustomizations: [{ name: a, yaml: { overlays: [prod] } }]\n',
    }),
    stopped(
      'what an overlay lays over',
      { 'teams/login/overlays/prod/vs-1_patch.yaml': 'spec: { http: [] }\n' },
      { 'teams/login/fleet.yaml': 'targetCustomizations: [{ name: a, yaml: { overlays: [prod] } }]\n' },
    ),
    stopped('what is left out', { 'teams/.fleetignore': 'login\n' }),
    stopped('that nothing is corrected any more', {
      'teams/fleet.yaml': 'correctDrift: { enabled: false }\n',
    }),
    stopped('a repository by a pattern', { [mine]: gitRepo({ paths: ['teams/l*'], paused: true }) }),
    stopped('a repository by its bundles', {
      [mine]: gitRepo({ bundles: [{ base: 'teams/login' }], paused: true }),
    }),
    stopped(
      'a value for some clusters',
      {
        'teams/catalog/fleet.yaml':
          'targetCustomizations: [{ name: a, helm: { chart: ../login/chart, values: { path: b } } }]\n',
      },
      chart(),
    ),
  ],
  neighbours: [
    harmless('in one’s own folder', {
      'teams/catalog/fleet.yaml': 'namespace: x\ntargetCustomizations: [{ name: a, namespace: y }]\n',
    }),
    harmless('when it is rolled out', { 'teams/fleet.yaml': 'rolloutStrategy: { maxUnavailable: 10% }\n' }),
    harmless('labels of the bundle', { 'teams/fleet.yaml': 'labels: { team: ours }\n' }),
    harmless('an image of a chart of theirs', ofChart('values: { image: { tag: b } }'), {
      ...chart(),
      ...ofChart('values: { image: { tag: a } }'),
    }),
    harmless(
      'the next version of a chart from elsewhere',
      { 'teams/catalog/fleet.yaml': 'helm: { repo: https://charts.example, chart: web, version: 2.0.0 }\n' },
      { 'teams/catalog/fleet.yaml': 'helm: { repo: https://charts.example, chart: web, version: 1.0.0 }\n' },
    ),
    harmless('the version that is looked for of a chart of theirs', ofChart('version: 2.0.0'), {
      ...chart(),
      ...ofChart('version: 1.0.0'),
    }),
    harmless(
      'an overlay of one’s own',
      { 'teams/catalog/overlays/prod/vs-2_patch.yaml': 'spec: {}\n' },
      { 'teams/catalog/fleet.yaml': 'targetCustomizations: [{ name: a, yaml: { overlays: [prod] } }]\n' },
    ),
    harmless('a folder of that name without a bundle', {
      'teams/login/overlays/prod/x_patch.yaml': 'a: b\n',
    }),
    harmless('a repository of one’s own folder', {
      [mine]: gitRepo({ paths: ['teams/catalog'], paused: true }),
    }),
    harmless('which clusters are a group', {
      [mine]: object('fleet.cattle.io/v1alpha1', 'ClusterGroup', { selector: { matchLabels: { a: 'b' } } }),
    }),
    harmless(
      'another layout',
      { 'teams/fleet.yaml': '# all\nnamespace:   x\n' },
      { 'teams/fleet.yaml': 'namespace: x\n' },
    ),
  ],
})

const sync = (kind: string, spec: object, metadata: object = {}) =>
  object('configsync.gke.io/v1beta1', kind, spec, metadata)
const selector = (kind: string, value: string, name = 'sel') =>
  object('configmanagement.gke.io/v1', kind, { selector: { matchLabels: { env: value } } }, { name })
const selecting = (kind: 'cluster' | 'namespace', name = 'sel') => ({
  'teams/login/vs-1.yaml': login.replace(
    '  namespace: ns1\n',
    `  namespace: ns1\n  annotations: { configmanagement.gke.io/${kind}-selector: ${name} }\n`,
  ),
})
const policy = (kind: string, selectors: object, metadata: object = {}, more: object = {}) =>
  object(
    'policy.karmada.io/v1alpha1',
    kind,
    { resourceSelectors: [{ apiVersion: 'networking.istio.io/v1beta1', ...selectors }], ...more },
    metadata,
  )
const ofLogin = { kind: 'VirtualService', name: 'vs-1' }

testAttackClass('what chooses the clusters that the manifests of another team come to', {
  attack: stopped(
    'a selector of clusters',
    { [mine]: selector('ClusterSelector', 'b') },
    { ...selecting('cluster'), [mine]: selector('ClusterSelector', 'a') },
  ),
  variants: [
    stopped(
      'a selector of clusters goes',
      { [mine]: null },
      { ...selecting('cluster'), [mine]: selector('ClusterSelector', 'a') },
    ),
    stopped(
      'a selector of namespaces',
      { [mine]: selector('NamespaceSelector', 'b') },
      { ...selecting('namespace'), [mine]: selector('NamespaceSelector', 'a') },
    ),
    stopped(
      'labels of a cluster',
      { [mine]: object('clusterregistry.k8s.io/v1alpha1', 'Cluster', {}, { labels: { env: 'b' } }) },
      {
        ...selecting('cluster'),
        [mine]: object('clusterregistry.k8s.io/v1alpha1', 'Cluster', {}, { labels: { env: 'a' } }),
      },
    ),
    stopped('a sync of their folder', { [mine]: sync('RootSync', { git: { dir: 'teams/login' } }) }),
    stopped('a sync of their folder, as it was written once', {
      [mine]: sync('RootSync', { git: { policyDir: '/teams/login' } }),
    }),
    stopped('a sync of an image with their folder', {
      [mine]: sync('RootSync', { sourceType: 'oci', oci: { image: 'a', dir: 'teams/login' } }),
    }),
    stopped('a sync of a namespace', {
      [mine]: sync('RepoSync', { git: { dir: 'teams/login' } }, { namespace: 'x' }),
    }),
    stopped(
      'that namespaces are made no more',
      {
        [mine]: sync('RootSync', {
          git: { dir: 'teams/login' },
          override: { namespaceStrategy: 'explicit' },
        }),
      },
      { [mine]: sync('RootSync', { git: { dir: 'teams/login' } }) },
    ),
    stopped(
      'another branch',
      { [mine]: sync('RootSync', { git: { dir: 'teams/login', branch: 'b' } }) },
      { [mine]: sync('RootSync', { git: { dir: 'teams/login', branch: 'a' } }) },
    ),
    stopped('Karmada, in the namespace', {
      [mine]: policy('PropagationPolicy', ofLogin, { namespace: 'ns1' }, { placement: {} }),
    }),
    stopped('Karmada, everywhere', {
      [mine]: policy('ClusterPropagationPolicy', ofLogin, {}, { placement: {} }),
    }),
    stopped(
      'Karmada, by the kind',
      { [mine]: policy('ClusterOverridePolicy', { kind: 'VirtualService', namespace: 'ns1' }) },
      {},
      {},
    ),
    stopped('Karmada, all of the namespace', {
      [mine]: object(
        'policy.karmada.io/v1alpha1',
        'OverridePolicy',
        { overrideRules: [] },
        { namespace: 'ns1' },
      ),
    }),
  ],
  neighbours: [
    harmless(
      'a selector that nothing is marked with',
      { [mine]: selector('ClusterSelector', 'b') },
      { [mine]: selector('ClusterSelector', 'a') },
    ),
    harmless(
      'another selector',
      { [mine]: selector('ClusterSelector', 'b', 'own') },
      { ...selecting('cluster'), [mine]: selector('ClusterSelector', 'a', 'own') },
    ),
    harmless('a sync of one’s own folder', { [mine]: sync('RootSync', { git: { dir: 'teams/catalog' } }) }),
    harmless('a sync of a chart from elsewhere', {
      [mine]: sync('RootSync', { sourceType: 'helm', helm: { chart: 'x', repo: 'y' } }),
    }),
    harmless(
      'how much the reconciler may use',
      {
        [mine]: sync('RootSync', {
          git: { dir: 'teams/login' },
          override: { resources: [{ containerName: 'reconciler', cpuLimit: '2' }], logLevels: [] },
        }),
      },
      { [mine]: sync('RootSync', { git: { dir: 'teams/login' } }) },
    ),
    harmless('labels of clusters where nothing is selected', {
      [mine]: object('clusterregistry.k8s.io/v1alpha1', 'Cluster', {}, { labels: { env: 'b' } }),
    }),
    harmless('Karmada for one’s own', {
      [mine]: policy('PropagationPolicy', { kind: 'VirtualService', name: 'vs-2' }, { namespace: 'ns1' }),
    }),
    harmless('Karmada in a namespace of one’s own', {
      [mine]: policy('OverridePolicy', { kind: 'VirtualService' }, { namespace: 'catalog' }),
    }),
    harmless('Karmada in a namespace of one’s own, for all that it has', {
      [mine]: object(
        'policy.karmada.io/v1alpha1',
        'OverridePolicy',
        { overrideRules: [] },
        { namespace: 'catalog' },
      ),
    }),
    harmless('Karmada everywhere, for one’s own', {
      [mine]: policy('ClusterOverridePolicy', { kind: 'VirtualService', name: 'vs-2', namespace: 'ns1' }),
    }),
  ],
})

const app = (folder: string, more: object = {}) =>
  object(
    'kappctrl.k14s.io/v1alpha1',
    'App',
    {
      fetch: [{ git: { url: 'https://example.com/x', subPath: folder } }],
      template: [{ ytt: {} }],
      deploy: [{ kapp: {} }],
      ...more,
    },
    { namespace: 'ns1' },
  )
const together = { 'mesh/app.yaml': app('teams') }
const overlay = (condition: string) =>
  `#@ load("@ytt:overlay", "overlay")\n\n#@overlay/match by=${condition}, expects="1+"\n---\nspec:\n  #@overlay/remove\n  http: []\n`
const subset = (fields: object) => `overlay.subset(${JSON.stringify(fields)})`
const vendir = (path: string, more = 'git: { url: https://a.example, ref: v1 }') =>
  `apiVersion: vendir.k14s.io/v1alpha1\nkind: Config\ndirectories: [{ path: ${path}, contents: [{ path: ., ${more} }] }]\n`
const config = (group: string, more: string) => `apiVersion: ${group}.k14s.io/v1alpha1\nkind: Config\n${more}`

testAttackClass('files that ytt, kapp, kbld and vendir read over the manifests of another team', {
  attack: stopped('an overlay that names it', {
    'teams/catalog/overlay.yml': overlay(subset({ kind: 'VirtualService', metadata: { name: 'vs-1' } })),
  }),
  variants: [
    stopped(
      'an overlay that names its kind, rendered together',
      { 'teams/catalog/overlay.yaml': overlay(subset({ kind: 'VirtualService' })) },
      together,
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'an overlay over everything, rendered together',
      { 'teams/catalog/overlay.yaml': overlay('overlay.all') },
      together,
    ),
    stopped('an overlay that names its name', {
      'teams/catalog/overlay.yaml': overlay(subset({ metadata: { name: 'vs-1' } })),
    }),
    stopped(
      'values, rendered together',
      { 'teams/catalog/values.yml': '#@data/values\n---\nhost: b\n' },
      { ...together, 'teams/catalog/values.yml': '#@data/values\n---\nhost: a\n' },
    ),
    stopped(
      'a library, rendered together',
      { 'teams/catalog/lib.star': 'def host():\n  return "b"\nend\n' },
      { ...together, 'teams/catalog/lib.star': 'def host():\n  return "a"\nend\n' },
    ),
    stopped(
      'an overlay goes',
      { 'teams/catalog/overlay.yaml': null },
      {
        'teams/catalog/overlay.yaml': overlay(subset({ kind: 'VirtualService', metadata: { name: 'vs-1' } })),
      },
    ),
    stopped('an overlay in their own folder', { 'teams/login/overlay.yml': overlay('overlay.all') }),
    stopped(
      'how kapp changes what it applies',
      {
        'teams/catalog/kapp.yaml': config(
          'kapp',
          'rebaseRules: [{ path: [spec, http], type: copy, sources: [existing], resourceMatchers: [{ allMatcher: {} }] }]\n',
        ),
      },
      together,
    ),
    stopped(
      'where kbld looks for images',
      { 'teams/catalog/kbld.yaml': config('kbld', 'searchRules: [{ keyMatcher: { name: host } }]\n') },
      together,
    ),
    stopped('what vendir fetches into their folder', { 'teams/catalog/vendir.yml': vendir('../login') }),
    stopped(
      'from where vendir fetches',
      { 'vendir.yml': vendir('teams/login', 'directory: { path: teams/catalog }') },
      { 'vendir.yml': vendir('teams/login', 'directory: { path: other }') },
    ),
    stopped(
      'that vendir leaves files out',
      { 'vendir.yml': vendir('teams/login', 'git: { ref: v1 }, includePaths: [a]') },
      { 'vendir.yml': vendir('teams/login', 'git: { ref: v1 }') },
    ),
  ],
  neighbours: [
    harmless('an overlay that names one’s own', {
      'teams/catalog/overlay.yml': overlay(subset({ kind: 'VirtualService', metadata: { name: 'vs-2' } })),
    }),
    harmless('an overlay over everything of one’s own', {
      'teams/catalog/overlay.yml': overlay('overlay.all'),
    }),
    harmless('an overlay over Deployments', {
      'teams/catalog/overlay.yml': overlay(subset({ kind: 'Deployment' })),
    }),
    harmless('values of one’s own', { 'teams/catalog/values.yml': '#@data/values\n---\nhost: b\n' }),
    harmless('a template of one’s own', {
      'teams/catalog/vs-2.yaml': catalog.replace('/static', '/static #@ "x"'),
    }),
    harmless(
      'values of one’s own, rendered by themselves',
      { 'teams/catalog/values.yml': '#@data/values\n---\nhost: b\n' },
      { 'mesh/app.yaml': app('teams/catalog') },
    ),
    harmless('how kapp changes one’s own', {
      'teams/catalog/kapp.yaml': config('kapp', 'rebaseRules: []\n'),
    }),
    harmless(
      'which images kbld puts in',
      { 'teams/catalog/kbld.yaml': config('kbld', 'overrides: [{ image: a, newImage: b }]\n') },
      together,
    ),
    harmless('what vendir fetches into one’s own folder', { 'teams/catalog/vendir.yml': vendir('vendor') }),
    harmless(
      'the next version of what vendir fetches',
      { 'vendir.yml': vendir('teams/login', 'git: { url: https://a.example, ref: v2 }') },
      { 'vendir.yml': vendir('teams/login', 'git: { url: https://a.example, ref: v1 }') },
    ),
    harmless('a library that nobody loads', { 'docs/lib.star': 'def host():\nend\n' }, together),
  ],
})

const argo = (directory: object = { recurse: true }) => ({
  'mesh/app.yaml': object(
    'argoproj.io/v1alpha1',
    'Application',
    { source: { repoURL: 'https://example.com/x', path: 'teams', directory } },
    { namespace: 'argocd' },
  ),
})
const jsonnet = (text: string) => ({ 'teams/catalog/x.jsonnet': text })
const files = (use: string) => chart(`/{{ ${use} }}`)
const read = 'teams/login/chart/config/own.txt'

testAttackClass('files that are read for what another team delivers', {
  attack: stopped(
    'a library of Jsonnet',
    { 'lib/a.libsonnet': '{ a: 2 }\n' },
    { ...argo(), ...jsonnet('(import "../../lib/a.libsonnet").a\n'), 'lib/a.libsonnet': '{ a: 1 }\n' },
  ),
  variants: [
    stopped(
      'a library of a library',
      { 'lib/b.libsonnet': '2\n' },
      {
        ...argo(),
        ...jsonnet("import '../../lib/a.libsonnet'\n"),
        'lib/a.libsonnet': '{ b: import "b.libsonnet" }\n',
        'lib/b.libsonnet': '1\n',
      },
    ),
    stopped(
      'a text',
      { 'lib/a.txt': 'b\n' },
      { ...argo(), ...jsonnet("{ a: importstr '../../lib/a.txt' }\n"), 'lib/a.txt': 'a\n' },
    ),
    stopped(
      'manifests as a text',
      { 'lib/a.yaml': 'a: 2\n' },
      { ...argo(), ...jsonnet("std.parseYaml(importstr '../../lib/a.yaml')\n"), 'lib/a.yaml': 'a: 1\n' },
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'a library from a folder of libraries',
      { 'vendor/a.libsonnet': '2\n' },
      {
        ...argo({ recurse: true, jsonnet: { libs: ['vendor'] } }),
        ...jsonnet("import 'a.libsonnet'\n"),
        'vendor/a.libsonnet': '1\n',
      },
    ),
    stopped(
      'a library is removed',
      { 'lib/a.libsonnet': null },
      { ...argo(), ...jsonnet("import '../../lib/a.libsonnet'\n"), 'lib/a.libsonnet': '1\n' },
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'values from outside',
      {
        'mesh/app.yaml': argo({ recurse: true, jsonnet: { extVars: [{ name: 'a', value: 'b' }] } })[
          'mesh/app.yaml'
        ],
      },
      argo(),
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'which files a directory takes',
      { 'mesh/app.yaml': argo({ recurse: true, include: 'x*' })['mesh/app.yaml'] },
      argo(),
      { conclusion: 'failure', waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'which files a directory leaves out',
      { 'mesh/app.yaml': argo({ recurse: true, exclude: 'vs-1*' })['mesh/app.yaml'] },
      argo(),
      { waitsFor: ['login', 'mesh-admins'] },
    ),
    stopped(
      'a file that a template reads',
      { [read]: 'b' },
      { ...files('.Files.Get "config/own.txt"'), [read]: 'a' },
    ),
    stopped(
      'a file that a template finds',
      { [read]: 'b' },
      { ...files('(.Files.Glob "config/*").AsConfig'), [read]: 'a' },
    ),
    stopped(
      'a file more that a template finds',
      { [read]: 'b' },
      files('(.Files.Glob "config/**.txt").AsConfig'),
    ),
    stopped(
      'a file whose name is worked out',
      { [read]: 'b' },
      { ...files('.Files.Get (printf "config/%s.txt" .Values.name)'), [read]: 'a' },
    ),
    stopped('files that are handed on', { [read]: 'b' }, { ...files('$files := .Files'), [read]: 'a' }),
    stopped(
      'a file that a helper reads',
      { [read]: 'b' },
      {
        ...files('include "own" .'),
        'teams/login/chart/templates/_own.tpl':
          '{{ define "own" }}{{ $.Files.Get "config/own.txt" }}{{ end }}\n',
        [read]: 'a',
      },
    ),
    stopped(
      'lines of a file',
      { [read]: 'b' },
      { ...files('range .Files.Lines `config/own.txt`'), [read]: 'a' },
    ),
  ],
  neighbours: [
    harmless(
      'a library that nothing delivered imports',
      { 'lib/a.libsonnet': '2\n' },
      { ...argo(), 'lib/a.libsonnet': '1\n' },
    ),
    harmless(
      'a library of what is delivered nowhere',
      { 'lib/a.libsonnet': '2\n' },
      { ...jsonnet("import '../../lib/a.libsonnet'\n"), 'lib/a.libsonnet': '1\n' },
    ),
    harmless(
      'a library of one’s own delivery',
      { 'lib/a.libsonnet': '2\n' },
      {
        'mesh/app.yaml': argo()['mesh/app.yaml'].replace('"teams"', '"teams/catalog"'),
        ...jsonnet("import '../../lib/a.libsonnet'\n"),
        'lib/a.libsonnet': '1\n',
      },
    ),
    harmless(
      'another library beside it',
      { 'lib/b.libsonnet': '2\n' },
      {
        ...argo(),
        ...jsonnet("import '../../lib/a.libsonnet'\n"),
        'lib/a.libsonnet': '1\n',
        'lib/b.libsonnet': '1\n',
      },
    ),
    harmless(
      'a file that the template does not name',
      { 'teams/login/chart/config/other.txt': 'b' },
      { ...files('.Files.Get "config/own.txt"'), 'teams/login/chart/config/other.txt': 'a' },
    ),
    harmless(
      'a file that the pattern does not mean',
      { 'teams/login/chart/docs/a.txt': 'b' },
      { ...files('(.Files.Glob "config/*").AsConfig'), 'teams/login/chart/docs/a.txt': 'a' },
    ),
    harmless(
      'a file of another end',
      { 'teams/login/chart/config/a.md': 'b' },
      { ...files('(.Files.Glob "config/*.txt").AsConfig'), 'teams/login/chart/config/a.md': 'a' },
    ),
    harmless(
      'where no template reads any',
      { 'teams/login/chart/config/a.txt': 'b' },
      { ...chart(), 'teams/login/chart/config/a.txt': 'a' },
    ),
    harmless(
      'a readme of the chart',
      { 'teams/login/chart/README.md': 'b' },
      { ...files('.Files.Get "config/own.txt"'), 'teams/login/chart/README.md': 'a' },
    ),
    harmless(
      'a file of a chart of one’s own',
      { 'teams/catalog/chart/a.txt': 'b' },
      {
        'teams/catalog/chart/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 1.0.0\n',
        'teams/catalog/chart/templates/vs.yaml': catalog
          .replace('name: vs-2', 'name: vs-4')
          .replace('/static', '/{{ .Files.Get "a.txt" }}'),
        'teams/catalog/chart/a.txt': 'a',
      },
    ),
  ],
})
