import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostSubsetOf } from '../../../../../src/domain/manifest/names.ts'
import { coveringHost } from '../../../../../src/domain/manifest/validation/values/covering-host.ts'

const host = fc
  .tuple(fc.constantFrom('', '*', '*.', '*-'), fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }))
  .map(([start, labels]) => start + labels.join('.'))

test('a host is covered by the index if and only if some host of the list covers it', () => {
  fc.assert(
    fc.property(fc.array(host, { maxLength: 6 }), host, fc.nat(6), (hosts, asked, except) => {
      const found = coveringHost(hosts)(asked, except)

      const covered = hosts.some((each, index) => index !== except && hostSubsetOf(asked, each))
      expect(found !== undefined).toBe(covered)
      if (found !== undefined) expect(hostSubsetOf(asked, hosts[found]!)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
