import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `* @bookinfo/catalog
/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/shop/templates/login.yaml @bookinfo/login
/.github/ @bookinfo/mesh-admins
`
const route = (hosts: string, namespace = ', namespace: ns1') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop-login${namespace} }\nspec:\n  hosts: ${hosts}\n`
const base: Files = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/templates/login.yaml': route('["{{ .Values.host }}"]'),
  'shop/templates/catalog.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: catalog }\nspec: { replicas: {{ .Values.replicas }} }\n',
}
const edit = (path: string, before: string, after: string, more: Files = {}) => ({
  setting: { codeowners, files: { ...base, ...more, [path]: before } },
  files: { [path]: after },
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

const deliver = 'clusters/prod/shop.yaml'
const git = 'sourceRef: { kind: GitRepository, name: flux-system }'
const release = (more = '', chart = `chart: { spec: { chart: ./shop, ${git} } }`) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: ns1 }\nspec:\n  interval: 1m\n  ${chart}\n${more}`
const named = release('', 'chartRef: { kind: HelmChart, name: shop }')
const helmChart = (more = '') =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmChart\nmetadata: { name: shop, namespace: ns1 }\nspec: { chart: ./shop, ${git}${more} }\n`
const flux = 'flux/prod.yaml'
const sync = (more: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: prod, namespace: flux-system }\nspec: { path: ./clusters/prod, ${git}, ${more} }\n`
const variable = (value: string) => sync(`postBuild: { substitute: { HOST: ${value}, TAG: "1" } }`)
const data = (kind: string, name: string, text: string, namespace = 'ns1') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n${kind === 'Secret' ? 'stringData' : 'data'}: { ${text} }\n`
const uses = { [deliver]: release(`  values: { host: "\${HOST}" }\n`) }
const from = (kind: string, more = '') => ({
  [deliver]: release(`  valuesFrom: [{ kind: ${kind}, name: vals${more} }]\n`),
})
const generating = (kind: string) => ({
  ...from(kind === 'secretGenerator' ? 'Secret' : 'ConfigMap'),
  'clusters/prod/kustomization.yaml': `resources: [shop.yaml]\nnamespace: ns1\n${kind}: [{ name: vals, files: [values.yaml=vals.txt] }]\ngeneratorOptions: { disableNameSuffixHash: true }\n`,
})
const overlay = (resources: string, more: string) => ({
  'clusters/base/kustomization.yaml': 'resources: [shop.yaml]\n',
  'clusters/base/shop.yaml': release('  values: { host: z }\n'),
  'clusters/prod/kustomization.yaml': `resources: ${resources}\n${more}`,
})
const jsonPatch = (value: string) =>
  `patches: [{ target: { kind: HelmRelease }, patch: '[{ "op": "replace", "path": "/spec/values/host", "value": "${value}" }]' }]`

const argo = 'apps/shop.yaml'
const application = (helm: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec: { destination: { namespace: ns1 }, source: { path: shop, helm: { ${helm} } } }\n`

const apps = { 'bundle/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 1.0.0\n' }
const delivering = (path: string) =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  destination: { namespace: ns1 }
  source:
    path: ${path}
    helm: { parameters: [{ name: host, value: {{ .Values.host | quote }} }] }
