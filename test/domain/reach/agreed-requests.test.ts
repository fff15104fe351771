import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import { isWithin } from '../../../src/domain/match/box.ts'
import { agreedRequests, boxOf, requestsText } from '../../../src/domain/reach/agreed-requests.ts'
import { match } from '../../support/meshes.ts'
import { boxFor, exact, options, prefix, space } from '../../support/worked-mesh.ts'

describe('requests that a primary`s entry and a secondary`s agree about', () => {
  it('are what the narrower of the two asks for', () => {
    expect(agreedRequests([prefix('/log')], [exact('/login')], options).words).toBe('/login')
    expect(agreedRequests([exact('/login')], [prefix('/log')], options).boxes).toEqual([])
  })

  it('are those of the other where one asks for nothing', () => {
    expect(agreedRequests([], [exact('/login')], options).words).toBe('/login')
    expect(agreedRequests([prefix('/log')], [], options).words).toBe(
      requestsText([boxFor(prefix('/log'))], unmetered),
    )
  })

  it('leave out the pairs that conflict', () => {
    const agreed = agreedRequests([prefix('/a'), prefix('/b')], [exact('/b/x')], options)

    expect(agreed.words).toBe('/b/x')
  })

  it('law: lie within both', () => {
    fc.assert(
      fc.property(match, match, (outer, inner) => {
        const [one, other] = [boxOf(outer, options), boxOf(inner, options)]
        for (const box of agreedRequests([outer], [inner], options).boxes) {
          expect(one && isWithin(box, one, space)).toBe(true)
          expect(other && isWithin(box, other, space)).toBe(true)
        }
      }),
    )
  })
})

describe('some requests as a sentence', () => {
  it('are nothing where there are none, and counted where there are many', () => {
    const many = ['/a', '/b', '/c', '/d', '/e'].map((path, at) =>
      boxFor({ ...exact(path), headers: { x: { exact: String(at) } } }),
    )

    expect(requestsText([], unmetered)).toBe('')
    expect(requestsText(many, unmetered)).toMatch(/ and 2 more kinds of requests$/)
  })
})
