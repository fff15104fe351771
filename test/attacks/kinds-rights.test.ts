import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/rights.yaml'
const group = 'rbac.authorization.k8s.io'
const object = objectsWith({ name: 'thing', namespace: 'auth' })

/** login lives in a namespace of its own, and catalog in another. */
const base: Files = {
  'teams/login/service.yaml': object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, { name: 'auth' }),
  'teams/login/vs-3.yaml': (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '')
    .replace('name: vs-1', 'name: vs-3')
    .replace('namespace: ns1', 'namespace: auth'),
  'teams/catalog/service.yaml': object(
    'v1',
    'Service',
    { spec: { ports: [{ port: 80 }] } },
    { name: 'own', namespace: 'catalog' },
  ),
  'teams/catalog/vs-4.yaml': (bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? '')
    .replace('name: vs-2', 'name: vs-4')
    .replace('namespace: ns1', 'namespace: catalog'),
}

const rule = (apiGroup: string, resource: string, ...verbs: readonly string[]) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs,
})
const writes = rule('networking.istio.io', 'virtualservices', 'get', 'update')
const reads = rule('networking.istio.io', '*', 'get', 'list', 'watch')
const role = (rules: object, metadata: object = {}) => object(`${group}/v1`, 'Role', { rules }, metadata)
const clusterRole = (rules: object, more: object = {}) =>
  object(`${group}/v1`, 'ClusterRole', { rules, ...more }, { namespace: undefined })
const subjects = [{ kind: 'Group', name: 'catalog' }]
const bound = (name: string, kind = 'ClusterRole') => ({
  subjects,
  roleRef: { apiGroup: group, kind, name },
})
const binding = (name: string, metadata: object = {}, kind = 'ClusterRole') =>
  object(`${group}/v1`, 'RoleBinding', bound(name, kind), metadata)
const clusterBinding = (name: string) =>
  object(`${group}/v1`, 'ClusterRoleBinding', bound(name), { namespace: undefined })

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const asksAll = { waitsFor: ['mesh-admins'] }
const harmless = (way: string, text: string, more: Files = {}) => ({
  way,
  setting: { files: { ...base, ...more } },
  files: { [mine]: text },
})
const own = { namespace: 'catalog' }

testAttackClass('rights to write objects of the mesh', {
  attack: stopped('whatever there is in the namespace of another team', binding('cluster-admin')),
  variants: [
    stopped('what an editor may there', binding('edit')),
    stopped('a role there', role([writes])),
    stopped('a role for everything there', role([rule('*', '*', '*')])),
    stopped('a role for Services there', role([rule('', 'services', 'patch')])),
    stopped('what nothing here says more of', binding('releaser', {}, 'Role')),
    stopped(
      'by the words of OpenShift',
      object('authorization.openshift.io/v1', 'RoleBinding', bound('admin')),
    ),
    stopped('everything everywhere', clusterBinding('cluster-admin'), asksAll),
    stopped('a role for all namespaces', clusterRole([writes]), asksAll),
    stopped('removal by a pattern', clusterRole([rule('*', '*', 'deletecollection')]), asksAll),
    stopped('the rights of a controller', clusterBinding('system:controller:namespace-controller'), asksAll),
    stopped('rights of others', clusterRole([rule('', 'users', 'impersonate')]), asksAll),
    stopped('roles that may be given', clusterRole([rule(group, 'clusterroles', 'bind')]), asksAll),
    stopped('a role that is put together', clusterRole([], { aggregationRule: {} }), asksAll),
    stopped('where the mesh itself runs', binding('edit', { namespace: 'istio-system' }), asksAll),
    stopped('a namespace that several share', binding('edit', { namespace: 'ns1' })),
    stopped('a verb more', role([writes]), { setting: { files: { ...base, [mine]: role([reads]) } } }),
    stopped('another group of people', binding('admin').replace('"catalog"', '"all"'), {
      setting: { files: { ...base, [mine]: binding('admin') } },
    }),
  ],
  neighbours: [
    harmless('everything in one’s own namespace', binding('admin', own)),
    harmless('a role of one’s own', role([writes], own)),
    harmless('who may look there', binding('view')),
    harmless('a role to look there', role([reads])),
    harmless('who may look everywhere', clusterRole([reads])),
    harmless('who may restart there', role([rule('apps', 'deployments', 'patch')])),
    harmless('who may write Secrets everywhere', clusterRole([rule('', 'secrets', '*')])),
    harmless('who may write Services everywhere', clusterRole([rule('', 'services', '*')])),
    harmless('who may ask who somebody is', clusterBinding('system:auth-delegator')),
    harmless('a role that is known to look', clusterBinding('thing'), {
      'teams/catalog/role.yaml': clusterRole([reads]),
    }),
    harmless('a right that is taken away', '# nothing\n', { [mine]: binding('admin') }),
    harmless('the same of a whole cluster', '# nothing\n', { [mine]: clusterRole([writes]) }),
    harmless('a role for certificates', role([rule('cert-manager.io', '*', '*')])),
    harmless('another layout', `# ours\n${binding('admin')}`, { [mine]: binding('admin') }),
  ],
})
