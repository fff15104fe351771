import { describe, expect, it } from 'vitest'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { meshAllowance } from '../../../src/domain/reach/reachable.ts'
import { tableUniverse } from '../../../src/domain/reach/table-universe.ts'
import { reachOfContribution } from '../../../src/domain/reach/unreachable-routes.ts'
import {
  answerOf,
  exact,
  options,
  prefix,
  primary,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

/** What the first VirtualService has on the host: each route, and whether it is reached. */
function reaches(...all: readonly VirtualService[]): readonly string[] {
  const mesh = workedMesh(...all)
  const table = tableOf(mesh, 'shop.example')
  const [contribution] = table.contributions
  const merged = mesh.merged.find(({ virtualService }) => virtualService === contribution?.virtualService)
  const universe = tableUniverse(table, mesh.tables, options)
  const context = {
    table,
    universe,
    options,
    restricted: [],
    allowance: meshAllowance(),
    isAsked: () => true,
  }
  return reachOfContribution(contribution!, merged, context).map(
    ({ route, reachable, before }) =>
      `${answerOf(route)} ${reachable}${reachable === 'no' ? ` behind ${before().map((each) => answerOf(each.route))}` : ''}`,
  )
}

describe('the reach of every route of a VirtualService', () => {
  it('is that in its own list', () => {
    expect(
      reaches(primary('p', to('broad', prefix('/a')), to('late', exact('/a/1')), to('b', exact('/b')))),
    ).toEqual(['broad yes', 'late no behind broad', 'b yes'])
  })

  it('is told of what its own catch-all cuts off, too', () => {
    expect(reaches(primary('p', to('all'), to('late', exact('/a'))))).toEqual([
      'all yes',
      'late no behind all',
    ])
  })

  it('does not hang on others, whose order of creation nobody knows', () => {
    expect(reaches(primary('p', to('own', exact('/a/1'))), primary('q', to('other', prefix('/a'))))).toEqual([
      'own yes',
    ])
  })

  it('of a catch-all ends where all that is narrower leaves nothing, whoever wrote it', () => {
    expect(reaches(primary('p', to('all')), primary('q', to('other', prefix('/a'))))).toEqual(['all yes'])
    expect(
      reaches(primary('p', to('all')), primary('q', to('x', { uri: { regex: '/.*' } }))).map(
        (each) => each.split(' behind')[0],
      ),
    ).toEqual(['all no'])
  })
})
