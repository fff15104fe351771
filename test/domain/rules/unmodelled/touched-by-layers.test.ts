import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LayerStatement } from '../../../../src/domain/manifest/layers/layer-statement.ts'
import { touchedByLayer } from '../../../../src/domain/rules/unmodelled/touched-by-layers.ts'

const paths = ['a', 'b', 'c']
const statement: fc.Arbitrary<LayerStatement> = fc.record({
  what: fc.constantFrom('x', 'y', 'z'),
  reach: fc.oneof({ weight: 4, arbitrary: fc.subarray(paths) }, fc.constant('mesh' as const)),
})
const layer = fc.array(statement, { maxLength: 4 })
const all = new Set(paths)

describe('whom a change of a layer concerns', () => {
  it('the reach of what one side alone says', () => {
    const [x, y] = [
      { what: 'x', reach: ['a'] },
      { what: 'y', reach: ['b', 'c'] },
    ]

    expect(touchedByLayer([x], [x, y], all)).toEqual(['b', 'c'])
    expect(touchedByLayer([x, y], [x], all)).toEqual(['b', 'c'])
    expect(touchedByLayer([x], [{ ...x, reach: ['a', 'b'] }], all)).toEqual([])
    expect(touchedByLayer([x, x], [x], all)).toEqual(['a'])
  })

  it('files that one side alone has are judged by themselves', () => {
    expect(touchedByLayer([], [{ what: 'x', reach: ['a', 'new'] }], all)).toEqual(['a'])
    expect(touchedByLayer([], [{ what: 'x', reach: 'mesh' }], new Set())).toEqual([])
  })

  it('law: nobody, where nothing changes; the same, whichever side comes first', () => {
    fc.assert(
      fc.property(layer, layer, (before, after) => {
        expect(touchedByLayer(before, before, all)).toEqual([])
        expect(touchedByLayer(before, after, all)).toEqual(touchedByLayer(after, before, all))
      }),
    )
  })
})
