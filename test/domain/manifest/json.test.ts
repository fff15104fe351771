import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, type JsonValue } from '../../../src/domain/manifest/json.ts'
import { compareTexts } from '../../../src/domain/source/compare-texts.ts'

/** The same, as JSON itself writes what was sorted before. */
function written(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([a], [b]) => compareTexts(a, b))
  return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]))
}

/** A number for a name would be put first by JSON itself. */
const names = fc
  .oneof(fc.constantFrom('a', 'match', 'uri', '"', '__proto__x'), fc.string())
  .filter((name) => !/^\d+$|^__proto__$/.test(name))
const { value: values } = fc.letrec<{ value: JsonValue | undefined }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, undefined, true, 0, -1.5, 'text', '"\n\u2028'),
    fc.string(),
    fc.array(
      tie('value').map((each) => each ?? null),
      { maxLength: 4 },
    ),
    fc.dictionary(names, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ) as fc.Arbitrary<JsonValue | undefined>,
}))

it('a law: it is what JSON writes of the same with sorted fields', () => {
  fc.assert(
    fc.property(fc.dictionary(names, values, { noNullPrototype: true }), (value) => {
      expect(canonicalJson(value)).toBe(written(value))
    }),
  )
})

it('fields are sorted, absent ones left out, and what is missing in a list is null', () => {
  expect(canonicalJson({ b: 1, a: undefined, A: [undefined, { d: 1, c: 2 }] })).toBe(
    '{"A":[null,{"c":2,"d":1}],"b":1}',
  )
  expect(canonicalJson({ a: undefined })).toBe('{}')
})
