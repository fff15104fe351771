import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edge } from '../../../src/domain/language/automaton.ts'
import { fanOut, overlay } from '../../../src/domain/language/overlay.ts'

const ranges = fc.array(fc.tuple(fc.nat(30), fc.nat(6)), { maxLength: 8 })

const overlapping = ranges.map((all) => all.map(([low, width], to): Edge => ({ low, high: low + width, to })))

/** Sorted and disjoint: what overlaps an earlier range is left out. */
const disjoint = overlapping.map((all) =>
  all.reduce<Edge[]>((kept, edge) => {
    const isFree = kept.every(({ low, high }) => edge.high < low || edge.low > high)
    return isFree ? kept.concat(edge).sort((a, b) => a.low - b.low) : kept
  }, []),
)

const at = <T extends { low: number; high: number }>(all: readonly T[], point: number): readonly T[] =>
  all.filter(({ low, high }) => low <= point && point <= high)

const points = Array.from({ length: 40 }, (_, point) => point)

test('an overlay leads every point where each side leads it', () => {
  void fc.assert(
    fc.property(disjoint, disjoint, (left, right) => {
      const pairs = overlay(left, right)
      for (const point of points) {
        const sides = [at(left, point)[0]?.to ?? -1, at(right, point)[0]?.to ?? -1]
        const expected = sides[0] === -1 && sides[1] === -1 ? [] : [sides]
        expect(at(pairs, point).map((pair) => [pair.left, pair.right])).toEqual(expected)
      }
    }),
  )
})

test('a fan leads every point to all targets of the edges over it, in sorted disjoint ranges', () => {
  void fc.assert(
    fc.property(overlapping, (edges) => {
      const fans = fanOut(edges)
      for (const point of points) {
        const targets = at(edges, point).map(({ to }) => to)
        const found = at(fans, point).map(({ to }) => to.toSorted((a, b) => a - b))
        expect(found).toEqual(targets.length === 0 ? [] : [targets.toSorted((a, b) => a - b)])
      }
      expect(fans.map(({ low }) => low)).toEqual(fans.map(({ low }) => low).toSorted((a, b) => a - b))
    }),
  )
})
