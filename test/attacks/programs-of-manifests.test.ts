import { testAttackClass } from '../support/attack-class.ts'
import { asksAdministrators, asksNobody } from '../support/attempt.ts'

const folder = 'teams/catalog/app'
const theirs = 'login.ns1.svc.cluster.local'

const cue = (host = theirs) => `package app

routes: own: {
  apiVersion: "networking.istio.io/v1"
  kind:       "VirtualService"
  metadata: {name: "own", namespace: "ns2"}
  spec: hosts: ["${host}"]
}
`
const deployment = (tag = '1.0.0', more = '') => `package app

deployment: web: {
  apiVersion: "apps/v1"
  kind:       "Deployment"
  spec: template: spec: containers: [{name: "web", image: "example.com/web:${tag}"}]${more}
}
`
const dhall = (host = theirs) =>
  `{ apiVersion = "networking.istio.io/v1", kind = "VirtualService", spec.hosts = [ "${host}" ] }\n`
const cdk8s = { [`${folder}/cdk8s.yaml`]: 'language: typescript\napp: npx ts-node main.ts\n' }
const pulumi = { [`${folder}/Pulumi.yaml`]: 'name: own\nruntime: nodejs\n' }
const chart = (host = theirs) => `import { ApiObject } from 'cdk8s'
export class Routes { constructor(scope) {
  new ApiObject(scope, 'r', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', spec: { hosts: ['${host}'] } })
} }
`
const main = (more = '') =>
  `import { App } from 'cdk8s'\nimport { Routes } from './routes'\n${more}new Routes(new App())\n`
const web = (tag = '1') =>
  `import { Deployment } from './k8s'\nexport const web = { image: 'example.com/web:${tag}', replicas: 2 }\n`
const tanka = {
  [`${folder}/environments/prod/spec.json`]:
    '{"apiVersion":"tanka.dev/v1alpha1","kind":"Environment","metadata":{"name":"prod"},"spec":{"namespace":"ns2"}}\n',
}
const jsonnet = (host = theirs) =>
  `{ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'own' }, spec: { hosts: ['${host}'] } }\n`
const terraform = (host = '"login.ns1"') => `resource "kubernetes_manifest" "own" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    spec       = { hosts = [${host}] }
  }
}
`

