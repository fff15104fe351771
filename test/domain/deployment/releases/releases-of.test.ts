import { describe, expect, test } from 'vitest'
import type { Release, UnrenderedRelease } from '../../../../src/domain/deployment/releases/release.ts'
import { releasesOf } from '../../../../src/domain/deployment/releases/releases-of.ts'
import { sideOfReleases } from '../../../../src/domain/deployment/releases/side-of-releases.ts'

type Texts = Readonly<Record<string, string>>

const chart = { 'shop/Chart.yaml': 'apiVersion: v2\nname: store\nversion: 1.0.0\n' }

function releases(texts: Texts, own = 'acme/mesh', unread: readonly string[] = []) {
  const files = Object.entries({ ...chart, ...texts }).map(([path, text]) => ({ path, text }))
  return releasesOf(sideOfReleases({ files, unread: new Set(unread), own }))
}

/** In a line: the key, the name, the namespace, and the values or why there are none. */
function lineOf(release: Release | UnrenderedRelease): string {
  if ('why' in release) return `${release.key}: ${release.why}`
  const { key, name, namespace = '?', values, set } = release
  const given = [...values.map(({ text }) => text.trim()), ...set.map((each) => `${each.name}=${each.value}`)]
  return `${key}: ${namespace}/${name}${given.map((each) => ` ${each}`).join('')}`
}

const linesOf = (...how: Parameters<typeof releases>) => releases(...how).map(lineOf)

const application = (source: string, destination = 'namespace: web') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  destination: { ${destination} }
  source: { path: shop, ${source} }
`
const release = (spec: string, name = 'shop') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: web }
spec:
  chart: { spec: { chart: ./shop, sourceRef: { kind: GitRepository, name: flux-system } } }
${spec}`

