import { expect, test } from 'vitest'
import { BudgetExceeded } from '../../../src/domain/language/budget-exceeded.ts'
import { determinise, type Instruction } from '../../../src/domain/language/determinise.ts'
import { contains, fromStates } from '../../../src/domain/language/string-set.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

const letter = (character: string, to: number): Instruction => ({
  kind: 'characters',
  ranges: [[character.charCodeAt(0), character.charCodeAt(0)]],
  to,
})
const either = (...to: number[]): Instruction => ({ kind: 'alternative', to })
const assertion = (conditions: number, to: number): Instruction => ({ kind: 'assertion', conditions, to })
const match: Instruction = { kind: 'match' }

function members(instructions: readonly Instruction[], texts: readonly string[]): readonly string[] {
  const set = fromStates(determinise({ start: 0, instructions }, 100, unmetered), unmetered)
  return texts.filter((text) => contains(set, text))
}

test('a program that loops through an alternative reads any number of letters', () => {
  expect(members([either(1, 2), letter('a', 0), match], ['', 'a', 'aaa', 'b', 'ab'])).toEqual([
    '',
    'a',
    'aaa',
  ])
})

test('an alternative that leads nowhere matches nothing, and one in a circle ends', () => {
  expect(members([either(), match], [''])).toEqual([])
  expect(members([either(0, 1), match], ['', 'a'])).toEqual([''])
})

test.each([
  ['^ in every line', 1, ['a', '\na']],
  ['$ in every line', 2, []],
  ['the beginning of the text', 4, ['a']],
  ['the end of the text', 8, []],
  ['a word boundary', 16, ['a', '\na', '-a']],
  ['no word boundary', 32, ['ba', '_a']],
])('an assertion before a letter: %s', (_, conditions, expected) => {
  const anyBefore: Instruction = { kind: 'characters', ranges: [[0, 0x10ffff]], to: 0 }
  const program = [either(1, 2), anyBefore, assertion(conditions, 3), letter('a', 4), match]

  expect(members(program, ['a', '\na', '-a', 'ba', '_a'])).toEqual(expected)
})

test('at the end of the text, only what holds there is passed', () => {
  const after = (conditions: number) => [letter('a', 1), assertion(conditions, 2), match]

  expect([1, 2, 4, 8, 16, 32].filter((one) => members(after(one), ['a']).length === 1)).toEqual([2, 8, 16])
})

test('more states than allowed are refused', () => {
  const chain = Array.from({ length: 50 }, (_, at) => letter('a', at + 1))

  expect(() => determinise({ start: 0, instructions: [...chain, match] }, 50, unmetered)).toThrow(
    BudgetExceeded,
  )
  expect(determinise({ start: 0, instructions: [...chain, match] }, 51, unmetered)).toHaveLength(51)
})
