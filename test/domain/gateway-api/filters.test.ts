import { describe, expect, it } from 'vitest'
import { type Filter, fieldsOfFilters } from '../../../src/domain/gateway-api/filters.ts'
import { missingFacts } from '../../../src/domain/gateway-api/missing-fact.ts'
import { specified } from '../../../src/domain/manifest/gateway-api.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { httpRoute } from '../../support/gateway-api.ts'

const backends = {
  grants: [],
  clusterDomain: 'cluster.local',
  isMissing: () => false,
  missing: missingFacts(),
  needsGrant: true,
}

/** What some filters do to requests below `/b`. */
function done(...filters: readonly Filter[]) {
  const { version } = defaultIstioSettings
  const files = [{ path: 'r.yaml', text: httpRoute('login/r', { path: '/b' }) }]
  const [route] = specified(
    parseManifests(files, { namespaceOf: () => undefined, version }).unmodelled,
    'HTTPRoute',
  )
  if (route === undefined) throw new Error('The route could not be read')
  return fieldsOfFilters(filters, { path: { kind: 'segments', text: '/b', length: 2 }, route, backends })
}

const rewrite = (urlRewrite: Filter['urlRewrite']): Filter => ({
  type: 'URLRewrite',
  ...(urlRewrite && { urlRewrite }),
})

describe('what Istio makes of a rewrite', () => {
  it.each<[string, Filter['urlRewrite'], object]>([
    ['a prefix', { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } }, { uri: '/new' }],
    [
      'its last slash',
      { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new/' } },
      { uri: '/new' },
    ],
    [
      'a prefix that goes away',
      { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
      { uriRegexRewrite: { match: '^/b(/?)(.*)', rewrite: '/\\2' } },
    ],
    [
      'the whole path',
      { path: { type: 'ReplaceFullPath', replaceFullPath: '/all' } },
      { uriRegexRewrite: { match: '/.*', rewrite: '/all' } },
    ],
    ['the host', { hostname: 'new.example' }, { authority: 'new.example' }],
  ])('%s', (_, urlRewrite, expected) => {
    expect(done(rewrite(urlRewrite))).toEqual({ rewrite: expected })
  })
})

it('several filters add up, and one that nobody knows takes all with it', () => {
  const adding: Filter = {
    type: 'RequestHeaderModifier',
    requestHeaderModifier: { add: [{ name: 'X', value: '1' }] },
  }
  const removing: Filter = { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['Y'] } }

  expect(done(adding, removing)).toEqual({
    headers: { request: { add: { x: '1' } }, response: { remove: ['y'] } },
  })
  expect(done(adding, { type: 'Magic' })).toEqual({ unknown: 'Magic' })
})

it('of equal names of headers the first counts, whatever their case', () => {
  const set = [
    { name: 'X-A', value: '1' },
    { name: 'x-a', value: '2' },
  ]

  expect(done({ type: 'RequestHeaderModifier', requestHeaderModifier: { set } })).toEqual({
    headers: { request: { set: { 'x-a': '1' } } },
  })
})

it('a mirror takes its share in percent or as a fraction, and none where it may not be reached', () => {
  const to = (more: object, backendRef: object = { name: 'shadow', port: 80 }): Filter => ({
    type: 'RequestMirror',
    requestMirror: { backendRef, ...more },
  })
  const destination = { host: 'shadow.login.svc.cluster.local', port: { number: 80 } }

  expect(done(to({ percent: 10 }))).toEqual({ mirrors: [{ destination, percentage: { value: 10 } }] })
  expect(done(to({ fraction: { numerator: 1, denominator: 8 } }))).toEqual({
    mirrors: [{ destination, percentage: { value: 12.5 } }],
  })
  expect(done(to({}))).toEqual({ mirrors: [{ destination }] })
  expect(done(to({}, { name: 'shadow', namespace: 'catalog', port: 80 }))).toEqual({})
})
