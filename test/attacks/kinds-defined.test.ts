import { testAttackClass } from '../support/attack-class.ts'
import { type Attempt, asksAdministrators, asksNobody } from '../support/attempt.ts'
import type { Files } from '../support/stage.ts'

const definition = 'mesh/web.yaml'
const mine = 'teams/catalog/web.yaml'

const filled = (expression: string) => `\${${expression}}`
const deployment = `{ id: app, template: { apiVersion: apps/v1, kind: Deployment, metadata: { name: "\${schema.spec.name}" }, spec: { template: { spec: { containers: [{ name: a, image: "\${schema.spec.image}" }] } } } } }`
const route = (
  host = filled('schema.spec.host'),
  kind = 'VirtualService',
  version = 'networking.istio.io/v1',
) =>
  `{ id: route, template: { apiVersion: "${version}", kind: "${kind}", metadata: { name: r, namespace: ns2 }, spec: { hosts: ["${host}"], http: [{ route: [{ destination: { host: a } }] }] } } }`
const kro = (...resources: readonly string[]) =>
  `apiVersion: kro.run/v1alpha1\nkind: ResourceGraphDefinition\nmetadata: { name: web }\nspec: { schema: { apiVersion: v1alpha1, kind: Web, spec: { host: string, image: string } }, resources: [${[deployment, ...resources].join(', ')}] }\n`
const web = (spec = 'host: login.ns1, image: "a:1"', kind = 'Web') =>
  `apiVersion: kro.run/v1alpha1\nkind: ${kind}\nmetadata: { name: web, namespace: ns2 }\nspec: { ${spec} }\n`
const composition = (more: string) =>
  `apiVersion: apiextensions.crossplane.io/v1\nkind: Composition\nmetadata: { name: web }\nspec: { compositeTypeRef: { apiVersion: example.org/v1, kind: XWeb }, ${more} }\n`
const patched = composition(
  `resources: [{ name: r, base: ${route('x')
    .replace(/^\{ id: route, template: /, '')
    .replace(
      / \}$/,
      '',
    )}, patches: [{ fromFieldPath: spec.host, toFieldPath: "spec.hosts[0]" }] }, { name: d, base: { apiVersion: apps/v1, kind: Deployment }, patches: [{ fromFieldPath: spec.image, toFieldPath: spec.a }] }]`,
)
const program = (text: string) =>
  composition(
    `mode: Pipeline, pipeline: [{ step: a, functionRef: { name: f }, input: { apiVersion: krm.kcl.dev/v1alpha1, kind: KCLInput, spec: { source: ${JSON.stringify(text)} } } }]`,
  )
const kcl =
  "host = option('params').oxr.spec.host\nitems = [{ apiVersion = 'networking.istio.io/v1', kind = 'VirtualService' }]"
const claims =
  'apiVersion: apiextensions.crossplane.io/v1\nkind: CompositeResourceDefinition\nmetadata: { name: xwebs }\nspec: { group: example.org, names: { kind: XWeb, plural: xwebs }, claimNames: { kind: WebClaim, plural: webclaims } }\n'
const promise =
  'apiVersion: platform.kratix.io/v1alpha1\nkind: Promise\nmetadata: { name: web }\nspec: { api: { kind: CustomResourceDefinition, spec: { names: { kind: Web } } }, workflows: { run: "render apiVersion: networking.istio.io/v1" } }\n'

testAttackClass('an object of a kind that somebody here makes objects of the mesh of', {
  attack: asksAdministrators('one of kro', { [mine]: web() }, { [definition]: kro(route()) }),
  variants: [
    asksAdministrators(
      'it says something else',
      { [mine]: web() },
      { [definition]: kro(route()), [mine]: web('host: own') },
    ),
    asksAdministrators('it goes', { [mine]: null }, { [definition]: kro(route()), [mine]: web('host: own') }),
    asksAdministrators(
      'a path that is filled in',
      { [mine]: web('host: own, path: /login') },
      {
        [definition]: kro(route(filled('schema.spec.host + schema.spec.path'))),
        [mine]: web('host: own, path: /own'),
      },
    ),
    asksAdministrators(
      'by way of another resource',
      { [mine]: web('host: login.ns1') },
      {
        [definition]: kro(
          `{ id: cm, template: { apiVersion: v1, kind: ConfigMap, data: { host: "${filled('schema.spec.host')}" } } }`,
          route(filled('cm.data.host')),
        ),
        [mine]: web('host: own'),
      },
    ),
    {
      ...asksAdministrators('a definition whose kind is filled in', {
        [mine]: kro(route('a', filled('schema.spec.kind'))),
      }),
      waitsFor: ['login', 'mesh-admins'],
    },
    asksAdministrators('a definition whose version is filled in', {
      [mine]: kro(route('a', 'Gate', `${filled('schema.spec.group')}/v1`)),
    }),
    asksAdministrators(
      'one of a definition whose kind is filled in',
      { [mine]: web('kind: VirtualService') },
      { [definition]: kro(route('a', filled('schema.spec.kind'))) },
    ),
    asksAdministrators(
      'one of Crossplane',
      { [mine]: web('host: login.ns1', 'XWeb') },
      { [definition]: patched },
    ),
    asksAdministrators(
      'a claim of Crossplane',
      { [mine]: web('host: login.ns1', 'WebClaim') },
      { [definition]: patched, 'mesh/claims.yaml': claims },
    ),
    asksAdministrators('a program of Crossplane', { [mine]: program(kcl) }),
    asksAdministrators(
      'a program of Crossplane says something else',
      { [mine]: program(kcl) },
      {
        [mine]: program(kcl.replace('host =', 'own =')),
      },
    ),
    asksAdministrators(
      'one of a program',
      { [mine]: web('host: login.ns1', 'XWeb') },
      { [definition]: program(kcl) },
    ),
    asksAdministrators('a definition of KubeVela', {
      [mine]:
        'apiVersion: core.oam.dev/v1beta1\nkind: TraitDefinition\nmetadata: { name: web }\nspec: { schematic: { cue: { template: "outputs: r: { apiVersion: \\"networking.istio.io/v1\\", kind: \\"VirtualService\\" }" } } }\n',
    }),
    asksAdministrators('one of Kratix', { [mine]: web() }, { [definition]: promise }),
  ],
  neighbours: [
    asksNobody(
      'its next image',
      { [mine]: web('host: own, image: "a:2"') },
      { [definition]: kro(route()), [mine]: web('host: own, image: "a:1"') },
    ),
    asksNobody('one of a kind that makes no routes', { [mine]: web() }, { [definition]: kro() }),
    asksNobody('one of a kind that nobody here defines', { [mine]: web() }),
    asksNobody('a definition without routes', { [mine]: kro() }),
    asksNobody(
      'its labels',
      { [mine]: web().replace('namespace: ns2 }', 'namespace: ns2, labels: { a: b } }') },
      { [definition]: kro(route()), [mine]: web() },
    ),
    asksNobody(
      'its next image by Crossplane',
      { [mine]: web('host: own, image: "a:2"', 'XWeb') },
      { [definition]: patched, [mine]: web('host: own, image: "a:1"', 'XWeb') },
    ),
    asksNobody('a program of Crossplane for a bucket', {
      [mine]: program("items = [{ apiVersion = 's3.aws.upbound.io/v1', kind = 'Bucket' }]"),
    }),
    asksNobody(
      'its size by a program',
      { [mine]: web('host: own, size: m', 'XWeb') },
      { [definition]: program(kcl), [mine]: web('host: own, size: s', 'XWeb') },
    ),
    asksNobody('a claim of another kind', { [mine]: web('host: own', 'Bucket') }, { [definition]: patched }),
    asksNobody('a program that speaks of nothing', { [mine]: program('items = []') }),
    asksNobody(
      'a definition elsewhere goes on as it was',
      { 'teams/catalog/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n' },
      { [definition]: kro(route()), [mine]: web() },
    ),
  ],
})

