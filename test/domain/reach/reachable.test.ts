import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HTTPMatchRequest } from '../../../src/domain/manifest/virtual-service.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import { coversAlone, isReachable, meshAllowance } from '../../../src/domain/reach/reachable.ts'
import { match } from '../../support/meshes.ts'
import { request } from '../../support/requests.ts'
import { candidates, exact, plenty, prefix, satisfies, space } from '../../support/worked-mesh.ts'

/** Whether the last one is reached. */
function last(...matches: readonly HTTPMatchRequest[]): string {
  const all = candidates(...matches)
  const candidate = all.at(-1)
  if (candidate === undefined) throw new Error('no candidate')
  return isReachable(candidate, () => all.slice(0, -1), universeOf, meshAllowance())
}

describe('whether some request reaches a route', () => {
  it.each([
    ['nothing before it', 'yes', [exact('/a')]],
    ['a narrower one before it', 'yes', [exact('/a/b'), prefix('/a')]],
    ['a broader one before it', 'no', [prefix('/a'), exact('/a/b')]],
    ['a broader one for one method', 'yes', [{ ...prefix('/a'), method: { exact: 'GET' } }, exact('/a/b')]],
    ['two that together take it all', 'no', [exact('/a'), prefix('/a/'), { uri: { regex: '/a(/.*)?' } }]],
    ['a pattern that is all of its literal', 'no', [{ uri: { regex: '/a.*' } }, prefix('/a/b')]],
  ] as const)('%s: %s', (_, reached, matches) => {
    expect(last(...matches)).toBe(reached)
  })

  it('is not known where the budget does not suffice', () => {
    const [first, second, candidate] = candidates(exact('/a'), prefix('/a/'), { uri: { regex: '/a(/.*)?' } })
    const allowance = { left: 0, work: plenty() }

    expect(isReachable(candidate!, () => [first!, second!], universeOf, allowance)).toBe('unknown')
  })

  it('counts each route that stands before it, and looks at none when nothing is left', () => {
    const [first, second, candidate] = candidates(exact('/a'), exact('/b'), prefix('/'))
    const allowance = { left: 2, work: plenty() }
    const asked: string[] = []
    const before = () => {
      asked.push('before')
      return [first!, second!]
    }
    const reach = () => isReachable(candidate!, before, universeOf, allowance)

    expect([reach(), allowance.left]).toEqual(['yes', 0])
    expect([reach(), reach()]).toEqual(['unknown', 'unknown'])
    expect(asked).toHaveLength(2)
  })

  it('law: what a request reaches is never said to be out of reach', () => {
    fc.assert(
      fc.property(fc.array(match, { minLength: 2, maxLength: 4 }), request, (matches, asked) => {
        const all = candidates(...matches.map(({ gateways: _, ...rest }) => rest))
        const at = all.findIndex(({ route }) => satisfies(asked, route.match))
        if (at === -1) return
        expect(isReachable(all[at]!, () => all.slice(0, at), universeOf, meshAllowance())).not.toBe('no')
        for (const earlier of all.slice(0, at)) expect(coversAlone(earlier, all[at]!, space)).toBe(false)
      }),
    )
  })
})
