import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, matchesPath } from '../../../src/domain/ownership/codeowners-pattern.ts'
import { indexPatterns } from '../../../src/domain/ownership/pattern-index.ts'

describe('an index of patterns', () => {
  test('without patterns matches nothing', () => {
    expect(indexPatterns([]).lastMatch('a')).toBe(-1)
  })

  test('answers the later place of a pattern that stands twice', () => {
    expect(indexPatterns(['a', '/b/', 'a']).lastMatch('x/a')).toBe(2)
  })

  test('finds patterns of one folder by what tells them apart', () => {
    const index = indexPatterns(['*', '/teams/login/', '/teams/catalog/', '/teams/*/shared/', '*.md', 'vs-*'])

    expect(index.lastMatch('teams/login/a')).toBe(1)
    expect(index.lastMatch('teams/catalog/a')).toBe(2)
    expect(index.lastMatch('teams/login/shared/a')).toBe(3)
    expect(index.lastMatch('teams/login/a.md')).toBe(4)
    expect(index.lastMatch('teams/login/a.md/b')).toBe(4)
    expect(index.lastMatch('teams/login/vs-1.yaml')).toBe(5)
    expect(index.lastMatch('other')).toBe(0)
  })

  test('law: it answers as a scan from the last pattern to the first', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '.', '*', '?', '\\*'), minLength: 1, maxLength: 4 })
    const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    const name = fc.string({ unit: fc.constantFrom('a', '.', '*'), minLength: 1, maxLength: 4 })
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 10 }), path, (patterns, one) => {
        const scan = patterns.findLastIndex((text) => matchesPath(compilePattern(text), one.split('/')))

        expect(indexPatterns(patterns).lastMatch(one)).toBe(scan)
      }),
      { numRuns: 2000 },
    )
  })

  test('a thousand patterns without a common word and ten thousand paths end in time', () => {
    const paths = Array.from({ length: 10_000 }, (_, at) => `teams/team-${at % 700}/app/vs-${at}.yaml`)
    const index = indexPatterns(Array.from({ length: 1000 }, (_, at) => `*a*a*a*${at}z*`))
    const start = performance.now()

    expect(paths.every((path) => index.lastMatch(path) === -1)).toBe(true)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
