import { testAttackClass } from '../support/attack-class.ts'

const application = (path: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: login, namespace: argocd }\nspec: { source: { repoURL: "https://example.com/x", path: ${path}${more} }, destination: { namespace: ns1 } }\n`
const argo = { files: { 'apps/login.yaml': application('teams/login') } }
const blocked = { conclusion: 'failure', waitsFor: [] } as const
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const
const ignores = (line: string) => ({ files: { '.gitattributes': `${line}\n` } })
const hosts = {
  'kustomization.yaml':
    'resources: [teams/login/vs-1.yaml, teams/catalog/vs-2.yaml]\nconfigurations: [c.yaml]\n',
  'c.yaml': 'images: [{ path: spec/http/route/destination/host, kind: VirtualService }]\n',
}

testAttackClass('folders that are left out, or taken for something else', {
  attack: {
    way: 'an archive leaves the folder of another team out',
    ...ignores('teams/login export-ignore'),
    ...blocked,
  },
  variants: [
    { way: 'with a slash at the end', ...ignores('teams/login/ export-ignore'), ...blocked },
    { way: 'with an anchor', ...ignores('/teams/login export-ignore'), ...blocked },
    { way: 'by a glob', ...ignores('teams/log* export-ignore'), ...blocked },
    { way: 'by a name at any depth', ...ignores('login export-ignore'), ...blocked },
    { way: 'the folder above', ...ignores('teams export-ignore'), ...blocked },
    {
      way: 'by a file in a folder',
      files: { 'teams/.gitattributes': 'login export-ignore\n' },
      ...blocked,
    },
    { way: 'by a macro', ...ignores('[attr]gone export-ignore\nteams/login gone'), ...blocked },
    {
      way: 'a file whose name makes the folder a chart to Argo CD',
      setting: argo,
      files: { 'teams/login/xChart.yaml': 'a: 1\n' },
      ...stopped,
    },
    {
      way: 'another such name, beside a kustomization',
      setting: { files: { ...argo.files, 'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\n' } },
      files: { 'teams/login/my-Chart.yaml': 'a: 1\n' },
      ...stopped,
    },
    {
      way: 'it is removed, and the folder is one of manifests again',
      setting: { files: { ...argo.files, 'teams/login/xChart.yaml': 'a: 1\n' } },
      files: { 'teams/login/xChart.yaml': null },
      ...stopped,
    },
    {
      way: 'images that a configuration lets work on hosts',
      setting: { files: hosts },
      files: {
        'kustomization.yaml': `${hosts['kustomization.yaml']}images: [{ name: productpage.default.svc.cluster.local, newName: detour }]\n`,
      },
      ...stopped,
    },
  ],
  neighbours: [
    { way: 'an archive leaves tests out', ...ignores('tests export-ignore') },
    { way: 'an archive leaves a folder out that is not there', ...ignores('teams/web/ export-ignore') },
    { way: 'an archive keeps a folder', ...ignores('teams/login -export-ignore') },
    { way: 'an attribute of files on a folder', ...ignores('teams/login filter=lfs') },
    { way: 'line breaks', ...ignores('*.yaml text eol=lf') },
    {
      way: 'a name that ends like a chart, where nothing is known to look',
      files: { 'teams/login/xChart.yaml': 'a: 1\n' },
    },
    {
      way: 'such a name in a folder below the one that is delivered',
      setting: argo,
      files: { 'teams/login/docs/xChart.yaml': 'a: 1\n' },
    },
    {
      way: 'such a name in one’s own folder',
      setting: { files: { 'apps/c.yaml': application('teams/catalog') } },
      files: { 'teams/catalog/xChart.yaml': 'a: 1\n' },
    },
    {
      way: 'a name in another case',
      setting: argo,
      files: { 'teams/login/xchart.yaml': 'a: 1\n' },
    },
    {
      way: 'images beside a configuration of something else',
      setting: { files: { ...hosts, 'c.yaml': 'varReference: [{ path: spec/x, kind: Y }]\n' } },
      files: { 'kustomization.yaml': `${hosts['kustomization.yaml']}images: [{ name: a, newTag: "2" }]\n` },
    },
  ],
})
