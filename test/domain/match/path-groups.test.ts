import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains } from '../../../src/domain/language/string-set.ts'
import type { PathLiteral } from '../../../src/domain/match/conditions.ts'
import { pathGroups } from '../../../src/domain/match/path-groups.ts'

const text = fc.constantFrom('', '/', '/a', '/a/', '/ab', '/a/b', '/b', 'no-slash')
const literal: fc.Arbitrary<PathLiteral> = fc.record({ kind: fc.constantFrom('exact', 'prefix'), text })
const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/bc', '/ab', '/abc', '/b', '/b/a', '/c')

function covers({ kind, text: own }: PathLiteral, asked: string): boolean {
  return kind === 'exact' ? asked === own : asked.startsWith(own)
}

describe('groups of paths', () => {
  it('a path lies in exactly one group, and its items are the literals that cover it, in their order', () => {
    fc.assert(
      fc.property(fc.array(literal, { maxLength: 6 }), path, (literals, asked) => {
        const placed = literals.map((each, index) => ({ path: each, item: index }))

        const holding = pathGroups(placed, (items) => items.join(' ')).filter((group) =>
          contains(group.paths(), asked),
        )

        expect(holding.map((group) => group.items)).toEqual([
          [...literals.keys()].filter((index) =>
            covers(literals[index] ?? { kind: 'exact', text: '' }, asked),
          ),
        ])
      }),
      { numRuns: 1_000 },
    )
  })

  it('a group without a key is left out', () => {
    const placed = [{ path: { kind: 'prefix', text: '/a' } as const, item: 'a' }]

    const groups = pathGroups(placed, (items) => (items.length === 0 ? undefined : items.join()))

    expect(groups.map((group) => group.items)).toEqual([['a']])
  })
})
