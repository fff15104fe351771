import { describe, expect, it } from 'vitest'
import { withoutSameRewrites } from '../../../../src/domain/diff/tables/same-rewrites.ts'
import { unmetered } from '../../../../src/domain/language/string-set.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../../../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { universeOf } from '../../../../src/domain/match/dimensions.ts'
import { virtualService } from '../../../support/meshes.ts'
import { exact, prefix, tableOf, to, workedMesh } from '../../../support/worked-mesh.ts'

const host = 'shop.example'
const routeOf = (name: string, http: HTTPRoute) =>
  tableOf(workedMesh(virtualService(`n/${name}`, { hosts: [host], gateways: ['gw'], http: [http] })), host)
    .routes[0]

const rewriting = (match: HTTPMatchRequest, uri = '/new', name = 'a') =>
  routeOf(name, { ...to('a', match), rewrite: { uri } })
const redirecting = (match: HTTPMatchRequest, prefixRewrite = '/new') =>
  routeOf('a', { match: [match], redirect: { prefixRewrite } })

const left = (before: ReturnType<typeof routeOf>, after: ReturnType<typeof routeOf>) => {
  const routes = { ...(before && { before }), ...(after && { after }) }
  const boxes = withoutSameRewrites([new Map()], routes, { universe: universeOf, work: unmetered })
  return describeRequests({ boxes })
}
const every = describeRequests({ boxes: [new Map()] })

describe('two rewrites', () => {
  it.each([
    ['of the whole path and of a prefix', rewriting(exact('/a')), rewriting(prefix('/a'))],
    ['the other way round', rewriting(prefix('/a')), rewriting(exact('/a'))],
    ['in a redirect', redirecting(exact('/a')), redirecting(prefix('/a'))],
  ])('treat the path alike that is the prefix: %s', (_, before, after) => {
    expect(left(before, after)).toBe('/* except /a')
  })

  it.each([
    ['with other texts', rewriting(exact('/a')), rewriting(prefix('/a'), '/other')],
    ['of two prefixes', rewriting(prefix('/a')), rewriting(prefix('/ab'))],
    ['by two suppliers', rewriting(exact('/a')), rewriting(prefix('/a'), '/new', 'b')],
    ['of which one is none', rewriting(exact('/a')), routeOf('a', to('a', prefix('/a')))],
    ['of which one is a redirect', rewriting(exact('/a')), redirecting(prefix('/a'))],
    ['of which one is missing', rewriting(exact('/a')), undefined],
  ])('treat no path alike: %s', (_, before, after) => {
    expect(left(before, after)).toBe(every)
  })
})
