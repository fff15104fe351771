import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternFaults } from '../../../src/domain/ownership/pattern-syntax.ts'
import { written } from '../../support/said.ts'

function marked(pattern: string): readonly string[] {
  return patternFaults(pattern).map(
    ({ severity, start, end }) => `${severity} ${start} ${pattern.slice(start, end)}`,
  )
}

describe('the fault of a pattern is marked where it stands', () => {
  test.each([
    ['src/*.[ch]', ['error 6 [']],
    ['!a', ['error 0 !']],
    ['a\\#b', ['error 1 \\#']],
    ['a\\', ['error 1 \\']],
    ['a/****/b', ['error 2 ****']],
    ['\\\\***', ['error 2 ***']],
    ['!a[b***', ['error 0 !', 'error 2 [', 'error 4 ***']],
    ['/', ['warning 0 /']],
    ['a/./b', ['warning 0 a/./b']],
    ['a/\\.\\./b', ['warning 0 a/\\.\\./b']],
    ['ab$c', ['warning 2 $']],
    ['a😀', ['warning 1 😀']],
    ['a\u0007', ['warning 1 \u0007']],
  ])('%s', (pattern, expected) => {
    expect(marked(pattern)).toEqual(expected)
  })

  test.each([
    '*',
    '**',
    '/**',
    'a',
    '/a/',
    '\\!a',
    '\\[a\\]',
    '\\***',
    'a\\ b',
    '\\é',
    '.a',
    '...',
    'a/..b/',
  ])('%s has none', (pattern) => {
    expect(marked(pattern)).toEqual([])
  })
})

describe('advice', () => {
  test('says the pattern with two stars', () => {
    expect(patternFaults('a/****/b').map(({ todo }) => written(todo))).toEqual(['Did you mean `a/**/b`?'])
  })

  test('says a star for a slash', () => {
    expect(patternFaults('/').map(({ todo }) => written(todo))).toEqual(['Did you mean `*` instead?'])
  })
})

describe('laws', () => {
  test('every fault lies in the pattern, and they come in order', () => {
    const pattern = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom('a', '*', '\\', '[', '!', '/', '.', '#', '😀'), minLength: 1 }),
    )
    fc.assert(
      fc.property(pattern, (text) => {
        let before = 0
        for (const { start, end } of patternFaults(text)) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          before = start
        }
      }),
      { numRuns: 500 },
    )
  })
})