const shared = 'teams'
const plugin = (path = shared, more = 'plugin: { name: own }') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: all, namespace: argocd }\nspec: { destination: { namespace: ns2 }, source: { repoURL: "https://git/mesh", path: ${path}, ${more} } }\n`
const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all, namespace: argocd }\nspec: { generators: [{ list: { elements: [{ a: b }] } }], template: { spec: { destination: { namespace: ns2 }, source: { repoURL: "https://git/mesh", path: ${shared}, plugin: { name: own } } } } }\n`
const asked = (way: string, files: Files, before: Files = {}): Attempt => ({
  ...asksAdministrators(way, files, { 'mesh/all.yaml': plugin(), ...before }),
  waitsFor: ['login'],
})
const silent = (way: string, files: Files, before: Files = {}) =>
  asksNobody(way, files, { 'mesh/all.yaml': plugin(), ...before })
const file = (name: string) => `teams/catalog/${name}`

testAttackClass('a program in the folder of a plugin of Argo CD may make anything of what lies there', {
  attack: asked('a script', { [file('gen.sh')]: 'cat\n' }),
  variants: [
    asked('it does something else', { [file('gen.sh')]: 'sed s/a/b/\n' }, { [file('gen.sh')]: 'cat\n' }),
    asked('it goes', { [file('gen.sh')]: null }, { [file('gen.sh')]: 'cat\n' }),
    asked('a Makefile', { [file('Makefile')]: 'all:\n\tcat\n' }),
    asked('Python', { [file('gen.py')]: 'print(1)\n' }),
    asked('CUE', { [file('a.cue')]: 'package a\n' }),
    asked('Dhall', { [file('a.dhall')]: '{ a = 1 }\n' }),
    asked('Jsonnet', { [file('a.jsonnet')]: '{}\n' }),
    asked('Go', { [file('main.go')]: 'package main\n' }),
    asked('a template', { [file('a.yaml.tpl')]: 'a: b\n' }),
    asked('by an ApplicationSet', { [file('gen.sh')]: 'cat\n' }, { 'mesh/all.yaml': set }),
    asked('far below', { [file('a/b/gen.sh')]: 'cat\n' }),
  ],
  neighbours: [
    silent(
      'in the folder of one’s own plugin',
      { [file('gen.sh')]: 'cat\n' },
      { 'mesh/all.yaml': plugin('teams/catalog') },
    ),
    silent(
      'where nothing is said of a plugin',
      { [file('gen.sh')]: 'cat\n' },
      { 'mesh/all.yaml': plugin(shared, 'directory: { recurse: true }') },
    ),
    silent('in another folder', { 'scripts/gen.sh': 'cat\n' }),
    silent('a text', { [file('README.md')]: 'hello\n' }),
    silent('an image', { [file('a.svg')]: '<svg/>\n' }),
    silent('a manifest of one’s own', {
      [file('b.yaml')]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n',
    }),
    silent('a test of a program', { [file('gen_test.go')]: 'package main\n' }),
    silent('what is fetched for one', { [file('node_modules/a/index.js')]: '1\n' }),
    silent('notes', { [file('notes.txt')]: 'a\n' }),
    silent(
      'a program that was there, beside a text',
      { [file('README.md')]: 'a\n' },
      { [file('gen.sh')]: 'cat\n' },
    ),
    silent('who owns nothing there', { 'docs/gen.py': 'print(1)\n' }),
  ],
})