describe('a chart', () => {
  test('that nothing names is released once, under its own name', () => {
    expect(linesOf({})).toEqual(['Chart shop: ?/store'])
  })

  test('that others draw in, hold or only use is not released by itself', () => {
    const library = 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n'
    const drawing = `apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: store, version: 1.0.0, repository: "file://../shop" }]\n`
    const lines = linesOf({
      'common/Chart.yaml': library,
      'web/Chart.yaml': drawing,
      'web/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    })

    expect(lines).toEqual(['Chart web: ?/web'])
  })

  test.each([
    ['lies elsewhere', 'https://charts.example', [], ['Chart shop: dependency']],
    ['is packed', 'https://charts.example', ['shop/charts/common-1.0.0.tgz'], ['Chart shop: ?/store']],
    ['leads out of the repository', 'file://../../common', [], ['Chart shop: dependency']],
    ['has only a name', 'alias:common', [], ['Chart shop: dependency']],
  ])('that draws in another, which %s', (_, repository, unread, expected) => {
    const text = `${chart['shop/Chart.yaml']}dependencies: [{ name: common, version: 1.0.0, repository: "${repository}" }]\n`

    expect(linesOf({ 'shop/Chart.yaml': text }, 'acme/mesh', unread)).toEqual(expected)
  })

  test.each([
    ['lies elsewhere', 'https://charts.example', ['Chart shop: dependency']],
    ['lies beside it', 'file://../web', ['Chart shop: ?/store']],
  ])(
    'whose requirements, in the place of what it says itself, draw in one that %s',
    (_, repository, expected) => {
      const lines = linesOf({
        'shop/Chart.yaml': `${chart['shop/Chart.yaml']}dependencies: []\n`,
        'shop/requirements.yaml': `dependencies: [{ name: web, version: 1.0.0, repository: "${repository}" }]\n`,
        'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ntype: library\n',
      })

      expect(lines).toEqual(expected)
    },
  )

  test('whose requirements draw in one beside it is rendered with that one in it', () => {
    const [shop] = releases({
      'shop/requirements.yaml':
        'dependencies: [{ name: web, version: 1.0.0, repository: "file://../web" }]\n',
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    })

    expect(shop).toMatchObject({ key: 'Chart shop', drawn: new Map([['web', 'web']]) })
  })
})

describe('Argo CD', () => {
  const values = { 'shop/values-prod.yaml': 'a: file\n', 'env/prod.yaml': 'a: env\n' }

  test.each([
    ['helm: {}', 'web/shop'],
    ['helm: { releaseName: other, namespace: ns }', 'ns/other'],
    ['helm: { values: "a: 1", valuesObject: { a: 2 } }', 'web/shop a: 1 {"a":2}'],
    ['helm: { valueFiles: [values-prod.yaml, /env/prod.yaml] }', 'web/shop a: file a: env'],
    ['helm: { valueFiles: [gone.yaml], ignoreMissingValueFiles: true }', 'web/shop'],
    ['helm: { parameters: [{ name: a, value: "x,y" }] }', 'web/shop a=x\\,y'],
    ['helm: { parameters: [{ name: a, value: "{x,y}" }] }', 'web/shop a={x,y}'],
    ['repoURL: "git@github.com:Acme/mesh.git"', 'web/shop'],
  ])('releases with %s', (source, expected) => {
    expect(linesOf({ 'apps/shop.yaml': application(source), ...values })).toEqual([
      `Application argocd/shop shop: ${expected}`,
    ])
  })

  test.each([
    ['helm: { valueFiles: [gone.yaml] }', 'values'],
    ['helm: { valueFiles: ["https://x.example/a.yaml"] }', 'values'],
    ['helm: { valueFiles: ["../../../etc/passwd"] }', 'values'],
    ['helm: { valueFiles: ["values-*.yaml"] }', 'values'],
    ['helm: { valueFiles: [$values/env/prod.yaml] }', 'values'],
    ['helm: { fileParameters: [{ name: a, path: b }] }', 'values'],
    ['targetRevision: "{{ branch }}"', 'filled-in'],
  ])('cannot be followed with %s', (source, why) => {
    expect(linesOf({ 'apps/shop.yaml': application(source), ...values })).toEqual([
      `Application argocd/shop shop: ${why}`,
    ])
  })

  test.each([
    ['ref: values', 'web/shop a: env'],
    ['ref: values, repoURL: "https://git.example/other"', 'values'],
    ['ref: others', 'values'],
  ])('reads values of the source with %s', (named, expected) => {
    const sources = application('helm: { valueFiles: [$values/env/prod.yaml] }')
      .replace('source: ', 'sources: [')
      .replace(/\n$/, `, { ${named} }]\n`)

    expect(linesOf({ 'apps/shop.yaml': sources, ...values })).toEqual([
      `Application argocd/shop shop: ${expected}`,
    ])
  })

  test('of another repository releases nothing here', () => {
    expect(
      linesOf({ 'apps/shop.yaml': application('repoURL: https://github.com/acme/other') }),
    ).not.toContain('Application argocd/shop shop: web/shop')
  })

  test('lays a file in the folder over the source', () => {
    const lines = linesOf({
      'apps/shop.yaml': application('helm: {}'),
      'shop/.argocd-source-shop.yaml': 'helm: { parameters: [{ name: a, value: b }] }\n',
    })

    expect(lines).toEqual(['Application argocd/shop shop: web/shop a=b'])
  })

  test('releases once for each element of a list, and in ways that are not followed for other generators', () => {
    const set = (generators: string, path: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [${generators}]
  template:
    metadata: { name: "{{name}}" }
    spec: { destination: { namespace: "{{name}}" }, source: { path: ${path} } }
`
    const list = '{ list: { elements: [{ name: a }, { name: b }] } }'

    expect(linesOf({ 'set.yaml': set(list, 'shop') })).toEqual([
      'Application argocd/a shop: a/a',
      'Application argocd/b shop: b/b',
    ])
    expect(linesOf({ 'set.yaml': set('{ git: { directories: [{ path: "*" }] } }', '"{{path}}"') })).toEqual([
      'Application argocd/{{name}} shop: filled-in',
    ])
  })
})

describe('Flux', () => {
  const configMap = (name: string, key: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: web }\ndata: { ${key}: "a: map" }\n`

  test.each([
    ['', 'web/shop'],
    ['  targetNamespace: ns\n', 'ns/ns-shop'],
    ['  releaseName: other\n', 'web/other'],
    ['  values: { a: 1 }\n', 'web/shop {"a":1}'],
    ['  valuesFrom: [{ kind: ConfigMap, name: v }]\n  values: { b: 1 }\n', 'web/shop a: map {"b":1}'],
    ['  valuesFrom: [{ kind: ConfigMap, name: v, valuesKey: other.yaml, optional: true }]\n', 'web/shop'],
    ['  valuesFrom: [{ kind: ConfigMap, name: gone, optional: true }]\n', 'web/shop'],
  ])('releases with %j', (spec, expected) => {
    const files = { 'shop.yaml': release(spec), 'v.yaml': configMap('v', 'values.yaml') }

    expect(linesOf(files)).toEqual([`HelmRelease web/shop: ${expected}`])
  })

  test('shortens a name that is too long', () => {
    const [line] = linesOf({
      'shop.yaml': release('  releaseName: a-name-that-is-longer-than-fifty-three-characters-can-be\n'),
    })

    expect(line).toMatch(
      /^HelmRelease web\/shop: web\/a-name-that-is-longer-than-fifty-three-c-[0-9a-f]{12}$/,
    )
  })

  test.each([
    ['  valuesFrom: [{ kind: Secret, name: v }]\n', 'values'],
    ['  valuesFrom: [{ kind: ConfigMap, name: gone }]\n', 'values'],
    ['  valuesFrom: [{ kind: ConfigMap, name: v, targetPath: a.b }]\n', 'values'],
    ['  values: { host: "$HOST" }\n'.replace('$HOST', '$' + '{HOST}'), 'filled-in'],
  ])('cannot be followed with %j', (spec, why) => {
    const files = { 'shop.yaml': release(spec), 'v.yaml': configMap('v', 'values.yaml') }

    expect(linesOf(files)).toEqual([`HelmRelease web/shop: ${why}`])
  })

  test('releases nothing here from a source that is another repository, or no source of Git', () => {
    const source = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system }\nspec: { url: https://github.com/acme/charts }\n`

    expect(linesOf({ 'shop.yaml': release(''), 'source.yaml': source })).not.toContain(
      'HelmRelease web/shop: web/shop',
    )
    expect(linesOf({ 'shop.yaml': release('').replace('GitRepository', 'HelmRepository') })).toEqual([
      'Chart shop: ?/store',
    ])
  })
})

describe('helmfile', () => {
  const helmfile = (more: string) => `releases: [{ name: shop, namespace: web, chart: ../shop${more} }]\n`
  const files = { 'env/values.yaml': 'a: file\n' }

  test.each([
    ['', 'web/shop'],
    [', values: [values.yaml, { a: 1 }]', 'web/shop a: file {"a":1}'],
    [', set: [{ name: a, value: "x,y" }, { name: b, value: [1, 2] }]', 'web/shop a=x\\,y b={1,2}'],
  ])('releases with %j', (more, expected) => {
    expect(linesOf({ 'env/helmfile.yaml': helmfile(more), ...files })).toEqual([
      `helmfile /web/shop shop: ${expected}`,
    ])
  })

  test.each([
    [', values: [gone.yaml]', 'values'],
    [', values: [values.yaml.gotmpl]', 'values'],
    [', values: ["https://x.example/a.yaml"]', 'values'],
    [', values: [{ a: "{{ exec }}" }]', 'filled-in'],
    [', set: [{ name: a, file: b }]', 'values'],
    [', secrets: [a.yaml]', 'overlaid'],
    [', jsonPatches: []', 'overlaid'],
  ])('cannot be followed with %j', (more, why) => {
    expect(linesOf({ 'env/helmfile.yaml': helmfile(more), ...files })).toEqual([
      `helmfile /web/shop shop: ${why}`,
    ])
  })

  test.each([
    ['', '', [undefined]],
    [', kubeContext: own', '', ['own']],
    [', kubeContext: own', 'helmDefaults: { kubeContext: usual }\n', ['own']],
    ['', 'helmDefaults: { kubeContext: usual }\n', ['usual']],
    [', kubeContext: own', 'kubeContext: all\n', ['all']],
    ['', 'environments: { prod: { kubeContext: p }, stage: { kubeContext: s } }\n', ['p', 's']],
    ['', 'environments: { prod: { kubeContext: p }, dr: { kubeContext: p } }\n', ['p']],
    [
      '',
      'environments: { prod: { kubeContext: p }, dev: {} }\nhelmDefaults: { kubeContext: usual }\n',
      ['p', 'usual'],
    ],
    [', kubeContext: own', 'environments: { prod: { kubeContext: p } }\n', ['own']],
    ['', 'helmDefaults: { kubeContext: first }\n---\nhelmDefaults: { kubeContext: last }\n---\n', ['last']],
    ['', 'bases: [base.yaml]\n', ['based']],
    ['', 'bases: [base.yaml]\nhelmDefaults: { kubeContext: usual }\n', ['usual']],
    ['', 'bases: [helmfile.yaml, gone.yaml]\n', [undefined]],
    ['', 'bases: [filled.yaml]\n', [undefined]],
  ])('with %j and %j goes to the cluster that it says', (more, above, clusters) => {
    const found = releases({
      'env/helmfile.yaml': `${above}${helmfile(more)}`,
      'env/base.yaml': 'helmDefaults: { kubeContext: based }\n',
      'env/filled.yaml': 'helmDefaults: { kubeContext: "{{ .Values.cluster }}" }\n',
      ...files,
    })

    expect(found.map((each) => ('why' in each ? each.why : each.destination))).toEqual(clusters)
    expect(new Set(found.map(({ key }) => key)).size).toBe(clusters.length)
  })

  test('says the namespace of all that it releases before they do', () => {
    expect(linesOf({ 'env/helmfile.yaml': `namespace: all\n${helmfile('')}`, ...files })).toEqual([
      'helmfile /all/shop shop: all/shop',
    ])
  })

  test('that fills in the cluster is named, and goes nowhere that is known', () => {
    const filled = helmfile(', kubeContext: "{{ .Environment.Name }}"')

    expect(linesOf({ 'env/helmfile.yaml': filled, ...files })).toEqual(['helmfile /web/shop shop: filled-in'])
  })

  test('that installs nothing releases nothing', () => {
    expect(linesOf({ 'env/helmfile.yaml': helmfile(', installed: false') })).toEqual([])
  })
})

describe('what releases is read as it is delivered', () => {
  const overlay = (cluster: string, value: string) => ({
    [`clusters/${cluster}/kustomization.yaml`]: `resources: [../../apps]\npatches: [{ path: shop.yaml }]\n`,
    [`clusters/${cluster}/shop.yaml`]: release(`  values: { a: ${value} }\n`),
  })
  const texts = {
    'apps/kustomization.yaml': 'resources: [shop.yaml]\n',
    'apps/shop.yaml': release('  values: { a: base, b: base }\n'),
    ...overlay('east', 'one'),
    ...overlay('west', 'two'),
  }

  test('once for each overlay that patches it, with the files that say so', () => {
    const found = releases(texts)

    expect(found.map(lineOf)).toEqual([
      'HelmRelease web/shop: web/shop {"a":"one","b":"base"}',
      'HelmRelease web/shop: web/shop {"a":"two","b":"base"}',
    ])
    expect(found.map(({ by }) => by.includes('clusters/east/shop.yaml'))).toEqual([true, false])
  })

  test('with the cluster that it comes to', () => {
    const flux = (cluster: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./clusters/${cluster}, kubeConfig: { secretRef: { name: ${cluster} } } }
`
    const found = releases({ ...texts, 'flux/east.yaml': flux('east'), 'flux/west.yaml': flux('west') })

    expect(found.map((each) => ('why' in each ? each.why : each.destination))).toEqual(['east', 'west'])
  })
})
