import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const yes = 'action_required'
const asksLogin = { conclusion: yes, waitsFor: ['login'] } as const
const asksAdmins = { conclusion: yes, waitsFor: ['mesh-admins'] } as const

type Fields = Readonly<Record<string, unknown>>

const written = (apiVersion: string, kind: string, spec: Fields, metadata: Fields = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'shop', namespace: 'delivery', ...metadata }, spec }, null, 2)}\n`

const application = (spec: Fields, metadata: Fields = {}) =>
  written('argoproj.io/v1alpha1', 'Application', { project: 'default', ...spec }, metadata)
const applicationSet = (spec: Fields) => written('argoproj.io/v1alpha1', 'ApplicationSet', spec)
const flux = (spec: Fields, metadata: Fields = {}) =>
  written('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', spec, metadata)
const gitRepository = (spec: Fields, metadata: Fields = {}) =>
  written('source.toolkit.fluxcd.io/v1', 'GitRepository', spec, metadata)
const helmRelease = (spec: Fields) => written('helm.toolkit.fluxcd.io/v2', 'HelmRelease', spec)

/** Changes a file that nobody owns. */
const edit = (path: string, before: string, after: string | null): Pick<Attempt, 'setting' | 'files'> => ({
  setting: { files: { [path]: before } },
  files: { [path]: after },
})

const ownWeb = 'teams/catalog/app/web.yaml'
const policy = written('networking.istio.io/v1', 'DestinationRule', { host: 'web' }, { namespace: 'catalog' })

const vs1 = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const ofLogin = { source: { repoURL: 'https://git/shop', path: 'teams/login', targetRevision: 'HEAD' } }
const app = 'apps/shop.yaml'

testAttackClass('what Argo CD is told to deliver', {
  onGitHub: {},
  attack: {
    way: 'another folder for an Application over the files of another team',
    ...edit(app, application(ofLogin), application({ source: { ...ofLogin.source, path: 'teams/empty' } })),
    ...asksLogin,
    says: /Application shop in apps\/shop.yaml changes/,
  },
  variants: [
    { way: 'no Application any more', ...edit(app, application(ofLogin), null), ...asksLogin },
    {
      way: 'an old revision of the files of another team',
      ...edit(
        app,
        application(ofLogin),
        application({ source: { ...ofLogin.source, targetRevision: 'v1' } }),
      ),
      ...asksLogin,
    },
    {
      way: 'a file that the directory leaves out',
      ...edit(
        app,
        application(ofLogin),
        application({ source: { ...ofLogin.source, directory: { exclude: 'vs-*' } } }),
      ),
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'a patch in an Application',
      ...edit(
        app,
        application(ofLogin),
        application({
          source: {
            ...ofLogin.source,
            kustomize: { patches: [{ patch: '[]', target: { kind: 'VirtualService' } }] },
          },
        }),
      ),
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'another cluster',
      ...edit(
        app,
        application({ ...ofLogin, destination: { name: 'a' } }),
        application({ ...ofLogin, destination: { name: 'b' } }),
      ),
      conclusion: yes,
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'one of several sources',
      ...edit(
        app,
        application({
          sources: [ofLogin.source, { repoURL: 'https://charts', chart: 'web', targetRevision: '1' }],
        }),
        application({ sources: [{ repoURL: 'https://charts', chart: 'web', targetRevision: '1' }] }),
      ),
      ...asksLogin,
    },
    {
      way: 'differences that are ignored, so that later changes never arrive',
      ...edit(
        app,
        application(ofLogin),
        application({ ...ofLogin, ignoreDifferences: [{ kind: 'VirtualService', jsonPointers: ['/spec'] }] }),
      ),
      ...asksLogin,
    },
    {
      way: 'an Application that is told to look no more',
      ...edit(
        app,
        application(ofLogin),
        application(ofLogin, { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }),
      ),
      ...asksLogin,
    },
    {
      way: 'the Application of Applications',
      setting: {
        files: { 'root.yaml': application({ source: { path: 'apps' } }), [app]: application(ofLogin) },
      },
      files: { 'root.yaml': application({ source: { path: 'apps', directory: { exclude: 'shop.yaml' } } }) },
      ...asksLogin,
    },
    {
      way: 'a file of Argo CD beside the manifests of another team',
      files: { 'teams/login/.argocd-source.yaml': 'directory: { exclude: "*" }\n' },
      ...asksLogin,
    },
    {
      way: 'the same for one Application, with a patch',
      files: { 'teams/login/.argocd-source-shop.yaml': 'kustomize: { namePrefix: x- }\n' },
      ...asksLogin,
    },
    {
      way: 'a chart in the folder of another team',
      files: { 'teams/login/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' },
      ...asksLogin,
    },
    {
      way: 'an ApplicationSet over folders by pattern',
      ...edit(
        app,
        applicationSet({
          generators: [{ git: { directories: [{ path: 'teams/login*' }, { path: 'teams/*' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
        applicationSet({
          generators: [{ git: { directories: [{ path: 'teams/c*' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
      ),
      ...asksLogin,
    },
    {
      way: 'an ApplicationSet that names no folder at all',
      ...edit(
        app,
        applicationSet({
          generators: [{ clusters: {} }],
          template: { spec: { source: { path: '{{metadata.annotations.path}}' } } },
        }),
        null,
      ),
      ...asksAdmins,
    },
    {
      way: 'an element that falls out of the list of an ApplicationSet',
      ...edit(
        app,
        applicationSet({
          generators: [{ list: { elements: [{ path: 'teams/login' }, { path: 'teams/catalog' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
        applicationSet({
          generators: [{ list: { elements: [{ path: 'teams/catalog' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
      ),
      ...asksLogin,
    },
    {
      way: 'a project that forbids what it allowed',
      setting: {
        files: {
          [app]: application({ ...ofLogin, project: 'shop' }),
          'apps/project.yaml': written('argoproj.io/v1alpha1', 'AppProject', {
            destinations: [{ namespace: '*' }],
          }),
        },
      },
      files: { 'apps/project.yaml': written('argoproj.io/v1alpha1', 'AppProject', { destinations: [] }) },
      ...asksLogin,
    },
    {
      way: 'a template of an Application',
      ...edit(
        'apps/templates/shop.yaml',
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  source:\n    path: teams/login\n',
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  source:\n    path: teams/nobody\n',
      ),
      ...asksLogin,
    },
    {
      way: 'a comment for which Argo CD passes over the file of another team',
      files: { 'teams/login/vs-1.yaml': `# +argocd:skip-file-rendering\n${vs1}` },
      ...asksLogin,
      silentOn: /no request changes/,
    },
    {
      way: 'a file of Fleet beside the manifests of another team',
      files: { 'teams/login/fleet.yaml': 'paused: true\n' },
      ...asksLogin,
    },
    {
      way: 'a file of kpt there',
      files: {
        'teams/login/Kptfile':
          'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: { name: x }\npipeline: { mutators: [{ image: set-namespace, configMap: { namespace: x } }] }\n',
      },
      ...asksLogin,
    },
    {
      way: 'a repository of Fleet over them',
      files: {
        [app]: written('fleet.cattle.io/v1alpha1', 'GitRepo', { paths: ['teams/login'], paused: true }),
      },
      ...asksLogin,
    },
    {
      way: 'a folder of Config Sync over them',
      files: { [app]: written('configsync.gke.io/v1beta1', 'RootSync', { git: { dir: 'teams/login' } }) },
      ...asksLogin,
    },
  ],
  neighbours: [
    {
      way: 'the first policy of one’s own in a folder that an object of the administrators delivers',
      setting: {
        files: {
          'mesh/delivery.yaml': application({ source: { ...ofLogin.source, path: 'teams/catalog/app' } }),
          [ownWeb]: '',
        },
      },
      files: { [ownWeb]: policy },
      silentOn: /Application|Kustomization/,
    },
    {
      way: 'files of Fleet and kpt in one`s own folder',
      files: {
        'teams/catalog/fleet.yaml': 'paused: true\n',
        'teams/catalog/Kptfile': 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: { name: x }\n',
      },
    },
    {
      way: 'a repository of Fleet over one`s own folder',
      files: {
        'teams/catalog/fleet/x.yaml': written('fleet.cattle.io/v1alpha1', 'GitRepo', {
          paths: ['teams/catalog'],
        }),
      },
    },
    {
      way: 'an image that an updater writes beside the manifests of another team',
      files: {
        'teams/login/.argocd-source-shop.yaml':
          'kustomize: { images: ["web:2"] }\nhelm: { parameters: [{ name: image.tag, value: "2", forcestring: true }] }\n',
      },
    },
    {
      way: 'the next image there',
      ...edit(
        'teams/login/.argocd-source-shop.yaml',
        'kustomize: { images: ["web:2"] }\n',
        'kustomize: { images: ["web:3"] }\n',
      ),
    },
    {
      way: 'an image in an Application',
      ...edit(
        app,
        application({ source: { ...ofLogin.source, kustomize: { images: ['web:1'] } } }),
        application({ source: { ...ofLogin.source, kustomize: { images: ['web:2'] } } }),
      ),
    },
    {
      way: 'another version of somebody`s chart',
      ...edit(
        app,
        application({ source: { repoURL: 'https://charts', chart: 'web', targetRevision: '1' } }),
        application({
          source: { repoURL: 'https://charts', chart: 'web', targetRevision: '2', helm: { values: 'a: 1' } },
        }),
      ),
    },
    {
      way: 'an Application over one`s own files',
      files: { [app]: application({ source: { path: 'teams/catalog' } }) },
    },
    {
      way: 'an Application over files that are not here',
      files: { [app]: application({ source: { path: 'guestbook' } }) },
    },
    {
      way: 'how often an Application tries, and what people read of it',
      ...edit(
        app,
        application(ofLogin),
        application({
          ...ofLogin,
          info: [{ name: 'a', value: 'b' }],
          revisionHistoryLimit: 3,
          syncPolicy: { retry: { limit: 5 } },
        }),
      ),
    },
    {
      way: 'labels, and who is told',
      ...edit(
        app,
        application(ofLogin),
        application(ofLogin, {
          labels: { team: 'login' },
          annotations: { 'notifications.argoproj.io/subscribe.slack': 'shop' },
        }),
      ),
    },
    {
      way: 'an element of one`s own in an ApplicationSet of all',
      ...edit(
        app,
        applicationSet({
          generators: [{ list: { elements: [{ path: 'teams/login' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
        applicationSet({
          generators: [{ list: { elements: [{ path: 'teams/login' }, { path: 'teams/catalog' }] } }],
          template: { spec: { source: { path: '{{path}}' } } },
        }),
      ),
    },
    {
      way: 'a chart in a folder without manifests',
      files: { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' },
    },
    {
      way: 'an Argo Workflow',
      files: { [app]: written('argoproj.io/v1alpha1', 'Workflow', { source: { path: 'teams/login' } }) },
    },
    {
      way: 'an Application in another layout',
      ...edit(app, application(ofLogin), `# Login's.\n${application(ofLogin).replaceAll('  ', '    ')}`),
    },
  ],
})

const kustomization = {
  path: './teams/login',
  sourceRef: { kind: 'GitRepository', name: 'shop' },
  interval: '1m',
}
const fluxFile = 'clusters/prod/shop.yaml'

const template = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {{ .Release.Name }}
spec:
  {{- include "web.routes" . }}
`
const chart = {
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: "1"\n',
  'charts/web/values.yaml': 'host: shop.example\nimage: { tag: "1" }\n',
  'charts/web/templates/routes.yaml': template,
  'charts/web/templates/_routes.tpl': '{{ define "web.routes" }}hosts: [{{ .Values.host }}]{{ end }}\n',
}
const withChart = {
  files: chart,
  codeowners: `/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/charts/ @bookinfo/login\n`,
}
const substituted = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-3, namespace: ns1 }
spec: { http: [{ match: [{ uri: { exact: "/\${PAGE:=start}" } }], route: [{ destination: { host: web } }] }] }
`

/** A template of a VirtualService in a chart of one's own. */
const templateOf = (name: string, namespace: string, host = '{{ .Values.host }}') => `{{- if .Values.routes }}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  hosts:
    - ${host}
  http: []
{{- end }}
`
const inChart = (way: string, text: string): Attempt => ({
  way,
  setting: {
    files: {
      'teams/catalog/chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'teams/login/shop.yaml':
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop, namespace: login }\nspec: { hosts: [shop.login.example], gateways: [edge], http: [{ route: [{ destination: { host: web } }] }] }\n',
    },
  },
  files: { 'teams/catalog/chart/templates/routes.yaml': text },
  ...asksLogin,
})

testAttackClass('what Flux, Helm and their ignore files are told', {
  attack: {
    way: 'a Flux Kustomization of another team that is suspended',
    ...edit(fluxFile, flux(kustomization), flux({ ...kustomization, suspend: true })),
    ...asksLogin,
    says: /Kustomization shop in clusters\/prod\/shop.yaml changes/,
  },
  variants: [
    {
      way: 'another path',
      ...edit(fluxFile, flux(kustomization), flux({ ...kustomization, path: './teams/other' })),
      ...asksLogin,
    },
    {
      way: 'another namespace for all',
      ...edit(fluxFile, flux(kustomization), flux({ ...kustomization, targetNamespace: 'x' })),
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'a patch',
      ...edit(fluxFile, flux(kustomization), flux({ ...kustomization, patches: [{ patch: '[]' }] })),
      ...asksLogin,
    },
    {
      way: 'nothing is pruned any more',
      ...edit(fluxFile, flux({ ...kustomization, prune: true }), flux({ ...kustomization, prune: false })),
      ...asksLogin,
    },
    {
      way: 'a variable that is written in the manifest of another team',
      setting: {
        files: {
          'teams/login/vs-3.yaml': substituted,
          [fluxFile]: flux({ ...kustomization, postBuild: { substitute: { PAGE: 'start' } } }),
        },
      },
      files: { [fluxFile]: flux({ ...kustomization, postBuild: { substitute: { PAGE: 'logout' } } }) },
      ...asksLogin,
    },
    {
      way: 'the ConfigMap of such a variable',
      setting: {
        files: {
          'teams/login/vs-3.yaml': substituted,
          [fluxFile]: flux({
            ...kustomization,
            postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'vars' }] },
          }),
          'clusters/prod/vars.yaml':
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars }\ndata: { PAGE: start }\n',
        },
      },
      files: {
        'clusters/prod/vars.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars }\ndata: { PAGE: logout }\n',
      },
      ...asksLogin,
    },
    {
      way: 'another repository behind the name',
      setting: {
        files: {
          [fluxFile]: flux(kustomization),
          'clusters/prod/source.yaml': gitRepository({ url: 'https://git/shop' }),
        },
      },
      files: { 'clusters/prod/source.yaml': gitRepository({ url: 'https://git/elsewhere' }) },
      ...asksLogin,
    },
    {
      way: 'a source that ignores the files of another team',
      setting: {
        files: {
          [fluxFile]: flux(kustomization),
          'clusters/prod/source.yaml': gitRepository({ url: 'https://git/shop' }),
        },
      },
      files: {
        'clusters/prod/source.yaml': gitRepository({ url: 'https://git/shop', ignore: '/teams/login' }),
      },
      conclusion: 'failure',
      waitsFor: ['login'],
    },
    {
      way: 'a Kustomization that delivers Kustomizations',
      setting: {
        files: {
          [fluxFile]: flux(kustomization),
          'flux.yaml': flux({ path: './clusters/prod' }, { name: 'all' }),
        },
      },
      files: { 'flux.yaml': null },
      ...asksLogin,
    },
    {
      way: 'an ignore file for the folder of another team',
      files: { '.sourceignore': '# Not yet.\n/teams/*\n!/teams/catalog\n!/mesh\n' },
      ...asksLogin,
    },
    {
      way: 'an ignore file that keeps a kustomization from Flux',
      setting: { files: { 'stage/kustomization.yaml': 'resources: [../teams/login/vs-1.yaml]\n' } },
      files: { 'stage/.sourceignore': 'kustomization.y*ml\n' },
      ...asksLogin,
    },
    {
      way: 'a value of a chart with routes',
      setting: withChart,
      files: { 'charts/web/values.yaml': chart['charts/web/values.yaml'].replace('shop', 'other') },
      ...asksLogin,
    },
    {
      way: 'what its templates include, under a name without YAML',
      setting: withChart,
      files: { 'charts/web/templates/_routes.tpl': '{{ define "web.routes" }}hosts: []{{ end }}\n' },
      ...asksLogin,
    },
    {
      way: 'a template that Helm is to ignore',
      setting: withChart,
      files: { 'charts/web/.helmignore': 'templates/routes.yaml\n' },
      ...asksLogin,
    },
    {
      way: 'values that a HelmRelease gives it',
      setting: {
        ...withChart,
        files: {
          ...chart,
          [fluxFile]: helmRelease({
            chart: { spec: { chart: './charts/web', sourceRef: { kind: 'GitRepository' } } },
            values: { host: 'a' },
          }),
        },
      },
      files: {
        [fluxFile]: helmRelease({
          chart: { spec: { chart: './charts/web', sourceRef: { kind: 'GitRepository' } } },
          values: { host: 'b' },
        }),
      },
      ...asksLogin,
    },
    {
      way: 'values in a file of another name that an Application names',
      setting: {
        ...withChart,
        files: {
          ...chart,
          [app]: application({
            source: { path: 'charts/web', helm: { valueFiles: ['../../stages/prod.vals'] } },
          }),
          'stages/prod.vals': 'host: a\n',
          'stages/values.yaml': 'a: 1\n',
        },
      },
      files: { 'stages/prod.vals': 'host: b\n', 'stages/values.yaml': 'a: 2\n' },
      ...asksLogin,
    },
    {
      way: 'a release of helmfile',
      setting: {
        ...withChart,
        files: {
          ...chart,
          'helmfile.yaml': 'releases: [{ name: web, chart: ./charts/web, values: [{ host: a }] }]\n',
        },
      },
      files: {
        'helmfile.yaml':
          'releases: [{ name: web, chart: ./charts/web, values: [{ host: a }], installed: false }]\n',
      },
      ...asksLogin,
    },
    inChart('a template that names the object of another team', templateOf('vs-1', 'ns1')),
    inChart('in no namespace that is written', templateOf('vs-1', '{{ .Release.Namespace }}')),
    inChart(
      'behind labels that are filled in',
      templateOf('"vs-1"', 'ns1').replace(
        'metadata:',
        'metadata:\n  labels:\n    {{- include "x" . | nindent 4 }}',
      ),
    ),
    inChart('in the second document', `${templateOf('own', 'catalog')}---\n${templateOf('vs-1', 'ns1')}`),
    inChart('a template with the host of another team', templateOf('own', 'catalog', 'shop.login.example')),
    {
      way: 'a Kustomization under the name of another team`s, which takes its place',
      setting: { files: { 'teams/login/delivery.yaml': flux(kustomization) } },
      files: { 'teams/catalog/delivery.yaml': flux({ ...kustomization, path: './teams/catalog' }) },
      ...asksLogin,
      says: /Kustomization delivery\/shop is already written in teams\/login\/delivery.yaml/,
    },
  ],
  neighbours: [
    {
      way: 'a Kustomization of another name over one`s own files',
      setting: { files: { 'teams/login/delivery.yaml': flux(kustomization) } },
      files: {
        'teams/catalog/delivery.yaml': flux(
          { ...kustomization, path: './teams/catalog' },
          { name: 'catalog' },
        ),
      },
    },
    ...[
      { ...inChart('a template of one`s own object', templateOf('own', 'catalog')) },
      { ...inChart('of the same name in a namespace of one`s own', templateOf('vs-1', 'catalog')) },
      { ...inChart('of a name that is filled in', templateOf('{{ .Values.name }}', 'ns1')) },
      {
        ...inChart(
          'that leads to the host of another team',
          templateOf('own', 'catalog').replace(
            'http: []',
            'http: [{ route: [{ destination: { host: shop.login.example } }] }]',
          ),
        ),
      },
    ].map(({ way, setting, files }) => ({ way, ...(setting && { setting }), files })),
    {
      way: 'the first policy of one’s own in a folder that an object of the administrators delivers',
      setting: {
        files: {
          'mesh/delivery.yaml': flux({
            path: './teams/catalog/app',
            sourceRef: { kind: 'GitRepository', name: 'shop' },
          }),
          [ownWeb]: '',
        },
      },
      files: { [ownWeb]: policy },
      silentOn: /Application|Kustomization/,
    },
    {
      way: 'how often Flux looks',
      ...edit(
        fluxFile,
        flux(kustomization),
        flux({ ...kustomization, interval: '5m', timeout: '2m', wait: true }),
      ),
    },
    {
      way: 'an image of a Kustomization',
      ...edit(
        fluxFile,
        flux(kustomization),
        flux({ ...kustomization, images: [{ name: 'web', newTag: '2' }] }),
      ),
    },
    {
      way: 'a variable that no manifest of the mesh holds',
      ...edit(
        fluxFile,
        flux({ ...kustomization, postBuild: { substitute: { TAG: '1' } } }),
        flux({ ...kustomization, postBuild: { substitute: { TAG: '2' } } }),
      ),
    },
    {
      way: 'a Kustomization over one`s own files',
      files: { [fluxFile]: flux({ ...kustomization, path: './teams/catalog' }) },
    },
    {
      way: 'another version of somebody`s chart',
      ...edit(
        fluxFile,
        helmRelease({
          chart: { spec: { chart: 'redis', version: '1.0.0', sourceRef: { kind: 'HelmRepository' } } },
        }),
        helmRelease({
          chart: { spec: { chart: 'redis', version: '1.1.0', sourceRef: { kind: 'HelmRepository' } } },
        }),
      ),
    },
    {
      way: 'the next tag of a repository from which nothing comes that is here',
      setting: {
        files: {
          [fluxFile]: flux({ ...kustomization, path: './config/default' }),
          'clusters/prod/source.yaml': gitRepository({ url: 'https://git/tool', ref: { tag: 'v1' } }),
        },
      },
      files: { 'clusters/prod/source.yaml': gitRepository({ url: 'https://git/tool', ref: { tag: 'v2' } }) },
    },
    {
      way: 'the next tag of another repository whose root is delivered',
      setting: {
        files: {
          'clusters/prod/flux-system/sync.yaml': `${gitRepository({ url: 'ssh://git@git/shop.git' }, { name: 'flux-system' })}---\n${flux({ ...kustomization, sourceRef: { kind: 'GitRepository', name: 'flux-system' } }, { name: 'own' })}`,
          [fluxFile]: flux({ ...kustomization, path: './' }),
          'clusters/prod/source.yaml': gitRepository({ url: 'https://git/tool', ref: { tag: 'v1' } }),
        },
      },
      files: { 'clusters/prod/source.yaml': gitRepository({ url: 'https://git/tool', ref: { tag: 'v2' } }) },
    },
    {
      way: 'documents that Flux need not fetch',
      files: { '.sourceignore': '/docs/\n*.md\n' },
    },
    {
      way: 'the image and the version of a chart with routes',
      setting: withChart,
      files: {
        'charts/web/values.yaml': chart['charts/web/values.yaml'].replace('"1"', '"2"'),
        'charts/web/Chart.yaml': chart['charts/web/Chart.yaml']
          .replace('"1"', '"2"')
          .replace('1.0.0', '1.0.1'),
      },
    },
    {
      way: 'values of a chart that touches no mesh',
      setting: {
        files: {
          'charts/job/Chart.yaml': 'apiVersion: v2\nname: job\nversion: 1.0.0\n',
          'charts/job/values.yaml': 'a: 1\n',
          'charts/job/templates/job.yaml': 'kind: Job\nname: {{ .Values.a }}\n',
        },
      },
      files: { 'charts/job/values.yaml': 'a: 2\n' },
    },
    {
      way: 'what Helm need not pack',
      setting: withChart,
      files: { 'charts/web/.helmignore': '*.md\n.git/\ntests/\n' },
    },
    {
      way: 'CI, renovate and a README',
      files: {
        '.github/workflows/ci.yml': 'on: push\njobs: {}\n',
        'renovate.json': '{}\n',
        'README.md': 'Hello\n',
      },
    },
  ],
})
