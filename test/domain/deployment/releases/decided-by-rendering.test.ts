import { describe, expect, test } from 'vitest'
import {
  decidedByRendering,
  withoutDecided,
} from '../../../../src/domain/deployment/releases/decided-by-rendering.ts'
import type {
  ChartOutput,
  Release,
  RenderedPair,
  UnrenderedRelease,
} from '../../../../src/domain/deployment/releases/release.ts'

const release: Release = {
  key: 'HelmRelease web/shop',
  by: ['clusters/shop.yaml'],
  chart: 'shop',
  name: 'shop',
  values: [{ path: 'env/values-prod.yaml', text: '' }],
  set: [],
  overlays: [],
  drawn: new Map([['common', 'common']]),
  layer: { kind: 'HelmRelease', resource: 'web/shop' },
  rest: 'same',
}
const printed: ChartOutput = { kind: 'rendered', text: '' }
const pair = (more: Partial<RenderedPair> = {}): RenderedPair => ({
  pair: { key: release.key, before: release, after: release },
  before: printed,
  after: printed,
  ...more,
})
const other: UnrenderedRelease = { key: 'other', by: [], chart: 'shop', why: 'values', reads: [] }
const layer = { code: 'unmodelled-change.layer', kind: 'HelmRelease', resource: 'web/shop' } as const
const file = (path: string, text = '') => ({ path, text })

function decides(path: string, rendered = [pair()], files = [file('shop/Chart.yaml')]): boolean {
  return decidedByRendering(rendered, files).file(path)
}

describe('a rendering speaks for', () => {
  test.each([
    'shop/Chart.yaml',
    'shop/values.yaml',
    'shop/templates/deep/a.yaml',
    'shop/charts/sub/templates/a.yaml',
    'shop/charts/sub-1.0.0.tgz',
    'common/templates/_a.tpl',
    'env/values-prod.yaml',
  ])('%s', (path) => {
    expect(decides(path)).toBe(true)
  })

  test.each([
    'shop/manifests/a.yaml',
    'shop/charts/sub/manifests/a.yaml',
    'clusters/shop.yaml',
    'shopping/templates/a.yaml',
    'env/values-test.yaml',
  ])('nothing in %s', (path) => {
    expect(decides(path)).toBe(false)
  })

  test('nothing of what another release takes that was not rendered', () => {
    expect(decides('shop/templates/a.yaml', [pair(), { pair: { key: 'other', after: other } }])).toBe(false)
  })

  test.each([
    ['rendered', printed, true],
    ['refused', { kind: 'refused', complaint: '' }, true],
    ['not-rendered', { kind: 'not-rendered', why: 'time' }, false],
  ] as const)('what is %s by now', (_, after, expected) => {
    expect(decides('shop/values.yaml', [pair({ after })])).toBe(expected)
  })

  test.each([
    ['a kustomization takes', 'k/kustomization.yaml', 'resources: [../shop/templates/a.yaml]\n'],
    [
      'an Application takes as a directory',
      'app.yaml',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: shop/templates } }\n',
    ],
    [
      'Flux takes with all that is around it',
      'flux.yaml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ./ }\n',
    ],
  ])('nothing of a template that %s as well', (_, path, text) => {
    expect(decides('shop/templates/a.yaml', [pair()], [file('shop/Chart.yaml'), file(path, text)])).toBe(
      false,
    )
  })
})

describe('of the object that releases', () => {
  const says = (rendered: RenderedPair) => decidedByRendering([rendered], []).layer(layer)

  test('a rendering shows what it hands to the chart', () => {
    expect(says(pair())).toBe(true)
  })

  test('no rendering shows what else it says', () => {
    const after = { ...release, rest: 'other' }

    expect(says(pair({ pair: { key: release.key, before: release, after } }))).toBe(false)
  })

  test('nothing is shown where it is new', () => {
    expect(says({ pair: { key: release.key, after: release }, after: printed })).toBe(false)
  })
})

test('without what is decided, both sides say of it what the base side says', () => {
  const base = [
    file('shop/templates/a.yaml', 'old'),
    file('shop/templates/gone.yaml', 'old'),
    file('b.yaml', 'old'),
  ]
  const merged = [
    file('shop/templates/a.yaml', 'new'),
    file('shop/templates/new.yaml', 'new'),
    file('b.yaml', 'new'),
  ]
  const left = withoutDecided({ base, merged }, decidedByRendering([pair()], [file('shop/Chart.yaml')]))

  expect(left.map(({ path, text }) => `${path} ${text}`).toSorted()).toEqual([
    'b.yaml new',
    'shop/templates/a.yaml old',
    'shop/templates/gone.yaml old',
  ])
})