`
const listed = `{{ range .Values.apps }}\n---\n${delivering('{{ .path }}').replace('.Values.host', '.host')}{{ end }}\n`

testAttackClass('a release counts as it is delivered', {
  attack: {
    way: 'a variable of Flux among the values of a HelmRelease',
    ...edit(flux, variable('a'), variable('b'), uses),
    ...asks,
  },
  variants: [
    {
      way: 'a variable from a ConfigMap',
      ...edit(
        'flux/vars.yaml',
        data('ConfigMap', 'vars', 'HOST: a', 'flux-system'),
        data('ConfigMap', 'vars', 'HOST: b', 'flux-system'),
        { ...uses, [flux]: sync('postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] }') },
      ),
      ...asks,
    },
    {
      way: 'a variable that is taken away',
      ...edit(flux, variable('a'), sync('postBuild: { substitute: { TAG: "1" } }'), uses),
      ...asks,
    },
    {
      way: 'the namespace as a variable',
      ...edit(flux, variable('ns1'), variable('ns2'), {
        [deliver]: release(`  targetNamespace: \${HOST}\n`),
        'shop/templates/login.yaml': route('[a]', ''),
      }),
      ...asks,
    },
    {
      way: 'the chart as a variable',
      ...edit(flux, variable('shop'), variable('other'), {
        [deliver]: release('', `chart: { spec: { chart: "./\${HOST}", ${git} } }`),
      }),
      ...asks,
    },
    {
      way: 'a variable in a ConfigMap with values',
      ...edit(flux, variable('a'), variable('b'), {
        ...from('ConfigMap'),
        'clusters/prod/vals.yaml': data('ConfigMap', 'vals', `values.yaml: "host: \${HOST}"`),
      }),
      ...asks,
    },
    {
      way: 'a Secret with values that is here',
      ...edit(
        'clusters/prod/vals.yaml',
        data('Secret', 'vals', 'values.yaml: "host: a"'),
        data('Secret', 'vals', 'values.yaml: "host: b"'),
        from('Secret'),
      ),
      ...asks,
    },
    {
      way: 'one value of a Secret that is here',
      ...edit(
        'clusters/prod/vals.yaml',
        data('Secret', 'vals', 'h: a'),
        data('Secret', 'vals', 'h: b'),
        from('Secret', ', valuesKey: h, targetPath: host'),
      ),
      ...asks,
    },
    {
      way: 'a Secret with values that is not here',
      ...edit(deliver, release(), release('  valuesFrom: [{ kind: Secret, name: vals }]\n')),
      ...asks,
    },
    {
      way: 'a file of which a ConfigMap is generated',
      ...edit('clusters/prod/vals.txt', 'host: a\n', 'host: b\n', generating('configMapGenerator')),
      ...asks,
    },
    {
      way: 'a file of which a Secret is generated',
      ...edit('clusters/prod/vals.txt', 'host: a\n', 'host: b\n', generating('secretGenerator')),
      ...asks,
    },
    {
      way: 'a patch of an overlay',
      ...edit(
        'clusters/prod/patch.yaml',
        release('  values: { host: a }\n'),
        release('  values: { host: b }\n'),
        overlay('[../base]', 'patches: [{ path: patch.yaml }]\n'),
      ),
      ...asks,
    },
    {
      way: 'a JSON patch of an overlay',
      ...edit(
        'clusters/prod/kustomization.yaml',
        `resources: [../base]\n${jsonPatch('a')}\n`,
        `resources: [../base]\n${jsonPatch('b')}\n`,
        overlay('[../base]', ''),
      ),
      ...asks,
    },
    {
      way: 'a patch of a Kustomization of Flux',
      ...edit(flux, sync(jsonPatch('a')), sync(jsonPatch('b')), {
        [deliver]: release('  values: { host: z }\n'),
      }),
      ...asks,
    },
    {
      way: 'a replacement of an overlay',
      ...edit(
        'clusters/prod/source.yaml',
        data('ConfigMap', 'source', 'h: a'),
        data('ConfigMap', 'source', 'h: b'),
        overlay(
          '[../base, source.yaml]',
          'replacements: [{ source: { kind: ConfigMap, name: source, fieldPath: data.h }, targets: [{ select: { kind: HelmRelease }, fieldPaths: [spec.values.host] }] }]\n',
        ),
      ),
      ...asks,
    },
    {
      way: 'the files of values of a HelmChart',
      ...edit(
        'clusters/prod/chart.yaml',
        helmChart(', valuesFiles: [./conf/a.yaml]'),
        helmChart(', valuesFiles: [./conf/b.yaml]'),
        { [deliver]: named, 'conf/a.yaml': 'host: a\n', 'conf/b.yaml': 'host: b\n' },
      ),
      ...asks,
    },
    {
      way: 'a value beside a HelmChart',
      ...edit(deliver, `${named}  values: { host: a }\n`, `${named}  values: { host: b }\n`, {
        'clusters/prod/chart.yaml': helmChart(),
      }),
      ...asks,
    },
    {
      way: 'a file of values of a HelmChart',
      ...edit('conf/a.txt', 'host: a\n', 'host: b\n', {
        [deliver]: named,
        'clusters/prod/chart.yaml': helmChart(', valuesFiles: [./conf/a.txt]'),
      }),
      ...asks,
    },
    {
      way: 'a file that an Application hands over as a parameter',
      ...edit('shop/host.txt', 'a', 'b', {
        [argo]: application('fileParameters: [{ name: host, path: host.txt }]'),
      }),
      ...asks,
    },
    {
      way: 'a file of values from the root',
      ...edit('conf/prod.txt', 'host: a\n', 'host: b\n', {
        [argo]: application('valueFiles: [/conf/prod.txt]'),
      }),
      ...asks,
    },
    {
      way: 'a file of values by a pattern',
      ...edit('shop/conf/a.txt', 'host: a\n', 'host: b\n', {
        [argo]: application('valueFiles: ["conf/*.txt"]'),
      }),
      ...asks,
    },
    {
      way: 'a parameter with an escaped dot',
      ...edit(
        argo,
        application('parameters: [{ name: web\\.x.host, value: a }]'),
        application('parameters: [{ name: web\\.x.host, value: b }]'),
        { 'shop/templates/login.yaml': route('["{{ index .Values "web.x" "host" }}"]') },
      ),
      ...asks,
    },
    {
      way: 'a value for an Application that a chart gives',
      ...edit('bundle/values.yaml', 'host: a\n', 'host: b\n', {
        ...apps,
        'bundle/templates/shop.yaml': delivering('shop'),
      }),
      ...asks,
    },
    {
      way: 'a value for an Application that a chart gives, by an Application',
      ...edit(
        argo,
        application('valuesObject: { host: a }').replace('path: shop', 'path: bundle'),
        application('valuesObject: { host: b }').replace('path: shop', 'path: bundle'),
        { ...apps, 'bundle/templates/shop.yaml': delivering('shop') },
      ),
      ...asks,
    },
    {
      way: 'a value for a HelmRelease that a chart gives',
      ...edit('bundle/values.yaml', 'host: a\n', 'host: b\n', {
        ...apps,
        'bundle/templates/shop.yaml': release('  values: { host: "{{ .Values.host }}" }\n'),
      }),
      ...asks,
    },
    {
      way: 'the folder of an Application that a chart gives',
      ...edit('bundle/values.yaml', 'path: shop\nhost: a\n', 'path: other\nhost: a\n', {
        ...apps,
        'bundle/templates/shop.yaml': delivering('{{ .Values.path }}'),
      }),
      conclusion: 'action_required',
      waitsFor: ['mesh-admins'],
    },
    {
      way: 'one of a list of Applications that a chart gives',
      ...edit(
        'bundle/values.yaml',
        'apps:\n  - { path: shop, host: a }\n  - { path: clusters, host: a }\n',
        'apps:\n  - { path: shop, host: b }\n  - { path: clusters, host: a }\n',
        { ...apps, 'bundle/templates/shop.yaml': listed, 'clusters/x.yaml': '# nothing\n' },
      ),
      ...asks,
    },
  ],
  neighbours: [
    {
      way: 'another of a list of Applications that a chart gives',
      ...edit(
        'bundle/values.yaml',
        'apps:\n  - { path: shop, host: a }\n  - { path: clusters, host: a }\n',
        'apps:\n  - { path: shop, host: a }\n  - { path: clusters, host: b }\n',
        { ...apps, 'bundle/templates/shop.yaml': listed, 'clusters/x.yaml': '# nothing\n' },
      ),
    },
    {
      way: 'a value that no Application of a chart reads',
      ...edit('bundle/values.yaml', 'other: a\n', 'other: b\n', {
        ...apps,
        'bundle/templates/shop.yaml': delivering('shop'),
      }),
    },
    {
      way: 'the version of a chart that gives Applications',
      ...edit(
        'bundle/Chart.yaml',
        apps['bundle/Chart.yaml'],
        apps['bundle/Chart.yaml'].replace('1.0.0', '1.1.0'),
        {
          'bundle/templates/shop.yaml': delivering('shop'),
        },
      ),
    },
    {
      way: 'a variable that only a tag uses',
      ...edit(flux, variable('a'), variable('a').replace('"1"', '"2"'), {
        [deliver]: release(`  values: { host: "\${HOST}", image: { tag: "\${TAG}" } }\n`),
      }),
    },
    {
      way: 'a variable that nothing reads',
      ...edit(flux, variable('a'), variable('b'), {
        [deliver]: release(`  values: { other: "\${HOST}" }\n`),
      }),
    },
    {
      way: 'a patch of an overlay for replicas',
      ...edit(
        'clusters/prod/patch.yaml',
        release('  values: { replicas: 1 }\n'),
        release('  values: { replicas: 2 }\n'),
        overlay('[../base]', 'patches: [{ path: patch.yaml }]\n'),
      ),
    },
    {
      way: 'a value of the base that the overlay replaces',
      ...edit(
        'clusters/base/shop.yaml',
        release('  values: { host: y }\n'),
        release('  values: { host: x }\n'),
        {
          'clusters/base/kustomization.yaml': 'resources: [shop.yaml]\n',
          'clusters/prod/kustomization.yaml': `resources: [../base]\n${jsonPatch('a')}\n`,
        },
      ),
    },
    {
      way: 'a value moves from the base into the patch',
      setting: {
        codeowners,
        files: {
          ...base,
          ...overlay('[../base]', 'patches: [{ path: patch.yaml }]\n'),
          'clusters/prod/patch.yaml': release('  values: { replicas: 1 }\n'),
        } as Files,
      },
      files: {
        'clusters/base/shop.yaml': release('  values: {}\n'),
        'clusters/prod/patch.yaml': release('  values: { host: z, replicas: 1 }\n'),
      },
    },
    {
      way: 'a variable in the place of its value',
      ...edit(deliver, release('  values: { host: a }\n'), release(`  values: { host: "\${HOST}" }\n`), {
        [flux]: variable('a'),
      }),
    },
    {
      way: 'the chart version and the interval',
      ...edit(
        deliver,
        release(),
        release().replace('1m', '5m').replace('./shop,', './shop, version: 2.0.0,'),
      ),
    },
    {
      way: 'another key of a Secret',
      ...edit(
        'clusters/prod/vals.yaml',
        data('Secret', 'vals', 'values.yaml: "host: a", more: a'),
        data('Secret', 'vals', 'values.yaml: "host: a", more: b'),
        from('Secret'),
      ),
    },
    {
      way: 'a Secret of which one value is read that nothing of the mesh reads',
      ...edit(
        'clusters/prod/vals.yaml',
        data('Secret', 'vals', 'p: a'),
        data('Secret', 'vals', 'p: b'),
        from('Secret', ', valuesKey: p, targetPath: database.password'),
      ),
    },
    {
      way: 'a HelmChart in the place of the same chart',
      ...edit(deliver, release(), named, { 'clusters/prod/chart.yaml': helmChart() }),
    },
    {
      way: 'a file that is handed over as a parameter that nothing reads',
      ...edit('shop/host.txt', 'a', 'b', {
        [argo]: application('fileParameters: [{ name: other, path: host.txt }]'),
      }),
    },
    {
      way: 'the digest of an image in a file of values by a pattern',
      ...edit('shop/conf/a.txt', 'image: { digest: a }\n', 'image: { digest: b }\n', {
        [argo]: application('valueFiles: ["conf/*.txt"]'),
      }),
    },
    {
      way: 'a parameter that looks like two, which Argo CD escapes',
      ...edit(
        argo,
        application('parameters: [{ name: other, value: a }]'),
        application('parameters: [{ name: other, value: "a,host=b" }]'),
      ),
    },
  ],
})
