import { expect, test } from 'vitest'
import { asRendered } from '../../../../src/domain/deployment/releases/as-rendered.ts'
import type {
  ChartOutput,
  Release,
  RenderedPair,
} from '../../../../src/domain/deployment/releases/release.ts'
import { parseYaml } from '../../../../src/domain/source/yaml.ts'
import { textAt } from '../../../../src/domain/source/yaml-node.ts'

const files = [
  { path: 'shop/Chart.yaml', text: 'name: shop\n' },
  { path: 'shop/templates/a.yaml', text: 'kind: {{ .Values.kind }}\n' },
]
const release = (key: string): Release => ({
  key,
  by: [],
  chart: 'shop',
  name: 'shop',
  values: [],
  set: [],
  overlays: [],
  drawn: new Map(),
  rest: '',
})
const prints = (...kinds: readonly string[]): ChartOutput => ({
  kind: 'rendered',
  text: kinds
    .map(
      (kind) =>
        `---\n# Source: shop/templates/a.yaml\napiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: a }\n`,
    )
    .join(''),
})
const pair = (key: string, more: Partial<RenderedPair>): RenderedPair => ({
  pair: { key, before: release(key), after: release(key) },
  ...more,
})

/** The kinds that are shown at the template, on both sides, and what is not compared. */
function shown(...rendered: readonly RenderedPair[]) {
  const { base, merged, leftOut } = asRendered({ base: files, merged: files, rendered })
  const kindsIn = (side: typeof base) =>
    side
      .filter(({ path }) => path === 'shop/templates/a.yaml')
      .flatMap((file) => parseYaml(file, { id: 'invalid-manifest' }))
      .map(({ root }) => (root?.kind === 'map' ? textAt(root, 'kind') : undefined))
  return {
    base: kindsIn(base),
    merged: kindsIn(merged),
    leftOut: leftOut.map(({ key }) => key),
  }
}

test('a template is shown as it is rendered on each side', () => {
  const rendered = pair('one', { before: prints('Gateway'), after: prints('Gateway', 'Sidecar') })

  expect(shown(rendered)).toEqual({
    base: ['Gateway'],
    merged: ['Gateway', 'Sidecar'],

    leftOut: [],
  })
})

test('what several releases make of one template is shown together', () => {
  const one = pair('one', { before: prints('Gateway'), after: prints('Gateway') })
  const two = pair('two', { before: prints('Sidecar'), after: prints('Telemetry') })

  expect(shown(one, two)).toEqual({
    base: ['Gateway', 'Sidecar'],
    merged: ['Gateway', 'Telemetry'],
    leftOut: [],
  })
})

test('where helm refuses by now, what is written stays as it was', () => {
  const rendered = pair('one', { before: prints('Gateway'), after: { kind: 'refused', complaint: 'no' } })

  expect(shown(rendered)).toEqual({ base: [undefined], merged: [undefined], leftOut: [] })
})

test('what was rendered and is not any more is left out', () => {
  const rendered = pair('one', { before: prints('Gateway'), after: { kind: 'not-rendered', why: 'time' } })

  expect(shown(rendered).leftOut).toEqual(['one'])
})

test('what is random is passed over, unless it decides about requests', () => {
  const secret = (value: string): ChartOutput => ({
    kind: 'rendered',
    text: `---\n# Source: shop/templates/a.yaml\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: ${value} }\n`,
  })

  expect(shown(pair('one', { before: secret('x1'), after: secret('x2'), again: secret('x3') }))).toEqual({
    base: [],
    merged: [],

    leftOut: [],
  })
  const random = pair('one', {
    before: prints('Gateway'),
    after: prints('Sidecar'),
    again: prints('Telemetry'),
  })
  expect(shown(random).leftOut).toEqual(['one'])
})
