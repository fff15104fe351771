import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `* @bookinfo/catalog
/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/shop/templates/login.yaml @bookinfo/login
/shop/charts/sub/templates/login.yaml @bookinfo/login
/common/templates/login.yaml @bookinfo/login
/.github/ @bookinfo/mesh-admins
`
const chartOf = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`
const chart = chartOf('shop')
const route = (hosts: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop-login, namespace: ns1 }\nspec:\n  hosts: ${hosts}\n`
const app = (more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: catalog }\nspec: { replicas: {{ .Values.replicas }} }\n${more}`
const helper = (text: string, name = 'h') => `{{ define "${name}" }}${text}{{ end }}\n`
const includes = (name = 'h') => route(`["{{ include "${name}" . }}"]`)
const vendored = { 'shop/charts/lib/Chart.yaml': chartOf('lib', 'type: library\n') }
const drawn = (name: string, more = '') =>
  `dependencies: [{ name: ${name}, version: 1.0.0, repository: "file://../${name}"${more} }]\n`
const libraries = {
  'shop/Chart.yaml': chartOf('shop', drawn('lib')),
  'lib/Chart.yaml': chartOf('lib', `type: library\n${drawn('base')}`),
  'lib/templates/_h.tpl': helper('{{ include "base.host" . }}', 'lib.host'),
  'base/Chart.yaml': chartOf('base', 'type: library\n'),
  'base/templates/_h.tpl': helper('{{ .Values.host }}', 'base.host'),
  'shop/templates/login.yaml': includes('lib.host'),
}
const sub = (entry: string, hosts = '["{{ .Values.host }}"]') => ({
  'shop/Chart.yaml': chartOf('shop', entry && `dependencies: [{ name: sub, version: 1.0.0, ${entry} }]\n`),
  'shop/charts/sub/Chart.yaml': chartOf('sub'),
  'shop/charts/sub/templates/login.yaml': route(hosts),
  'shop/templates/login.yaml': '# nothing\n',
})
const importing = (how: string, hosts = '["{{ .Values.host }}"]') => ({
  'shop/Chart.yaml': chartOf(
    'shop',
    `dependencies: [{ name: sub, version: 1.0.0${how && `, import-values: [${how}]`} }]\n`,
  ),
  'shop/charts/sub/Chart.yaml': chartOf('sub'),
  'shop/charts/sub/templates/more.yaml': '# nothing\n',
  'shop/templates/login.yaml': route(hosts),
})
const required = (entry: string) => ({
  ...sub(''),
  'shop/Chart.yaml': chart.replace('v2', 'v1'),
  'shop/requirements.yaml': `dependencies: [{ name: sub, version: 1.0.0${entry} }]\n`,
})

const base: Files = {
  'shop/Chart.yaml': chart,
  'shop/templates/login.yaml': route('["{{ .Values.host }}"]'),
  'shop/templates/catalog.yaml': app(),
}
/** One file as it is and as it is to be, in a chart with some others. */
const edit = (path: string, before: string, after: string, more: Files = {}) => ({
  setting: { codeowners, files: { ...base, ...more, [path]: before } },
  files: { [path]: after },
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const values = (before: string, after: string, more: Files = {}) =>
  edit('shop/values.yaml', `${before}\n`, `${after}\n`, more)
const loginIs = (text: string) => ({ 'shop/templates/login.yaml': text })

testAttackClass('what templates include, and what a chart draws in, concerns them', {
  attack: {
    way: 'a helper of a library in the chart',
    ...edit('shop/charts/lib/templates/_h.tpl', helper('a'), helper('b'), {
      ...vendored,
      ...loginIs(includes()),
    }),
    ...asks,
  },
  variants: [
    {
      way: 'a helper of a library in another folder',
      ...edit('lib/templates/_h.tpl', helper('a', 'lib.host'), helper('b', 'lib.host'), libraries),
      ...asks,
    },
    {
      way: 'a helper of a library of a library',
      ...edit('base/templates/_h.tpl', helper('a', 'base.host'), helper('b', 'base.host'), libraries),
      ...asks,
    },
    {
      way: 'a value that a library of a library reads',
      ...values('host: a', 'host: b', libraries),
      ...asks,
    },
    {
      way: 'a helper in a template of one’s own',
      ...edit('shop/templates/catalog.yaml', app(helper('a')), app(helper('b')), loginIs(includes())),
      ...asks,
    },
    {
      way: 'a helper that is defined once more',
      ...edit('shop/templates/catalog.yaml', app(), app(helper('b')), {
        ...loginIs(includes()),
        'shop/templates/_h.tpl': helper('a'),
      }),
      ...asks,
    },
    {
      way: 'a block',
      ...edit(
        'shop/templates/catalog.yaml',
        app('{{ block "h" . }}a{{ end }}\n'),
        app('{{ block "h" . }}b{{ end }}\n'),
        loginIs(route('["{{ template "h" . }}"]')),
      ),
      ...asks,
    },
    {
      way: 'a whole template by a name that is worked out',
      ...edit(
        'shop/templates/catalog.yaml',
        app(),
        app('# more\n'),
        loginIs(route('["{{ include (print $.Template.BasePath "/catalog.yaml") . | sha256sum }}"]')),
      ),
      ...asks,
    },
    {
      way: 'a helper of a chart within',
      ...edit('shop/charts/sub/templates/more.yaml', helper('a'), helper('b'), {
        'shop/charts/sub/Chart.yaml': chartOf('sub'),
        ...loginIs(includes()),
      }),
      ...asks,
    },
    {
      way: 'a helper of the chart around',
      ...edit(
        'shop/templates/_h.tpl',
        helper('a'),
        helper('b'),
        sub('alias: web', '["{{ include "h" . }}"]'),
      ),
      ...asks,
    },
    {
      way: 'a helper of another chart within',
      ...edit('shop/charts/lib/templates/_h.tpl', helper('a'), helper('b'), {
        ...sub('alias: web', '["{{ include "h" . }}"]'),
        ...vendored,
      }),
      ...asks,
    },
    {
      way: 'a file that a helper of a library in the chart reads',
      ...edit('shop/hosts.txt', 'a', 'b', {
        ...vendored,
        'shop/charts/lib/templates/_h.tpl': helper('{{ .Files.Get "hosts.txt" }}'),
        ...loginIs(includes()),
      }),
      ...asks,
    },
    {
      way: 'a file that a helper of a library in another folder reads',
      ...edit('shop/hosts.txt', 'a', 'b', {
        ...libraries,
        'base/templates/_h.tpl': helper('{{ .Files.Get "hosts.txt" }}', 'base.host'),
      }),
      ...asks,
    },
    {
      way: 'a file with a name like that of values',
      ...edit(
        'shop/values-more.yaml',
        'host: a\n',
        'host: b\n',
        loginIs(route('["{{ (.Files.Get "values-more.yaml" | fromYaml).host }}"]')),
      ),
      ...asks,
    },
    {
      way: 'what the chart says of itself',
      ...edit(
        'shop/Chart.yaml',
        `${chart}annotations: { host: a }\n`,
        `${chart}annotations: { host: b }\n`,
        loginIs(route('["{{ .Chart.Annotations.host }}"]')),
      ),
      ...asks,
    },
    {
      way: 'what the chart says of itself, by a helper',
      ...edit('shop/Chart.yaml', `${chart}home: a\n`, `${chart}home: b\n`, {
        ...loginIs(includes()),
        'shop/templates/_h.tpl': helper('{{ .Chart.Home }}'),
      }),
      ...asks,
    },
    {
      way: 'all that the chart says of itself',
      ...edit(
        'shop/Chart.yaml',
        `${chart}description: a\n`,
        `${chart}description: b\n`,
        loginIs(route('["{{ toJson .Chart | sha256sum }}"]')),
      ),
      ...asks,
    },
    {
      way: 'a value that is imported',
      ...edit(
        'shop/charts/sub/values.yaml',
        'exports: { data: { host: a } }\n',
        'exports: { data: { host: b } }\n',
        importing('data'),
      ),
      ...asks,
    },
    {
      way: 'a value that is imported to another place',
      ...edit(
        'shop/charts/sub/values.yaml',
        'x: { host: a }\n',
        'x: { host: b }\n',
        importing('{ child: x, parent: web.more }', '["{{ .Values.web.more.host }}"]'),
      ),
      ...asks,
    },
    {
      way: 'a value that is imported below what is printed whole',
      ...edit(
        'shop/charts/sub/values.yaml',
        'x: { host: a }\n',
        'x: { host: b }\n',
        importing('{ child: x, parent: web.more }', '{{ toYaml .Values.web }}'),
      ),
      ...asks,
    },
    {
      way: 'a value that is given to a chart within, and imported from it',
      ...values(
        'sub: { exports: { data: { host: a } } }',
        'sub: { exports: { data: { host: b } } }',
        importing('data'),
      ),
      ...asks,
    },
    {
      way: 'values begin to be imported',
      ...edit('shop/Chart.yaml', importing('')['shop/Chart.yaml'], importing('data')['shop/Chart.yaml'], {
        ...importing(''),
        'shop/charts/sub/values.yaml': 'exports: { data: { host: b } }\n',
      }),
      ...asks,
    },
    {
      way: 'a condition that begins to hang on values',
      ...edit(
        'shop/Chart.yaml',
        sub('alias: sub')['shop/Chart.yaml'],
        sub('alias: sub, condition: more')['shop/Chart.yaml'],
        {
          ...sub(''),
          'shop/values.yaml': 'more: false\n',
        },
      ),
      ...asks,
    },
    {
      way: 'tags that begin to hang on values',
      ...edit(
        'shop/Chart.yaml',
        sub('alias: sub')['shop/Chart.yaml'],
        sub('alias: sub, tags: [web]')['shop/Chart.yaml'],
        {
          ...sub(''),
          'shop/values.yaml': 'tags: { web: false }\n',
        },
      ),
      ...asks,
    },
    {
      way: 'a condition among the values of the chart within',
      ...edit(
        'shop/charts/sub/values.yaml',
        'enabled: true\n',
        'enabled: false\n',
        sub('condition: sub.enabled'),
      ),
      ...asks,
    },
    {
      way: 'a condition that requirements.yaml names',
      ...values('sub: { enabled: true }', 'sub: { enabled: false }', required(', condition: sub.enabled')),
      ...asks,
    },
    {
      way: 'a value for the name that requirements.yaml gives',
      ...values('web: { host: a }', 'web: { host: b }', required(', alias: web')),
      ...asks,
    },
    {
      way: 'a condition that requirements.yaml gets',
      ...edit(
        'shop/requirements.yaml',
        required('')['shop/requirements.yaml'],
        required(', condition: sub.enabled')['shop/requirements.yaml'],
        { ...required(''), 'shop/values.yaml': 'sub: { enabled: false }\n' },
      ),
      ...asks,
    },
    {
      way: 'a value for a chart of another folder that requirements.yaml names',
      ...values('common: { host: a }', 'common: { host: b }', {
        'shop/Chart.yaml': chart.replace('v2', 'v1'),
        'shop/requirements.yaml': drawn('common'),
        'common/Chart.yaml': chartOf('common'),
        'common/templates/login.yaml': route('["{{ .Values.host }}"]'),
        ...loginIs('# nothing\n'),
      }),
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'a helper that nobody of the mesh includes',
      ...edit('shop/templates/_h.tpl', helper('a', 'other'), helper('b', 'other')),
    },
    {
      way: 'a helper beside one that is included',
      ...edit('shop/templates/_h.tpl', helper('a') + helper('a', 'o'), helper('a') + helper('b', 'o'), {
        ...loginIs(includes()),
      }),
    },
    {
      way: 'a comment in a helper',
      ...edit('shop/templates/_h.tpl', helper('a'), helper('{{/* why * and / */}}a'), loginIs(includes())),
    },
    {
      way: 'a helper of a library that only a Deployment includes',
      ...edit('shop/charts/lib/templates/_h.tpl', helper('a'), helper('b'), {
        ...vendored,
        'shop/templates/catalog.yaml': app('# {{ include "h" . }}\n'),
      }),
    },
    {
      way: 'a file that only a Deployment reads',
      ...edit('shop/hosts.txt', 'a', 'b', {
        'shop/templates/catalog.yaml': app('# {{ .Files.Get "hosts.txt" }}\n'),
      }),
    },
    {
      way: 'the versions of a chart of which all is read',
      ...edit(
        'shop/Chart.yaml',
        `${chart}appVersion: a\n`,
        `${chart.replace('1.0.0', '2.0.0')}appVersion: b\n`,
        loginIs(route('["{{ toJson .Chart | sha256sum }}"]')),
      ),
    },
    {
      way: 'a description that nothing reads',
      ...edit('shop/Chart.yaml', `${chart}description: a\n`, `${chart}description: b\n`, {
        ...loginIs(route('["{{ .Chart.Name }}"]')),
      }),
    },
    {
      way: 'a value of a chart within that is not imported',
      ...edit(
        'shop/charts/sub/values.yaml',
        'exports: { data: { host: a }, more: { host: a } }\n',
        'exports: { data: { host: a }, more: { host: b } }\n',
        importing('data'),
      ),
    },
    {
      way: 'a value that is imported, and that nothing reads',
      ...edit(
        'shop/charts/sub/values.yaml',
        'exports: { data: { other: a } }\n',
        'exports: { data: { other: b } }\n',
        importing('data'),
      ),
    },
    {
      way: 'the version of a chart that is drawn in',
      ...edit(
        'shop/Chart.yaml',
        sub('alias: sub')['shop/Chart.yaml'],
        sub('alias: sub')['shop/Chart.yaml'].replace('1.0.0, alias', '1.0.1, alias'),
        sub(''),
      ),
    },
    {
      way: 'a condition of a chart from elsewhere',
      ...edit(
        'shop/Chart.yaml',
        `${chart}dependencies: [{ name: redis, version: 1.0.0, repository: "https://charts.example" }]\n`,
        `${chart}dependencies: [{ name: redis, version: 1.1.0, condition: redis.enabled, repository: "https://charts.example" }]\n`,
      ),
    },
    {
      way: 'the version in requirements.yaml',
      ...edit(
        'shop/requirements.yaml',
        required('')['shop/requirements.yaml'],
        required('')['shop/requirements.yaml'].replace('1.0.0', '2.0.0'),
        required(''),
      ),
    },
    {
      way: 'a helper of one’s own, with a VirtualService that includes another',
      ...edit('shop/templates/catalog.yaml', app(helper('a', 'mine')), app(helper('b', 'mine')), {
        ...loginIs(includes()),
        'shop/templates/_h.tpl': helper('a'),
      }),
    },
  ],
})
