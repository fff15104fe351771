import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, isEmpty, keyOf, subtract, unmetered } from '../../../src/domain/language/string-set.ts'
import { isUnknown } from '../../../src/domain/manifest/placeholders/placeholders.ts'
import {
  authoritiesOf,
  chooseHost,
  covers,
  namesByPattern,
  namesUnder,
} from '../../../src/domain/routing/host-choice.ts'
import { runs } from '../../support/laws.ts'

const labels = fc.array(fc.constantFrom('a', 'b', 'shop', '%{env}', '{{ .Values.host }}'), {
  minLength: 1,
  maxLength: 3,
})
const hosts = fc
  .tuple(fc.boolean(), labels)
  .map(([isWildcard, parts]) => (isWildcard ? `*.${parts.join('.')}` : parts.join('.')))

/** One more special host after the other. */
function oneByOne(host: string, others: readonly string[]) {
  const taken = others.filter((other) => other !== host && host.startsWith('*') && covers(host, other))
  const left = taken.reduce((set, other) => subtract(set, namesUnder(other), unmetered), namesUnder(host))
  return isEmpty(left) ? namesUnder(host) : left
}

describe('the authorities of a host', () => {
  it('are what its more special hosts leave, taken away together or one by one', () => {
    fc.assert(
      fc.property(hosts, fc.array(hosts, { maxLength: 6 }), (host, others) => {
        expect(keyOf(authoritiesOf(host, others))).toBe(keyOf(oneByOne(host, others)))
        expect(keyOf(authoritiesOf(host, others.toReversed()))).toBe(keyOf(authoritiesOf(host, others)))
      }),
      { numRuns: runs(50, 2_000) },
    )
  })

  it('are those of its pattern where that has none but letters that fold to one other', () => {
    const labels = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '*', '*.'),
        (parts, start) => {
          const host = start + parts.join('.')
          // `__a.__` is for another tool to fill in.
          fc.pre(!isUnknown(host))

          expect(keyOf(namesUnder(host))).toBe(keyOf(namesByPattern(host)))
        },
      ),
      { numRuns: runs(100, 5_000) },
    )
  })

  it('fold letters of ASCII alone, as Envoy does', () => {
    const names = namesUnder('shop.example')

    expect(['SHOP.example', 'shop.Example:8080'].every((name) => contains(names, name))).toBe(true)
    expect(
      ['\u017fhop.example', 'shop.example:', 'shop.example.'].some((name) => contains(names, name)),
    ).toBe(false)
  })

  it('are those for which Envoy chooses it', () => {
    const all = ['*', '*.example', '*.shop.example', 'a.shop.example']
    for (const name of ['a.example', 'a.shop.example', 'b.shop.example', 'elsewhere'])
      expect(all.filter((host) => contains(authoritiesOf(host, all), name))).toEqual([chooseHost(all, name)])
  })
})
