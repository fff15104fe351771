import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `* @bookinfo/catalog
/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/shop/templates/login.yaml @bookinfo/login
/.github/ @bookinfo/mesh-admins
`
const route = (hosts: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop-login, namespace: ns1 }\nspec:\n  hosts: ${hosts}\n`
const base: Files = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/templates/login.yaml': route('["{{ .Values.host }}"]'),
}
const edit = (path: string, before: string, after: string, more: Files = {}) => ({
  setting: { codeowners, files: { ...base, ...more, [path]: before } },
  files: { [path]: after },
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

const helmfile = 'clusters/helmfile.yaml'
const release = (more: string) => `releases: [{ name: shop, namespace: ns1, chart: ../shop, ${more} }]\n`
const edited = (before: string, after: string, more: Files = {}) => edit(helmfile, before, after, more)
const template = (more: string) =>
  `releases:\n- name: shop\n  chart: ../shop\n  version: 1.0.0\n  values:\n  - host: {{ .Values.host }}\n    ${more}\n`
const ofAll = (host: string) => `templates: { d: { values: [{ host: ${host} }] } }\n`
const environment = (values: string) => `environments: { default: { values: [${values}] } }\n---\n`
const filling = { 'clusters/v.yaml.gotmpl': 'host: {{ .Values.host }}\n' }
const patch = (host: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop-login, namespace: ns1 }\nspec: { hosts: [${host}] }\n`

