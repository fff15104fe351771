import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog/app'
const root = `${folder}/kustomization.yaml`
const deliverer = 'teams/catalog/deliver.yaml'
const routes = (host: string, name = 'own') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns2 }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: own } }] }] }
`
const own = routes('own')
const taking = routes('login.ns1.svc.cluster.local')
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n'
const build = (resources: string, more = '') => `resources: [${resources}]\n${more}`
const broken = build('own.yaml, gone.yaml')
const patched = (host: string) =>
  `patches:\n  - target: { kind: VirtualService }\n    patch: '[{ "op": "replace", "path": "/spec/hosts/0", "value": "${host}" }]'\n`
const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec: { path: ./${folder}, sourceRef: { kind: GitRepository, name: flux-system } }
`
const argo = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec: { destination: { namespace: ns2 }, source: { repoURL: "https://git/mesh", path: ${folder} } }
`
const plainly = (files: Files, configuration = 'rules: { not-deployed: report }\n') => ({
  configuration,
  files: { 'teams/login/service.yaml': service, ...files } as Readonly<Record<string, string>>,
})
const standing = { [`${folder}/own.yaml`]: own, [root]: build('own.yaml') }
const overlay = 'teams/catalog/prod/kustomization.yaml'
const taken = { [`${folder}/own.yaml`]: taking, [root]: broken }

const stopped = (way: string, setting: Attempt['setting'], files: Files = taken): Attempt => ({
  way,
  ...(setting && { setting }),
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, setting: NonNullable<Attempt['setting']>, files: Files) => ({
  way,
  setting,
  files,
})

testAttackClass('a build that fails hides nothing where that does not fail the check', {
  attack: stopped('a file takes the host of another team, and the build ends with it', plainly(standing)),
  variants: [
    stopped('the rule is off', plainly(standing, 'rules: { not-deployed: off }\n')),
    stopped(
      'the rule asks for approval of one’s own',
      plainly(standing, 'rules: { not-deployed: require-approval }\n'),
    ),
    stopped('Flux delivers it', plainly({ ...standing, [deliverer]: flux })),
    stopped('Argo CD delivers it', plainly({ ...standing, [deliverer]: argo })),
    stopped(
      'a directory of Argo CD is broken by another file',
      plainly({ [`${folder}/own.yaml`]: own, [deliverer]: argo }),
      {
        [`${folder}/own.yaml`]: taking,
        [`${folder}/x.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {',
      },
    ),
    stopped('an overlay ends', plainly({ ...standing, [overlay]: build('../app') }), {
      [`${folder}/own.yaml`]: taking,
      [overlay]: build('../app, gone.yaml'),
    }),
    stopped('a new file is listed beside what is not there', plainly(standing), {
      [`${folder}/more.yaml`]: routes('login.ns1.svc.cluster.local', 'more'),
      [root]: build('own.yaml, more.yaml, gone.yaml'),
    }),
    stopped('a second object in a file', plainly(standing), {
      [`${folder}/own.yaml`]: `${own}---\n${routes('login.ns1.svc.cluster.local', 'more')}`,
      [root]: broken,
    }),
    stopped('a patch that finds nothing ends it', plainly(standing), {
      [`${folder}/own.yaml`]: taking,
      [root]: build(
        'own.yaml',
        `patches: [{ patch: '{ "apiVersion": v1, "kind": A, "metadata": { "name": a } }' }]\n`,
      ),
    }),
    stopped(
      'the repair of a build with a patch that came in with its fault',
      plainly({
        [`${folder}/own.yaml`]: own,
        [root]: build('own.yaml, gone.yaml', patched('login.ns1.svc.cluster.local')),
      }),
      { [root]: build('own.yaml', patched('login.ns1.svc.cluster.local')) },
    ),
    stopped(
      'a file of another team is no longer listed',
      {
        ...plainly({
          'teams/kustomization.yaml': build('catalog/vs-2.yaml, login/vs-1.yaml'),
        }),
        codeowners:
          '/mesh/ @bookinfo/mesh-admins\n/teams/ @bookinfo/catalog\n/teams/login/ @bookinfo/login\n/.github/ @bookinfo/mesh-admins\n',
      },
      { 'teams/kustomization.yaml': build('catalog/vs-2.yaml, gone.yaml') },
    ),
  ],
  neighbours: [
    harmless('a build of one’s own that ends', plainly(standing), { [root]: broken }),
    harmless('and that is repaired', plainly({ ...standing, [root]: broken }), { [root]: build('own.yaml') }),
    harmless('with a timeout of one’s own', plainly(standing), {
      [`${folder}/own.yaml`]: own.replace('http: [{', 'http: [{ timeout: 2s,'),
      [root]: broken,
    }),
    harmless('with a host of one’s own', plainly(standing), {
      [`${folder}/own.yaml`]: routes('own.ns2.svc.cluster.local'),
      [root]: broken,
    }),
    harmless('of Flux', plainly({ ...standing, [deliverer]: flux }), { [root]: broken }),
    harmless('of Argo CD', plainly({ ...standing, [deliverer]: argo }), { [root]: broken }),
    harmless('in an overlay', plainly({ ...standing, [overlay]: build('../app') }), {
      [overlay]: build('../app, gone.yaml'),
    }),
    harmless(
      'in an overlay with a namespace',
      plainly({ ...standing, [overlay]: `namespace: ns2\n${build('../app')}` }),
      {
        [overlay]: `namespace: ns2\n${build('../app, gone.yaml')}`,
      },
    ),
    harmless('where the rule is off', plainly(standing, 'rules: { not-deployed: off }\n'), {
      [root]: broken,
    }),
    harmless('that ends and has ended before', plainly({ ...standing, [root]: broken }), {
      [root]: build('own.yaml, missing.yaml'),
    }),
    harmless(
      'with a file of one’s own that goes',
      plainly({
        ...standing,
        [`${folder}/more.yaml`]: routes('more', 'more'),
        [root]: build('own.yaml, more.yaml'),
      }),
      { [`${folder}/more.yaml`]: null, [root]: broken },
    ),
  ],
})
