import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains } from '../../../src/domain/language/string-set.ts'
import type { PathLiteral } from '../../../src/domain/match/conditions.ts'
import { type ListName, pathGroups } from '../../../src/domain/match/path-groups.ts'

const text = fc.constantFrom('', '/', '/a', '/a/', '/ab', '/a/b', '/b', 'no-slash')
const literal: fc.Arbitrary<PathLiteral> = fc.record({ kind: fc.constantFrom('exact', 'prefix'), text })
const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/bc', '/ab', '/abc', '/b', '/b/a', '/c')

function covers({ kind, text: own }: PathLiteral, asked: string): boolean {
  return kind === 'exact' ? asked === own : asked.startsWith(own)
}

const nameOf = (lists: readonly ListName[]) => lists.map(({ number }) => number).join()

describe('groups of paths', () => {
  it('a path lies in exactly one group, and its items are the literals that cover it, in their order', () => {
    fc.assert(
      fc.property(fc.array(literal, { maxLength: 6 }), path, (literals, asked) => {
        const placed = literals.map((each, index) => ({
          path: each,
          item: index,
          list: index % 2,
          id: `${index}`,
        }))

        const holding = pathGroups(placed, nameOf).filter((group) => contains(group.paths(), asked))

        expect(holding.map((group) => group.items())).toEqual([
          [...literals.keys()].filter((index) =>
            covers(literals[index] ?? { kind: 'exact', text: '' }, asked),
          ),
        ])
      }),
      { numRuns: 1_000 },
    )
  })

  it('lists of equal numbers hold equal ids in equal order', () => {
    const id = fc.constantFrom('x', 'y')
    const entry = fc.record({ path: literal, list: fc.constantFrom(0, 1), id })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const placed = entries.map((each) => ({ ...each, item: each }))
        const known = new Map<number, readonly string[]>([[0, []]])

        pathGroups(placed, (lists, items) => {
          for (const [list, { number }] of lists.entries()) {
            const own = items().flatMap((each) => (each.list === list ? [each.id] : []))
            expect(known.get(number) ?? own).toEqual(own)
            known.set(number, own)
          }
          return nameOf(lists)
        })
      }),
      { numRuns: 1_000 },
    )
  })

  it('what applies to all paths is looked at once, not once for each literal', () => {
    let looks = 0
    const placed = Array.from({ length: 1_000 }, (_, index) => ({
      path: { kind: 'prefix', text: index < 500 ? '' : `/${index}` } as const,
      item: index,
      list: 0,
      get id() {
        looks++
        return `${index}`
      },
    }))

    const groups = pathGroups(placed, nameOf)

    expect(groups).toHaveLength(501)
    expect(looks).toBeLessThan(5_000)
  })

  it('a group without a name is left out', () => {
    const placed = [{ path: { kind: 'prefix', text: '/a' } as const, item: 'a', list: 0, id: 'a' }]

    const groups = pathGroups(placed, (lists, items) => (items().length === 0 ? undefined : nameOf(lists)))

    expect(groups.map((group) => group.items())).toEqual([['a']])
  })
})
