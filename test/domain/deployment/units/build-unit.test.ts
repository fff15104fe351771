import { describe, expect, it } from 'vitest'
import { builderOf, isDelivered } from '../../../../src/domain/deployment/units/build-unit.ts'
import type { Unit } from '../../../../src/domain/deployment/units/unit.ts'
import { limits } from '../../../../src/domain/kustomize/limits.ts'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'

const object = (name: string, more = '', kind = 'VirtualService', apiVersion = 'networking.istio.io/v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${more} }\nspec: {}\n`
const unit = (more: Partial<Unit>): Unit => ({
  key: 'k',
  by: [],
  folder: 'f',
  takes: 'kustomization',
  over: {},
  ...more,
})

function built(files: Readonly<Record<string, string>>, more: Partial<Unit> = {}) {
  const side = { files: Object.entries(files).map(([path, text]) => ({ path, text })) }
  const found = builderOf(side)(unit(more))
  if (!isDelivered(found)) return found === 'not known' ? found : 'failed'
  return found.objects.map(({ node, from }) => {
    const json = jsonOf(node) as { metadata: Record<string, unknown> }
    return { ...json.metadata, from: from.path }
  })
}

describe('a kustomization', () => {
  const files = { 'f/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n', 'f/a.yaml': object('a') }

  it('is built as it is', () => {
    expect(built(files)).toEqual([{ name: 'x-a', from: 'f/a.yaml' }])
  })

  it('has its prefix and namespace replaced, and is added to', () => {
    const over = { namePrefix: 'y-', namespace: 'n', commonAnnotations: { a: 'b' } }

    expect(built(files, { over })).toMatchObject([{ name: 'y-a', namespace: 'n', annotations: { a: 'b' } }])
  })

  it('is nothing where there is none, but for Flux', () => {
    expect(built({ 'f/a.yaml': object('a') })).toEqual([])
    expect(built({ 'f/a.yaml': object('a') }, { takes: 'flux' })).toMatchObject([{ name: 'a' }])
  })

  it('that loads from outside is built by Flux alone', () => {
    const outside = { 'f/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': object('a') }

    expect(built(outside)).toBe('failed')
    expect(built(outside, { takes: 'flux' })).toMatchObject([{ name: 'a' }])
  })

  it('that asks for more than a limit allows is not known', () => {
    const many = Array.from({ length: limits.objects + 1 }, (_, at) => object(`a${at}`)).join('---\n')

    expect(built({ 'f/kustomization.yaml': 'resources: [a.yaml]\n', 'f/a.yaml': many })).toBe('not known')
  })
})

describe('Flux without a kustomization', () => {
  const files = {
    'f/a.yaml': object('a'),
    'f/in/b.yml': object('b'),
    'f/own/kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: x-\n',
    'f/own/c.yaml': object('c'),
    'f/own/not-listed.yaml': object('d'),
    'f/e.json': '{}',
    'f/.github/w.yaml': 'a: b\n',
  }

  it('takes files at any depth, and folders with a kustomization as such', () => {
    expect(built(files, { takes: 'flux' })).toMatchObject([{ name: 'a' }, { name: 'b' }, { name: 'x-c' }])
  })

  it('leaves out what is to be ignored', () => {
    const ignored = { ...files, 'f/.sourceignore': 'in/\n.github/\n' }

    expect(built(ignored, { takes: 'flux' })).toMatchObject([{ name: 'a' }, { name: 'x-c' }])
    expect(built(files, { takes: 'flux', ignore: 'in/\n.github/\n' })).toMatchObject([
      { name: 'a' },
      { name: 'x-c' },
    ])
  })

  it('leaves out the usual only where nothing else is said', () => {
    expect(built({ ...files, 'f/.sourceignore': '# in/\n' }, { takes: 'flux' })).toMatchObject([
      { name: 'a' },
      { name: 'b' },
      { name: 'x-c' },
    ])
    expect(built({ ...files, 'f/.sourceignore': 'in/\n' }, { takes: 'flux' })).toBe('failed')
    expect(built(files, { takes: 'flux', ignore: 'in/\n' })).toBe('failed')
  })

  it('fetches nothing that is left out, whatever names it', () => {
    const named = { 'f/kustomization.yaml': 'resources: [a.yaml]\n', 'f/a.yaml': object('a') }

    expect(built(named, { takes: 'flux', ignore: 'a.yaml' })).toBe('failed')
    expect(built(named, { takes: 'kustomization', ignore: 'a.yaml' })).toMatchObject([{ name: 'a' }])
  })

  it('fails on what is no object', () => {
    expect(built({ ...files, 'f/values.yaml': 'a: b\n' }, { takes: 'flux' })).toBe('failed')
  })
})

describe('a directory of Argo CD', () => {
  const files = {
    'f/a.yaml': object('a'),
    'f/b.json': '{"apiVersion":"networking.istio.io/v1","kind":"Gateway","metadata":{"name":"b"}}',
    'f/values.yaml': 'a: b\n',
    'f/skipped.yaml': `# +argocd:skip-file-rendering\n${object('s')}`,
    'f/in/c.yaml': object('c'),
  }

  it('is its own files, and what lies deeper only where that is said', () => {
    expect(built(files, { takes: 'files' })).toMatchObject([{ name: 'a' }, { name: 'b' }])
    expect(built(files, { takes: 'files below' })).toMatchObject([
      { name: 'a' },
      { name: 'b' },
      { name: 'c' },
    ])
  })

  it('gets a namespace where it has none, and stands in one', () => {
    const some = {
      'f/a.yaml': object('a'),
      'f/b.yaml': object('b', ', namespace: own'),
      'f/c.yaml': object('c', ', namespace: ""'),
      'f/d.yaml': object('d', '', 'ClusterRole', 'rbac.authorization.k8s.io/v1'),
    }
    const found = built(some, { takes: 'files', otherwise: 'n' })

    expect(found).toMatchObject([
      { name: 'a', namespace: 'n' },
      { name: 'b', namespace: 'own' },
      { name: 'c', namespace: 'n' },
      { name: 'd' },
    ])
    expect(found).not.toHaveProperty('[3].namespace')
  })
})

it('labels and annotations of Flux take the place of those that are written', () => {
  const files = { 'f/a.yaml': object('a', ', labels: { a: b, c: d }') }
  const metadata = { labels: { a: 'x' }, annotations: { e: 'f' } }

  expect(built(files, { takes: 'files', metadata })).toMatchObject([
    { labels: { a: 'x', c: 'd' }, annotations: { e: 'f' } },
  ])
  expect(built(files, { takes: 'files', metadata: { labels: { a: 'b' } } })).toMatchObject([{}])
})

it('what cannot be filled in ends it for all', () => {
  const variables = { values: new Map([['X', 'y']]), isComplete: true, isAlways: false }
  const text = object('a', `, annotations: { a: "$${'{a.b}'}" }`)

  expect(built({ 'f/a.yaml': text, 'f/b.yaml': object('b') }, { takes: 'files', variables })).toBe('failed')
})
