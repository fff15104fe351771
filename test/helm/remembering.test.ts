import { expect, test } from 'vitest'
import type { ChartRelease } from '../../src/app/reading/chart-port.ts'
import type { ChartOutput } from '../../src/domain/deployment/releases/release.ts'
import { remembering } from '../../src/helm/remembering.ts'

const release = (text: string, more: Partial<ChartRelease> = {}): ChartRelease => ({
  name: 'shop',
  namespace: 'shop',
  chart: new Map([['Chart.yaml', Buffer.from(text)]]),
  values: [],
  set: [],
  ...more,
})

function counted(answer: (at: number) => ChartOutput = () => ({ kind: 'rendered', text: 'a' })) {
  let asked = 0
  const charts = remembering({ render: async () => answer(++asked) })
  return { charts, asked: () => asked }
}

test('the same chart with the same values is rendered once', async () => {
  const { charts, asked } = counted()
  await charts.render(release('a'))
  await charts.render(release('a'))

  expect(asked()).toBe(1)
})

test.each([
  ['another text', release('b')],
  ['other values', release('a', { values: ['x: 1'] })],
  ['another parameter', release('a', { set: [{ name: 'a', value: 'b', isText: 'no' }] })],
  ['another name', release('a', { name: 'blog' })],
  ['another namespace', release('a', { namespace: 'blog' })],
  ['another file', release('a', { chart: new Map([['Chart.yml', Buffer.from('a')]]) })],
  ['one more file', release('a', { chart: new Map([...release('a').chart, ['b', Buffer.from('')]]) })],
])('%s is another release', async (_, other) => {
  const { charts, asked } = counted()
  await charts.render(release('a'))
  await charts.render(other)

  expect(asked()).toBe(2)
})

test('what is wanted anew is rendered again', async () => {
  const { charts, asked } = counted((at) => ({ kind: 'rendered', text: String(at) }))
  await charts.render(release('a'))

  expect(await charts.render(release('a'), 'anew')).toEqual({ kind: 'rendered', text: '2' })
  expect(asked()).toBe(2)
})

test('what was ended by force is tried again', async () => {
  const { charts, asked } = counted(() => ({ kind: 'not-rendered', why: 'time' }))
  await charts.render(release('a'))
  await charts.render(release('a'))

  expect(asked()).toBe(2)
})

test('of more than is remembered what was asked for longest ago is forgotten', async () => {
  const half = 'x'.repeat(20 * 1024 * 1024)
  const { charts, asked } = counted(() => ({ kind: 'rendered', text: half }))
  await charts.render(release('a'))
  await charts.render(release('b'))
  await charts.render(release('b'))
  expect(asked()).toBe(2)
  await charts.render(release('a'))

  expect(asked()).toBe(3)
})
