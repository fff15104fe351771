import { type Attempt, testAttackClass } from '../support/attack-class.ts'

/** catalog has the folders of all teams, but for that of login. */
const codeowners =
  '/mesh/ @bookinfo/mesh-admins\n/teams/ @bookinfo/catalog\n/teams/login/ @bookinfo/login\n/.github/ @bookinfo/mesh-admins\n'
const theirs = 'login/vs-1.yaml'
const root = 'teams/kustomization.yaml'
const listing = (more: string, resources = 'catalog/vs-2.yaml') => `resources: [${resources}]\n${more}`
const chart = (fields: string) => `helmCharts: [{ name: web, repo: "https://charts.example", ${fields} }]\n`

/** A file of login is named by a kustomization that does not build it. */
const named = (way: string, more: string, path = root): Attempt => ({
  way,
  setting: { codeowners },
  files: { [path]: listing(more) },
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const own = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: [own], http: [{ route: [{ destination: { host: own } }] }] }
`
const harmless = (way: string, more: string, resources?: string) => ({
  way,
  setting: { codeowners, files: { 'teams/catalog/own.yaml': own } },
  files: { 'teams/catalog/kustomization.yaml': listing(more, resources ?? 'vs-2.yaml, own.yaml') },
})

testAttackClass('a file of others that a kustomization names and does not build is left out of its folder', {
  attack: named('as a schema', `openapi: { path: ${theirs} }\n`),
  variants: [
    named('as a transformer', `transformers: [${theirs}]\n`),
    named('as a validator', `validators: [${theirs}]\n`),
    named('as a generator', `generators: [${theirs}]\n`),
    named('as a file of a Secret', `secretGenerator: [{ name: a, files: [${theirs}] }]\n`),
    named('as a file of a Secret under a key', `secretGenerator: [{ name: a, files: [key=${theirs}] }]\n`),
    named('as values of a chart', chart(`valuesFile: ${theirs}`)),
    named('as more values of a chart', chart(`additionalValuesFiles: [${theirs}]`)),
    named(
      'as values of a chart in the old way',
      `helmChartInflationGenerator: [{ chartName: web, values: ${theirs} }]\n`,
    ),
    named('beside an image', `images: [{ name: web, newTag: "2" }]\nopenapi: { path: ${theirs} }\n`),
    named('by a path that turns back', 'openapi: { path: catalog/../login/vs-1.yaml }\n'),
    named('by the third name', `validators: [${theirs}]\n`, 'teams/Kustomization'),
    named(
      'by another name of the kustomization',
      `openapi: { path: ${theirs} }\n`,
      'teams/kustomization.yml',
    ),
    named('by a field in capitals', `OpenAPI: { path: ${theirs} }\n`),
  ],
  neighbours: [
    harmless('nothing but what is built', ''),
    harmless('one’s own in a Secret as well', 'secretGenerator: [{ name: a, files: [own.yaml] }]\n'),
    harmless(
      'one’s own in a Secret alone',
      'secretGenerator: [{ name: a, files: [own.yaml] }]\n',
      'vs-2.yaml',
    ),
    harmless('values of a chart', chart('valuesFile: values.yaml')),
    harmless('one’s own as values', chart('valuesFile: own.yaml'), 'vs-2.yaml'),
    harmless(
      'a transformer in place',
      'transformers:\n  - |-\n    { apiVersion: builtin, kind: PrefixTransformer, metadata: { name: p }, prefix: "", fieldSpecs: [{ path: metadata/name }] }\n',
    ),
    harmless('labels', 'labels: [{ pairs: { team: catalog } }]\n'),
    harmless('an image', 'images: [{ name: web, newTag: "2" }]\n'),
    {
      way: 'a patch of one’s own',
      setting: { codeowners, files: { 'teams/catalog/own.yaml': own } },
      files: {
        'teams/catalog/p.yaml': own.replace('hosts: [own], ', '').replace(/http: .*\]/, 'exportTo: ["."]'),
        'teams/catalog/kustomization.yaml': listing('patches: [{ path: p.yaml }]\n', 'vs-2.yaml, own.yaml'),
      },
    },
    {
      way: 'login names its own',
      by: 'lina',
      setting: { codeowners, files: { 'teams/login/own.yaml': own.replace('ns2', 'ns1') } },
      files: {
        'teams/login/kustomization.yaml': listing('openapi: { path: own.yaml }\n', 'vs-1.yaml'),
      },
    },
    {
      way: 'what was named stays so',
      setting: { codeowners, files: { [root]: listing(`openapi: { path: ${theirs} }\n`) } },
      files: { [root]: listing(`openapi: { path: ${theirs} }\nimages: [{ name: web, newTag: "2" }]\n`) },
    },
  ],
})
