import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgets } from '../../../../src/domain/budgets.ts'
import { compileGlob, globFault, matchesAny } from '../../../../src/domain/policy/configuration/glob.ts'

const facts: readonly (readonly [pattern: string, matching: readonly string[], other: readonly string[]])[] =
  [
    ['a.yaml', ['a.yaml'], ['b/a.yaml', 'a.yml', 'xa.yaml', 'a.yaml/b']],
    ['*', ['a', '.hidden', 'a.yaml'], ['a/b']],
    ['*.yaml', ['a.yaml', '.yaml'], ['a/b.yaml', 'a.yml']],
    ['?.yaml', ['a.yaml', '💥.yaml'], ['.yaml', 'ab.yaml', '/.yaml']],
    ['**', ['a', 'a/b/c', '.github/x'], []],
    ['**/*.yaml', ['a.yaml', 'a/b.yaml', 'a/b/c.yaml'], ['a.yml', 'a/yaml']],
    ['**/*.{yaml,yml,json}', ['a.yaml', 'x/a.yml', 'x/y/a.json'], ['a.{yaml,yml,json}', 'a.txt', 'ayaml']],
    [
      'clusters/prod/**',
      ['clusters/prod/a', 'clusters/prod/a/b'],
      ['clusters/prod', 'clusters/prod2/a', 'clusters/prod/'],
    ],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab', 'a/b/c']],
    ['a/**/b/**', ['a/b/c', 'a/x/b/c/d'], ['a/b']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
    ['a/***/b', ['a/x/b'], ['a/b', 'a/x/y/b']],
    ['{a,b/**}/c', ['a/c', 'b/c', 'b/x/c', 'b/x/y/c'], ['b', 'c']],
    ['{**/,}x', ['x', 'a/x', 'a/b/x'], ['ax']],
    ['{a,{b,c}d}e', ['ae', 'bde', 'cde'], ['abde', 'de']],
    ['{,a}b', ['b', 'ab'], ['a']],
    ['{}b', ['b'], ['{}b']],
    ['a,b', ['a,b'], ['a', 'b']],
    ['\\*\\{x\\}', ['*{x}'], ['ax', 'x']],
    ['\\[a\\]', ['[a]'], ['a']],
    ['A/*', ['A/b'], ['a/b']],
    ['a\nb', ['a\nb'], ['ab']],
  ]

describe('a glob', () => {
  it.each(facts)('%s', (pattern, matching, other) => {
    const glob = compileGlob(pattern)

    expect(matching.filter((path) => !glob.matches(path))).toEqual([])
    expect(other.filter((path) => glob.matches(path))).toEqual([])
  })

  it('is one of several', () => {
    const matches = matchesAny(['a/**', '*.json'])

    expect([matches('a/b'), matches('x.json'), matches('b/x.json')]).toEqual([true, true, false])
  })

  it.each([
    ['', 'glob-empty'],
    ['/a', 'glob-anchored'],
    ['./a', 'glob-anchored'],
    ['!a', 'glob-negated'],
    ['a[bc]', 'glob-brackets'],
    ['a{b', 'glob-open'],
    ['a}b', 'glob-closed'],
    ['a\\', 'glob-backslash'],
    [`long ${'a'.repeat(1000)}`, 'glob-long'],
  ])('%.20s has a fault and matches nothing', (pattern, code) => {
    expect(globFault(pattern)?.code).toBe(code)
    expect(compileGlob(pattern).matches(pattern)).toBe(false)
  })
})

/** The obvious reading, without braces: segment by segment, trying every split. */
function reference(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return path.length === 0
  if (first === '**') {
    if (rest.length === 0) return path.some((segment) => segment !== '')
    return path.some((_, at) => reference(rest, path.slice(at)))
  }
  const [segment, ...others] = path
  return segment !== undefined && segmentMatches(first, segment) && reference(rest, others)
}

function segmentMatches(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*') {
    return segmentMatches(pattern.slice(1), text) || (text !== '' && segmentMatches(pattern, text.slice(1)))
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    segmentMatches(pattern.slice(1), text.slice(1))
  )
}

function expand(pattern: string): string[] {
  const open = pattern.lastIndexOf('{')
  if (open === -1) return [pattern]
  const close = pattern.indexOf('}', open)
  const alternatives = pattern.slice(open + 1, close).split(',')
  return alternatives.flatMap((one) => expand(pattern.slice(0, open) + one + pattern.slice(close + 1)))
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 })
const segment = fc.oneof(
  { weight: 3, arbitrary: name.filter((text) => !text.includes('**')) },
  fc.constant('**'),
  fc.tuple(name, name).map(([a, b]) => `{${a},${b}}x`.replaceAll('**', '*')),
)
const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'))
const path = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', 'x'), minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.join('/'))

describe('laws of globs', () => {
  it('a glob agrees with the obvious reading of its expansions', () => {
    fc.assert(
      fc.property(pattern, path, (text, at) => {
        const expected = expand(text).some((one) => reference(one.split('/'), at.split('/')))

        expect(compileGlob(text).matches(at)).toBe(expected)
      }),
      {
        numRuns: 1000,
        examples: [
          ['{**,a}x', 'x'],
          ['{a/,}{**,b}/c', 'a/b/c'],
          ['**/x', 'x'],
          ['**/x', 'a/ax'],
          ['**/*x', 'x'],
          ['**/*a/x', 'b/ba/x'],
          ['a**/x', 'x'],
        ],
      },
    )
  })

  it('half a character is no end of a path', () => {
    const whole = '\u{1f600}'

    expect(compileGlob(`**/*${whole.slice(1)}`).matches(whole)).toBe(false)
    expect(compileGlob(`**/*${whole}`).matches(`a/b${whole}`)).toBe(true)
  })

  it('what a backslash makes a character ends a path like any other', () => {
    expect(['a*', 'b/a*', 'ab', '*'].map(compileGlob('**/*\\*').matches)).toEqual([true, true, false, true])
    expect(['a{x', 'ax'].map(compileGlob('*\\{x').matches)).toEqual([true, false])
  })

  it('a pattern with more positions than are remembered says the same', () => {
    // Whether the twelfth letter from the end is an a: every combination of the last twelve is a position of its own.
    const { matches } = compileGlob(`*a${'?'.repeat(11)}`)
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 30, maxLength: 30 })
    const names = fc.sample(name, { numRuns: 300, seed: 1 })

    expect(names.length * 30).toBeGreaterThan(2 * budgets.globSteps.size)
    for (const each of [...names, ...names]) expect(matches(each), each).toBe(each.at(-12) === 'a')
  })

  it('a hostile pattern costs no more than its length times the path', () => {
    const started = performance.now()

    compileGlob('**/'.repeat(50) + '*a'.repeat(50)).matches(`${'a/'.repeat(300)}${'a'.repeat(300)}b`)
    compileGlob('{a,b}'.repeat(150)).matches('a'.repeat(149))
    compileGlob('{'.repeat(400) + '}'.repeat(400)).matches('a')

    expect(performance.now() - started).toBeLessThan(1000)
  })
})
