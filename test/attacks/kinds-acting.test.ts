import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, spec })}\n`
const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, rest: Partial<Attempt> = {}) => ({
  way,
  files: { [mine]: text },
  ...rest,
})
const asksLogin = { waitsFor: ['login'] }
const mesh = { group: 'networking.istio.io', version: 'v1', kind: 'VirtualService' }
const cleaner = (selector: object) =>
  object('apps.example.io/v1', 'Cleaner', { action: 'Delete', resources: { selectors: [selector] } })
const restore = (spec: object, kind = 'Restore') => object('velero.io/v1', kind, { backupName: 'a', ...spec })

testAttackClass('whatever acts on objects of the mesh by their kind', {
  attack: stopped('a cleaner', cleaner(mesh)),
  variants: [
    stopped('by version and kind', cleaner({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' })),
    stopped('another kind', cleaner({ group: 'security.istio.io', kind: 'AuthorizationPolicy' })),
    stopped('any kind of a group', cleaner({ group: 'networking.istio.io', kind: '*' })),
    stopped('a restore', restore({ includedResources: ['virtualservices.networking.istio.io'] })),
    stopped('a restore by a wildcard', restore({ includedResources: ['*.networking.istio.io'] })),
    stopped(
      'a controller over them',
      object('metacontroller.k8s.io/v1alpha1', 'DecoratorController', {
        resources: [{ apiVersion: 'networking.istio.io/v1', resource: 'virtualservices' }],
      }),
    ),
    stopped(
      'a controller that makes them',
      object('metacontroller.k8s.io/v1alpha1', 'CompositeController', {
        childResources: [{ apiVersion: 'gateway.networking.k8s.io/v1', resource: 'httproutes' }],
      }),
    ),
    stopped(
      'a quota',
      object(
        'v1',
        'ResourceQuota',
        { hard: { 'count/virtualservices.networking.istio.io': '0' } },
        { namespace: 'ns1' },
      ),
      asksLogin,
    ),
    stopped(
      'a quota of gateways',
      object(
        'v1',
        'ResourceQuota',
        { hard: { 'count/gateways.networking.istio.io': '0' } },
        { namespace: 'ns1' },
      ),
      asksLogin,
    ),
    stopped(
      'who reads and writes them by several names',
      object('sync.example.io/v1', 'Mirror', {
        of: [{ group: 'networking.istio.io', resources: ['gateways', 'virtualservices'] }],
      }),
    ),
    stopped('it acts no more', '# nothing\n', { setting: { files: { [mine]: cleaner(mesh) } } }),
  ],
  neighbours: [
    harmless('a cleaner of Jobs', cleaner({ group: 'batch', version: 'v1', kind: 'Job' })),
    harmless('a cleaner of one’s own kind', cleaner({ group: 'catalog.example', kind: 'Gateway' })),
    harmless(
      'a reference to one object',
      object('acme.io/v1', 'Thing', { target: { ...mesh, name: 'vs-2' } }),
    ),
    harmless('a backup', restore({ includedResources: ['virtualservices.networking.istio.io'] }, 'Backup')),
    harmless('a restore of Secrets', restore({ includedResources: ['secrets'] })),
    harmless(
      'who may',
      object('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: ['networking.istio.io'], resources: ['*'] }],
      }),
    ),
    harmless(
      'a quota in one’s own namespace',
      object('v1', 'ResourceQuota', { hard: { 'count/virtualservices.networking.istio.io': '5' } }),
      {
        setting: { files: { 'teams/catalog/own.yaml': object('v1', 'Service', { ports: [{ port: 80 }] }) } },
      },
    ),
    harmless(
      'a ConfigMap that speaks of them',
      `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'catalog' }, data: { a: 'virtualservices.networking.istio.io' } })}\n`,
    ),
    harmless(
      'what is measured of them',
      object('monitoring.coreos.com/v1', 'PrometheusRule', {
        groups: [{ name: 'virtualservices.networking.istio.io' }],
      }),
    ),
    harmless('a sentence about them', object('acme.io/v1', 'Thing', { note: 'see networking.istio.io' })),
  ],
})

const delivering = (kind: string, spec: object, apiVersion = 'config.example.io/v1') =>
  object(apiVersion, kind, spec)
const named = (way: string, text: string, rest: Partial<Attempt> = {}) =>
  stopped(way, text, { ...asksLogin, ...rest })
const app = (path: string) => delivering('Bundle', { source: { git: { path } } })

testAttackClass('a deliverer that nobody knows, over the folder of another team', {
  attack: named('its path', app('teams/login')),
  variants: [
    named('from where it stands', app('./teams/login')),
    named('from the root', app('/teams/login/')),
    named('the folder above', app('teams')),
    named('one of several', delivering('Bundle', { paths: ['docs', 'teams/login'] })),
    named('a directory', delivering('Sync', { repo: { dir: 'teams/login' } })),
    named('a folder', delivering('Sync', { folder: 'teams/login' })),
    named('a part of a path', delivering('Sync', { git: { subPath: 'teams/login' } })),
    named('under a longer name', delivering('Sync', { manifestPath: 'teams/login' })),
    named(
      'within a list',
      delivering(
        'ClusterProfile',
        { kustomizationRefs: [{ kind: 'GitRepository', path: 'teams/login' }] },
        'config.projectsveltos.io/v1beta1',
      ),
    ),
    named('it leads there no more', app('docs'), { setting: { files: { [mine]: app('teams/login') } } }),
    named(
      'it does something else there',
      delivering('Bundle', { paused: true, source: { git: { path: 'teams/login' } } }),
      { setting: { files: { [mine]: app('teams/login') } } },
    ),
  ],
  neighbours: [
    harmless('one’s own folder', app('teams/catalog')),
    harmless('a folder that is not here', app('charts/web')),
    harmless('the root', app('.')),
    harmless('a path of requests', delivering('Probe', { http: { path: '/login' } })),
    harmless('a folder without manifests', app('docs')),
    harmless('a sentence about it', delivering('Note', { text: 'teams/login' })),
    harmless(
      'where something is mounted',
      object('apps/v1', 'Deployment', {
        template: { spec: { containers: [{ name: 'a', volumeMounts: [{ mountPath: '/teams/login' }] }] } },
      }),
    ),
    harmless('another layout', `# ours\n${app('teams/login')}`, {
      setting: { files: { [mine]: app('teams/login') } },
    }),
    harmless('a file that is no object', 'path: teams/login\n'),
    harmless('a folder outside', app('../teams/login')),
  ],
})
