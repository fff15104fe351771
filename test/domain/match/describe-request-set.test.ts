import { describe, expect, it } from 'vitest'
import { exactly, intersect, startingWith } from '../../../src/domain/language/string-set.ts'
import { paths } from '../../../src/domain/language/universe.ts'
import { present } from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import type { HTTPMatchRequest } from '../../../src/domain/manifest/virtual-service.ts'
import { conditionsOf } from '../../../src/domain/match/conditions.ts'
import { describeRequests } from '../../../src/domain/match/describe-request-set.ts'

function told(match: HTTPMatchRequest): string {
  const conditions = conditionsOf(match, { missingSatisfiesWithout: true, work: unmetered })
  if (conditions === undefined) return describeRequests({ boxes: [] })
  const { kind, text } = conditions.path
  const literal = kind === 'exact' ? exactly(text) : startingWith(text)
  const own = conditions.rest.get('path')?.present ?? paths
  const box = new Map(conditions.rest).set(
    'path',
    present(intersect(intersect(literal, own, unmetered), paths, unmetered)),
  )
  return describeRequests({ boxes: [box], patterns: match.uri?.regex === undefined ? [] : [match.uri.regex] })
}

describe('a set of requests in words', () => {
  it.each<readonly [string, HTTPMatchRequest]>([
    ['/*', {}],
    ['/login', { uri: { exact: '/login' } }],
    ['/log*', { uri: { prefix: '/log' } }],
    ['~ /v[0-9]+/.*', { uri: { regex: '/v[0-9]+/.*' } }],
    ['/a with method POST', { uri: { exact: '/a' }, method: { exact: 'POST' } }],
    ['/a with header x-beta equal to 1', { uri: { exact: '/a' }, headers: { 'X-Beta': { exact: '1' } } }],
    ['/a with header x-beta', { uri: { exact: '/a' }, headers: { 'x-beta': {} } }],
    ['/a without header x-beta', { uri: { exact: '/a' }, withoutHeaders: { 'x-beta': {} } }],
    [
      '/a with query parameter q starting with v',
      { uri: { exact: '/a' }, queryParams: { q: { prefix: 'v' } } },
    ],
    ['/* with client label app equal to web', { sourceLabels: { app: 'web' } }],
    ['/* with port 8080', { port: 8080 }],
    ['no request', { scheme: { exact: 'ftp' } }],
  ])('%s', (words, match) => {
    expect(told(match)).toBe(words)
  })

  it('several parts stand one after the other', () => {
    const box = (text: string) => new Map([['path', present(exactly(text))]])

    expect(describeRequests({ boxes: [box('/a'), box('/b')] })).toBe('/a; /b')
  })
})
