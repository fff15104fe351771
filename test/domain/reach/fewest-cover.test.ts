import { describe, expect, it } from 'vitest'
import type { HTTPMatchRequest } from '../../../src/domain/manifest/virtual-service.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import { fewestCover } from '../../../src/domain/reach/fewest-cover.ts'
import { candidates, exact, plenty, prefix } from '../../support/worked-mesh.ts'

/** The ranks of the fewest of the others that take everything of the last one. */
function cover(...matches: readonly HTTPMatchRequest[]): readonly number[] | undefined {
  const all = candidates(...matches)
  const by = all.slice(0, -1)
  const found = fewestCover({ covered: all.slice(-1), by, universe: universeOf, work: plenty() })
  return found?.map(({ rank }) => rank)
}

describe('the fewest routes that take every request of others', () => {
  it('are one where one suffices, the earliest of several', () => {
    expect(cover(exact('/a/b'), prefix('/a'), prefix('/a/'), exact('/a/b/c'))).toEqual([1])
  })

  it('are several where none suffices alone, without those that are not needed', () => {
    const get = { ...prefix('/a'), method: { exact: 'GET' } }
    const others = { ...prefix('/a'), method: { regex: '[^G].*|G|G[^E].*|GE|GE[^T].*|GET.+' } }

    expect(cover(exact('/a/b'), get, exact('/z'), others, prefix('/a/'))).toEqual([1, 3])
  })

  it('are not there where something is left', () => {
    expect(cover(exact('/a'), prefix('/a/'), prefix('/a'))).toBeUndefined()
  })

  it('are sought among many, too: none of what is found can be left out', () => {
    const many = Array.from({ length: 60 }, (_, at) => exact(`/x/${at}`))

    expect(cover(...many, prefix('/a'), exact('/a/b'))).toEqual([60])
  })

  it('are not there where the budget does not suffice', () => {
    const all = candidates(prefix('/a'), { uri: { regex: '/a.*b' } })

    expect(
      fewestCover({ covered: all.slice(1), by: all.slice(0, 1), universe: universeOf, work: plenty(0) }),
    ).toBeUndefined()
  })
})
