import { testAttackClass } from '../support/attack-class.ts'
import { answers, answersAll, delegates, virtualService } from '../support/manifests.ts'

const everywhere = '* @bookinfo/login\n/mesh/ @bookinfo/mesh-admins\n/teams/catalog/ @bookinfo/catalog\n'
const setting = { codeowners: everywhere }
const inData = 'teams/catalog/testdata/vs.yaml'

/** Istio's webhook refuses it. */
const refused = virtualService({ name: 'x', namespace: 'ns9', http: ['route: [{ wait: 1 }]'] })
/** Nobody can decode it. */
const unreadable = virtualService({ name: 'x', namespace: 'ns9', http: [] }).replace(
  'http:\n',
  'hosts: one.example\n',
)
const secondary = (http = answers('/x')) => virtualService({ name: 'x', namespace: 'ns9', http: [http] })
const valid = virtualService({ name: 'x', namespace: 'ns9', hosts: ['x.example'], http: [answersAll] })

const application = (path: string, directory = '{ recurse: true }') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec: { source: { path: ${path}, directory: ${directory} }, destination: { namespace: ns9 } }\n`
const flux = (path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: flux-system }\nspec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }\n`
const delivered = (file: Readonly<Record<string, string>>) => ({ ...setting, files: file })

const fails = { conclusion: 'failure' } as const
const asks = { conclusion: 'action_required', waitsFor: ['an admin'] } as const

testAttackClass('broken manifests in folders of test data', {
  onGitHub: {},
  attack: {
    way: 'an Application delivers the folder',
    setting: delivered({
      'apps/a.yaml': application('teams/catalog'),
      'teams/catalog/ns.yaml': 'kind: Namespace\napiVersion: v1\nmetadata: { name: n }\n',
    }),
    files: { [inData]: refused },
    ...fails,
    waitsFor: [],
  },
  variants: [
    {
      way: 'Flux delivers it',
      setting: delivered({ 'clusters/a.yaml': flux('./teams/catalog') }),
      files: { [inData]: refused },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'a kustomization lists it',
      setting: delivered({
        'teams/catalog/extra/kustomization.yaml': 'resources: [../testdata/vs.yaml]\n',
        [inData]: valid,
      }),
      files: { [inData]: valid.replace('http:', 'wait: 1\n  http:') },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'a kustomization outside of it takes it as a base',
      setting: delivered({
        'teams/catalog/extra/kustomization.yaml': 'resources: [../testdata]\n',
        'teams/catalog/testdata/kustomization.yaml': 'resources: [vs.yaml]\n',
        [inData]: valid,
      }),
      files: { [inData]: valid.replace('http:', 'wait: 1\n  http:') },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'the root of the repository is delivered',
      setting: delivered({ 'apps/a.yaml': application('.') }),
      files: { [inData]: unreadable },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'a primary elsewhere delegates into it',
      setting: delivered({
        'mesh/more.yaml': virtualService({
          name: 'more',
          namespace: 'istio-system',
          hosts: ['more.example'],
          http: [delegates('/x', { name: 'x', namespace: 'ns9' })],
        }),
        [inData]: secondary(),
      }),
      files: { [inData]: secondary(answers('/y')) },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'it delegates to a secondary elsewhere',
      setting,
      files: {
        [inData]: virtualService({
          name: 'extra',
          namespace: 'ns1',
          hosts: ['y.example'],
          http: [delegates('/nothing-of-it', { name: 'vs-1', namespace: 'ns1' })],
        }),
      },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'the name of the folder only begins like one',
      setting,
      files: { 'teams/catalog/testdatabase/vs.yaml': refused },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'the file is called so, and no folder',
      setting,
      files: { 'teams/catalog/fixtures.yaml': refused },
      ...fails,
      waitsFor: [],
    },
    {
      way: 'a folder that is called after the cluster for tests',
      setting,
      files: { 'teams/catalog/test/vs.yaml': refused },
      ...fails,
      waitsFor: [],
    },
    { way: 'nothing is known to deliver it', setting, files: { [inData]: refused }, ...asks },
    {
      way: 'nobody can read it',
      setting,
      files: { 'teams/catalog/__fixtures__/vs.yaml': unreadable },
      ...asks,
      says: /manifests: \{ exclude: \["teams\/catalog\/__fixtures__\/\*\*"\] \}/,
    },
    {
      way: 'a manifest moves into it and breaks there',
      setting: delivered({ 'teams/catalog/vs-9.yaml': valid }),
      files: { 'teams/catalog/vs-9.yaml': null, [inData]: valid.replace('http:', 'wait: 1\n  http:') },
      ...asks,
    },
    {
      way: 'what would deliver it is test data itself',
      setting,
      files: { 'teams/catalog/testdata/a.yaml': application('teams/catalog/testdata'), [inData]: refused },
      ...asks,
    },
  ],
  neighbours: [
    { way: 'a valid manifest in one`s own test data', setting, files: { [inData]: valid } },
    {
      way: 'a broken one that the configuration leaves out',
      setting: { ...setting, configuration: 'manifests: { exclude: ["**/testdata/**"] }\n' },
      files: { [inData]: refused },
    },
    {
      way: 'an unreadable one that the configuration leaves out',
      setting: { ...setting, configuration: 'manifests: { exclude: ["teams/catalog/testdata/**"] }\n' },
      files: { [inData]: unreadable },
    },
    {
      way: 'a broken one that stays as it is while another file changes',
      setting: delivered({ [inData]: refused }),
      files: { 'teams/catalog/README.md': '# Catalog\n' },
    },
    {
      way: 'a comment in a broken one',
      setting: delivered({ [inData]: refused }),
      files: { [inData]: `# broken on purpose\n${refused}` },
    },
    {
      way: 'a broken one is repaired',
      setting: delivered({ [inData]: refused }),
      files: { [inData]: valid },
    },
    { way: 'a broken one goes', setting: delivered({ [inData]: refused }), files: { [inData]: null } },
    {
      way: 'an unreadable one goes',
      setting: delivered({ [inData]: unreadable }),
      files: { [inData]: null },
    },
    {
      way: 'broken YAML that is none of the mesh',
      setting,
      files: { 'teams/catalog/testdata/a.yaml': 'a: [\n' },
    },
    {
      way: 'what a test of one`s own expects, in JSON',
      setting,
      files: { 'teams/catalog/golden/answer.json': '{ "kind": "VirtualService" }\n' },
    },
    {
      way: 'a field that Istio does not know any more, in a broken one that had others',
      setting: delivered({ [inData]: refused }),
      files: {
        [inData]: refused,
        'teams/catalog/testdata/b.yaml': valid
          .replace('name: x', 'name: extra')
          .replace('x.example', 'y.example'),
      },
    },
  ],
})
