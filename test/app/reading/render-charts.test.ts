import { expect, test } from 'vitest'
import type { ChartRelease, ChartRenderer } from '../../../src/app/reading/chart-port.ts'
import { renderCharts } from '../../../src/app/reading/render-charts.ts'
import { at } from '../../support/github.ts'
import { createInMemoryForge } from '../../support/in-memory-forge.ts'

const chart = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`

type Texts = Record<string, string>

/** Prints what it is given, or what it is told to; remembers what it was asked. */
function renderer(print = (release: ChartRelease, _at: number) => textsOf(release).join('')) {
  const asked: ChartRelease[] = []
  const charts: ChartRenderer = {
    async render(release) {
      asked.push(release)
      return { kind: 'rendered', text: print(release, asked.length) }
    },
  }
  return { asked, charts }
}

function textsOf({ chart: files }: ChartRelease): readonly string[] {
  return [...files.values()].map((content) => Buffer.from(content).toString())
}

async function render(base: Texts, merged: Texts, charts: ChartRenderer, contents = true) {
  const forge = Object.assign(createInMemoryForge(), { base, merged })
  const { repository } = await forge.connect(at)
  const side = await repository.mergedSide(await repository.pullRequest(7))
  if (side.kind === 'conflict' || side.kind === 'unknown') throw new Error('the sides cannot be read')
  const filesOf = (texts: Texts) => ({ files: Object.entries(texts).map(([path, text]) => ({ path, text })) })
  return renderCharts(
    { base: filesOf(base), merged: filesOf(merged) },
    {
      tip: { kind: 'tip', sha: 'base' },
      merged: side,
      repository: contents ? repository : { ...repository, contents: async () => undefined },
      charts,
    },
  )
}

test('what the change may reach is rendered on both sides, each with its own files', async () => {
  const { asked, charts } = renderer()
  const base = { 'a/Chart.yaml': chart('a'), 'a/values.yaml': 'x: 1\n', 'b/Chart.yaml': chart('b') }
  const pairs = await render(base, { ...base, 'a/values.yaml': 'x: 2\n' }, charts)

  expect(pairs.map(({ pair }) => pair.key)).toEqual(['Chart a'])
  expect(asked.map((each) => textsOf(each).at(-1))).toEqual(['x: 2\n', 'x: 1\n', 'x: 1\n'])
  expect([...(asked[0]?.chart.keys() ?? [])]).toEqual(['Chart.yaml', 'values.yaml'])
})

test('what it does not reach is rendered once, where it may hold something of a mesh', async () => {
  const { asked, charts } = renderer(({ name }) => name)
  const mesh = 'apiVersion: networking.istio.io/v1\nkind: VirtualService\n'
  const base = {
    'a/Chart.yaml': chart('a'),
    'a/values.yaml': 'x: 1\n',
    'b/Chart.yaml': chart('b'),
    'c/Chart.yaml': chart('c'),
    'c/templates/c.yaml': mesh,
    'd/Chart.yaml': chart('d'),
    'd/values.yaml': `more: "${mesh.replaceAll('\n', '\\n')}"\n`,
  }
  const pairs = await render(base, { ...base, 'a/values.yaml': 'x: 2\n' }, charts)

  expect(asked.map(({ name }) => name)).toEqual(['a', 'a', 'c', 'd'])
  expect(pairs.map(({ pair }) => pair.untouched)).toEqual([undefined, true, true])
})

test('after some that had to be ended by force no more are rendered', async () => {
  const asked: string[] = []
  const charts: ChartRenderer = {
    async render({ name }) {
      asked.push(name)
      return { kind: 'not-rendered', why: 'time' }
    },
  }
  const side = (value: string) =>
    Object.fromEntries(
      ['a', 'b', 'c'].flatMap((name) => [
        [`${name}/Chart.yaml`, chart(name)],
        [`${name}/values.yaml`, value],
      ]),
    )
  const pairs = await render(side('x: 1\n'), side('x: 2\n'), charts)

  expect(asked).toEqual(['a', 'a', 'b'])
  expect(pairs.at(-1)?.after).toEqual({ kind: 'not-rendered', why: 'too-many' })
})

test('a chart of another folder lies in the one that draws it in', async () => {
  const { asked, charts } = renderer()
  const base = {
    'a/Chart.yaml': chart('a', 'dependencies: [{ name: b, version: 1.0.0, repository: "file://../b" }]\n'),
    'b/Chart.yaml': chart('b'),
    'b/templates/x.yaml': '1',
  }
  await render(base, { ...base, 'b/templates/x.yaml': '2' }, charts)

  expect([...(asked[0]?.chart.keys() ?? [])].toSorted()).toEqual([
    'Chart.yaml',
    'charts/b/Chart.yaml',
    'charts/b/templates/x.yaml',
  ])
})

test('what is printed alike is not rendered a third time', async () => {
  const { asked, charts } = renderer(() => 'same')
  const base = { 'a/Chart.yaml': chart('a'), 'a/values.yaml': 'x: 1\n' }
  const [pair] = await render(base, { ...base, 'a/values.yaml': 'x: 2\n' }, charts)

  expect(asked).toHaveLength(2)
  expect(pair?.again).toBeUndefined()
})

test('a release that is new or goes is rendered on its own side alone', async () => {
  const { asked, charts } = renderer()
  const [pair] = await render({}, { 'a/Chart.yaml': chart('a') }, charts)

  expect(asked).toHaveLength(1)
  expect([pair?.before, pair?.after?.kind]).toEqual([undefined, 'rendered'])
})

test('of more releases than are rendered the rest is said not to be', async () => {
  const { asked, charts } = renderer(() => 'same')
  const names = Array.from({ length: 60 }, (_, index) => `c${String(index).padStart(2, '0')}`)
  const side = (value: string) =>
    Object.fromEntries(
      names.flatMap((name) => [
        [`${name}/Chart.yaml`, chart(name)],
        [`${name}/values.yaml`, value],
      ]),
    )
  const pairs = await render(side('a: 1\n'), side('a: 2\n'), charts)

  expect(asked).toHaveLength(100)
  expect(pairs.filter(({ after }) => after?.kind === 'not-rendered')).toHaveLength(10)
})

test('of more text than is kept the rest is not', async () => {
  const { charts } = renderer((_, index) => `${index}`.padEnd(30 * 1024 * 1024))
  const base = { 'a/Chart.yaml': chart('a'), 'a/values.yaml': 'x: 1\n' }
  const [pair] = await render(base, { ...base, 'a/values.yaml': 'x: 2\n' }, charts)

  expect([pair?.before?.kind, pair?.after?.kind, pair?.again?.kind]).toEqual([
    'rendered',
    'rendered',
    'not-rendered',
  ])
})

test('what is too large to be read is not rendered', async () => {
  const { asked, charts } = renderer()
  const base = { 'a/Chart.yaml': chart('a'), 'a/values.yaml': 'x: 1\n' }
  const [pair] = await render(base, { ...base, 'a/values.yaml': 'x: 2\n' }, charts, false)

  expect(asked).toEqual([])
  expect(pair).toMatchObject({ before: { why: 'size' }, after: { why: 'size' } })
})
