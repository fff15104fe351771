import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeValues } from '../../../../src/domain/language/naming/describe-values.ts'
import { regexLanguage } from '../../../../src/domain/language/regex.ts'
import {
  anyOf,
  exactly,
  exactlyIgnoringCase,
  intersect,
  type StringSet,
  startingWith,
  startingWithIgnoringCase,
  subtract,
  union,
} from '../../../../src/domain/language/string-set.ts'
import { headerValues, methods, schemes } from '../../../../src/domain/language/universe.ts'
import { orAbsent, present, type Values } from '../../../../src/domain/language/values.ts'
import { unmetered } from '../../../../src/domain/language/work.ts'

interface Vector {
  readonly set: readonly string[]
  readonly minus?: readonly string[]
  readonly plus?: readonly string[]
  readonly both?: readonly string[]
  readonly of?: string
  readonly named?: readonly string[]
  readonly said: string
}

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(set.invalid.fault)
  return set
}

function read(word: string): StringSet {
  if (word.startsWith('~ ')) return language(word.slice(2))
  if (word === '*') return headerValues
  if (word.startsWith('i:')) {
    return word.endsWith('*')
      ? startingWithIgnoringCase(word.slice(2, -1))
      : exactlyIgnoringCase(word.slice(2))
  }
  return word.endsWith('*') ? startingWith(word.slice(0, -1)) : exactly(word)
}

const readAll = (words: readonly string[] = []): StringSet =>
  anyOf(words.filter((word) => word !== 'absent').map(read), unmetered)

const universes: Readonly<Record<string, Values>> = {
  methods: present(methods),
  schemes: present(schemes),
}

const vectors: readonly Vector[] = parse(
  readFileSync(new URL('describe-values.vectors.yaml', import.meta.url), 'utf8'),
)

test.each(vectors)('$said', ({ set, minus, plus, both, of, named = [], said }) => {
  const rest = union(subtract(readAll(set), readAll(minus), unmetered), readAll(plus), unmetered)
  const whole = both === undefined ? rest : intersect(rest, readAll(both), unmetered)
  const universe = universes[of ?? ''] ?? orAbsent(headerValues)

  expect(
    describeValues(
      { present: whole, mayBeAbsent: set.includes('absent') || plus?.includes('absent') === true },
      universe,
      named.map((pattern) => ({ pattern, set: language(pattern) })),
    ).text,
  ).toBe(said)
})
