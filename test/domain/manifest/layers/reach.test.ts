import { expect, it } from 'vitest'
import { kustomizationIn } from '../../../../src/domain/manifest/layers/kustomization.ts'
import { byPath } from '../../../../src/domain/manifest/layers/layers.ts'
import { createReach, type Delivery } from '../../../../src/domain/manifest/layers/reach.ts'

function reachIn(files: Readonly<Record<string, string>>, deliveries: readonly Delivery[] = []) {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }))
  const mesh = new Map(
    all
      .filter(({ text }) => text === 'mesh')
      .map(({ path }) => [path, [{ kind: 'VirtualService', name: path }]]),
  )
  const kustomizations = all.flatMap((file) => kustomizationIn(file) ?? [])
  const reach = createReach({ files: byPath(all), mesh, links: new Map() }, kustomizations, deliveries)
  return { reach, kustomizations }
}

it('a folder is what its kustomization builds, or all that is in it', () => {
  const { reach } = reachIn({
    'a/kustomization.yaml': 'resources: [one.yaml]',
    'a/one.yaml': 'mesh',
    'a/two.yaml': 'mesh',
    'b/deep/three.yaml': 'mesh',
  })

  expect(reach.below('a')).toEqual(['a/one.yaml'])
  expect(reach.below('b')).toEqual(['b/deep/three.yaml'])
  expect(reach.below('')).toEqual(['a/one.yaml', 'b/deep/three.yaml'])
  expect(reach.ofEntry('b')).toEqual([])
})

it('circles end', () => {
  const { reach, kustomizations } = reachIn(
    {
      'a/kustomization.yaml': 'resources: [../b, one.yaml]',
      'b/kustomization.yaml': 'resources: [../a]',
      'a/one.yaml': 'mesh',
      'c/app.yaml': '',
    },
    [
      { path: 'c', file: 'c/app.yaml' },
      { path: 'a', file: 'c/app.yaml' },
    ],
  )

  expect(kustomizations.map(reach.of)).toEqual([['a/one.yaml'], ['a/one.yaml']])
  expect(reach.below('c')).toEqual(['a/one.yaml'])
})
