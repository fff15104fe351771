import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

/** Catalog owns the configuration, and login what stands in `deploy/login`. */
const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/ @bookinfo/mesh-admins
/deploy/login/ @bookinfo/login
/deploy/catalog/ @bookinfo/catalog
/.github/ @bookinfo/catalog
`

interface Written {
  readonly name: string
  readonly namespace?: string
  readonly host?: string
  readonly http?: string
}

const service = ({ name, namespace, host, http = '{ route: [{ destination: { host: app } }] }' }: Written) =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { ${host === undefined ? '' : `hosts: [${host}], gateways: [default/bookinfo-gateway], `}http: [${http}] }
`

const root = {
  name: 'root',
  namespace: 'login',
  host: 'login.example',
  http: '{ delegate: { name: part, namespace: login } }',
}
const own = (host: string) => service({ name: 'own', namespace: 'catalog', host })
const kustomization = `resources: [none.yaml]
patches:
  - target: { kind: VirtualService }
    patch: '[{ "op": "replace", "path": "/spec/hosts/0", "value": "patched.example" }]'
`
const base: Files = {
  'deploy/login/root.yaml': service(root),
  'deploy/login/part/part.yaml': service({ name: 'part', namespace: 'login' }),
  'deploy/login/none/none.yaml': service({ name: 'none', host: 'none.example' }),
  'deploy/login/none/kustomization.yaml': kustomization,
  'deploy/catalog/own.yaml': own('catalog.example'),
  'deploy/catalog/root/kustomization.yaml': 'resources: [vs.yaml]\n',
  'deploy/catalog/root/vs.yaml': service({ name: 'rooted', namespace: 'catalog', host: 'rooted.example' }),
}

const configuration = '.github/firebreak.yml'

interface Case {
  /** The configuration in force. */
  readonly from?: string
  /** The proposed one; null removes it. */
  readonly to: string | null
  readonly beside?: Files
}

function harmless(way: string, { from, to, beside = {} }: Case): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  const setting = { files: base, codeowners, ...(from !== undefined && { configuration: from }) }
  return { way, setting, files: { [configuration]: to, ...beside }, silentOn: /another mesh/ }
}

function attempt(
  way: string,
  { waitsFor = ['login'], ...rest }: Case & { readonly waitsFor?: readonly string[] },
): Attempt {
  const { silentOn: _, ...tried } = harmless(way, rest)
  return { ...tried, conclusion: 'action_required', waitsFor, says: /into another mesh than today/ }
}

/** The administrators hold every host where nothing is more exact. */
const both = ['login', 'mesh-admins']
const loginAway = 'meshes: [{ name: away, paths: ["deploy/login/**"] }]\n'
const unit = (more: string, path = 'deploy/login') => `units: [{ path: ${path}, ${more} }]\n`
const playground = 'meshes: [{ name: playground, paths: ["deploy/catalog/**"] }]\n'

testAttackClass('the configuration that moves what others have', {
  attack: attempt('their folder becomes a unit of another mesh', { to: unit('kind: directory, mesh: away') }),
  variants: [
    attempt('their folder becomes another mesh', { to: loginAway }),
    attempt('only the secondary goes to another mesh', {
      to: unit('kind: directory, mesh: away', 'deploy/login/part'),
    }),
    attempt('with everything below it', { to: unit('kind: recursive-directory, mesh: away') }),
    attempt('a namespace is given to what names none', {
      to: unit('kind: kustomize, namespace: catalog', 'deploy/login/none'),
    }),
    attempt('their overlay is taken as plain files', {
      to: unit('kind: directory', 'deploy/login/none'),
      waitsFor: both,
    }),
    attempt('a unit is no longer stated', {
      from: unit('kind: directory, mesh: away'),
      to: '{}\n',
      waitsFor: both,
    }),
    attempt('a unit is stated for another mesh', {
      from: unit('kind: directory, mesh: away'),
      to: `${unit('kind: directory, mesh: other')}meshes: [{ name: away, paths: ["deploy/catalog/**"] }]\n`,
    }),
    attempt('a unit is stated for a second mesh', {
      from: unit('kind: directory, mesh: away'),
      to: 'units: [{ path: deploy/login, kind: directory, mesh: away }, { path: deploy/login, kind: directory, mesh: catalog }]\nmeshes: [{ name: catalog, paths: ["deploy/catalog/**"] }]\n',
    }),
    attempt('the meshes are no longer named', { from: loginAway, to: '{}\n', waitsFor: both }),
    attempt('the configuration is removed', { from: loginAway, to: null, waitsFor: both }),
    attempt('an entry before it takes their files', {
      from: loginAway,
      to: 'meshes: [{ name: catalog, paths: ["deploy/*/*.yaml", "deploy/catalog/**"] }, { name: away, paths: ["deploy/login/**"] }]\n',
    }),
    attempt('what claims their host enters their mesh with the configuration', {
      from: playground,
      to: '{}\n',
      beside: { 'deploy/catalog/own.yaml': own('login.example') },
      waitsFor: both,
    }),
  ],
  neighbours: [
    harmless('another setting', { to: 'comments: { review: others }\n' }),
    harmless('a remark', { from: loginAway, to: `# Theirs.\n${loginAway}` }),
    harmless('a rule is only reported', {
      from: loginAway,
      to: `${loginAway}rules: { shadowed-route: report }\n`,
    }),
    harmless('another name for the same mesh', {
      from: loginAway,
      to: loginAway.replace('away', 'elsewhere'),
    }),
    harmless('all of it is one mesh, as it is', { to: 'meshes: [{ name: default, paths: ["**"] }]\n' }),
    harmless('their folder is stated as it counts', { to: unit('kind: directory') }),
    harmless('their overlay is stated as it counts', { to: unit('kind: kustomize', 'deploy/login/none') }),
    harmless('a unit of a mesh that the folder has anyway', {
      from: loginAway,
      to: `${loginAway}${unit('kind: directory, mesh: away')}`,
    }),
    harmless('a namespace for what names its own', { to: unit('kind: directory, namespace: other') }),
    harmless('one`s own folder goes to a mesh of its own', {
      to: unit('kind: recursive-directory, mesh: catalog', 'deploy/catalog'),
    }),
    harmless('one`s own root is stated', {
      to: unit('kind: kustomize, mesh: default', 'deploy/catalog/root'),
    }),
    harmless('an entry for what is not there', {
      from: loginAway,
      to: `${loginAway.replace(']\n', ', { name: later, paths: ["later/**"] }]\n').replace(']}', ']}')}`,
    }),
    harmless('entries that share nothing change places', {
      from: 'meshes: [{ name: a, paths: ["deploy/login/**"] }, { name: b, paths: ["deploy/catalog/**"] }]\n',
      to: 'meshes: [{ name: b, paths: ["deploy/catalog/**"] }, { name: a, paths: ["deploy/login/**"] }]\n',
    }),
  ],
})
