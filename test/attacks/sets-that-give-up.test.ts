import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const deliverer = 'teams/catalog/set.yaml'
interface Says {
  readonly paths?: string
  readonly name?: string
  readonly more?: string
  readonly generators?: string
}
const set = ({
  paths = 'teams/*/apps/*',
  name = '{{path.basename}}',
  more = '',
  generators = `{ git: { directories: [{ path: '${paths}' }] } }`,
}: Says = {}) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [${generators}]
  template:
    metadata: { name: "${name}" }
    spec: { destination: { namespace: ns1 }, source: { path: "{{path}}" } }
${more}`
const routes = (name: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns1 }
spec: { hosts: [${name}.ns1.svc.cluster.local], http: [{ route: [{ destination: { host: ${name} } }] }] }
`
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n'
const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n'
const base = {
  [deliverer]: set(),
  'teams/login/routes.yaml': routes('login'),
  'teams/login/apps/web/service.yaml': service,
  'teams/login/apps/web/kustomization.yaml': 'resources: [service.yaml]\n',
  'teams/catalog/apps/own/x.yaml': other,
}
const setting = (before: Files) => ({ files: { ...base, ...before } as Readonly<Record<string, string>> })
const stopped = (way: string, files: Files, before: Files = {}): Attempt => ({
  way,
  setting: setting(before),
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, files: Files, before: Files = {}) => ({ way, setting: setting(before), files })
const double = { 'teams/catalog/apps/web/x.yaml': other }
const go = '  goTemplate: true\n  goTemplateOptions: ["missingkey=error"]\n'
const byGo = (name = '{{.path.basename}}', more = '') =>
  set({ name, more: `${go}${more}` }).replace('"{{path}}"', '"{{.path.path}}"')

testAttackClass('an ApplicationSet that gives up delivers nothing of others', {
  attack: stopped('a folder of one’s own is called as one of others', double),
  variants: [
    stopped('it holds a route', { 'teams/catalog/apps/web/x.yaml': routes('own').replaceAll('ns1', 'ns2') }),
    stopped('it holds a kustomization', {
      ...double,
      'teams/catalog/apps/web/kustomization.yaml': 'resources: [x.yaml]\n',
    }),
    stopped('a folder of one’s own gets its name', { ...double, 'teams/catalog/apps/own/x.yaml': null }),
    stopped('what is there is a route of others', double, {
      'teams/login/apps/web/service.yaml': routes('more'),
    }),
    stopped('two at once', { ...double, 'teams/catalog/apps/b/x.yaml': other }),
    stopped(
      'by files',
      { 'teams/catalog/apps/web/c.json': '{}' },
      {
        [deliverer]: set({ generators: `{ git: { files: [{ path: 'teams/*/apps/*/c.json' }] } }` }),
        'teams/login/apps/web/c.json': '{}',
      },
    ),
    stopped('in a second generator', double, {
      [deliverer]: set({
        generators: `{ git: { directories: [{ path: 'teams/catalog/apps/*' }] } }, { git: { directories: [{ path: 'teams/login/apps/*' }] } }`,
      }),
    }),
    stopped('by Go templates', double, { [deliverer]: byGo() }),
    stopped('with a part of the name', double, { [deliverer]: set({ name: 'x-{{path.basename}}' }) }),
    stopped('in the merge of two', double, {
      [deliverer]: set({
        generators: `{ matrix: { generators: [{ git: { directories: [{ path: 'teams/*/apps/*' }] } }, { list: { elements: [{ a: b }] } }] } }`,
      }),
    }),
  ],
  neighbours: [
    harmless('a folder of another name', { 'teams/catalog/apps/b/x.yaml': other }),
    harmless('a second file in one’s own', { 'teams/catalog/apps/own/y.yaml': other }),
    harmless('a folder of that name elsewhere', { 'teams/catalog/web/x.yaml': other }),
    harmless('a folder of that name below', { 'teams/catalog/apps/own/web/x.yaml': other }),
    harmless('a file of that name', { 'teams/catalog/apps/web': 'text' }),
    harmless('the name of one’s own', { 'teams/catalog/more/apps/own/x.yaml': other }),
    harmless('where the name holds the team', double, {
      [deliverer]: set({ name: '{{path[1]}}-{{path.basename}}' }),
    }),
    harmless('what is there is nothing of the mesh', double, {
      'teams/login/apps/web/service.yaml': other.replace('x', 'y'),
    }),
    harmless('it gives up already', { 'teams/catalog/apps/own/y.yaml': other }, { ...double }),
    harmless('one’s own folder goes', { 'teams/catalog/apps/own/x.yaml': null }),
  ],
})
