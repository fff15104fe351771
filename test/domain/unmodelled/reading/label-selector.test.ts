import { expect, it } from 'vitest'
import {
  isOpen,
  keysUnder,
  selectorKeys,
  selects,
} from '../../../../src/domain/unmodelled/reading/label-selector.ts'

const within = (operator: string, values: readonly string[] = []) => ({
  matchExpressions: [{ key: 'a', operator, values: [...values] }],
})

it.each([
  [{}, { a: 'x' }, true],
  [{ matchLabels: { a: 'x' } }, { a: 'x', b: 'y' }, true],
  [{ matchLabels: { a: 'x' } }, {}, false],
  [within('In', ['x']), { a: 'x' }, true],
  [within('In', ['x']), {}, false],
  [within('NotIn', ['x']), { a: 'x' }, false],
  [within('NotIn', ['x']), {}, true],
  [within('Exists'), { a: '' }, true],
  [within('Exists'), {}, false],
  [within('DoesNotExist'), { a: 'x' }, false],
  [{ matchLabels: { toString: 'x' } }, {}, false],
])('%j on %j: %s', (selector, labels, expected) => {
  expect(selects(selector, labels)).toBe(expected)
})

it('is open where it only leaves some out', () => {
  expect([null, {}, within('NotIn', ['x']), within('Exists')].map((each) => isOpen(each))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

it('names the keys that it asks for, wherever it stands', () => {
  expect(selectorKeys({ matchLabels: { b: 'x' }, ...within('In') })).toEqual(['b', 'a'])
  expect(keysUnder([{ x: { selector: { matchLabels: { c: 'd' } } } }], /^selector$/)).toEqual(['c'])
})
