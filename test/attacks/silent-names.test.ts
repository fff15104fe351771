import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'delivery', ...metadata }, spec })}\n`

/** A chart of login's with routes, of which one reads all values, and an Application of nobody's that renders it. */
const chart = {
  'teams/login/chart/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
  'teams/login/chart/templates/vs.yaml': login
    .replace('name: vs-1', 'name: vs-3\n  annotations: { all: {{ toJson .Values | quote }} }')
    .replace('/login', '/{{ .Values.path }}'),
}
const app = 'apps/thing.yaml'
const source = { repoURL: 'https://git.example/shop', path: 'teams/login/chart' }
const application = (more: object) =>
  object('argoproj.io/v1alpha1', 'Application', { project: 'default', source: { ...source, ...more } })
const release = (values: object, more: object = {}) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
    chart: { spec: { chart: './teams/login/chart', sourceRef: { kind: 'GitRepository', name: 'shop' } } },
    values,
    ...more,
  })
const edit = (before: string, after: string, path = app) => ({
  setting: { files: { ...chart, [path]: before } },
  files: { [path]: after },
})
const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const values = (before: object, after: object) =>
  edit(application({ helm: { valuesObject: before } }), application({ helm: { valuesObject: after } }))
const stopped = (way: string, [before, after]: readonly [object, object]): Attempt => ({
  way,
  ...values(before, after),
  ...asked,
})
const harmless = (way: string, [before, after]: readonly [object, object]) => ({
  way,
  ...values(before, after),
})
const parameters = (name: string, value: string) => application({ helm: { parameters: [{ name, value }] } })
const overrides = 'teams/login/chart/.argocd-source.yaml'

testAttackClass('a field that decides below the name of one that does not', {
  attack: stopped('a host below the image', [{ image: { host: 'a' } }, { image: { host: 'b' } }]),
  variants: [
    stopped('a host below replicas', [{ replicas: { host: 'a' } }, { replicas: { host: 'b' } }]),
    stopped('a path below resources', [{ resources: { path: 'a' } }, { resources: { path: 'b' } }]),
    stopped('a path below the limits of resources', [
      { resources: { limits: { path: 'a' } } },
      { resources: { limits: { path: 'b' } } },
    ]),
    stopped('the name of an environment', [{ env: 'prod' }, { env: 'test' }]),
    stopped('a host of an environment', [{ env: { host: 'a' } }, { env: { host: 'b' } }]),
    stopped('a path below a probe', [{ livenessProbe: { route: '/a' } }, { livenessProbe: { route: '/b' } }]),
    stopped('a host among images', [{ images: { host: 'a' } }, { images: { host: 'b' } }]),
    stopped('a gateway below the volumes', [
      { persistence: { data: { gateway: { name: 'a' } } } },
      { persistence: { data: { gateway: { name: 'b' } } } },
    ]),
    stopped('labels of pods', [{}, { podLabels: { app: 'login' } }]),
    stopped('an annotation of pods that keeps Istio out', [
      {},
      { podAnnotations: { 'sidecar.istio.io/inject': 'false' } },
    ]),
    {
      way: 'as a parameter',
      ...edit(parameters('image.host', 'a'), parameters('image.host', 'b')),
      ...asked,
    },
    {
      way: 'as a parameter for labels',
      ...edit(parameters('a', 'b'), parameters('podLabels.app', 'login')),
      ...asked,
    },
    {
      way: 'a plugin that is told of images',
      ...edit(
        application({ plugin: { parameters: [{ name: 'x', map: { images: 'a' } }] } }),
        application({ plugin: { parameters: [{ name: 'x', map: { images: 'b' } }] } }),
      ),
      ...asked,
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'a patch of Kustomize below the name of replicas',
      ...edit(
        application({ kustomize: { patches: [{ target: { kind: 'X', replicas: 'a' }, patch: '[]' }] } }),
        application({ kustomize: { patches: [{ target: { kind: 'X', replicas: 'b' }, patch: '[]' }] } }),
      ),
      ...asked,
    },
    {
      way: 'the same beside the manifests',
      ...edit(
        'directory: { images: { exclude: a } }\n',
        'directory: { images: { exclude: b } }\n',
        overrides,
      ),
      ...asked,
    },
    {
      way: 'values of a HelmRelease',
      ...edit(release({ tag: { host: 'a' } }), release({ tag: { host: 'b' } })),
      ...asked,
    },
  ],
  neighbours: [
    harmless('the next image', [{ image: 'a:1' }, { image: 'a:2' }]),
    harmless('the next tag', [
      { image: { repository: 'a', tag: '1' } },
      { image: { repository: 'a', tag: '2' } },
    ]),
    harmless('from where images come', [
      { image: { registry: 'a.example', pullSecrets: ['a'] } },
      { image: { registry: 'b.example', pullSecrets: ['b'] } },
    ]),
    harmless('several images', [
      { images: { web: 'a/b:1', db: { tag: 1 } } },
      { images: { web: 'a/b:2', db: { tag: 2 } } },
    ]),
    harmless('more replicas', [
      { replicas: 1, web: { replicaCount: 1 } },
      { replicas: 2, web: { replicaCount: 3 } },
    ]),
    harmless('more memory', [
      { resources: { limits: { memory: '1Gi' }, requests: { cpu: 1 } } },
      { resources: { limits: { memory: '2Gi' }, requests: { cpu: 2 } } },
    ]),
    harmless('variables', [{ env: [{ name: 'A', value: 'a' }] }, { env: [{ name: 'A', value: 'b' }] }]),
    harmless('variables by name', [{ env: { LOG_LEVEL: 'a' } }, { env: { LOG_LEVEL: 'b' } }]),
    harmless('a probe', [
      { livenessProbe: { httpGet: { path: '/a' }, periodSeconds: 1 } },
      { livenessProbe: { httpGet: { path: '/b' }, periodSeconds: 2 } },
    ]),
    harmless('where pods run', [
      { nodeSelector: { zone: 'a' }, tolerations: [{ key: 'a', operator: 'Exists' }] },
      { nodeSelector: { zone: 'b' }, tolerations: [] },
    ]),
    harmless('who scrapes pods', [{}, { podAnnotations: { 'prometheus.io/scrape': 'true' } }]),
    harmless('versions among the labels of pods', [
      { podLabels: { 'app.kubernetes.io/version': '1' } },
      { podLabels: { 'app.kubernetes.io/version': '2' } },
    ]),
    {
      way: 'the next image as a parameter',
      ...edit(parameters('web.image.tag', '1'), parameters('web.image.tag', '2')),
    },
    {
      way: 'images of Kustomize',
      ...edit(
        application({ kustomize: { images: ['a=b:1'], replicas: [{ name: 'a', count: 1 }] } }),
        application({ kustomize: { images: ['a=b:2'], replicas: [{ name: 'a', count: 2 }] } }),
      ),
    },
    {
      way: 'images beside the manifests',
      ...edit('kustomize: { images: ["a:1"] }\n', 'kustomize: { images: ["a:2"] }\n', overrides),
    },
    {
      way: 'the next image of a HelmRelease',
      ...edit(release({ image: { tag: 1 } }), release({ image: { tag: 2 } })),
    },
  ],
})

const mine = 'teams/catalog/apps/thing.yaml'
const theirs = {
  files: {
    'teams/login/service.yaml': JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'login', namespace: 'ns1' },
      spec: { selector: { app: 'login' }, ports: [{ port: 80 }] },
    }),
    'teams/login/named.yaml': JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'named', namespace: 'ns1' },
      spec: { selector: { 'app.kubernetes.io/name': 'web', tier: 'front' }, ports: [{ port: 80 }] },
    }),
  },
}
const elsewhere = (valuesObject: object, namespace = 'ns1', more: object = {}) =>
  object('argoproj.io/v1alpha1', 'Application', {
    destination: { namespace },
    source: {
      repoURL: 'https://charts.example',
      chart: 'web',
      targetRevision: '1.0.0',
      helm: { valuesObject, ...more },
    },
  })
const labelled = (way: string, text: string): Attempt => ({
  way,
  setting: theirs,
  files: { [mine]: text },
  ...asked,
})
const unlabelled = (way: string, text: string) => ({ way, setting: theirs, files: { [mine]: text } })
const taken = { podLabels: { app: 'login' } }

testAttackClass('labels that a chart from elsewhere gives to pods', {
  attack: labelled('those that a Service of another team selects', elsewhere(taken)),
  variants: [
    labelled('deep among the values', elsewhere({ web: { server: taken } })),
    labelled('labels of all', elsewhere({ commonLabels: { app: 'login' } })),
    labelled('below the pod', elsewhere({ web: { pod: { labels: { app: 'login' } } } })),
    labelled(
      'values as a text',
      elsewhere({}, 'ns1', { valuesObject: undefined, values: 'podLabels:\n  app: login\n' }),
    ),
    labelled(
      'as a parameter',
      elsewhere({}, 'ns1', { parameters: [{ name: 'web.podLabels.app', value: 'login' }] }),
    ),
    labelled('together with what the chart gives itself', elsewhere({ podLabels: { tier: 'front' } })),
    labelled('those of a gateway', elsewhere({ podLabels: { istio: 'ingressgateway' } }, 'catalog')),
    labelled(
      'a HelmRelease',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
        targetNamespace: 'ns1',
        chart: { spec: { chart: 'web' } },
        values: taken,
      }),
    ),
    labelled(
      'a HelmRelease in the namespace',
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        { chart: { spec: { chart: 'web' } }, values: taken },
        { namespace: 'ns1' },
      ),
    ),
    labelled(
      'a HelmChart',
      object('helm.cattle.io/v1', 'HelmChart', {
        chart: 'web',
        targetNamespace: 'ns1',
        valuesContent: 'podLabels: { app: login }\n',
      }),
    ),
    labelled(
      'one of several sources',
      object('argoproj.io/v1alpha1', 'Application', {
        destination: { namespace: 'ns1' },
        sources: [{ chart: 'web', repoURL: 'https://charts.example', helm: { valuesObject: taken } }],
      }),
    ),
  ],
  neighbours: [
    unlabelled('those of one’s own', elsewhere({ podLabels: { app: 'catalog' } })),
    unlabelled('in a namespace of one’s own', elsewhere(taken, 'catalog')),
    unlabelled('labels of the Service', elsewhere({ service: { labels: { app: 'login' } } })),
    unlabelled('annotations', elsewhere({ podAnnotations: { app: 'login' } })),
    unlabelled('another value', elsewhere({ podLabels: { app: 'login-old' } })),
    unlabelled('not all that is selected by', elsewhere({ podLabels: { 'app.kubernetes.io/name': 'web' } })),
    unlabelled('a text that speaks of it', elsewhere({ note: 'podLabels: { app: login }' })),
    unlabelled('no labels', elsewhere({ replicas: 2 })),
    unlabelled('an empty mapping', elsewhere({ podLabels: {} })),
    {
      ...unlabelled('the next version of the chart', elsewhere(taken).replace('1.0.0', '1.0.1')),
      setting: { files: { ...theirs.files, [mine]: elsewhere(taken) } },
    },
  ],
})

const service = (selector: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'productpage', namespace: 'default' },
    spec: { selector, ports: [{ port: 9080 }] },
  })
const workload = (apiVersion: string, kind: string, more: object = {}) =>
  JSON.stringify({
    apiVersion,
    kind,
    metadata: { name: 'own', namespace: 'ns1' },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { app: 'own' } },
        spec: { containers: [{ name: 'a', image: 'a:1', resources: {} }] },
      },
      ...more,
    },
  })
const rollout = (strategy: object) => workload('argoproj.io/v1alpha1', 'Rollout', { strategy })
const routed = (name: string) =>
  rollout({ canary: { trafficRouting: { istio: { virtualService: { name } } } } })
const folder = 'teams/catalog/kustomization.yaml'
const patched = (path: string, value: unknown, kind: string, op = 'replace') =>
  `resources: [own.yaml]\npatches:\n  - target: { kind: ${kind} }\n    patch: '${JSON.stringify([{ op, path, value }])}'\n`
const built = (text: string, before: string, after: string) => ({
  setting: { files: { 'teams/catalog/own.yaml': text, [folder]: before } },
  files: { [folder]: after },
})
const made = (
  way: string,
  text: string,
  [path, kind]: readonly [string, string],
  [before, after]: readonly unknown[],
): Attempt => ({
  way,
  ...built(text, patched(path, before, kind), patched(path, after, kind)),
  ...asked,
})
const kept = (
  way: string,
  text: string,
  [path, kind]: readonly [string, string],
  [before, after]: readonly unknown[],
) => ({
  way,
  ...built(text, patched(path, before, kind), patched(path, after, kind)),
})
const selector = (key: string) => [`/spec/selector/${key}`, 'Service'] as const
const sides = ['a', 'b']
const plain = workload('apps/v1', 'Deployment')

testAttackClass('a kustomization that writes what decides below a name that does not', {
  attack: made(
    'what a Service selects by, under the name of images',
    service({ image: 'x' }),
    selector('image'),
    sides,
  ),
  variants: [
    made('of a status', service({ status: 'x' }), selector('status'), sides),
    made('of replicas', service({ replicas: 'x' }), selector('replicas'), sides),
    made('of resources', service({ resources: 'x' }), selector('resources'), sides),
    made(
      'a selector as a whole',
      service({ image: 'x' }),
      ['/spec/selector', 'Service'],
      [{ image: 'a' }, { image: 'b' }],
    ),
    {
      way: 'one more label to select by',
      ...built(
        service({ app: 'x' }),
        'resources: [own.yaml]\n',
        patched('/spec/selector/status', 'a', 'Service', 'add'),
      ),
      ...asked,
    },
    made(
      'the VirtualService that a Rollout writes to',
      routed('vs-2'),
      ['/spec/strategy/canary/trafficRouting/istio/virtualService/name', 'Rollout'],
      ['vs-2', 'vs-1'],
    ),
    made(
      'several of them',
      rollout({ canary: { trafficRouting: { istio: { virtualServices: [{ name: 'vs-2' }] } } } }),
      ['/spec/strategy/canary/trafficRouting/istio/virtualServices/0/name', 'Rollout'],
      ['vs-2', 'vs-1'],
    ),
    made(
      'how a Rollout leads requests',
      routed('vs-2'),
      ['/spec/strategy', 'Rollout'],
      [
        { canary: { trafficRouting: { istio: { virtualService: { name: 'vs-2' } } } } },
        { canary: { trafficRouting: { istio: { virtualService: { name: 'vs-1' } } } } },
      ],
    ),
    {
      way: 'that a Rollout leads requests at all',
      ...built(
        rollout({ canary: {} }),
        'resources: [own.yaml]\n',
        patched(
          '/spec/strategy/canary/trafficRouting',
          { istio: { virtualService: { name: 'vs-1' } } },
          'Rollout',
          'add',
        ),
      ),
      ...asked,
    },
    made(
      'in a namespace that is told',
      routed('vs-2'),
      ['/spec/strategy/canary/trafficRouting/istio/virtualService/name', 'Rollout'],
      ['vs-2', 'vs-1.ns1'],
    ),
    {
      way: 'a patch in a file of its own',
      setting: {
        files: {
          'teams/catalog/own.yaml': service({ image: 'x' }),
          [folder]: 'resources: [own.yaml]\npatches: [{ path: patch.yaml, target: { kind: Service } }]\n',
          'teams/catalog/patch.yaml': '- { op: replace, path: /spec/selector/image, value: a }\n',
        },
      },
      files: { 'teams/catalog/patch.yaml': '- { op: replace, path: /spec/selector/image, value: b }\n' },
      ...asked,
    },
  ],
  neighbours: [
    kept('the next image', plain, ['/spec/template/spec/containers/0/image', 'Deployment'], ['a:1', 'a:2']),
    kept('more replicas', plain, ['/spec/replicas', 'Deployment'], [1, 2]),
    kept(
      'more memory',
      plain,
      ['/spec/template/spec/containers/0/resources', 'Deployment'],
      [{ limits: { memory: '1Gi' } }, { limits: { memory: '2Gi' } }],
    ),
    kept(
      'the next image of a Rollout',
      routed('vs-2'),
      ['/spec/template/spec/containers/0/image', 'Rollout'],
      ['a:1', 'a:2'],
    ),
    kept('more replicas of a Rollout', routed('vs-2'), ['/spec/replicas', 'Rollout'], [1, 2]),
    kept(
      'a Rollout of one’s own routes',
      routed('vs-2'),
      ['/spec/strategy/canary/trafficRouting/istio/virtualService/name', 'Rollout'],
      ['vs-2', 'vs-2.ns1'],
    ),
    kept(
      'what nobody is led to',
      service({ image: 'x' }).replaceAll('productpage', 'other'),
      selector('image'),
      sides,
    ),
    {
      way: 'images',
      ...built(
        plain,
        'resources: [own.yaml]\nimages: [{ name: a, newTag: 1 }]\n',
        'resources: [own.yaml]\nimages: [{ name: a, newTag: 2 }]\n',
      ),
    },
    {
      way: 'replicas',
      ...built(
        plain,
        'resources: [own.yaml]\nreplicas: [{ name: own, count: 1 }]\n',
        'resources: [own.yaml]\nreplicas: [{ name: own, count: 2 }]\n',
      ),
    },
    {
      way: 'another layout',
      ...built(
        service({ image: 'x' }),
        patched('/spec/selector/image', 'a', 'Service'),
        `# ours\n${patched('/spec/selector/image', 'a', 'Service')}`,
      ),
    },
  ],
})