testAttackClass(
  'a program that makes manifests, and is not run here, may make any of the mesh where it speaks of it',
  {
    onGitHub: {},
    attack: asksAdministrators('one in CUE', { [`${folder}/routes.cue`]: cue() }),
    variants: [
      asksAdministrators(
        'it says something else',
        { [`${folder}/routes.cue`]: cue() },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
      asksAdministrators(
        'it goes',
        { [`${folder}/routes.cue`]: null },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
      asksAdministrators(
        'another file of the package',
        { [`${folder}/hosts.cue`]: `package app\nroutes: own: spec: hosts: ["${theirs}"]\n` },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
      asksAdministrators(
        'a file of the package in a folder above',
        { 'teams/catalog/all.cue': `package app\nroutes: own: spec: hosts: ["${theirs}"]\n` },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
      asksAdministrators(
        'a package that knows how',
        {
          [`${folder}/own.cue`]: `package app\nimport "example.com/mesh/lib/routes"\nown: routes.#Own & {host: "${theirs}"}\n`,
        },
        { 'lib/routes/own.cue': cue('own').replace('package app', 'package routes') },
      ),
      asksAdministrators('a kind that is put together', {
        [`${folder}/a.cue`]: 'package app\nx: "Virtual"\na: { kind: "\\(x)Service", apiVersion: "v1" }\n',
      }),
      asksAdministrators('a version of two texts', {
        [`${folder}/a.cue`]: 'package app\na: { apiVersion: "networking." + "istio.io/v1", kind: "Gate" }\n',
      }),
      asksAdministrators('a bundle of Timoni', {
        [`${folder}/bundle.cue`]: `bundle: instances: own: values: objects: [{apiVersion: "networking.istio.io/v1", kind: "Gateway"}]\n`,
      }),
      asksAdministrators('Dhall', { [`${folder}/routes.dhall`]: dhall() }),
      asksAdministrators(
        'Dhall that another one reads',
        { [`${folder}/host.dhall`]: `"${theirs}"\n` },
        {
          [`${folder}/routes.dhall`]: dhall().replace(`"${theirs}"`, './host.dhall'),
          [`${folder}/host.dhall`]: '"own"\n',
        },
      ),
      asksAdministrators(
        'code of cdk8s',
        { [`${folder}/main.ts`]: main(), [`${folder}/routes.ts`]: chart() },
        cdk8s,
      ),
      asksAdministrators(
        'code of cdk8s says something else',
        { [`${folder}/routes.ts`]: chart() },
        { ...cdk8s, [`${folder}/main.ts`]: main(), [`${folder}/routes.ts`]: chart('own') },
      ),
      asksAdministrators(
        'what code of cdk8s is called with',
        { [`${folder}/hosts.ts`]: `export const host = '${theirs}'\n` },
        {
          ...cdk8s,
          [`${folder}/main.ts`]: main("import { host } from './hosts'\n"),
          [`${folder}/routes.ts`]: chart('own'),
          [`${folder}/hosts.ts`]: "export const host = 'own'\n",
        },
      ),
      asksAdministrators('a project of cdk8s with its code', {
        ...cdk8s,
        [`${folder}/main.py`]:
          'from cdk8s import ApiObject\nfrom imports.io.istio import networking\nkind = "VirtualService"\n',
      }),
      asksAdministrators(
        'code of Pulumi',
        {
          [`${folder}/index.ts`]:
            "import * as k8s from '@pulumi/kubernetes'\nnew k8s.apiextensions.CustomResource('r', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' })\n",
        },
        pulumi,
      ),
      asksAdministrators(
        'code of Pulumi in the folder that it names',
        {
          'teams/catalog/infra/routes.go': 'package main\n\nvar kind = "VirtualService"\n',
        },
        { [`${folder}/Pulumi.yaml`]: 'name: own\nruntime: go\nmain: ../infra\n' },
      ),
      asksAdministrators('Pulumi in YAML', {
        [`${folder}/Pulumi.yaml`]:
          'name: own\nruntime: yaml\nresources: { r: { type: "kubernetes:networking.istio.io/v1:VirtualService", properties: { spec: { hosts: [login.ns1] } } } }\n',
      }),
      asksAdministrators(
        'an environment of Tanka',
        { [`${folder}/environments/prod/main.jsonnet`]: jsonnet() },
        tanka,
      ),
      asksAdministrators(
        'a library of Tanka',
        { [`${folder}/lib/routes.libsonnet`]: jsonnet() },
        {
          ...tanka,
          [`${folder}/environments/prod/main.jsonnet`]: "(import 'routes.libsonnet')\n",
          [`${folder}/lib/routes.libsonnet`]: jsonnet('own'),
        },
      ),
      asksAdministrators('Terraform', { [`${folder}/mesh.tf`]: terraform() }),
      asksAdministrators(
        'a value that Terraform reads',
        { [`${folder}/prod.tfvars`]: 'host = "login.ns1"\n' },
        {
          [`${folder}/mesh.tf`]: terraform('var.host'),
          [`${folder}/variables.tf`]: 'variable "host" { }\n',
          [`${folder}/prod.tfvars`]: 'host = "own"\n',
        },
      ),
      asksAdministrators('KCL', {
        [`${folder}/main.k`]: 'own = { apiVersion = "networking.istio.io/v1", kind = "VirtualService" }\n',
      }),
      asksAdministrators('Pkl', {
        [`${folder}/main.pkl`]: 'apiVersion = "networking.istio.io/v1"\nkind = "VirtualService"\n',
      }),
      asksAdministrators('a template of manifests', {
        [`${folder}/vs.yaml.j2`]:
          'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: { hosts: ["{{ host }}"] }\n',
      }),
    ],
    neighbours: [
      asksNobody('CUE that makes a Deployment', { [`${folder}/web.cue`]: deployment() }),
      asksNobody(
        'its next image',
        { [`${folder}/web.cue`]: deployment('1.0.1') },
        { [`${folder}/web.cue`]: deployment() },
      ),
      asksNobody(
        'the next image beside routes',
        { [`${folder}/web.cue`]: deployment('1.0.1') },
        { [`${folder}/web.cue`]: deployment(), [`${folder}/routes.cue`]: cue('own') },
      ),
      asksNobody(
        'how many run beside routes',
        { [`${folder}/web.cue`]: deployment('1', '\n  spec: replicas: 3') },
        {
          [`${folder}/web.cue`]: deployment('1', '\n  spec: replicas: 2'),
          [`${folder}/routes.cue`]: cue('own'),
        },
      ),
      asksNobody(
        'a package of its own',
        { 'teams/catalog/other/web.cue': deployment('2', '\n  spec: paused: true') },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
      asksNobody('Dhall for something else', { [`${folder}/ci.dhall`]: '{ steps = [ "build" ] }\n' }),
      asksNobody('code of an application', { [`${folder}/index.ts`]: chart() }),
      asksNobody(
        'code of Pulumi for a bucket',
        {
          [`${folder}/index.ts`]: "import * as aws from '@pulumi/aws'\nnew aws.s3.Bucket('b')\n",
        },
        pulumi,
      ),
      asksNobody('code of cdk8s for a Deployment', { [`${folder}/web.ts`]: web() }, cdk8s),
      asksNobody(
        'the next image in code of cdk8s that is read beside routes',
        { [`${folder}/web.ts`]: web('2') },
        {
          ...cdk8s,
          [`${folder}/main.ts`]: main("import { web } from './web'\n"),
          [`${folder}/routes.ts`]: chart('own'),
          [`${folder}/web.ts`]: web('1'),
        },
      ),
      asksNobody('a test of code of cdk8s', { [`${folder}/routes.test.ts`]: chart() }, cdk8s),
      asksNobody(
        'code that nothing of it reads',
        { [`${folder}/scripts/release.ts`]: 'console.log(1)\n' },
        { ...cdk8s, [`${folder}/main.ts`]: main(), [`${folder}/routes.ts`]: chart('own') },
      ),
      asksNobody('code from elsewhere', { [`${folder}/node_modules/a/index.js`]: chart() }, cdk8s),
      asksNobody(
        'settings of Pulumi',
        { [`${folder}/Pulumi.prod.yaml`]: 'config: { "aws:region": eu-central-1 }\n' },
        pulumi,
      ),
      asksNobody(
        'an environment of Tanka for dashboards',
        {
          [`${folder}/environments/prod/main.jsonnet`]:
            "(import 'grafana.libsonnet') + { kind: 'ConfigMap' }\n",
        },
        tanka,
      ),
      asksNobody('Jsonnet of no environment', { [`${folder}/routes.jsonnet`]: jsonnet() }),
      asksNobody(
        'Terraform for a database',
        { [`${folder}/db.tf`]: 'resource "aws_db_instance" "a" { }\n' },
        {
          [`${folder}/mesh.tf`]: terraform(),
        },
      ),
      asksNobody(
        'a value that only others read',
        { [`${folder}/prod.tfvars`]: 'size = "m"\n' },
        {
          [`${folder}/mesh.tf`]: terraform(),
          [`${folder}/prod.tfvars`]: 'size = "s"\n',
        },
      ),
      asksNobody('a text about it', { 'docs/routes.cue.md': cue() }),
      asksNobody('a template for something else', { [`${folder}/nginx.yaml.j2`]: 'server: "{{ host }}"\n' }),
      asksNobody(
        'a readme beside it',
        { [`${folder}/README.md`]: 'VirtualService\n' },
        { [`${folder}/routes.cue`]: cue('own') },
      ),
    ],
  },
)
