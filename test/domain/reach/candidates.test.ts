import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, isSubset, meets, unmetered } from '../../../src/domain/language/string-set.ts'
import {
  candidateOf,
  literalSet,
  literalsMeet,
  literalWithin,
  wholeOf,
} from '../../../src/domain/reach/candidates.ts'
import {
  candidates,
  options,
  prefix,
  primary,
  space,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const literal = fc.record({
  kind: fc.constantFrom('exact' as const, 'prefix' as const),
  text: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b'),
})

describe('a route as requests see it', () => {
  const candidateFor = (match: object) => {
    const mesh = workedMesh(primary('p', to('s', match)))
    const [route] = tableOf(mesh, 'shop.example').routes
    return route && candidateOf(route, 0, { ...space, ...options })
  }

  it('is none where the path is one that no request has', () => {
    expect(candidateFor({ uri: { exact: 'login' } })).toBeUndefined()
    expect(candidateFor({ uri: { prefix: 'login' } })).toBeUndefined()
  })

  it('without a path has the prefix of every path', () => {
    expect(candidateFor({ method: { exact: 'GET' } })?.path).toEqual({ kind: 'prefix', text: '/' })
  })

  it('has its literal and whatever else it asks for in one box', () => {
    const [candidate] = candidates({ ...prefix('/a'), method: { exact: 'GET' } })
    const whole = candidate && wholeOf(candidate, unmetered)

    expect([...(whole?.keys() ?? [])].sort()).toEqual(['method', 'path'])
    expect(contains(whole!.get('path')!.present, '/a/b')).toBe(true)
    expect(contains(whole!.get('path')!.present, '/b')).toBe(false)
  })
})

describe('literals', () => {
  it('law: meet where their sets do, and lie within each other where their sets do', () => {
    fc.assert(
      fc.property(literal, literal, (a, b) => {
        expect(literalsMeet(a, b)).toBe(meets(literalSet(a, unmetered), literalSet(b, unmetered), unmetered))
        expect(literalWithin(a, b)).toBe(
          isSubset(literalSet(a, unmetered), literalSet(b, unmetered), unmetered),
        )
      }),
    )
  })

  it('stand for paths alone', () => {
    expect(contains(literalSet({ kind: 'exact', text: '/a' }, unmetered), '/a')).toBe(true)
    expect(contains(literalSet({ kind: 'prefix', text: '' }, unmetered), 'a')).toBe(false)
  })
})
