import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indexCandidates } from '../../../src/domain/reach/candidate-index.ts'
import { type Candidate, literalsMeet } from '../../../src/domain/reach/candidates.ts'
import { candidates, exact, prefix } from '../../support/worked-mesh.ts'

const [pattern] = candidates(prefix('/'))
const literal = fc.record({
  kind: fc.constantFrom('exact' as const, 'prefix' as const),
  text: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/a'),
})

it('finds what comes before and can meet a literal, in order', () => {
  const all = candidates(prefix('/a'), exact('/b'), exact('/a/b'), prefix('/a/'))
  const index = indexCandidates(all)

  expect(index.before(3, { kind: 'prefix', text: '/a/' }).map(({ rank }) => rank)).toEqual([0, 2])
  expect(index.before(3, { kind: 'exact', text: '/b' }).map(({ rank }) => rank)).toEqual([1])
  expect(index.before(0, { kind: 'prefix', text: '/' })).toEqual([])
})

it('law: finds exactly what looking at each would find', () => {
  fc.assert(
    fc.property(fc.array(literal, { maxLength: 12 }), literal, fc.nat(12), (paths, asked, rank) => {
      const all: readonly Candidate[] = paths.map((path, at) => ({ ...pattern!, path, rank: at }))

      expect(indexCandidates(all).before(rank, asked)).toEqual(
        all.filter((each) => each.rank < rank && literalsMeet(each.path, asked)),
      )
    }),
  )
})
