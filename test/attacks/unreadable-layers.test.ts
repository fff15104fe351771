import { testAttackClass } from '../support/attack-class.ts'

const utf16 = (text: string) =>
  Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])])
const marred = (text: string) => Uint8Array.from([...Buffer.from(text), 0x23, 0x20, 0xff, 0x0a])
const long = (text: string) => `${'#'.repeat(5 * 1024 * 1024 + 1)}\n${text}`

const onlyMine = 'resources: [catalog/vs-2.yaml]\n'
const fails = { conclusion: 'failure', waitsFor: [] } as const
const deliver = (spec: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: all, namespace: flux-system }\nspec: ${spec}\n`
const setting = { files: { 'mesh/flux.yaml': deliver('{ path: ./teams, prune: true }') } }

testAttackClass('a layer that is no UTF-8 text, or too large, is not as good as none', {
  onGitHub: {},
  attack: {
    way: 'a kustomization in UTF-16 that leaves the file of another team out',
    setting,
    files: { 'teams/kustomization.yaml': utf16(onlyMine) },
    ...fails,
    says: 'teams/kustomization.yaml cannot be read',
  },
  variants: [
    {
      way: 'the other name of a kustomization',
      setting,
      files: { 'teams/kustomization.yml': utf16(onlyMine) },
      ...fails,
    },
    {
      way: 'a byte that is no letter',
      setting,
      files: { 'teams/Kustomization': marred(onlyMine) },
      ...fails,
    },
    {
      way: 'behind five megabytes of comment',
      setting,
      files: { 'teams/kustomization.yaml': long(onlyMine) },
      ...fails,
    },
    {
      way: 'in the folder of another team',
      setting,
      files: { 'teams/login/kustomization.yaml': utf16('resources: []\n') },
      ...fails,
    },
    {
      way: 'one that could be read before',
      setting: { files: { ...setting.files, 'teams/kustomization.yaml': 'resources: [login, catalog]\n' } },
      files: { 'teams/kustomization.yaml': marred(onlyMine) },
      ...fails,
      waitsFor: ['login'],
    },
    {
      way: 'what Flux is to leave out',
      setting,
      files: { '.sourceignore': marred('teams/login\n') },
      ...fails,
    },
    {
      way: 'what Argo CD is to leave out',
      files: { 'teams/.argocd-source.yaml': utf16('directory: { exclude: "*" }\n') },
      ...fails,
    },
    { way: 'a filter on manifests', files: { '.gitattributes': marred('*.yaml filter=x\n') }, ...fails },
    {
      way: 'a filter on manifests behind five megabytes',
      files: { 'teams/.gitattributes': long('*.yaml filter=x\n') },
      ...fails,
    },
    { way: 'submodules', files: { '.gitmodules': marred('[submodule "a"]\n') }, ...fails },
    { way: 'a helmfile', files: { 'helmfile.yaml': marred('releases: []\n') }, ...fails },
  ],
  neighbours: [
    { way: 'a picture', files: { 'teams/catalog/logo.png': utf16('x') } },
    { way: 'a readme in UTF-16', files: { 'teams/catalog/README.md': utf16('Hello\n') } },
    { way: 'a large log', files: { 'teams/catalog/run.log': long('done\n') } },
    { way: 'binary data under a name like YAML', files: { 'teams/catalog/data.yaml': marred('a: 1\n') } },
    { way: 'a large fixture', files: { 'teams/catalog/fixture.json': long('{}\n') } },
    { way: 'an archive', files: { 'teams/catalog/web-1.0.tgz': marred('x') } },
    { way: 'an editor`s settings', files: { '.editorconfig': 'root = true\n' } },
    {
      way: 'line ends of scripts',
      files: { '.gitattributes': '*.sh text eol=lf\n' },
    },
    {
      way: 'a kustomization of one`s own with words of another language',
      files: {
        'teams/catalog/kustomization.yaml': '# für später\nresources: [vs-2.yaml]\n',
      },
    },
    {
      way: 'an ignore file that names none of the mesh',
      files: { 'docs/.helmignore': '*.md # größer\n' },
    },
  ],
})
