import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileSegment, matchesSegment } from '../../../src/domain/ownership/segment-pattern.ts'

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '😀', '*', '?'), minLength: 1, maxLength: 8 })
const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '😀', '\n'), minLength: 1, maxLength: 8 })

describe('a segment', () => {
  test('law: it matches as the regular expression of its stars and question marks', () => {
    fc.assert(
      fc.property(glob, fc.array(name, { minLength: 1, maxLength: 5 }), (text, names) => {
        const source = text.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll('*', '.*')
        const expression = new RegExp(`^${source}$`, 'su')

        for (const one of names) {
          expect([one, matchesSegment(compileSegment(text), one)]).toEqual([one, expression.test(one)])
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('law: every name that matches has all its literals in it, the last one at the end', () => {
    fc.assert(
      fc.property(glob, name, (text, one) => {
        const pattern = compileSegment(text)
        fc.pre(pattern.kind === 'glob' && matchesSegment(pattern, one))

        const literals = pattern.kind === 'glob' ? pattern.literals : []
        expect(literals.filter((literal) => !one.includes(literal))).toEqual([])
        expect(one.endsWith(literals.at(-1) ?? '')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('of one star is a whole name, never an empty one', () => {
    expect(matchesSegment(compileSegment('*'), 'a')).toBe(true)
    expect(matchesSegment(compileSegment('*'), '')).toBe(false)
  })

  test('without wildcards it is a name, its backslashes gone', () => {
    expect(compileSegment('a\\*\\ b\\\\')).toEqual({ kind: 'name', name: 'a* b\\' })
  })
})
