import { testAttackClass } from '../support/attack-class.ts'

const application = (path: string, more = '', kind = 'Application') => ({
  'apps/all.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: { name: all, namespace: argocd }\nspec: ${kind === 'Application' ? `{ source: { repoURL: "https://example.com/x", path: ${path}${more} } }` : `{ generators: [{ git: { directories: [{ path: "${path}" }] } }], template: { spec: { source: { repoURL: "https://example.com/x", path: ${path}${more} } } } }`}\n`,
})
const recursive = ', directory: { recurse: true }'
const setting = { files: application('teams', recursive) }
const entry = (host = 'a') =>
  `{ apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'x' }, spec: { hosts: ['${host}'] } }\n`
const mine = 'teams/catalog/x.jsonnet'
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
/** What names the mesh may make anything of it. */
const byAdministrators = { ...stopped, waitsFor: ['login', 'mesh-admins'] } as const
const dashboard = "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }\n"
const shared = { files: application('teams/login') }

testAttackClass('Jsonnet in a directory of Argo CD asks those whose manifests are delivered with it', {
  attack: { way: 'a new file', setting, files: { [mine]: entry() }, ...byAdministrators },
  variants: [
    {
      way: 'another text of an old one',
      setting: { files: { ...setting.files, [mine]: entry() } },
      files: { [mine]: entry('b') },
      ...byAdministrators,
    },
    {
      way: 'an old one goes',
      setting: { files: { ...setting.files, [mine]: entry() } },
      files: { [mine]: null },
      ...stopped,
    },
    { way: 'far below', setting, files: { 'teams/catalog/a/b/x.jsonnet': entry() }, ...byAdministrators },
    {
      way: 'in the folder of another team, which is taken by itself',
      setting: shared,
      files: { 'teams/login/x.jsonnet': entry() },
      ...byAdministrators,
    },
    { way: 'one that fails', setting, files: { [mine]: "error 'no'\n" }, ...stopped },
    { way: 'one that is empty', setting, files: { [mine]: '' }, ...stopped },
    {
      way: 'one that draws in a file',
      setting,
      files: { [mine]: "import 'x.libsonnet'\n" },
      ...byAdministrators,
    },
    {
      way: 'beside other sources',
      setting: {
        files: {
          'apps/all.yaml': application('teams', recursive)
            ['apps/all.yaml'].replace('source: {', 'sources: [{')
            .replace(' } }\n', ' }] }\n'),
        },
      },
      files: { [mine]: entry() },
      ...byAdministrators,
    },
    {
      way: 'in what an ApplicationSet delivers',
      setting: { files: application('teams', recursive, 'ApplicationSet') },
      files: { [mine]: entry() },
      ...byAdministrators,
    },
    {
      way: 'two at once',
      setting,
      files: { [mine]: entry(), 'teams/catalog/y.jsonnet': entry('b') },
      ...byAdministrators,
    },
  ],
  neighbours: [
    { way: 'where nothing delivers it', files: { [mine]: entry() } },
    {
      way: 'in a folder below one that is not taken whole',
      setting: { files: application('teams') },
      files: { [mine]: entry() },
    },
    {
      way: 'in one’s own folder',
      setting: { files: application('teams/catalog') },
      files: { [mine]: dashboard },
    },
    { way: 'elsewhere', setting, files: { 'docs/x.jsonnet': entry() } },
    {
      way: 'the same text as before beside a manifest of one’s own',
      setting: { files: { ...setting.files, [mine]: entry() } },
      files: { [mine]: entry(), 'teams/catalog/readme.md': 'hello\n' },
    },
    { way: 'a file of another name', setting, files: { 'teams/catalog/x.jsonnet.bak': entry() } },
    { way: 'a text about it', setting, files: { 'teams/catalog/jsonnet.md': entry() } },
    {
      way: 'a library that nobody draws in',
      setting,
      files: { 'teams/catalog/x.libsonnet': entry() },
    },
    {
      way: 'where Flux delivers, which does not read it',
      setting: {
        files: {
          'clusters/teams.yaml':
            'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: teams, namespace: flux-system }\nspec: { path: ./teams }\n',
        },
      },
      files: { [mine]: entry() },
    },
    {
      way: 'beside a chart from elsewhere',
      setting: {
        files: {
          'apps/all.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: all, namespace: argocd }\nspec: { source: { repoURL: "https://example.com/x", chart: teams, targetRevision: "1" } }\n',
        },
      },
      files: { [mine]: entry() },
    },
  ],
})
