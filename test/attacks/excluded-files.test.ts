import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const object = (apiVersion: string, kind: string, spec: object, namespace = 'catalog') =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace }, spec })}\n`
const application = (source: object) =>
  object('argoproj.io/v1alpha1', 'Application', { source, destination: { namespace: 'catalog' } })
const flux = (path: string) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { path, sourceRef: { kind: 'GitRepository' } })
const release = (chart: string) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
    chart: { spec: { chart, sourceRef: { kind: 'GitRepository' } } },
  })

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const second = login.replace('exact: /login', 'exact: /other')
const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
const mine = 'teams/catalog/app.yaml'
const configuration = 'manifests: { exclude: ["vendor/**", "fixtures/**"] }\n'
const stopped = {
  conclusion: 'failure',
  waitsFor: ['login', 'mesh-admins'],
  says: /ns1\/vs-1 is also defined/,
} as const

/** Somebody delivers what the configuration leaves out. */
const both = (way: string, files: Attempt['files']): Attempt => ({
  way,
  setting: { configuration },
  files,
  ...stopped,
})
/** What is delivered already is written. */
const later = (way: string, layers: Readonly<Record<string, string>>, files: Attempt['files']): Attempt => ({
  way,
  setting: { configuration, files: layers },
  files,
  ...stopped,
})

testAttackClass('a file that the configuration leaves out, and that is delivered all the same', {
  onGitHub: {},
  attack: both('an Application over a folder that is left out', {
    'vendor/x.yaml': second,
    [mine]: application({ path: 'vendor' }),
  }),
  variants: [
    later(
      'the folder was full before',
      { 'vendor/x.yaml': second },
      { [mine]: application({ path: 'vendor' }) },
    ),
    later(
      'the Application was there before',
      { [mine]: application({ path: 'vendor' }) },
      { 'vendor/x.yaml': second },
    ),
    both('one of several sources', {
      'vendor/a/x.json': JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [] }),
      'vendor/b/x.yml': second,
      [mine]: application({}).replace('"source":{}', '"sources":[{"path":"vendor/a"},{"path":"vendor/b"}]'),
    }),
    both('an Application that an Application over the folder delivers', {
      'vendor/apps/more.yaml': application({ path: 'fixtures' }).replace('thing', 'other'),
      'fixtures/x.yaml': second,
      [mine]: application({ path: 'vendor/apps' }),
    }),
    both('a Flux Kustomization over it', { 'vendor/deep/x.yaml': second, [mine]: flux('./vendor') }),
    later(
      'the Kustomization was there before',
      { [mine]: flux('vendor/') },
      { 'vendor/deep/x.yaml': second },
    ),
    both('a folder that a kustomization builds upon', {
      'vendor/kustomization.yaml': 'resources: [x.yaml]\n',
      'vendor/x.yaml': second,
      'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, ../../vendor]\n',
    }),
    later(
      'a file of a folder that a kustomization has long built upon',
      {
        'vendor/kustomization.yaml': 'resources: [x.yaml]\n',
        'vendor/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
        'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, ../../vendor]\n',
      },
      { 'vendor/x.yaml': second },
    ),
    both('a chart that a HelmRelease releases', {
      'vendor/c/Chart.yaml': chart,
      'vendor/c/templates/x.yaml': second,
      [mine]: release('./vendor/c'),
    }),
    both('a chart that a helmfile releases', {
      'vendor/c/Chart.yaml': chart,
      'vendor/c/templates/x.yaml': second,
      'helmfile.yaml': 'releases:\n  - { name: c, chart: ./vendor/c }\n',
    }),
    both('a chart that another chart draws in', {
      'vendor/c/Chart.yaml': chart,
      'vendor/c/templates/x.yaml': second,
      'teams/catalog/chart/Chart.yaml': `${chart}dependencies: [{ name: c, repository: "file://../../../vendor/c" }]\n`,
    }),
  ],
  neighbours: [
    { way: 'a file that nothing delivers', files: { 'vendor/x.yaml': second } },
    {
      way: 'a file beside what is delivered',
      files: { 'fixtures/x.yaml': second, [mine]: application({ path: 'vendor' }) },
    },
    {
      way: 'a folder whose name begins alike',
      files: { 'fixtures/vendor/x.yaml': second, [mine]: application({ path: 'vendor' }) },
    },
    {
      way: 'a folder of things that are not the mesh',
      files: { 'vendor/x.yaml': 'a: 1\n', [mine]: flux('./vendor') },
    },
    {
      way: 'a page of documentation in the folder',
      files: { 'vendor/x.md': second, [mine]: flux('./vendor') },
    },
    {
      way: 'a chart that nothing releases',
      files: { 'vendor/c/Chart.yaml': chart, 'vendor/c/templates/x.yaml': second },
    },
    {
      way: 'a chart of a repository under the same name',
      files: {
        'vendor/c/templates/x.yaml': second,
        'helmfile.yaml': 'releases:\n  - { name: c, chart: vendor/c }\n',
      },
    },
    {
      way: 'a HelmRelease of a chart from elsewhere',
      files: {
        'fixtures/x.yaml': second,
        [mine]: release('fixtures').replace('GitRepository', 'HelmRepository'),
      },
    },
    {
      way: 'one’s own kustomization of one’s own file',
      files: { 'vendor/x.yaml': second, 'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\n' },
    },
    {
      way: 'another image in what is delivered',
      files: {
        'vendor/x.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: { replicas: 2 }\n',
        [mine]: application({ path: 'vendor' }),
      },
    },
  ].map((each) => ({ ...each, setting: { configuration } })),
})
