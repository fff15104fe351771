import { testAttackClass } from '../support/attack-class.ts'
import { asksAdministrators, asksNobody } from '../support/attempt.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog/app'
const program = `${folder}/routes.jsonnet`
const deliverer = 'teams/catalog/deliver.yaml'
const argo = (more = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec: { destination: { namespace: ns2 }, source: { repoURL: "https://git/mesh", path: ${folder}${more} } }
`
const object = (host: string, kind = 'VirtualService', group = 'networking.istio.io') =>
  `{ apiVersion: '${group}/v1', kind: '${kind}', metadata: { name: 'own', namespace: 'ns2' }, spec: { hosts: [${host}] } }\n`
const theirs = "'login.' + 'ns1'"
const library = 'teams/catalog/lib/mesh.libsonnet'
const imports = "(import '../lib/mesh.libsonnet').routes('a')\n"
const grafana = "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }\n"
const base = {
  [deliverer]: argo(),
  [`${folder}/a.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n',
}
const stopped = (way: string, files: Files, before: Files = {}) =>
  asksAdministrators(way, files, { ...base, ...before })
const harmless = (way: string, files: Files, before: Files = {}) =>
  asksNobody(way, files, { ...base, ...before })

testAttackClass('Jsonnet of one’s own that names the mesh may make anything of it', {
  attack: stopped('a new one in a directory of Argo CD', { [program]: object(theirs) }),
  variants: [
    stopped('it says something else', { [program]: object(theirs) }, { [program]: object("'own'") }),
    stopped('it names the mesh for the first time', { [program]: object(theirs) }, { [program]: grafana }),
    stopped('a Gateway', { [program]: object(theirs, 'Gateway') }),
    stopped('a policy', { [program]: object(theirs, 'AuthorizationPolicy', 'security.istio.io') }),
    stopped('a route of the Gateway API', {
      [program]: object(theirs, 'HTTPRoute', 'gateway.networking.k8s.io'),
    }),
    stopped('a second one', { [`${folder}/more.jsonnet`]: object(theirs) }, { [program]: object("'own'") }),
    stopped(
      'in a folder below, where all is taken',
      { [`${folder}/in/r.jsonnet`]: object(theirs) },
      { [deliverer]: argo(', directory: { recurse: true }') },
    ),
    stopped('from a library', { [program]: imports, [library]: `{ routes(host):: ${object('host')} }` }),
    stopped(
      'the library says something else',
      { [library]: `{ routes(host):: ${object(theirs)} }` },
      {
        [program]: imports,
        [library]: `{ routes(host):: ${object('host')} }`,
      },
    ),
    stopped(
      'the Application comes to it',
      { [deliverer]: argo() },
      { [deliverer]: null, [program]: object(theirs) },
    ),
    stopped('a name of two texts', {
      [program]: object(theirs).replace("'networking.", "'networking.' + '"),
    }),
    stopped('a group that is joined', {
      [program]: object(theirs).replace(
        "'networking.istio.io/v1'",
        "std.join('.', ['networking', 'istio', 'io/v1'])",
      ),
    }),
    stopped('a group that is filled in', {
      [program]: object(theirs).replace("'networking.istio.io/v1'", "'networking.%s.io/v1' % 'istio'"),
    }),
    stopped('a group by a variable', {
      [program]: `local mesh = 'istio';\n${object(theirs).replace("'networking.istio.io/v1'", "'networking.' + mesh + '.io/v1'")}`,
    }),
    stopped('an object out of a text', { [program]: "std.parseJson(std.strReplace('{X}', 'X', ''))\n" }),
    stopped('a field by two texts', { [program]: "{ ['api' + 'Version']: std.char(110), metadata: {} }\n" }),
    stopped('it imports what is not here', { [program]: "import 'vendor/mesh.libsonnet'\n" }),
    stopped(
      'from a folder of libraries',
      { [program]: "import 'mesh.libsonnet'\n", 'teams/catalog/lib/mesh.libsonnet': object(theirs) },
      { [deliverer]: argo(', directory: { jsonnet: { libs: [teams/catalog/lib] } }') },
    ),
    stopped(
      'what it is called with says so',
      {
        [deliverer]: argo(', directory: { jsonnet: { tlas: [{ name: a, value: networking.istio.io/v1 }] } }'),
      },
      { [program]: "function(a) { apiVersion: a, kind: 'Virtual' + 'Service' }\n" },
    ),
    stopped(
      'names and values of fields from outside',
      {
        [program]:
          "local v = std.extVar('v'), k = 'kind';\n{ [k]: std.extVar('k'), [std.char(97) + 'piVersion']: v }\n",
      },
      { [deliverer]: argo(', directory: { jsonnet: { extVars: [{ name: k, value: Gateway }] } }') },
    ),
    stopped(
      'fields that it is called with',
      { [program]: 'function(k, v) { [k]: v, [k + 1]: v }\n' },
      {
        [deliverer]: argo(
          ', directory: { jsonnet: { tlas: [{ name: k, value: kind }, { name: v, value: Gateway }] } }',
        ),
      },
    ),
    stopped('a kind from outside', { [program]: "{ apiVersion: 'v1', kind: std.extVar('k') }\n" }),
    stopped('objects of a function of the program that evaluates', {
      [program]: "std.native('parseYaml')(importstr 'a.txt')\n",
      [`${folder}/a.txt`]: 'x\n',
    }),
    stopped(
      'a name in a text',
      {
        [program]:
          "local k = importstr 'k.txt', v = importstr 'v.txt';\n{ [k]: v + '.io/v1', metadata: {} }\n",
      },
      { [`${folder}/k.txt`]: 'apiVersion', [`${folder}/v.txt`]: 'networking.istio' },
    ),
    stopped('a kind without its group', {
      [program]: "local v = 'networking';\n{ [a]: v + '.io', [b]: 'VirtualService' }\n",
    }),
    stopped('a name by an escape', { [program]: object(theirs).replace("'networking", "'networ\\u006bing") }),
  ],
  neighbours: [
    harmless('one that names nothing of the mesh', { [program]: grafana }),
    harmless(
      'one that names nothing says something else',
      { [program]: grafana.replace("'a'", "'b'") },
      { [program]: grafana },
    ),
    harmless('a library that names nothing of the mesh', {
      [program]: imports,
      [library]: '{ routes(host):: {} }',
    }),
    harmless(
      'it imports a library that is here',
      { [program]: grafana.replace('{', "(import '../lib/a.libsonnet') + {") },
      { 'teams/catalog/lib/a.libsonnet': '{}' },
    ),
    harmless('dashboards', {
      [program]:
        "local panel(title) = { title: title, type: 'graph' };\n{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { ['a.json']: std.manifestJson({ panels: [panel('b' + 'c')] }) } }\n",
    }),
    harmless(
      'dashboards by name, from texts',
      {
        [program]:
          "local name = 'a.json';\n{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { [name]: importstr 'a.json' } }\n",
      },
      { [`${folder}/a.json`]: '{ "panels": [{ "title": "b c" }] }\n' },
    ),
    harmless('a namespace from outside', {
      [program]: "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: std.extVar('ns') } }\n",
    }),
    harmless(
      'called with a name',
      { [program]: "function(name) { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name } }\n" },
      { [deliverer]: argo(', directory: { jsonnet: { tlas: [{ name: name, value: a }] } }') },
    ),
    harmless('dashboards in a folder of their own', {
      'teams/catalog/dashboards/a.jsonnet': "{ apiVersion: 'v' + '1', kind: std.join('', ['a']) }\n",
    }),
    harmless('one that nothing delivers', { 'teams/catalog/x/routes.jsonnet': object(theirs) }),
    harmless('a library that nothing imports', { [library]: object(theirs) }, { [program]: grafana }),
    harmless(
      'another file beside it',
      { [`${folder}/b.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n' },
      { [program]: object("'own'") },
    ),
    harmless(
      'a label of the Application',
      { [deliverer]: argo().replace('argocd }', 'argocd, labels: { a: b } }') },
      { [program]: object("'own'") },
    ),
    harmless('it goes', { [program]: null }, { [program]: object("'own'") }),
    harmless('in a folder below that is not taken', { [`${folder}/in/r.jsonnet`]: object(theirs) }),
    harmless(
      'beside a kustomization',
      { [program]: object(theirs) },
      { [`${folder}/kustomization.yaml`]: 'resources: [a.yaml]\n' },
    ),
  ],
})
