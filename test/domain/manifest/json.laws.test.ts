import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../../src/domain/manifest/json.ts'
import { runs } from '../../support/laws.ts'

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

it('a value reads back from its canonical text, which is the same in whatever order its keys stand', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)

      expect(JSON.stringify(JSON.parse(text))).toBe(
        JSON.stringify(JSON.parse(canonicalJson(reversed(value)))),
      )
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(text).toBe(canonicalJson(reversed(value)))
    }),
    { numRuns: runs(200, 20_000) },
  )
})

it('what is absent is left out of an object, and null in a list, as JSON has it', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, Number.NaN, 1] })).toBe('{"a":[null,null,1]}')
})
