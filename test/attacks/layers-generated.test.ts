import { testAttackClass } from '../support/attack-class.ts'

const flux = (path: string) => ({
  'clusters/teams.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: teams, namespace: flux-system }\nspec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }\n`,
})
const object = (name: string, namespace = 'ns1', kind = 'ConfigMap') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: { a: b }\n`
const theirs = { 'teams/login/a.yaml': object('a') }
const mine = 'teams/catalog/a.yaml'
const blocked = { conclusion: 'failure', waitsFor: [] } as const
const setting = { files: { ...flux('./teams'), ...theirs } }

testAttackClass('the kustomization that Flux generates fails like a written one', {
  attack: {
    way: 'an object of one’s own under the name of another in the folder',
    setting,
    files: { [mine]: object('a') },
    ...blocked,
    says: /does not build, so that nothing of it is applied/,
  },
  variants: [
    { way: 'in a folder far below', setting, files: { 'teams/catalog/x/y/a.yml': object('a') }, ...blocked },
    {
      way: 'in a second document',
      setting,
      files: { [mine]: `${object('b')}---\n${object('a')}` },
      ...blocked,
    },
    {
      way: 'in a list',
      setting,
      files: {
        [mine]: `apiVersion: v1\nkind: List\nitems:\n- ${object('a').trim().replaceAll('\n', '\n  ')}\n`,
      },
      ...blocked,
    },
    {
      way: 'twice of one’s own',
      setting,
      files: { [mine]: `${object('mine')}---\n${object('mine')}` },
      ...blocked,
    },
    {
      way: 'by a kustomization of one’s own below',
      setting,
      files: {
        'teams/catalog/deep/kustomization.yaml': 'resources: [x.yaml]\nnamespace: ns1\n',
        'teams/catalog/deep/x.yaml': object('a', 'other'),
      },
      ...blocked,
    },
    {
      way: 'by a prefix of a kustomization of one’s own',
      setting: { files: { ...flux('teams/'), 'teams/login/a.yaml': object('web-a') } },
      files: {
        'teams/catalog/deep/kustomization.yaml': 'resources: [x.yaml]\nnamePrefix: web-\n',
        'teams/catalog/deep/x.yaml': object('a'),
      },
      ...blocked,
    },
    {
      way: 'by a generator of a kustomization of one’s own',
      setting,
      files: {
        'teams/catalog/deep/kustomization.yaml':
          'namespace: ns1\nconfigMapGenerator: [{ name: a, literals: [x=y] }]\n',
      },
      ...blocked,
    },
    {
      way: 'an object without a namespace beside one in default',
      setting: { files: { ...flux('teams'), 'teams/login/a.yaml': object('a', 'default') } },
      files: { [mine]: object('a').replace(', namespace: ns1', '') },
      ...blocked,
    },
    {
      way: 'another kind of object',
      setting: { files: { ...flux('./teams'), 'teams/login/a.yaml': object('a', 'ns1', 'ServiceAccount') } },
      files: { [mine]: object('a', 'ns1', 'ServiceAccount') },
      ...blocked,
      waitsFor: ['login'],
    },
    {
      way: 'where Flux delivers the whole repository',
      setting: { files: { ...flux('./'), ...theirs } },
      files: { [mine]: object('a') },
      ...blocked,
    },
  ],
  neighbours: [
    { way: 'an object of another name', setting, files: { [mine]: object('b') } },
    { way: 'an object in another namespace', setting, files: { [mine]: object('a', 'ns2') } },
    { way: 'an object of another kind', setting, files: { [mine]: object('a', 'ns1', 'ServiceAccount') } },
    { way: 'the same outside of what is delivered', setting, files: { 'docs/a.yaml': object('a') } },
    {
      way: 'the same where nothing is known to deliver it',
      setting: { files: theirs },
      files: { [mine]: object('a') },
    },
    {
      way: 'the same in a file that is left out',
      setting: { files: { ...setting.files, '.sourceignore': 'examples/\n' } },
      files: { 'teams/catalog/examples/a.yaml': object('a') },
    },
    {
      way: 'the same in a file that Flux does not read',
      setting,
      files: { 'teams/catalog/a.yaml.bak': object('a') },
    },
    {
      way: 'beside a kustomization that does not build it',
      setting,
      files: {
        'teams/catalog/deep/kustomization.yaml': 'resources: []\n',
        'teams/catalog/deep/a.yaml': object('a'),
      },
    },
    {
      way: 'where two were built twice before',
      setting: { files: { ...setting.files, [mine]: object('a') } },
      files: { [mine]: object('a').replace('b }', 'c }') },
    },
    {
      way: 'an object of one’s own moves to another file',
      setting: { files: { ...setting.files, [mine]: object('mine') } },
      files: { [mine]: null, 'teams/catalog/b.yaml': object('mine') },
    },
  ],
})
