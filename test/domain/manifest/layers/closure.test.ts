import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createClosure, type Step } from '../../../../src/domain/manifest/layers/closure.ts'

type Graph = Readonly<Record<string, Step>>

const none: Step = { files: [], places: [] }

function closureOf(graph: Graph) {
  return createClosure(
    (place) => graph[place] ?? none,
    () => ['everything'],
  )
}

/** What is met, walked anew from each place. */
function walked(graph: Graph, start: string): readonly string[] {
  const seen = new Set([start])
  for (const place of seen) for (const next of graph[place]?.places ?? []) seen.add(next)
  return [...new Set([...seen].flatMap((place) => graph[place]?.files ?? []))].sort()
}

it('each place meets what a walk from it meets, whatever was asked before', () => {
  const place = fc.integer({ min: 0, max: 7 }).map((number) => `p${number}`)
  const step = fc.record({ files: fc.array(fc.constantFrom('a', 'b', 'c', 'd')), places: fc.array(place) })
  const graphs = fc.dictionary(place, step)

  fc.assert(
    fc.property(graphs, fc.array(place), (graph, asked) => {
      const closure = closureOf(graph)

      for (const each of asked) expect(closure(each)).toEqual(walked(graph, each))
    }),
  )
})

it('places in a circle, and those that lead into it alone, share one list', () => {
  const closure = closureOf({
    a: { files: ['x'], places: ['b'] },
    b: { files: ['y'], places: ['a'] },
    c: { files: [], places: ['a', 'b'] },
  })

  expect(closure('b')).toBe(closure('a'))
  expect(closure('c')).toBe(closure('a'))
})

it('a chain may be as long, and have as many ways through it, as somebody likes', () => {
  // Deeper than any stack.
  const length = 15_000
  const ladder = Object.fromEntries(
    Array.from({ length }, (_, at) => [
      [`l${at}`, { files: at === length - 1 ? ['end'] : [], places: [`l${at + 1}`, `r${at + 1}`] }] as const,
      [`r${at}`, { files: [], places: [`l${at + 1}`, `r${at + 1}`] }] as const,
    ]).flat(),
  )

  expect(closureOf(ladder)('r0')).toEqual(['end'])
})

it('beyond its budget a place may meet everything', () => {
  const length = 4_000
  const chain = Object.fromEntries(
    Array.from({ length }, (_, at) => [`p${at}`, { files: [`f${at}`], places: [`p${at + 1}`] }]),
  )
  const closure = closureOf(chain)

  expect(closure('p0')).toEqual(['everything'])
  expect(closure(`p${length - 1}`)).toEqual([`f${length - 1}`])
})
