import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../src/domain/manifest/json.ts'
import { byPath, layersOf } from '../../../../src/domain/manifest/layers/layers.ts'

type Files = Readonly<Record<string, string>>

const mesh = 'base/vs.yaml'

function read(files: Files) {
  const all = { ...files, [mesh]: files[mesh] ?? 'kind: VirtualService' }
  return layersOf({
    files: byPath(Object.entries(all).map(([path, text]) => ({ path, text }))),
    mesh: new Map([[mesh, [{ kind: 'VirtualService', name: 'vs' }]]]),
    links: new Map(),
  })
}

function saysTheSame(before: Files, after: Files): boolean {
  const [one, other] = [before, after].map((files) => JSON.stringify(read(files).map(({ body }) => body)))
  return one === other
}

const base = { 'base/kustomization.yaml': 'resources: [vs.yaml]' }

describe('a kustomization', () => {
  it.each<[string, Files, readonly string[]]>([
    ['beside a manifest that it builds upon', base, ['base']],
    [
      'above another one',
      { ...base, 'prod/kustomization.yml': 'resources: [../base, ../more]' },
      ['base', 'prod'],
    ],
    [
      'that another one takes as a component',
      {
        ...base,
        'prod/kustomization.yaml': 'bases: [../base/]\ncomponents: [../slow]',
        'slow/kustomization.yaml': 'namePrefix: x-',
      },
      ['base', 'prod', 'slow'],
    ],
    ['under its third name', { 'base/Kustomization': 'resources: [vs.yaml]' }, ['base']],
    ['at the root', { 'kustomization.yaml': 'resources: [./base/vs.yaml]' }, ['.']],
    ['over nothing of the mesh', { 'web/kustomization.yaml': 'resources: [deployment.yaml]' }, []],
    ['over what lies elsewhere', { 'web/kustomization.yaml': 'resources: ["https://x/base/vs.yaml"]' }, []],
    ['that does not parse', { 'base/kustomization.yaml': 'resources: [vs.yaml' }, ['base']],
    ['of another name', { 'base/values.yaml': 'resources: [vs.yaml]' }, []],
  ])('%s', (_, files, names) => {
    expect(read(files).map(({ name }) => name)).toEqual(names)
  })

  it.each([
    ['images', 'images: [{ name: a, newTag: "2" }]'],
    ['replicas', 'replicas: [{ name: a, count: 2 }]'],
    ['what is generated', 'configMapGenerator: [{ name: a, literals: [a=b] }]'],
  ])('says nothing about requests by %s', (_, line) => {
    const text = base['base/kustomization.yaml']
    expect(saysTheSame(base, { 'base/kustomization.yaml': `${text}\n${line}` })).toBe(true)
  })

  it.each([
    ['a namespace', 'namespace: elsewhere'],
    ['a patch in place', 'patches: [{ patch: "- op: remove" }]'],
    ['a prefix of names', 'namePrefix: x-'],
  ])('says something by %s', (_, line) => {
    const text = base['base/kustomization.yaml']
    expect(saysTheSame(base, { 'base/kustomization.yaml': `${text}\n${line}` })).toBe(false)
  })

  it('says what its patches in files say', () => {
    const patched = { 'base/kustomization.yaml': 'resources: [vs.yaml]\npatches: [{ path: patch.yaml }]' }

    expect(saysTheSame({ ...patched, 'base/patch.yaml': 'a' }, { ...patched, 'base/patch.yaml': 'b' })).toBe(
      false,
    )
  })

  it.each([
    ['configurations', 'configurations: [more.yaml]'],
    ['crds', 'crds: [./more.yaml]'],
    ['an openapi', 'openapi: { path: more.yaml }'],
    ['generators', 'generators: [more.yaml]'],
    ['transformers', 'transformers: [../base/more.yaml]'],
    ['validators', 'validators: [more.yaml]'],
    ['replacements', 'replacements: [{ path: more.yaml }]'],
    ['values of a chart', 'helmCharts: [{ name: a, valuesFile: more.yaml }]'],
    ['more values of a chart', 'helmCharts: [{ name: a, additionalValuesFiles: [more.yaml] }]'],
  ])('says what %s in a file say', (_, line) => {
    const layer = { 'base/kustomization.yaml': `resources: [vs.yaml]\n${line}` }

    expect(saysTheSame({ ...layer, 'base/more.yaml': 'a: 1' }, { ...layer, 'base/more.yaml': 'a: 2' })).toBe(
      false,
    )
  })

  it.each<[string, string, string, boolean]>([
    ['a comment', 'a: 1', '# why\na: 1', true],
    ['the order of keys', 'a: 1\nb: 2', 'b: 2\na: 1', true],
    ['another value', 'a: 1', 'a: 2', false],
    ['a text that does not parse', 'a: [', 'a: [ # why', false],
  ])('sees %s of a patch in a file as what it is', (_, before, after, same) => {
    const patched = { 'base/kustomization.yaml': 'resources: [vs.yaml]\npatches: [{ path: patch.yaml }]' }
    const bodies = [before, after].map((text) =>
      canonicalJson(read({ ...patched, 'base/patch.yaml': text }).map(({ body }) => body)),
    )

    expect(bodies[0] === bodies[1]).toBe(same)
  })
})
