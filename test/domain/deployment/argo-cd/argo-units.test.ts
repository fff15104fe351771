import { describe, expect, it } from 'vitest'
import { unitsOfApplication } from '../../../../src/domain/deployment/argo-cd/argo-units.ts'
import { writtenDeployers } from '../../../../src/domain/deployment/deployer.ts'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'
import { builderOf, isDelivered } from '../../../../src/domain/deployment/units/build-unit.ts'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'

type Files = Readonly<Record<string, string>>

const object = (name: string, kind = 'VirtualService') =>
  `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`
const base = { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': object('a') }
const filesOf = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }))
const written = (spec: string) =>
  writtenDeployers([
    {
      path: 'apps/app.yaml',
      text: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: app, namespace: argocd }\nspec:\n  ${spec}\n`,
    },
  ])[0]!
const unitsIn = (files: Files, spec: string, more: { home?: string; isElsewhere?: () => boolean } = {}) =>
  unitsOfApplication(
    { ...written(spec), ...(more.home !== undefined && { home: more.home }) },
    { folders: foldersOf(filesOf(files)), isElsewhere: more.isElsewhere ?? (() => false) },
  )
const delivered = (files: Files, spec: string) => {
  const build = builderOf({ files: filesOf(files) })
  return unitsIn(files, spec).units.flatMap((unit) => {
    const built = build(unit)
    return !isDelivered(built)
      ? [built === 'not known' ? built : 'failed']
      : built.objects.map(({ node }) => jsonOf(node))
  })
}

describe('the cluster of an Application', () => {
  it.each([
    ['a name', '{ name: prod }', undefined, 'prod'],
    ['an address', '{ server: "https://1.2.3.4/" }', undefined, 'https://1.2.3.4'],
    ['its own, by name', '{ name: in-cluster }', undefined, 'in-cluster'],
    ['its own, by address', '{ server: https://kubernetes.default.svc }', undefined, 'in-cluster'],
    ['that which it is delivered to', '{ name: in-cluster }', 'prod', 'prod'],
    ['another than it is delivered to', '{ name: edge }', 'prod', 'edge'],
    ['none where nothing says', '{ namespace: x }', 'prod', undefined],
    ['none where it is to be filled in', '{ name: "{{cluster}}" }', undefined, undefined],
  ])('is %s', (_, destination, home, cluster) => {
    const spec = `{ source: { path: base }, destination: ${destination} }`
    const { units } = unitsIn(base, spec, home === undefined ? {} : { home })

    expect(units.map((unit) => unit.destination)).toEqual([cluster])
  })
})

describe('what is not known of an Application', () => {
  it.each([
    ['another repository', '{ source: { repoURL: x, path: base } }', 'elsewhere', 'x', () => true],
    ['a chart from elsewhere', '{ source: { chart: istiod } }', 'elsewhere', 'istiod', undefined],
    ['a folder that is not here', '{ source: { path: gone } }', 'missing-folder', 'gone', undefined],
    ['a folder outside', '{ source: { path: ../x } }', 'missing-folder', '../x', undefined],
    ['a path to be filled in', '{ source: { path: "{{p}}" } }', 'left-to-fill-in', '{{p}}', undefined],
    ['a plugin', '{ source: { path: base, plugin: { name: x } } }', 'program', 'base', undefined],
    [
      'options of two kinds',
      '{ source: { path: base, kustomize: { namePrefix: x }, directory: { recurse: true } } }',
      'fails',
      'base',
      undefined,
    ],
  ])('%s', (_, spec, code, detail, isElsewhere) => {
    const { units, unknown } = unitsIn(base, spec, isElsewhere && { isElsewhere })

    expect(units).toEqual([])
    expect(unknown).toMatchObject([{ code, detail, of: 'Application argocd/app' }])
    expect(positionOf(unknown[0]!.range)).toMatchObject({ file: 'apps/app.yaml', line: 5 })
  })

  it('is Jsonnet beside the manifests, at whatever depth is taken', () => {
    const files = { 'd/a.yaml': object('a'), 'd/in/x.jsonnet': '{}' }

    expect(unitsIn(files, '{ source: { path: d } }').unknown).toEqual([])
    expect(unitsIn(files, '{ source: { path: d, directory: { recurse: true } } }').unknown).toMatchObject([
      { code: 'program', detail: 'd/in/x.jsonnet' },
    ])
  })

  it('is a namespace to be filled in, of a unit that is there all the same', () => {
    const { units, unknown } = unitsIn(
      base,
      '{ source: { path: base }, destination: { namespace: "{{x}}" } }',
    )

    expect(units).toHaveLength(1)
    expect(unknown).toMatchObject([{ code: 'left-to-fill-in', detail: '{{x}}' }])
  })
})

it('a source that others refer to, and a chart of this repository, are no units, and known', () => {
  const files = { ...base, 'chart/Chart.yaml': 'name: x\n' }
  const spec = '{ sources: [{ ref: values }, { path: chart }, { path: base }] }'

  expect(unitsIn(files, spec)).toMatchObject({ units: [{ folder: 'base' }], unknown: [] })
})

it('what is hydrated comes from the dry source', () => {
  const spec = '{ sourceHydrator: { drySource: { path: base }, syncSource: { path: hydrated } } }'

  expect(unitsIn(base, spec).units).toMatchObject([{ folder: 'base' }])
})

describe('a directory', () => {
  const files = {
    'd/a.yaml': object('a'),
    'd/b.yml': object('b'),
    'd/in/c.yaml': object('c'),
    'd/in/deep/d.yaml': object('d'),
  }
  it.each([
    ['{ }', ['a', 'b']],
    ['{ recurse: true }', ['a', 'b', 'c', 'd']],
    ['{ recurse: true, include: "*.yaml" }', ['a', 'c', 'd']],
    ['{ recurse: true, exclude: "in/*" }', ['a', 'b']],
    ['{ recurse: true, include: "in/*", exclude: "{x,in/deep/*}" }', ['c']],
    ['{ include: "a.yaml" }', ['a']],
    ['{ recurse: true, include: "d/*" }', []],
  ])('takes by %s', (directory, names) => {
    const objects = delivered(files, `{ source: { path: d, directory: ${directory} } }`)

    expect(objects.map((each) => (each as { metadata: { name: string } }).metadata.name)).toEqual(names)
  })
})

describe('options of Kustomize', () => {
  it.each([
    ['{ namePrefix: x-, nameSuffix: -z }', { metadata: { name: 'x-a-z' } }],
    ['{ namespace: ns }', { metadata: { namespace: 'ns' } }],
    ['{ commonAnnotations: { a: b } }', { metadata: { annotations: { a: 'b' } } }],
    ['{ commonLabels: { a: b } }', { metadata: { labels: { a: 'b' } } }],
    ['{ commonLabels: { a: b }, labelWithoutSelector: true }', { metadata: { labels: { a: 'b' } } }],
    ['{ components: [../c] }', { metadata: { labels: { c: 'd' } } }],
    [
      '{ patches: [{ target: { kind: VirtualService }, patch: "[{ \\"op\\": \\"add\\", \\"path\\": \\"/spec\\", \\"value\\": { \\"hosts\\": [\\"h\\"] } }]" }] }',
      { spec: { hosts: ['h'] } },
    ],
  ])('%s', (options, expected) => {
    const files = {
      ...base,
      'c/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{ pairs: { c: d } }]\n',
    }

    expect(delivered(files, `{ source: { path: base, kustomize: ${options} } }`)).toMatchObject([expected])
  })

  it('images and replicas take the place of those of one name', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: w }\nspec: { replicas: 1, template: { spec: { containers: [{ name: c, image: old:1 }, { name: o, image: other:1 }] } } }\n'
    const files = {
      'w/kustomization.yaml':
        'resources: [w.yaml]\nimages: [{ name: old, newTag: "2" }, { name: other, newTag: "2" }]\nreplicas: [{ name: w, count: 2 }]\n',
      'w/w.yaml': deployment,
    }
    const options = '{ images: ["old=reg:5000/new:3", "x@sha256:0"], replicas: [{ name: w, count: "3" }] }'

    expect(delivered(files, `{ source: { path: w, kustomize: ${options} } }`)).toMatchObject([
      {
        spec: {
          replicas: 3,
          template: { spec: { containers: [{ image: 'reg:5000/new:3' }, { image: 'other:2' }] } },
        },
      },
    ])
  })

  it('several sources are several units, each with its own options', () => {
    const spec =
      '{ sources: [{ path: base, kustomize: { namePrefix: x- } }, { path: base, kustomize: { namePrefix: z- } }] }'

    expect(delivered(base, spec)).toMatchObject([
      { metadata: { name: 'x-a' } },
      { metadata: { name: 'z-a' } },
    ])
  })
})
