import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressesMeet } from '../../../../src/domain/unmodelled/reading/addresses.ts'

test.each([
  ['10.96.0.20', '10.96.0.0/12', true],
  ['10.96.0.20', '10.112.0.0/12', false],
  ['10.0.0.0/8', '0.0.0.0/0', true],
  ['fd00::1', 'fd00:0:0:0:0:0:0:1', true],
  ['fd00::1', 'fd00::/64', true],
  ['fd00::1', '0.0.0.0/0', false],
  ['300.1.1.1', '0.0.0.0/0', false],
  ['10.0.0.1/33', '10.0.0.1', false],
  ['None', 'None', false],
  ['', '', false],
])('%s and %s', (a, b, meet) => {
  expect(addressesMeet(a, b)).toBe(meet)
})

test('which comes first does not matter, and each meets the range of all', () => {
  const ranges = fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, length]) => `${address}/${length}`)
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      expect(addressesMeet(a, b)).toBe(addressesMeet(b, a))
      expect(addressesMeet(a, '0.0.0.0/0')).toBe(true)
      expect(addressesMeet(a, a)).toBe(true)
    }),
  )
})
