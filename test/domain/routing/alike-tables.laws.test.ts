import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { compareMeshes } from '../../../src/domain/diff/compare-meshes.ts'
import { workOf } from '../../../src/domain/language/string-set.ts'
import type { Manifests } from '../../../src/domain/manifest/manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { areAlike } from '../../../src/domain/routing/alike-tables.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import type { RouteTable } from '../../../src/domain/routing/route-table.ts'
import type { Mesh } from '../../../src/domain/routing/snapshot.ts'
import { runs } from '../../support/laws.ts'
import { twoSides } from '../../support/meshes.ts'

const settings = { ...defaultIstioSettings, gatewayNamespaces: ['n1'] }

function meshesOf(base: Manifests, merged: Manifests): readonly (Mesh | undefined)[] {
  const ownership = createOwnership(undefined)
  const compared = compare(base, merged, { settings, complete: true, ownership, meshOf: () => 'default' })
  return [compared.base.meshes[0], compared.merged.meshes[0]]
}

/** The same table, made of other objects. */
function copied(table: RouteTable): RouteTable {
  return {
    ...table,
    contributions: table.contributions.map((each) => ({ ...each, routes: [...each.routes] })),
  }
}

function differences(base: Mesh | undefined, merged: Mesh | undefined) {
  const options = { settings, work: workOf('comparison'), narrowing: workOf('narrowing') }
  return compareMeshes(base, merged, options).map(({ universe: _, ...each }) => each)
}

it('tables of both sides that are made of the same need not be looked into', () => {
  fc.assert(
    fc.property(twoSides, (sides) => {
      const [base, merged] = meshesOf(...sides)
      const others = base && { ...base, tables: base.tables.map(copied) }

      expect(differences(base, merged)).toEqual(differences(others, merged))
    }),
    { numRuns: runs(40, 10_000) },
  )
})

it('a table is made of the same as itself, and not as one whose routes are only equal', () => {
  fc.assert(
    fc.property(twoSides, (sides) => {
      for (const table of meshesOf(...sides).flatMap((mesh) => mesh?.tables ?? [])) {
        expect(areAlike(table, { ...table })).toBe(true)
        expect(areAlike(table, copied(table))).toBe(table.contributions.length === 0)
      }
    }),
    { numRuns: runs(20, 1_000) },
  )
})
