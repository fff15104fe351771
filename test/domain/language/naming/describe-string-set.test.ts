import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ignoringCase } from '../../../../src/domain/language/naming/caseless.ts'
import {
  type Description,
  describePaths,
  descriptionWords,
} from '../../../../src/domain/language/naming/describe-string-set.ts'
import { regexLanguage } from '../../../../src/domain/language/regex.ts'
import {
  anyOf,
  contains,
  exactly,
  exactlyIgnoringCase,
  intersect,
  isEmpty,
  keyOf,
  nothing,
  type StringSet,
  startingWith,
  startingWithIgnoringCase,
  subtract,
  union,
} from '../../../../src/domain/language/string-set.ts'
import { paths } from '../../../../src/domain/language/universe.ts'
import { unmetered } from '../../../../src/domain/language/work.ts'
import { bareText } from '../../../../src/domain/words/phrase.ts'

const sentenceOf = (description: Description) => bareText(descriptionWords(description))

interface Vector {
  readonly set: readonly string[]
  readonly minus?: readonly string[]
  readonly plus?: readonly string[]
  readonly both?: readonly string[]
  readonly named?: readonly string[]
  readonly said: string
}

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(set.invalid.fault)
  return set
}

const anyCase = ' (ignoring case)'

/** What the words of a description stand for. */
function read(word: string): StringSet {
  if (word.endsWith(anyCase)) return ignoringCase(read(word.slice(0, -anyCase.length)), unmetered)
  const [own = '', ...scope] = word.split(' matching ')
  if (scope.length > 0) return scope.map(read).reduce((a, b) => intersect(a, b, unmetered), read(own))
  if (word.startsWith('~ ')) return language(word.slice(2))
  const isPrefix = word.endsWith('*')
  const literal = isPrefix ? word.slice(0, -1) : word
  if (literal.startsWith('i:')) {
    return isPrefix ? startingWithIgnoringCase(literal.slice(2)) : exactlyIgnoringCase(literal.slice(2))
  }
  const text = literal.startsWith('"') ? String(JSON.parse(literal)) : literal
  return isPrefix ? startingWith(text) : exactly(text)
}

const readAll = (words: readonly string[] = []): StringSet => anyOf(words.map(read), unmetered)

const named = (patterns: readonly string[] = []) =>
  patterns.map((pattern) => ({ pattern, set: language(pattern) }))

const vectors: readonly Vector[] = parse(
  readFileSync(new URL('describe-string-set.vectors.yaml', import.meta.url), 'utf8'),
)

test.each(vectors)('$said', (vector) => {
  const rest = union(
    subtract(readAll(vector.set), readAll(vector.minus), unmetered),
    readAll(vector.plus),
    unmetered,
  )
  const set = vector.both === undefined ? rest : intersect(rest, readAll(vector.both), unmetered)

  expect(sentenceOf(describePaths(set, { named: named(vector.named) }))).toBe(vector.said)
})

function setOf({ include, except, again, ignoringCase: isAnyCase }: Description): StringSet {
  const folded = isAnyCase ? ignoringCase : (set: StringSet) => set
  return intersect(
    union(
      subtract(folded(readAll(include), unmetered), folded(readAll(except), unmetered), unmetered),
      folded(readAll(again), unmetered),
      unmetered,
    ),
    paths,
    unmetered,
  )
}

const word = fc.constantFrom(
  ...[
    '/',
    '/*',
    '/a',
    '/a*',
    '/a/*',
    '/ab',
    '/ab*',
    '/a/b',
    '/a/b*',
    '/b',
    '/b*',
    '/ba*',
    '/1*',
    'i:/ab',
    'i:/b*',
    '/A*',
    '/aB',
  ],
)
const patterns = ['/a.*b', '.*/b', '/[ab]+', '/(ab)*', '/a/.*', '/[0-9]+/.*']
const term = fc.oneof(word, fc.constantFrom(...patterns.map((pattern) => `~ ${pattern}`)))

/** Painted one over the other: each word adds its paths or takes them away. */
const painted = (words: fc.Arbitrary<string>): fc.Arbitrary<StringSet> =>
  fc
    .array(fc.tuple(words, fc.constantFrom(union, subtract, intersect)), { maxLength: 6 })
    .map((strokes) => strokes.reduce((set, [stroke, apply]) => apply(set, read(stroke), unmetered), paths))

test('literals and prefixes are always described exactly, and what is said is what is meant', () => {
  void fc.assert(
    fc.property(painted(word), (set) => {
      const description = describePaths(set, { limit: 1_000 })

      expect(description.exact).toBe(true)
      fc.pre(!sentenceOf(description).includes('(except'))
      expect(keyOf(setOf(description))).toBe(keyOf(intersect(set, paths, unmetered)))
    }),
    { numRuns: 500 },
  )
})

test('with patterns, what is said exactly is what is meant, and an example is a member', () => {
  void fc.assert(
    fc.property(painted(term), (set) => {
      const description = describePaths(set, { named: named(patterns), limit: 1_000 })

      fc.pre(!sentenceOf(description).includes('(except'))
      if (description.exact) expect(keyOf(setOf(description))).toBe(keyOf(intersect(set, paths, unmetered)))
      else expect(contains(set, description.include[0] ?? '')).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('no description is empty but that of no path', () => {
  void fc.assert(
    fc.property(painted(term), (set) => {
      expect(describePaths(set).include.length === 0).toBe(isEmpty(intersect(set, paths, unmetered)))
    }),
    { numRuns: 200 },
  )
  expect(sentenceOf(describePaths(nothing))).toBe('no path')
})
