import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cause, type Doubt, doubt, keyOfDoubt, uniteDoubts } from '../../src/domain/doubt.ts'

const file = { path: 'a.yaml', text: '1\n2\n3\n4\n' }
const causes: readonly Cause[] = [
  { code: 'creation-order', of: ['n/a', 'n/b'] },
  { code: 'pattern-too-large', field: 'path', pattern: '/a' },
  { code: 'pattern-too-large', field: 'path', pattern: '/b' },
  { code: 'too-much-to-compare', budget: 'orders' },
]
const doubts = fc.array(
  fc
    .record({ cause: fc.constantFrom(...causes), places: fc.array(fc.constantFrom(0, 2, 4)) })
    .map(({ cause, places }) => doubt(cause, ...places.map((start) => ({ file, start, end: start + 1 })))),
)

/** Each cause with each of its places. */
function told(all: readonly Doubt[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((each) => [
      keyOfDoubt(each),
      ...each.places.map(({ start }) => `${keyOfDoubt(each)} ${start}`),
    ]),
  )
}

test('no doubt, and no place of one, disappears by union, and none comes in', () => {
  fc.assert(
    fc.property(doubts, doubts, (a, b) => {
      expect(told(uniteDoubts([...a, ...b]))).toEqual(told([...a, ...b]))
    }),
  )
})

test('a union does not depend on the order, and says each doubt once', () => {
  fc.assert(
    fc.property(doubts, (all) => {
      const united = uniteDoubts(all)

      expect(united.map(keyOfDoubt)).toEqual([...new Set(united.map(keyOfDoubt))])
      expect(told(uniteDoubts(all.toReversed()))).toEqual(told(united))
      expect(uniteDoubts([...united, ...united])).toEqual(
        uniteDoubts(all.length < 2 ? [...all, ...all] : all),
      )
    }),
  )
})
