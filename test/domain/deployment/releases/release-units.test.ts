import { expect, test } from 'vitest'
import { deploy } from '../../../../src/domain/deployment/deploy.ts'
import type {
  ChartOutput,
  Release,
  RenderedPair,
} from '../../../../src/domain/deployment/releases/release.ts'
import { releaseUnits } from '../../../../src/domain/deployment/releases/release-units.ts'
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

/** The kinds that are delivered at the template, with who delivers them, and what is not or not known any more. */
function shown(...rendered: readonly RenderedPair[]) {
  const releases = releaseUnits({ base: files, merged: files, rendered })
  const { base, merged } = deploy({ files }, { files }, { releases })
  const kindsIn = (side: typeof base) =>
    side.files
      .filter(({ path }) => path === 'shop/templates/a.yaml')
      .flatMap((file) => parseYaml(file, { id: 'invalid-manifest' }))
      .map(({ root, unit }) =>
        root?.kind === 'map' ? `${unit?.key}: ${textAt(root, 'kind')}` : 'not readable',
      )
  return {
    base: kindsIn(base),
    merged: kindsIn(merged),
    notDeployed: merged.notDeployed.map(({ unit, fault: { detail } }) => `${unit}: ${detail}`),
    leftOut: releases.leftOut.map(({ key }) => key),
  }
}

test('a template is what it is rendered to on each side', () => {
  const rendered = pair('one', { before: prints('Gateway'), after: prints('Gateway', 'Sidecar') })

  expect(shown(rendered)).toEqual({
    base: ['one: Gateway'],
    merged: ['one: Gateway', 'one: Sidecar'],
    notDeployed: [],
    leftOut: [],
  })
})

test('two releases of one chart deliver a template each', () => {
  const one = pair('one', { before: prints('Gateway'), after: prints('Gateway') })
  const two = pair('two', { before: prints('Sidecar'), after: prints() })

  expect(shown(one, two)).toEqual({
    base: ['one: Gateway', 'two: Sidecar'],
    merged: ['one: Gateway'],
    notDeployed: [],
    leftOut: [],
  })
})

test('where helm refuses by now, a cluster keeps what it has', () => {
  const rendered = pair('one', { before: prints('Gateway'), after: { kind: 'refused', complaint: 'no' } })

  expect(shown(rendered)).toEqual({
    base: ['one: Gateway'],
    merged: ['one: Gateway'],
    notDeployed: ['one: no'],
    leftOut: [],
  })
})

test('what helm did not render before, and does now, is new', () => {
  const rendered = pair('one', { before: { kind: 'refused', complaint: 'no' }, after: prints('Gateway') })

  expect(shown(rendered)).toMatchObject({
    base: ['not readable'],
    merged: ['one: Gateway'],
    notDeployed: [],
  })
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
    notDeployed: [],
    leftOut: [],
  })
  const random = pair('one', {
    before: prints('Gateway'),
    after: prints('Sidecar'),
    again: prints('Telemetry'),
  })
  expect(shown(random).leftOut).toEqual(['one'])
})

test('what cannot be read on either side speaks for nothing', () => {
  const unread: ChartOutput = { kind: 'rendered', text: '---\n# Source: shop/templates/a.yaml\na: [\n' }
  const rendered = [pair('one', { before: unread, after: unread })]

  expect(releaseUnits({ base: files, merged: files, rendered }).decided.file('shop/templates/a.yaml')).toBe(
    false,
  )
})
