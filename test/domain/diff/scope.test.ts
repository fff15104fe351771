import { describe, expect, it } from 'vitest'
import { decidingScope, promisesAll, scopeEntries } from '../../../src/domain/diff/scope.ts'
import { exactly, unmetered } from '../../../src/domain/language/string-set.ts'
import { present } from '../../../src/domain/language/values.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import {
  delegate,
  exact,
  options,
  plenty,
  prefix,
  primary,
  secondary,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const space = { universe: universeOf, work: unmetered }

/** What a primary of these entries promises at a gateway. */
function promises(http: readonly HTTPRoute[], arrived?: true, gateway = 'n/gw') {
  const mesh = workedMesh(primary('p', ...http), secondary('s', to('s')), secondary('t', to('t')))
  const [shop] = mesh.graph.primaries
  const promising = { primary: shop!, ...(arrived && { arrived }) }
  return scopeEntries([promising], mesh.graph, { gateway, options, work: plenty() })
}
const told = (entries: ReturnType<typeof promises>) =>
  entries.map(({ holder, path }) => `${path.kind} ${path.text} to ${holder.name}`)

describe('what a primary promises', () => {
  it('is each match of its entries, to the secondary or to itself', () => {
    expect(told(promises([delegate('s', prefix('/a'), exact('/b')), to('own', prefix('/c'))]))).toEqual([
      'prefix /a to s',
      'exact /b to s',
      'prefix /c to p',
    ])
  })

  it('is everything where an entry has no match, and itself where the secondary is missing', () => {
    expect(
      told(promises([delegate('s', prefix('/a')), delegate('nobody', prefix('/b')), to('own')])),
    ).toEqual(['prefix /a to s', 'prefix /b to p', 'prefix  to p'])
  })

  it('is not what a match keeps to another gateway', () => {
    const entry = delegate('s', { ...prefix('/a'), gateways: ['n/other'] })

    expect(promises([entry, delegate('t', prefix('/b'))])).toHaveLength(1)
  })

  it('does not change with a name that only statistics use', () => {
    const [plain] = promises([delegate('s', prefix('/a'))])
    const [named] = promises([delegate('s', { ...prefix('/a'), name: 'nice' })])

    expect(named?.key).toBe(plain?.key)
  })
})

describe('whose promise decides', () => {
  const decides = (...[before, after, within]: Parameters<typeof decidingScope>) =>
    decidingScope(before, after, within).scope
  const narrow = promises([delegate('s', prefix('/a'))])
  const broad = promises([delegate('t', prefix('/'))])

  it('is the narrowest', () => {
    const all = promises([delegate('s', prefix('/a')), delegate('t', prefix('/'))])

    expect(told(decides(all, all, space))).toEqual(['prefix /a to s'])
  })

  it('is the narrowest among the requests that can come', () => {
    const all = promises([delegate('t', { port: 80 }), delegate('s', prefix('/a'))])
    const only80 = (dimension: string) =>
      dimension === 'port' ? present(exactly('80')) : universeOf(dimension)

    expect(told(decides(all, all, { ...space, universe: only80 }))).toEqual(['prefix /a to s'])
  })

  it('is the first of the primary where none is within another', () => {
    const get = { method: { exact: 'GET' } }
    const [one, other] = [delegate('s', prefix('/a')), delegate('t', get)]

    const first = (...http: readonly HTTPRoute[]) => told(decides(promises(http), promises(http), space))

    expect(first(one, other)).toEqual(['prefix /a to s'])
    expect(first(other, one)).toEqual(['prefix  to t'])
  })

  it('is that of both where they are the same', () => {
    const both = promises([delegate('s', prefix('/a')), delegate('t', prefix('/a'))])

    expect(told(decides(both, both, space))).toEqual(['prefix /a to s', 'prefix /a to t'])
  })

  it('is the base side`s while the promise is the same', () => {
    const same = promises([delegate('s', prefix('/a'))])

    expect(decides(narrow, same, space)).toEqual(narrow)
  })

  it('is the merged side`s where the change alters it, or the base side promises nothing', () => {
    expect(told(decides(narrow, broad, space))).toEqual(['prefix / to t'])
    expect(told(decides([], broad, space))).toEqual(['prefix / to t'])
  })

  it('is told of the base side as well', () => {
    expect(decidingScope(narrow, broad, space).formerly).toEqual(narrow)
    expect(decidingScope([], broad, space).formerly).toEqual([])
  })

  it('is not taken from the base side by one that only arrived', () => {
    expect(told(decides(broad, [...broad, ...promises([delegate('s', prefix('/a'))], true)], space))).toEqual(
      ['prefix / to t'],
    )
  })
})

describe('a promise of all that is left', () => {
  it.each<readonly [HTTPMatchRequest, boolean]>([
    [{ uri: { prefix: '/' } }, true],
    [{}, true],
    [{ uri: { prefix: '/a' } }, false],
    [{ uri: { exact: '/' } }, false],
    [{ uri: { prefix: '/' }, headers: { beta: { exact: '1' } } }, false],
  ])('%j: %s', (match, isAll) => {
    expect(promises([delegate('s', match)]).map(promisesAll)).toEqual([isAll])
  })
})
