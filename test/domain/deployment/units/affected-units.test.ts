import { expect, it } from 'vitest'
import { affectedUnits } from '../../../../src/domain/deployment/units/affected-units.ts'
import type { Unit } from '../../../../src/domain/deployment/units/unit.ts'

const unit = (folder: string, more: Partial<Unit> = {}): Unit => ({
  key: folder,
  by: [],
  folder,
  takes: 'kustomization',
  over: {},
  ...more,
})
const files = [
  { path: 'base/kustomization.yaml', text: 'resources: [vs.yaml]\n' },
  { path: 'prod/kustomization.yaml', text: 'resources: [../base]\npatches: [{ path: ../p.yaml }]\n' },
  { path: 'all/in/kustomization.yaml', text: 'resources: [../../prod]\n' },
  { path: 'c/kustomization.yaml', text: 'kind: Component\npatches: [{ path: p.yaml }]\n' },
  { path: 't/kustomization.yaml', text: 'transformers: [t.yaml]\n' },
]
const units = [
  unit('prod'),
  unit('all', { takes: 'flux' }),
  unit('with', { by: ['deliver.yaml'], over: { components: ['../c'] } }),
  unit('plain', { takes: 'files' }),
  unit('t'),
]
const affected = (...paths: readonly string[]) =>
  affectedUnits(units, new Set(paths), files).map(({ key }) => key)

it.each([
  ['base/vs.yaml', ['prod', 'all']],
  ['p.yaml', ['prod', 'all']],
  ['base/kustomization.yaml', ['prod', 'all']],
  ['c/p.yaml', ['with']],
  ['deliver.yaml', ['with']],
  ['plain/a.yaml', ['plain']],
  ['t/what/a/transformer/names.yaml', ['t']],
  ['elsewhere/README.md', []],
  ['plain-not/a.yaml', []],
])('%s takes part in %j', (path, expected) => {
  expect(affected(path)).toEqual(expected)
})

it('nothing is affected by nothing', () => {
  expect(affected()).toEqual([])
})
