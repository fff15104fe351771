import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/apps/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const object = (apiVersion: string, kind: string, name: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'argocd', ...metadata }, spec })}\n`
const folder = 'teams/login'
const repoURL = 'https://github.com/bookinfo/mesh'
const automated = { automated: { prune: true, selfHeal: true } }
const application = (
  syncPolicy: object | undefined,
  more: object = {},
  annotations?: object,
  path = folder,
) =>
  object(
    'argoproj.io/v1alpha1',
    'Application',
    'web',
    {
      destination: { namespace: 'ns1', server: 'https://kubernetes.default.svc' },
      source: { repoURL, path },
      ...(syncPolicy && { syncPolicy }),
      ...more,
    },
    annotations && { annotations },
  )
const set = (syncPolicy: object | undefined, more: object = {}, made: object = {}, metadata: object = {}) =>
  object('argoproj.io/v1alpha1', 'ApplicationSet', 'all', {
    generators: [{ list: { elements: [{ path: folder }, { path: 'teams/catalog' }] } }],
    template: {
      metadata: { name: '{{path.basename}}', ...metadata },
      spec: {
        destination: { namespace: 'ns1', server: 'https://kubernetes.default.svc' },
        source: { repoURL, path: '{{path}}' },
        ...(syncPolicy && { syncPolicy }),
        ...made,
      },
    },
    ...more,
  })
const flux = (spec: object, annotations?: object) =>
  object(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'web',
    {
      interval: '10m',
      path: `./${folder}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...spec,
    },
    annotations && { annotations },
  )
const source = (spec: object) =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', { url: repoURL, ...spec })
const ignoring = (path: string) => ({
  ignoreDifferences: [{ group: 'networking.istio.io', kind: 'VirtualService', jsonPointers: [path] }],
})
const respecting = { ...automated, syncOptions: ['RespectIgnoreDifferences=true'] }

const path = 'apps/web.yaml'
const stopped = (way: string, before: string, after: string, more: Files = {}): Attempt => ({
  way,
  setting: { codeowners, files: { ...more, [path]: before } },
  files: { [path]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, before: string, after: string, more: Files = {}) => ({
  way,
  setting: { codeowners, files: { ...more, [path]: before } },
  files: { [path]: after },
})
const fluxed = { 'apps/flux.yaml': flux({}) }

const own = (spec: object) => flux({ path: './teams/catalog', ...spec })
const waiting = {
  [path]: own({}),
  'teams/login/deliver.yaml': flux({ dependsOn: [{ name: 'web' }] }).replace(
    '"name":"web"',
    '"name":"theirs"',
  ),
}

testAttackClass(
  'what delivers another team’s manifests stands still from now on, or lets a part of them be',
  {
    attack: stopped('it is synced by nobody any more', application(automated), application(undefined)),
    variants: [
      stopped('it is switched off', application(automated), application({ automated: { enabled: false } })),
      stopped('what is removed stays', application(automated), application({ automated: {} })),
      stopped(
        'it is passed over',
        application(automated),
        application(automated, {}, { 'argocd.argoproj.io/skip-reconcile': 'true' }),
      ),
      stopped(
        'routes are not compared',
        application(automated),
        application(automated, ignoring('/spec/http')),
      ),
      stopped(
        'what is not compared is not written',
        application(automated, ignoring('/spec/http')),
        application(respecting, ignoring('/spec/http')),
      ),
      stopped(
        'whatever some manager has written is not compared',
        application(respecting),
        application(respecting, { ignoreDifferences: [{ kind: '*', managedFieldsManagers: ['kubectl'] }] }),
      ),
      stopped('all Applications of a set', set(automated), set(undefined)),
      stopped(
        'a set makes them once',
        set(automated),
        set(automated, { syncPolicy: { applicationsSync: 'create-only' } }),
      ),
      stopped(
        'a set lets them be',
        set(automated),
        set(automated, { ignoreApplicationDifferences: [{ jsonPointers: ['/spec/source'] }] }),
      ),
      stopped(
        'a set has them passed over',
        set(automated),
        set(automated, {}, {}, { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }),
      ),
      stopped('Flux suspends it', flux({}), flux({ suspend: true })),
      stopped('Flux lets it be', flux({}), flux({}, { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' })),
      stopped('Flux leaves what is removed', flux({}), flux({ prune: false })),
      stopped('Flux fetches nothing', source({}), source({ suspend: true }), fluxed),
      {
        ...stopped('what theirs waits for is called otherwise', '', ''),
        setting: { codeowners, files: waiting },
        files: { [path]: own({}).replace('"name":"web"', '"name":"other"') },
      },
      {
        ...stopped('what theirs waits for waits for them', '', ''),
        setting: { codeowners, files: waiting },
        files: { [path]: own({ dependsOn: [{ name: 'theirs' }] }) },
      },
      {
        ...stopped('what theirs waits for is never ready', '', ''),
        setting: { codeowners, files: waiting },
        files: {
          [path]: own({ healthChecks: [{ kind: 'Deployment', name: 'never', namespace: 'catalog' }] }),
        },
      },
      stopped('it waits for what is not there', flux({}), flux({ dependsOn: [{ name: 'gone' }] })),
    ],
    neighbours: [
      harmless('it is synced by itself', application(undefined), application(automated)),
      harmless(
        'what somebody changes by hand is put right',
        application({ automated: { prune: true } }),
        application(automated),
      ),
      harmless(
        'it is tried again',
        application(automated),
        application({ ...automated, retry: { limit: 5 } }),
      ),
      harmless(
        'namespaces are made, and objects applied by the server',
        application(automated),
        application({ ...automated, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'] }),
      ),
      harmless(
        'it goes after another one',
        application(automated),
        application(automated, {}, { 'argocd.argoproj.io/sync-wave': '2' }),
      ),
      harmless(
        'how many run is not compared',
        application(automated),
        application(respecting, ignoring('/spec/replicas')),
      ),
      harmless(
        'more is compared again',
        application(respecting, ignoring('/spec/http')),
        application(automated),
      ),
      harmless('all of a set are synced by themselves', set(undefined), set(automated)),
      harmless('all of a set are tried again', set(automated), set({ ...automated, retry: { limit: 5 } })),
      harmless(
        'a set keeps what it made when it goes',
        set(automated),
        set(automated, { syncPolicy: { preserveResourcesOnDeletion: true } }),
      ),
      harmless(
        'what people read of them',
        set(automated),
        set(automated, {}, { info: [{ name: 'a', value: 'b' }] }, { labels: { a: 'b' } }),
      ),
      harmless('Flux goes on', flux({ suspend: true }), flux({})),
      harmless('Flux takes away again what is removed', flux({ prune: false }), flux({})),
      {
        ...harmless('how often what theirs waits for is looked at', '', ''),
        setting: { codeowners, files: waiting },
        files: { [path]: own({ interval: '1h' }) },
      },
      {
        ...harmless('what nobody waits for is called otherwise', '', ''),
        setting: { codeowners, files: { [path]: own({}) } },
        files: { [path]: own({}).replace('"name":"web"', '"name":"other"') },
      },
      harmless('Flux looks more seldom', flux({}), flux({ interval: '1h', timeout: '5m' })),
      harmless(
        'what delivers one’s own is suspended',
        application(automated, {}, undefined, 'teams/catalog'),
        application(undefined, {}, undefined, 'teams/catalog'),
      ),
    ],
  },
)
