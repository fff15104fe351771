import * as fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { regexLanguage, regexMatches } from '../../../src/domain/language/regex.ts'
import {
  BudgetExceeded,
  contains,
  exactly,
  intersect,
  isEmpty,
  isSubset,
  keyOf,
  meets,
  type StringSet,
  startingWith,
  subtract,
  union,
  witness,
} from '../../../src/domain/language/string-set.ts'
import { paths } from '../../../src/domain/language/universe.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(`${pattern}: ${set.invalid.fault}`)
  return set
}

const patterns = [
  '',
  'a',
  'a*',
  '(a|b)*',
  '.*',
  '(?s).*',
  'a.b',
  '[^a]*',
  '^a.*b$',
  '\\Aa+\\z',
  '(?m)^a$\\n^b$',
  '(?m:^)+a*(?m:$)\\s?',
  'a\\b.*',
  '.*\\Ba.*',
  '\\b\\b.+\\b',
  '(?i)ab?',
  '(?i:A)B',
  '[[:alpha:]]+',
  '\\w*\\W\\w*',
  '\\Qa/b\\E|\\/',
  '(?:a|ab)(?:b|)',
  'a{2,3}',
  '(a|b){0,2}/?',
  '(?U)a+?b*',
  '(?P<x>a)(?<y>b)*',
  'a^b',
  '(?:$a|b)*',
]

/** All texts over these characters with at most `length` of them. */
function textsUpTo(length: number, alphabet: readonly string[]): readonly string[] {
  const longest = [['']]
  for (let i = 0; i < length; i++) {
    longest.push(longest.at(-1)!.flatMap((text) => alphabet.map((letter) => text + letter)))
  }
  return longest.flat()
}

const texts = textsUpTo(5, ['a', 'b', 'B', '/', '\n'])
const fewTexts = textsUpTo(3, ['a', 'b', 'B', '/', '\n'])

test.each(patterns)('text ∈ L(%j) ⇔ RE2 matches the whole text, for all texts up to length 5', (pattern) => {
  const set = language(pattern)
  const regex = RE2JS.compile(pattern)

  expect(texts.filter((text) => contains(set, text))).toEqual(texts.filter((text) => regex.matches(text)))
})

test('text ∈ L(p) ∘ L(q) ⇔ RE2 says so, for ∘ one of ∪ ∩ ∖ and all pairs of patterns', () => {
  const matched = patterns.map((pattern) => fewTexts.map((text) => RE2JS.compile(pattern).matches(text)))
  const check = (set: StringSet, isIn: (text: number) => boolean) =>
    expect(fewTexts.filter((text) => contains(set, text))).toEqual(fewTexts.filter((_, text) => isIn(text)))

  patterns.forEach((p, i) => {
    patterns.slice(i).forEach((q, offset) => {
      const [a, b] = [language(p), language(q)]
      const [inA, inB] = [matched[i]!, matched[i + offset]!]
      check(intersect(a, b, unmetered), (text) => inA[text]! && inB[text]!)
      check(union(a, b, unmetered), (text) => inA[text]! || inB[text]!)
      check(subtract(a, b, unmetered), (text) => inA[text]! && !inB[text]!)
      expect(isSubset(a, b, unmetered)).toBe(isEmpty(subtract(a, b, unmetered)))
      expect(meets(a, b, unmetered)).toBe(!isEmpty(intersect(a, b, unmetered)))
    })
  })
})

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    '/',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '\\n',
    '^',
    '$',
    '\\b',
    '\\B',
    '\\A',
    '\\z',
    '(?i:b)',
    '(?m:^)',
    '(?m:$)',
  ],
  ...['(?s:.)', '', '\\d', '[/-b]'],
)

const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '*?'))
      .map(([a, sign]) => `(?:${a})${sign}`),
  ),
})).node

