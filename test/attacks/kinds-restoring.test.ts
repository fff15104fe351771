import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, spec })}\n`
const service = (namespace: string) =>
  object(
    'v1',
    'Service',
    { selector: { app: namespace }, ports: [{ port: 80 }] },
    { name: namespace, namespace },
  )
/** login lives in a namespace of its own, and catalog in another. */
const base: Files = {
  'teams/login/service.yaml': service('auth'),
  'teams/catalog/service.yaml': service('catalog'),
}
const velero = (spec: object) =>
  object('velero.io/v1', 'Restore', { backupName: 'a', ...spec }, { namespace: 'velero' })

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, more: Files = {}) => ({
  way,
  setting: { files: { ...base, ...more } },
  files: { [mine]: text },
})
const asksAll = { waitsFor: ['mesh-admins'] }
const flux = (spec: object, name = 'raw') =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: name } }, ...spec })
const argo = (namespace: string) =>
  object('argoproj.io/v1alpha1', 'Application', {
    source: { repoURL: 'https://charts.example', chart: 'raw', targetRevision: '1' },
    destination: { namespace },
  })

testAttackClass('what writes objects of old, or from elsewhere, into the namespace of another team', {
  attack: stopped(
    'a restore of it',
    velero({ includedNamespaces: ['auth'], existingResourcePolicy: 'update' }),
  ),
  variants: [
    stopped(
      'a restore under its name',
      velero({ includedNamespaces: ['catalog'], namespaceMapping: { catalog: 'auth' } }),
    ),
    stopped('of Services', velero({ includedNamespaces: ['auth'], includedResources: ['services'] })),
    stopped('of all kinds', velero({ includedNamespaces: ['auth'], includedResources: ['*'] })),
    stopped('of all namespaces', velero({}), asksAll),
    stopped('of all by a pattern', velero({ includedNamespaces: ['*'] }), asksAll),
    stopped('another is restored than before', velero({ includedNamespaces: ['auth'] }), {
      setting: { files: { ...base, [mine]: velero({ includedNamespaces: ['catalog'] }) } },
    }),
    stopped('by an operator', object('triliovault.trilio.io/v1', 'Restore', { restoreNamespace: 'auth' })),
    stopped(
      'by an action',
      object('actions.kio.kasten.io/v1alpha1', 'RestoreAction', { targetNamespace: 'auth' }),
    ),
    stopped('a release of Flux', flux({ targetNamespace: 'auth' })),
    stopped(
      'one that lies there',
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        { chart: { spec: { chart: 'raw' } } },
        { namespace: 'auth' },
      ),
    ),
    stopped('an Application', argo('auth')),
    stopped(
      'a chart of k3s',
      object('helm.cattle.io/v1', 'HelmChart', { chart: 'raw', targetNamespace: 'auth' }),
    ),
    stopped(
      'a release of Crossplane',
      object('helm.crossplane.io/v1beta1', 'Release', {
        forProvider: { chart: { name: 'raw' }, namespace: 'auth' },
      }),
    ),
    stopped(
      'the mesh by Crossplane',
      object('helm.crossplane.io/v1beta1', 'Release', {
        forProvider: { chart: { name: 'istiod' }, namespace: 'istio-system' },
      }),
      asksAll,
    ),
    stopped('it moves there', argo('auth'), { setting: { files: { ...base, [mine]: argo('catalog') } } }),
  ],
  neighbours: [
    harmless('a restore of one’s own', velero({ includedNamespaces: ['catalog'] })),
    harmless(
      'of claims alone',
      velero({ includedNamespaces: ['auth'], includedResources: ['persistentvolumeclaims', 'pods'] }),
    ),
    harmless('a backup of theirs', object('velero.io/v1', 'Backup', { includedNamespaces: ['auth'] })),
    harmless(
      'a backup every night',
      object('velero.io/v1', 'Schedule', { template: { includedNamespaces: ['*'] } }),
    ),
    harmless('of a database', object('pg.example.io/v1', 'PostgresRestore', { cluster: 'db', backup: 'a' })),
    harmless(
      'of a database in one’s own namespace',
      object('pg.example.io/v1', 'Restore', { namespaces: ['catalog'] }),
    ),
    harmless('a release in one’s own namespace', flux({ targetNamespace: 'catalog' })),
    harmless('an Application in one’s own namespace', argo('catalog')),
    harmless('another version of theirs', argo('auth').replace('"1"', '"2"'), { [mine]: argo('auth') }),
    harmless('other values of theirs', flux({ targetNamespace: 'auth', values: { replicas: 2 } }), {
      [mine]: flux({ targetNamespace: 'auth' }),
    }),
    harmless('where nobody lives', argo('elsewhere')),
    harmless('another layout', `# ours\n${velero({ includedNamespaces: ['auth'] })}`, {
      [mine]: velero({ includedNamespaces: ['auth'] }),
    }),
  ],
})
