import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Items, trieCover } from '../../../../src/domain/language/naming/trie-cover.ts'
import {
  complement,
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
import { defined } from '../string-set-arbitrary.ts'

/** Reads items back: what they name, without what they except, which again excepts. */
function setOf({ items, more }: Items): StringSet {
  expect(more).toBe(0)
  return items.reduce((all, { kind, text, except }) => {
    const named = kind === 'exact' ? exactly(text) : startingWith(text)
    return union(all, subtract(named, setOf(except), unmetered), unmetered)
  }, nothing)
}

function countOf({ items }: Items): number {
  return items.reduce((sum, { except }) => sum + 1 + countOf(except), 0)
}

test.each([
  ['paths', paths, '/'],
  ['header values', headerValues, ''],
])(
  'sets of literals and prefixes are listed exactly within all %s, members and others alike',
  (_, universe, stem) => {
    void fc.assert(
      fc.property(defined, ({ set: any }) => {
        const moved =
          stem === ''
            ? any
            : union(intersect(any, startingWith('/'), unmetered), complement(startingWith('/')), unmetered)
        const set = intersect(moved, universe, unmetered)
        const { members, others } = trieCover(set, universe, unmetered)

        expect(keyOf(intersect(setOf(members.list(10_000)), universe, unmetered))).toBe(keyOf(set))
        expect(keyOf(intersect(setOf(others.list(10_000)), universe, unmetered))).toBe(
          keyOf(subtract(universe, set, unmetered)),
        )
        expect(countOf(members.list(10_000))).toBe(members.cost)
        expect(Math.abs(members.cost - others.cost)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  },
)

test('what the limit leaves out is counted, in exceptions too', () => {
  const twelve = Array.from({ length: 12 }, (_, i) => exactly(`/a/${i}`)).reduce((a, b) =>
    union(a, b, unmetered),
  )
  const { members } = trieCover(twelve, paths, unmetered)
  const [first] = trieCover(subtract(paths, twelve, unmetered), paths, unmetered).members.list(5).items

  expect(members.list(5)).toMatchObject({ items: { length: 5 }, more: 7 })
  expect(first?.except).toMatchObject({ items: { length: 5 }, more: 7 })
})

test('a set with a cycle of its own has no finite list', () => {
  const evenly = intersect(
    startingWith('/'),
    {
      states: [
        { accepting: true, edges: [{ low: 0x2f, high: 0x39, to: 1 }] },
        { accepting: false, edges: [{ low: 0x2f, high: 0x39, to: 0 }] },
      ],
    },
    unmetered,
  )

  expect(trieCover(evenly, paths, unmetered).members.cost).toBe(Number.POSITIVE_INFINITY)
})

test('a very long text does not exhaust the stack', () => {
  const long = `/${'x'.repeat(50_000)}`

  expect(trieCover(exactly(long), paths, unmetered).members.list(1)).toMatchObject({
    items: [{ text: long }],
    more: 0,
  })
})
