import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog/app'
const root = `${folder}/kustomization.yaml`
const deliverer = 'teams/catalog/deliver.yaml'
const plain = `${folder}/x.yaml`
const codeowners =
  '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/svc/ @bookinfo/catalog\n/svc/login/ @bookinfo/login\n/.github/ @bookinfo/mesh-admins\n'
const service = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80 }] }\n`
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: login, namespace: ns1 }\nspec: { template: { metadata: { labels: { app: login } } } }\n'
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`
const build = (resources: string) => `resources: [${resources}]\n`
const flux = (path = folder) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec: { path: ./${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`
const argo = (path = folder, more = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec: { destination: { namespace: ns2 }, source: { repoURL: "https://git/mesh", path: ${path}${more} } }
`
/** A route of login leads to its Service, which a unit of catalog delivers; nothing of the mesh itself is in that. */
const base = {
  'teams/login/routes.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: login, namespace: ns1 }\nspec: { hosts: [login.ns1.svc.cluster.local], http: [{ route: [{ destination: { host: login } }] }] }\n',
  'teams/login/base/service.yaml': service('login', 'ns1'),
  'teams/login/base/kustomization.yaml': build('service.yaml'),
  [plain]: configMap('x'),
  [root]: build('../../login/base, x.yaml'),
  [deliverer]: flux(),
}
const whole = {
  ...base,
  'teams/login/base/service.yaml': configMap('y'),
  'svc/login/service.yaml': service('login', 'ns1'),
  'svc/catalog/x.yaml': configMap('x'),
}
const setting = (files: Files) => ({ codeowners, files: files as Readonly<Record<string, string>> })
const stopped = (way: string, files: Files, before: Files = base): Attempt => ({
  way,
  setting: setting(before),
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /does not build any more/,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, files: Files, before: Files = base) => ({
  way,
  setting: setting(before),
  files,
})
const ownUnit = {
  ...base,
  'teams/catalog/routes.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: ns2 }\nspec: { hosts: [own.ns2.svc.cluster.local], http: [{ route: [{ destination: { host: own } }] }] }\n',
  [`${folder}/own.yaml`]: service('own', 'ns2'),
  [root]: build('own.yaml, x.yaml'),
}

testAttackClass('a build that ends freezes the Services to which routes of others lead', {
  attack: stopped('a plain file of the unit is removed', { [plain]: null }),
  variants: [
    stopped('what is not there is listed', { [root]: build('../../login/base, x.yaml, gone.yaml') }),
    stopped('a plain file breaks', { [plain]: 'kind: ConfigMap\n x' }),
    stopped('a plain file is no object any more', { [plain]: 'a: 1\n' }),
    stopped('a plain file says the same again', { [plain]: service('login', 'ns1') }),
    stopped('a patch that finds nothing', {
      [root]: `${build('../../login/base, x.yaml')}patches: [{ patch: '{ "apiVersion": v1, "kind": A, "metadata": { "name": a } }' }]\n`,
    }),
    stopped('an unknown field', { [root]: `${build('../../login/base, x.yaml')}resource: []\n` }),
    stopped('Argo CD builds it', { [plain]: null }, { ...base, [deliverer]: argo() }),
    stopped('a root that is applied by hand', { [plain]: null }, { ...base, [deliverer]: null }),
    stopped(
      'a folder below ends',
      { [`${folder}/in/kustomization.yaml`]: build('gone.yaml') },
      {
        ...base,
        [`${folder}/in/kustomization.yaml`]: build('i.yaml'),
        [`${folder}/in/i.yaml`]: configMap('i'),
        [root]: build('../../login/base, in'),
      },
    ),
    stopped(
      'a stray file in a folder that Flux takes whole',
      { 'svc/catalog/values.yaml': 'a: 1\n' },
      { ...whole, [deliverer]: flux('svc') },
    ),
    stopped(
      'a broken object in a folder that Argo CD takes whole',
      { 'svc/catalog/x.yaml': 'apiVersion: v1\nkind: A\nmetadata: {' },
      {
        ...whole,
        [deliverer]: argo('svc', ', directory: { recurse: true }'),
      },
    ),
    stopped(
      'the workload behind the Service',
      { [plain]: null },
      {
        ...base,
        'teams/login/service.yaml': service('login', 'ns1'),
        'teams/login/base/service.yaml': deployment,
      },
    ),
  ],
  neighbours: [
    harmless('a plain file of the unit says something else', {
      [plain]: `${configMap('x')}data: { a: b }\n`,
    }),
    harmless('a plain file is listed no more', { [root]: build('../../login/base') }),
    harmless('a unit with a Service of one’s own ends', { [plain]: null }, ownUnit),
    harmless('a unit of plain files ends', { [plain]: null }, { ...base, [root]: build('x.yaml') }),
    harmless(
      'a unit with a Service to which no route leads ends',
      { [plain]: null },
      {
        ...base,
        'teams/login/base/service.yaml': service('other', 'ns1'),
      },
    ),
    harmless(
      'a file beside the unit is removed',
      { [`${folder}/note.yaml`]: null },
      { ...base, [`${folder}/note.yaml`]: 'a: 1\n' },
    ),
    harmless(
      'a unit that ended before',
      { [root]: build('../../login/base, gone.yaml, more.yaml') },
      {
        ...base,
        [root]: build('../../login/base, gone.yaml'),
      },
    ),
    harmless(
      'its repair',
      { [root]: build('../../login/base, x.yaml') },
      {
        ...base,
        [root]: build('../../login/base, x.yaml, gone.yaml'),
      },
    ),
    harmless(
      'a new file of one’s own in a folder that Flux takes whole',
      { 'svc/catalog/y.yaml': configMap('y') },
      { ...whole, [deliverer]: flux('svc') },
    ),
    harmless(
      'a stray file in a folder that Argo CD takes whole',
      { 'svc/catalog/values.yaml': 'a: 1\n' },
      {
        ...whole,
        [deliverer]: argo('svc', ', directory: { recurse: true }'),
      },
    ),
    {
      ...harmless('login ends a build of its own', {
        'teams/login/base/kustomization.yaml': build('service.yaml, gone.yaml'),
      }),
      by: 'lina',
    },
  ],
})
