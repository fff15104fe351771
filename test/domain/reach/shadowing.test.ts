import { describe, expect, it } from 'vitest'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { shadowedIn } from '../../../src/domain/reach/shadowing.ts'
import {
  answerOf,
  delegate,
  exact,
  options,
  prefix,
  primary,
  secondary,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const shadowed = (...all: readonly VirtualService[]) => shadowedIn(workedMesh(...all), options)

describe('what no request reaches', () => {
  it('is an entry, with the fewest routes before it that take its requests', () => {
    const [dead, ...others] = shadowed(
      primary('p', to('x', exact('/x')), to('broad', prefix('/a')), to('late', exact('/a/1'))),
    )

    expect(others).toEqual([])
    expect([dead?.entry.supplier.name, dead?.entry.index, dead?.match]).toEqual(['p', 2, undefined])
    expect(dead?.cover.map(answerOf)).toEqual(['broad'])
    expect(dead?.differing.map(answerOf)).toEqual(['broad'])
  })

  it('is one match of an entry that is alive by another', () => {
    const [dead] = shadowed(primary('p', to('broad', prefix('/a')), to('late', exact('/a/1'), exact('/b'))))

    expect(dead?.match).toEqual(exact('/a/1'))
  })

  it('differs in nothing where the routes before it do the same', () => {
    const [dead] = shadowed(primary('p', to('same', prefix('/a')), to('same', exact('/a/1'))))

    expect(dead?.differing).toEqual([])
  })

  it('is what a secondary says behind its own catch-all', () => {
    const [dead] = shadowed(
      primary('p', delegate('s', prefix('/a'))),
      secondary('s', to('all'), to('late', exact('/a/1'))),
    )

    expect([dead?.entry.supplier.name, dead?.entry.index]).toEqual(['s', 1])
    expect(dead?.cover.map(answerOf)).toEqual(['all'])
  })

  it('is nothing where everything is reached', () => {
    expect(shadowed(primary('p', to('a', exact('/a')), to('b', prefix('/')), to('c')))).not.toContainEqual(
      expect.objectContaining({ match: exact('/a') }),
    )
    expect(shadowed(primary('p', to('a', exact('/a')), to('b', prefix('/a'))))).toEqual([])
  })
})
