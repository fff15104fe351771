import fc from 'fast-check'

const atoms = [
  ...['a', 'x', '1', '-', 'é', '~', '\\x00', '\\.', '\\W', '\\w', '\\d', '\\D', '\\S', '\\pL', '\\PL'],
  ...[
    '.',
    '(?s:.)',
    '[^x]',
    '[^a-z]',
    '[[:print:]]',
    '[^[:print:]]',
    '[\\x00-\\x{10ffff}]',
    '[a1]',
    '^',
    '$',
  ],
  ...['\\b', '\\B', '\\A', '\\z', '(?:)', '(?i:a)'],
]
const quantifiers = ['', '', '', '*', '+', '?', '*?', '{0}', '{0,2}', '{2}']

/** Expressions as RE2 reads them, among them many that accept anything, nothing, or the empty text. */
export const pattern: fc.Arbitrary<string> = fc.letrec<{ pattern: string; one: string }>((tie) => ({
  one: fc
    .tuple(
      fc.oneof(
        { maxDepth: 1, withCrossShrink: true },
        { weight: 5, arbitrary: fc.constantFrom(...atoms) },
        { weight: 1, arbitrary: tie('pattern').map((inner) => `(${inner})`) },
      ),
      fc.constantFrom(...quantifiers),
    )
    .map((parts) => parts.join('')),
  pattern: fc
    .array(fc.array(tie('one'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((choices) => choices.map((each) => each.join('')).join('|')),
})).pattern
