import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { Manifests } from '../../../src/domain/manifest/manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { shadowedIn } from '../../../src/domain/reach/shadowing.ts'
import { writtenEntry } from '../../../src/domain/reach/written-match.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { rules } from '../../../src/domain/rules/index.ts'
import { runRules } from '../../../src/domain/rules/run-rules.ts'
import { runs } from '../../support/laws.ts'
import { mesh, twoSides } from '../../support/meshes.ts'
import { nameOf, routeInOrder, tableForRequest } from '../../support/reference.ts'
import { request } from '../../support/requests.ts'

const numRuns = runs(20, 10_000)
const options = {
  settings: { ...defaultIstioSettings, gatewayNamespaces: ['n1'] },
  complete: true,
  ownership: createOwnership(undefined),
  meshOf: () => 'default',
}

function findingsOf(base: Manifests, merged: Manifests) {
  return runRules(rules, compare(base, merged, options), (rule) => rule.effect, true)
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [names]
  return names.flatMap((name, index) =>
    permutations(names.toSpliced(index, 1)).map((rest) => [name, ...rest]),
  )
}

describe('the rules on any two sides', () => {
  it('give equal findings for equal sides', () => {
    fc.assert(
      fc.property(twoSides, ([base, merged]) => {
        expect(findingsOf(base, merged)).toEqual(findingsOf(base, merged))
      }),
      { numRuns },
    )
  })

  it('find nothing introduced and nothing fixed between a side and itself', () => {
    fc.assert(
      fc.property(mesh, (side) => {
        const found = findingsOf(side, side)
        expect(found.filter(({ status }) => status !== 'existing')).toEqual([])
      }),
      { numRuns },
    )
  })

  it('call no entry unreachable that a request reaches, on any gateway and in any order of creation', () => {
    fc.assert(
      fc.property(mesh, fc.array(request, { minLength: 20, maxLength: 20 }), (side, requests) => {
        const [taken] = compare(side, side, options).merged.meshes
        if (taken === undefined) return
        const dead = new Set(
          shadowedIn(taken, { missingSatisfiesWithout: true })
            .filter(({ match }) => match === undefined)
            .map(({ entry }) => entry.entry),
        )
        for (const asked of requests) {
          for (const gateway of new Set(taken.tables.map((table) => table.gateway))) {
            const table = tableForRequest(taken.tables, gateway, asked)
            const names = (table?.contributions ?? []).map(({ virtualService }) => nameOf(virtualService))
            for (const order of permutations([...new Set(names)])) {
              const route = routeInOrder(table, order, asked)
              expect(route !== undefined && dead.has(writtenEntry(route.from))).toBe(false)
            }
          }
        }
      }),
      { numRuns },
    )
  })
})
