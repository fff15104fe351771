import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compilePattern, matchesPath } from '../../../src/domain/ownership/codeowners-pattern.ts'

interface PatternCase {
  readonly follows: string
  readonly pattern: string
  readonly matches: readonly string[]
  readonly misses: readonly string[]
}

const cases: readonly PatternCase[] = parse(
  readFileSync(new URL('codeowners.patterns.yaml', import.meta.url), 'utf8'),
)
const page = readFileSync(new URL('../../../docs/codeowners.md', import.meta.url), 'utf8')

function matches(pattern: string, path: string): boolean {
  return matchesPath(compilePattern(pattern), path.split('/'))
}

describe('the sentences of docs/codeowners.md', () => {
  for (const { follows, pattern, matches: hits, misses } of cases) {
    test(`${follows}: ${pattern}`, () => {
      expect(page).toContain(`**${follows.split(' ')[0]}**`)
      expect(hits.filter((path) => !matches(pattern, path))).toEqual([])
      expect(misses.filter((path) => matches(pattern, path))).toEqual([])
    })
  }

  test('at least 150 facts hold them', () => {
    const facts = cases.flatMap((one) => [...one.matches, ...one.misses])

    expect(facts.length).toBeGreaterThanOrEqual(150)
  })

  test('every sentence about matching has a fact', () => {
    const sentences = [...page.matchAll(/\*\*(M\d+)\*\*/g)].map((found) => found[1])
    const cited = new Set(cases.map((one) => one.follows.split(' ')[0]))

    expect(sentences.filter((sentence) => !cited.has(sentence))).toEqual([])
  })
})

/** One segment, by trying every split: slow and obvious. */
function nameMatches(glob: string, name: string): boolean {
  if (glob === '') return name === ''
  if (glob.startsWith('*')) {
    return nameMatches(glob.slice(1), name) || (name !== '' && nameMatches(glob, name.slice(1)))
  }
  if (name === '') return false
  if (glob.startsWith('?')) return nameMatches(glob.slice(1), name.slice(1))
  const literal = glob.startsWith('\\') ? glob.charAt(1) : glob.charAt(0)
  return literal === name.charAt(0) && nameMatches(glob.slice(glob.startsWith('\\') ? 2 : 1), name.slice(1))
}

function partsMatch(parts: readonly string[], path: readonly string[]): boolean {
  const [part = '', ...rest] = parts
  const [name, ...below] = path
  const last = rest.length === 0
  if (last && (part === '' || part === '**')) return name !== undefined
  if (part === '**') return partsMatch(rest, path) || (name !== undefined && partsMatch(parts, below))
  if (name === undefined || !nameMatches(part, name)) return false
  if (last) return part !== '*' || below.length === 0
  return partsMatch(rest, below)
}

/** The page, sentence by sentence. */
function obviouslyMatches(pattern: string, path: string): boolean {
  if (pattern === '/') return false
  const single = /^[^/]+\/?$/.test(pattern)
  const rooted = single ? `**/${pattern}` : pattern.replace(/^\//, '')
  return partsMatch(rooted.split('/'), path.split('/'))
}

const part = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', '*', '**', '?', 'a*', '*b', '*a*', '?*', '\\*', '\\a', '**a', 'a?*b'),
  fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\*'), minLength: 1, maxLength: 6 }),
)
const pattern = fc
  .tuple(fc.constantFrom('', '/'), fc.array(part, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '/'))
  .map(([start, parts, end]) => start + parts.join('/') + end)
const name = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 5 })
const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join('/'))

describe('laws', () => {
  test('the matcher agrees with the obvious one on every pattern and path', () => {
    fc.assert(
      fc.property(pattern, fc.array(path, { minLength: 1, maxLength: 8 }), (glob, paths) => {
        for (const one of paths) expect([one, matches(glob, one)]).toEqual([one, obviouslyMatches(glob, one)])
      }),
      { numRuns: 4000 },
    )
  })

  test('a path written out with backslashes matches itself and what is below, nothing else', () => {
    const anyName = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
      .map((text) => text.replaceAll('/', '-'))
    const anyPath = fc.array(anyName, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
    fc.assert(
      fc.property(anyPath, anyPath, (one, other) => {
        const escaped = `/${one.replaceAll(/[^/]/g, '\\$&')}`

        expect(matches(escaped, one)).toBe(true)
        expect(matches(escaped, `${one}/below`)).toBe(true)
        expect(matches(escaped, other)).toBe(other === one || other.startsWith(`${one}/`))
      }),
    )
  })

  test('a slash at the end keeps just what is below', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), path, (names, below) => {
        const directory = `/${names.map((one) => one.replaceAll(/[*?]/g, '\\$&')).join('/')}/`

        expect(matches(directory, `${names.join('/')}/${below}`)).toBe(true)
        expect(matches(directory, names.join('/'))).toBe(false)
      }),
    )
  })
})

describe('hostile patterns', () => {
  const long = 'a'.repeat(4000)
  const deep = Array.from({ length: 2000 }, () => 'a').join('/')

  for (const [glob, hostilePath] of [
    [`${'*a'.repeat(40)}*b`, long],
    [`${'*'.repeat(2)}${'?*'.repeat(500)}b`, long],
    [`${'**/a/'.repeat(200)}b`, deep],
    [`/${'**/'.repeat(500)}${'*a*/'.repeat(20)}b`, deep],
  ] as const) {
    test(`${glob.slice(0, 20)}... ends in time`, () => {
      const start = performance.now()

      expect(matches(glob, hostilePath)).toBe(false)
      expect(performance.now() - start).toBeLessThan(2000)
    })
  }
})
