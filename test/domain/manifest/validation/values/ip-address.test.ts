import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIpAddress, isIpSubnet } from '../../../../../src/domain/manifest/validation/values/ip-address.ts'

test('addresses are what Node takes for addresses', () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '255',
    '256',
    '01',
    'fe80',
    'abcd',
    '12345',
    '',
    ':',
    '::',
    '.',
    ':1',
    '.1',
  )
  const anything = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), anything), (text) => {
      expect(isIpAddress(text)).toBe(isIP(text) !== 0)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['0.0.0.1::255', false],
  ['1.2.3.4::', false],
  ['::ffff:1.2.3.4', true],
  ['::1.2.3.4', true],
  ['1::1.2.3.4', true],
  ['1:2:3:4:5:6:1.2.3.4', true],
  ['1.2.3.4:5:6:7:8:9:a', false],
])('the address %j: %s', (address, valid) => {
  expect(isIpAddress(address)).toBe(valid)
})

test.each([
  ['10.0.0.0/8', true],
  ['10.0.0.1', true],
  ['fd00::/8', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/08', false],
  ['fd00::/129', false],
  ['10.0.0.0/8/8', false],
  ['a/8', false],
  ['', false],
])('the subnet %j: %s', (subnet, valid) => {
  expect(isIpSubnet(subnet)).toBe(valid)
})
