import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionPoint } from '../../../src/domain/source/partition-point.ts'

test('the partition point of a sorted list is the number of those that are smaller', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: -1, max: 10 }), (some, least) => {
      const sorted = some.toSorted((a, b) => a - b)
      const found = partitionPoint(sorted.length, (at) => (sorted[at] ?? 0) < least)
      expect(found).toBe(some.filter((each) => each < least).length)
    }),
  )
})