test('text ∈ L(p) ⇔ RE2 matches the whole text, for random patterns and texts', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '/', '\n', '0', 'é'), maxLength: 6 })
  void fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 10, maxLength: 10 }), (p, some) => {
      const set = language(p)
      for (const one of some) expect(contains(set, one)).toBe(RE2JS.compile(p).matches(one))
      const member = witness(set)
      if (member !== undefined) expect(regexMatches(p, member)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test.each([
  ['(?i)k', ['k', 'K', '\u212A']],
  ['(?i)S', ['s', 'S', 'ſ']],
  ['(?i)é', ['é', 'É']],
  ['(?i)[σ]', ['σ', 'Σ', 'ς']],
  ['\\pL', ['a', 'é', 'ß', '中', '𐐀']],
  ['\\x{1F600}', ['\u{1F600}']],
  ['\\p{Greek}', ['α', 'Ω']],
  ['[^\\x00-\\x{FFFF}]', ['\u{1F600}']],
])('%s has %j', (p, members) => {
  const set = language(p)

  for (const member of members) expect(contains(set, member)).toBe(true)
  for (const other of ['', 'q7', '7', '-']) expect(contains(set, other)).toBe(RE2JS.compile(p).matches(other))
})

test.each([
  '(?=a)b',
  '(?<!a)b',
  'a++',
  '/**',
  '(a)\\1',
  'a{1001}',
  '(a{100}){11}',
  '\\C',
  '\\u0061',
  '(',
  '[a',
  '*',
  'a\\',
  '\\pQ',
])('RE2 refuses %s', (p) => {
  expect(regexLanguage(p, unmetered)).toMatchObject({ invalid: { fault: expect.stringMatching(/./) } })
  expect(regexMatches(p, 'a')).toBe(false)
})

test('a star is not everything: it stops at a line break, and (?s) does not', () => {
  expect(contains(language('/.*'), '/a\nb')).toBe(false)
  expect(contains(language('(?s)/.*'), '/a\nb')).toBe(true)
})

test('inclusions between patterns, prefixes and literals', () => {
  expect(isSubset(language('/api/v1/.*'), startingWith('/api/'), unmetered)).toBe(true)
  expect(isSubset(startingWith('/api/v1/'), language('/api/v1/.*'), unmetered)).toBe(false)
  expect(
    isSubset(intersect(startingWith('/api/v1/'), paths, unmetered), language('/api/v1/.*'), unmetered),
  ).toBe(true)
  expect(isSubset(exactly('/api/v1/x'), language('/api/v[0-9]+/x'), unmetered)).toBe(true)
  expect(isSubset(language('/api/v[0-9]+/.*'), language('/api/v\\d{1,3}/.*'), unmetered)).toBe(false)
  expect(isSubset(language('/api/v\\d{1,3}/.*'), language('/api/v[0-9]+/.*'), unmetered)).toBe(true)
  expect(meets(language('/api\\B.*'), startingWith('/api/'), unmetered)).toBe(false)
  expect(keyOf(language('(a|b)*'))).toBe(keyOf(language('(?:a*b*)*')))
})

test('the shortest path where two sets differ', () => {
  const escapes = (p: string, prefix: string) =>
    witness(intersect(subtract(language(p), startingWith(prefix), unmetered), paths, unmetered))

  expect(escapes('^/api/v[0-9]+/users/[^/]+$', '/api/v1')).toBe('/api/v0/users/a')
  expect(escapes('(?i)/API/.*', '/api/')).toBe('/apI/')
  expect(escapes('/api/v1/.*', '/api/')).toBeUndefined()
})

test('a pattern whose automaton explodes is refused, every time, and can still be matched', () => {
  const explosive = '/(a|b)*a(a|b){14}'

  expect(() => regexLanguage(explosive, unmetered)).toThrow(BudgetExceeded)
  expect(() => regexLanguage(explosive, unmetered)).toThrow(BudgetExceeded)
  expect(regexMatches(explosive, '/aaaaaaaaaaaaaaab')).toBe(true)
  expect(() => regexLanguage('(?:(?:.{1,30}a){1,30}|b)'.repeat(2), unmetered)).toThrow(BudgetExceeded)
})

test('contract with re2js: its compiled program has the form that is read here', () => {
  const { start, inst } = RE2JS.compile('^a(?i:k)|[b-d].\\b$').re2().prog

  expect(start).toBeTypeOf('number')
  expect(inst.length).toBeGreaterThan(8)
  for (const { op, out, arg, runes } of inst) {
    expect(op).toBeGreaterThanOrEqual(1)
    expect(op).toBeLessThanOrEqual(11)
    expect([typeof out, typeof arg, runes instanceof Int32Array]).toEqual(['number', 'number', true])
  }
})

test.each([
  ['(?P<n>a)(?P<n>b)', '(a)(b)'],
  ['(?<n>a)|(?P<n>b[(?P<n>x)])', '(a)|(b[(?P<n>x)])'],
  ['(?P<n>a\\(?P<n>)(?P<n>b)?', '(a\\(?P<n>)(b)?'],
  ['(?P<n>\\Q(?P<n>\\E)(?P<n>b)', '(\\Q(?P<n>\\E)(b)'],
])('a name for two groups is accepted: %s', (named, plain) => {
  expect(keyOf(language(named))).toBe(keyOf(language(plain)))
})
