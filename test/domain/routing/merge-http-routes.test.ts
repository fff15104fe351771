import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { HTTPRoute } from '../../../src/domain/manifest/virtual-service.ts'
import { conflictOf, mergeHTTPRoutes } from '../../../src/domain/routing/merge-http-routes.ts'
import { match } from '../../support/meshes.ts'

interface Vector {
  readonly says: string
  readonly version?: string
  readonly primary: HTTPRoute
  readonly secondary: HTTPRoute
  readonly merged?: Readonly<Record<string, unknown>>
  readonly drops?: string
}

const vectors: readonly Vector[] = parse(
  readFileSync(new URL('merge-http-routes.vectors.yaml', import.meta.url), 'utf8'),
)

const newest = { major: 1, minor: 30 }

describe('one entry of a primary with one of a secondary', () => {
  it.each(vectors)('$says', ({ version, primary, secondary, merged, drops }) => {
    const [major = 1, minor = 30] = (version ?? '1.30').split('.').map(Number)

    const [merge] = mergeHTTPRoutes(primary, [secondary], { major, minor })

    expect(merge?.kind).toBe(drops === undefined ? 'merged' : 'conflict')
    if (merge?.kind === 'conflict') expect(merge.field).toBe(drops)
    if (merge?.kind !== 'merged') return
    const http: Readonly<Record<string, unknown>> = { ...merge.http }
    for (const [field, value] of Object.entries(merged ?? {})) {
      expect(http[field]).toEqual(value === 'none' ? undefined : value)
    }
  })

  it('every field of a primary but route, redirect and delegate reaches an empty secondary', () => {
    const primary = {
      match: [{ uri: { exact: '/a' } }],
      rewrite: { uri: '/' },
      directResponse: { status: 200 },
      timeout: '1s',
      retries: { attempts: 1 },
      fault: { abort: { httpStatus: 500 } },
      mirror: { host: 'm' },
      mirrorPercent: 5,
      mirrorPercentage: { value: 5 },
      mirrors: [{ destination: { host: 'm' } }],
      corsPolicy: { maxAge: '1s' },
      headers: { request: { remove: ['x'] } },
      name: 'n',
    } satisfies HTTPRoute

    const [merge] = mergeHTTPRoutes({ ...primary, delegate: { name: 's' } }, [{}], newest)

    expect(merge).toEqual({ kind: 'merged', secondaryEntry: 0, http: primary })
  })

  it('an entry is dropped <=> one of its matches conflicts with every match of the primary', () => {
    const list = fc.array(match, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(list, list, (outer, inner) => {
        const [merge] = mergeHTTPRoutes({ match: outer }, [{ match: inner }], newest)
        const hopeless = inner.some((one) => outer.every((other) => conflictOf(other, one) !== undefined))
        expect(merge?.kind === 'conflict').toBe(hopeless)
      }),
    )
  })
})
