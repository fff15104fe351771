import fc from 'fast-check'

/** Keys that every JavaScript object knows something under, or that YAML or JSON treat in their own way. */
export const hostileKeys = [
  ...['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'toJSON', 'prototype', 'then'],
  ...['length', 'isPrototypeOf', '__defineGetter__', '', '<<', '0', '-1', 'null', 'true'],
]

const scalar = fc.oneof(
  fc.constantFrom(
    ...['1', '-1', '1e400', '.nan', 'true', 'null', '~', '0x10', '2026-01-01', '"\\u009b\\u202e"'],
  ),
  fc
    .constantFrom(...hostileKeys, '[', '*', '{a', '\u0000', '/a', 'a.example')
    .map((text) => JSON.stringify(text)),
)

/** A document in flow style that uses these keys besides the hostile ones. */
export function hostileYaml(keys: readonly string[]): fc.Arbitrary<string> {
  const key = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...keys) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileKeys) },
  )
  return fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      scalar,
      fc.array(tie('node'), { maxLength: 2 }).map((items) => `[${items.join(', ')}]`),
      fc
        .uniqueArray(fc.tuple(key, tie('node')), { maxLength: 4, selector: ([own]) => own })
        .map(
          (entries) => `{${entries.map(([own, value]) => `${JSON.stringify(own)}: ${value}`).join(', ')}}`,
        ),
    ),
  })).node
}
