import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appendEdge,
  type Edge,
  follow,
  isUniversal,
  nowhere,
  stateAt,
} from '../../../src/domain/language/automaton.ts'

test('following a code point finds the edge over it, or none', () => {
  const widths = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 9 })
  void fc.assert(
    fc.property(widths, fc.nat(60), (all, point) => {
      const edges: Edge[] = []
      for (const [to, [gap, width]] of all.entries()) {
        const low = (edges.at(-1)?.high ?? -1) + 1 + gap
        edges.push({ low, high: low + width, to })
      }
      const expected = edges.find(({ low, high }) => low <= point && point <= high)?.to ?? nowhere

      expect(follow({ accepting: false, edges }, point)).toBe(expected)
    }),
  )
})

test('an edge that continues the last one widens it', () => {
  const edges: Edge[] = []
  for (const edge of [
    [1, 3, 7],
    [4, 4, 7],
    [6, 6, 7],
    [7, 8, 2],
  ] as const) {
    appendEdge(edges, { low: edge[0], high: edge[1], to: edge[2] })
  }

  expect(edges).toEqual([
    { low: 1, high: 4, to: 7 },
    { low: 6, high: 6, to: 7 },
    { low: 7, high: 8, to: 2 },
  ])
})

test('nowhere is a state that accepts nothing', () => {
  expect(stateAt([], nowhere)).toEqual({ accepting: false, edges: [] })
})

test('only an accepting loop over all code points is universal', () => {
  const all = [{ low: 0, high: 0x10ffff, to: 3 }]

  expect(isUniversal({ accepting: true, edges: all }, 3)).toBe(true)
  expect(isUniversal({ accepting: true, edges: all }, 4)).toBe(false)
  expect(isUniversal({ accepting: false, edges: all }, 3)).toBe(false)
  expect(isUniversal({ accepting: true, edges: [{ low: 1, high: 0x10ffff, to: 3 }] }, 3)).toBe(false)
})