testAttackClass('what a helmfile names concerns what its charts give', {
  attack: {
    way: 'values of an environment that fill in others',
    ...edit('clusters/env.yaml', 'host: a\n', 'host: b\n', {
      [helmfile]: environment('env.yaml') + release('values: [v.yaml.gotmpl]'),
      ...filling,
    }),
    ...asks,
  },
  variants: [
    {
      way: 'values of an environment that stand in the helmfile',
      ...edited(
        environment('{ host: a }') + release('values: [v.yaml.gotmpl]'),
        environment('{ host: b }') + release('values: [v.yaml.gotmpl]'),
        filling,
      ),
      ...asks,
    },
    {
      way: 'values of an environment on which a release hangs',
      ...edited(
        environment('{ shop: { on: true } }') + release('condition: shop.on'),
        environment('{ shop: { on: false } }') + release('condition: shop.on'),
      ),
      ...asks,
    },
    {
      way: 'a file that a template of a helmfile names',
      ...edit('clusters/env.vals', 'host: a\n', 'host: b\n', {
        'clusters/helmfile.yaml.gotmpl': `environments:\n  default:\n    values:\n    - env.vals\n---\n${template('')}`,
      }),
      ...asks,
    },
    { way: 'a template of a helmfile', ...edited(template('x: 1'), template('path: b')), ...asks },
    {
      way: 'secrets',
      ...edit('clusters/s.yaml', 'host: a\n', 'host: b\n', { [helmfile]: release('secrets: [s.yaml]') }),
      ...asks,
    },
    {
      way: 'a base',
      ...edit('clusters/b.yaml', ofAll('a'), ofAll('b'), {
        [helmfile]: `bases: [b.yaml]\n---\n${release('inherit: [{ template: d }]')}`,
      }),
      ...asks,
    },
    {
      way: 'what a release inherits',
      ...edited(
        ofAll('a') + release('inherit: [{ template: d }]'),
        ofAll('b') + release('inherit: [{ template: d }]'),
      ),
      ...asks,
    },
    {
      way: 'a helmfile that another names',
      ...edit(
        'clusters/sub/x.yaml',
        release('values: [{ host: a }]').replace('../shop', '../../shop'),
        release('values: [{ host: b }]').replace('../shop', '../../shop'),
        { [helmfile]: 'helmfiles: [{ path: sub/x.yaml }]\n' },
      ),
      ...asks,
    },
    {
      way: 'values for a helmfile that another names',
      ...edited(
        'helmfiles: [{ path: sub/x.yaml, values: [{ host: a }] }]\n',
        'helmfiles: [{ path: sub/x.yaml, values: [{ host: b }] }]\n',
        { 'clusters/sub/x.yaml': template('').replace('../shop', '../../shop') },
      ),
      ...asks,
    },
    {
      way: 'a patch in a file of its own',
      ...edit('clusters/p.yaml', patch('a'), patch('b'), {
        [helmfile]: release('strategicMergePatches: [p.yaml]'),
      }),
      ...asks,
    },
    {
      way: 'a JSON patch in a file of its own',
      ...edit(
        'clusters/p.json',
        '[{ "op": "replace", "path": "/spec/hosts/0", "value": "a" }]',
        '[{ "op": "replace", "path": "/spec/hosts/0", "value": "b" }]',
        { [helmfile]: release('jsonPatches: [{ target: { kind: VirtualService }, patch: [p.json] }]') },
      ),
      ...asks,
    },
    {
      way: 'a text among the parameters',
      ...edited(
        release('setString: [{ name: host, value: a }]'),
        release('setString: [{ name: host, value: b }]'),
      ),
      ...asks,
    },
    { way: 'another cluster', ...edited(release('kubeContext: a'), release('kubeContext: b')), ...asks },
  ],
  neighbours: [
    { way: 'the version of a release', ...edited(release('version: 1.0.0'), release('version: 2.0.0')) },
    {
      way: 'an image and how often it runs',
      ...edited(
        release('values: [{ image: { tag: a, digest: a }, replicas: 1 }]'),
        release('values: [{ image: { tag: b, digest: b }, replicas: 2 }]'),
      ),
    },
    {
      way: 'the version in a template of a helmfile',
      ...edited(template('tag: a'), template('tag: b').replace('1.0.0', '2.0.0')),
    },
    {
      way: 'a repository',
      ...edited(
        `repositories: [{ name: a, url: "https://a.example" }]\n${release('')}`,
        `repositories: [{ name: a, url: "https://b.example" }]\n${release('')}`,
      ),
    },
    {
      way: 'another release, of a chart from elsewhere',
      ...edited(
        release(''),
        release('').replace(']', ', { name: redis, chart: bitnami/redis, values: [{ host: b }] }]'),
      ),
    },
    {
      way: 'values of an environment that fill in nothing',
      ...edited(environment('{ host: a }') + release(''), environment('{ host: b }') + release('')),
    },
    {
      way: 'an image among the values of an environment',
      ...edited(
        environment('{ image: { tag: a } }') + release('values: [v.yaml.gotmpl]'),
        environment('{ image: { tag: b } }') + release('values: [v.yaml.gotmpl]'),
        filling,
      ),
    },
    {
      way: 'a value that nothing reads, in a file',
      ...edit('clusters/v.vals', 'other: a\n', 'other: b\n', { [helmfile]: release('values: [v.vals]') }),
    },
    {
      way: 'resources and environment variables',
      ...edited(
        release('values: [{ resources: { limits: { cpu: 1 } }, env: { LEVEL: a } }]'),
        release('values: [{ resources: { limits: { cpu: 2 } }, env: { LEVEL: b } }]'),
      ),
    },
    {
      way: 'common labels',
      ...edited(`commonLabels: { a: b }\n${release('')}`, `commonLabels: { a: c }\n${release('')}`),
    },
    {
      way: 'a parameter that nothing reads',
      ...edited(
        release('setString: [{ name: other, value: a }]'),
        release('setString: [{ name: other, value: b }]'),
      ),
    },
    {
      way: 'a helmfile that another names, for an image',
      ...edit(
        'clusters/sub/x.yaml',
        release('values: [{ image: { tag: a } }]').replace('../shop', '../../shop'),
        release('values: [{ image: { tag: b } }]').replace('../shop', '../../shop'),
        { [helmfile]: 'helmfiles: [sub/x.yaml]\n' },
      ),
    },
  ],
})
