import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathsUnder, thisPath } from '../../../src/domain/language/literal-paths.ts'
import {
  BudgetExceeded,
  exactly,
  intersect,
  keyOf,
  startingWith,
  unmetered,
  workOf,
} from '../../../src/domain/language/string-set.ts'
import { paths } from '../../../src/domain/language/universe.ts'

const literal = fc
  .array(fc.constantFrom('/', 'a', 'B', '?', ' ', 'é', '\ud800'), { maxLength: 5 })
  .map((parts) => parts.join(''))

describe('the paths of a literal', () => {
  it('thisPath(x) = {x} ∩ paths, pathsUnder(x) = x… ∩ paths', () => {
    fc.assert(
      fc.property(literal, (text) => {
        expect(keyOf(thisPath(text, unmetered))).toBe(keyOf(intersect(exactly(text), paths, unmetered)))
        expect(keyOf(pathsUnder(text, unmetered))).toBe(
          keyOf(intersect(startingWith(text), paths, unmetered)),
        )
      }),
    )
  })

  it('cost the same whether they are remembered or not', () => {
    const costOf = () => {
      const work = workOf('unclaimed')
      thisPath('/costs/this', work)
      pathsUnder('/costs/', work)
      return workOf('unclaimed').left - work.left
    }

    expect(costOf()).toBeGreaterThan(0)
    expect(costOf()).toBe(costOf())
    expect(() => pathsUnder('/costs/', { of: 'unclaimed', left: 1 })).toThrow(BudgetExceeded)
  })
})
