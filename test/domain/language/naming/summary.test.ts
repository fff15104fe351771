import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ignoringCase } from '../../../../src/domain/language/naming/caseless.ts'
import { type Summary, summarise } from '../../../../src/domain/language/naming/summary.ts'
import type { Items } from '../../../../src/domain/language/naming/trie-cover.ts'
import { regexLanguage } from '../../../../src/domain/language/regex.ts'
import {
  anyOf,
  exactly,
  intersect,
  keyOf,
  nothing,
  type StringSet,
  startingWith,
  subtract,
  union,
} from '../../../../src/domain/language/string-set.ts'
import { headerValues, paths } from '../../../../src/domain/language/universe.ts'
import { unmetered } from '../../../../src/domain/language/work.ts'

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(set.invalid.fault)
  return set
}

type Reading = (literal: StringSet) => StringSet

const asWritten: Reading = (literal) => literal

function setOf({ items, more }: Items, reading: Reading): StringSet {
  expect(more).toBe(0)
  return items.reduce((all, { kind, text, except }) => {
    const named = kind === 'exact' ? exactly(text) : startingWith(text)
    return union(all, subtract(reading(named), setOf(except, reading), unmetered), unmetered)
  }, nothing)
}

const allOf = (patterns: readonly string[], universe: StringSet): StringSet =>
  patterns.map(language).reduce((a, b) => intersect(a, b, unmetered), universe)

/** What a summary stands for, by its own definition. */
function meaningOf({ items, all, among, without, also, ...rest }: Summary, universe: StringSet): StringSet {
  const listed = setOf(items, rest.ignoringCase ? (set) => ignoringCase(set, unmetered) : asWritten)
  const main =
    all === undefined
      ? intersect(listed, allOf(among ?? [], universe), unmetered)
      : subtract(allOf(all, universe), listed, unmetered)
  const left = subtract(
    subtract(main, anyOf(without.map(language), unmetered), unmetered),
    setOf(rest.inThisCase, asWritten),
    unmetered,
  )
  return intersect(union(left, anyOf(also.map(language), unmetered), unmetered), universe, unmetered)
}

const patterns = ['/?a.*b', '.*/b', '/?[ab]+', '(/?ab)*', '(?i)/?x.*7', '/?[0-9]+/.*']
const literals = ['', '/', 'a', '/a', '/ab', '/a/b', 'ab', 'b', '/X', '/x1', 'x']

const piece: fc.Arbitrary<StringSet> = fc.oneof(
  fc.constantFrom(...patterns).map(language),
  fc.constantFrom(...literals).map(exactly),
  fc.constantFrom(...literals).map(startingWith),
  fc.constantFrom(...literals).map((literal) => ignoringCase(startingWith(literal), unmetered)),
)

const painted = (universe: StringSet): fc.Arbitrary<StringSet> =>
  fc.array(fc.tuple(piece, fc.constantFrom(union, subtract, intersect)), { maxLength: 5 }).map((strokes) =>
    intersect(
      strokes.reduce((set, [one, apply]) => apply(set, one, unmetered), universe),
      universe,
      unmetered,
    ),
  )

const named = patterns.map((pattern) => ({ pattern, set: language(pattern) }))

test.each([
  ['paths', paths],
  ['header values', headerValues],
])('a summary of a set of %s stands for that set', (_, universe) => {
  void fc.assert(
    fc.property(painted(universe), (set) => {
      const summary = summarise({ set, universe, named }, 10_000)

      if (summary !== undefined) expect(keyOf(meaningOf(summary, universe))).toBe(keyOf(set))
    }),
    { numRuns: 250 },
  )
})

test('names are left out where a few literals say as much, and where they add nothing', () => {
  const both = union(exactly('/a'), exactly('/b'), unmetered)
  const asNamed = { set: both, universe: paths, named: [{ pattern: '/[ab]', set: both }] }

  expect(summarise(asNamed, 6)).toMatchObject({
    also: [],
    items: { items: [{ text: '/a' }, { text: '/b' }] },
  })
  expect(
    summarise({ set: subtract(paths, language('.*/b'), unmetered), universe: paths, named }, 6),
  ).toMatchObject({
    without: ['.*/b'],
    also: [],
  })
})
