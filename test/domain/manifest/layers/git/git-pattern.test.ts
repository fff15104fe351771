import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gitPattern } from '../../../../../src/domain/manifest/layers/git/git-pattern.ts'

describe('a pattern of Git', () => {
  it.each<[string, string, boolean]>([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'a/b/c.yaml', true],
    ['*.yaml', 'a.yml', false],
    ['vs', 'a/vs', true],
    ['/vs', 'vs', true],
    ['/vs', 'a/vs', false],
    ['a/*.yaml', 'a/b.yaml', true],
    ['a/*.yaml', 'a/b/c.yaml', false],
    ['a/*.yaml', 'x/a/b.yaml', false],
    ['a/**', 'a/b/c.yaml', true],
    ['a/**', 'a', false],
    ['**/b.yaml', 'b.yaml', true],
    ['**/b.yaml', 'x/y/b.yaml', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['**', 'a/b', true],
    ['a/', 'a', true],
    ['v?.yaml', 'vs.yaml', true],
    ['v[a-s].yaml', 'vs.yaml', true],
    ['v[!a-s].yaml', 'vs.yaml', false],
    ['v[]x].yaml', 'v].yaml', true],
    ['\\*.yaml', '*.yaml', true],
    ['\\*.yaml', 'a.yaml', false],
    ['a*b*c', 'axxbxxbc', true],
    ['a*b*c', 'axxbxxb', false],
    ['!*.yaml', 'a.yaml', true],
  ])('%s and %s: %s', (pattern, path, wanted) => {
    expect(gitPattern(pattern).matches(path)).toBe(wanted)
  })

  it('may be negated', () => {
    expect(gitPattern('!a').negated).toBe(true)
    expect(gitPattern('\\!a').negated).toBe(false)
  })

  it('takes no more than the product of both lengths', () => {
    const began = performance.now()

    expect(gitPattern('*a'.repeat(500)).matches(`${'a'.repeat(5_000)}b`)).toBe(false)
    expect(gitPattern('**/a/'.repeat(100)).matches(`${'a/'.repeat(500)}b`)).toBe(false)
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('law: a literal path matches itself, and nothing longer', () => {
    const name = fc.stringMatching(/^[a-z.]{1,5}$/)
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (steps, more) => {
        const path = steps.join('/')
        expect(gitPattern(`/${path}`).matches(path)).toBe(true)
        expect(gitPattern(`/${path}`).matches(`${path}/${more}`)).toBe(false)
      }),
    )
  })
})
