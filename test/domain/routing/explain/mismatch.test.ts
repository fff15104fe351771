import { expect, it } from 'vitest'
import type { HTTPMatchRequest } from '../../../../src/domain/manifest/virtual-service.ts'
import { failedField } from '../../../../src/domain/match/request-matches.ts'
import { describeMismatch } from '../../../../src/domain/routing/explain/mismatch.ts'

const asked = {
  method: 'GET',
  scheme: 'https',
  authority: 'a.example',
  path: '/login?q=1&q=2',
  headers: { 'x-beta': '2' },
  port: 443,
}

const vectors: readonly (readonly [HTTPMatchRequest, string])[] = [
  [{ uri: { exact: '/logout' } }, 'uri: exact /logout does not match /login'],
  [{ uri: { prefix: '/X' }, ignoreUriCase: true }, 'uri: prefix /X in any case does not match /login'],
  [{ uri: { regex: '/v[0-9]+' } }, 'uri: regex /v[0-9]+ does not match /login'],
  [{ method: { exact: 'POST' } }, 'method: exact POST does not match GET'],
  [{ scheme: { exact: 'http' } }, 'scheme: exact http does not match https'],
  [{ authority: { prefix: 'b.' } }, 'authority: prefix b. does not match a.example'],
  [{ headers: { 'X-Beta': { exact: '1' } } }, 'headers.X-Beta: exact 1 does not match 2'],
  [{ headers: { 'x-other': {} } }, 'headers.x-other: is not there'],
  [{ headers: { 'x.y': { exact: '1' } } }, 'headers.x.y: exact 1 is asked for, and it is not there'],
  [{ headers: { ':path': { exact: '/x' } } }, 'headers.:path: exact /x does not match /login?q=1&q=2'],
  [{ withoutHeaders: { 'x-beta': {} } }, 'withoutHeaders.x-beta: is there'],
  [
    { withoutHeaders: { 'x-beta': { prefix: '2' } } },
    'withoutHeaders.x-beta: prefix 2 is excluded, and matches 2',
  ],
  [{ queryParams: { q: { exact: '2' } } }, 'queryParams.q: exact 2 does not match 1'],
  [{ queryParams: { z: { exact: '2' } } }, 'queryParams.z: exact 2 is asked for, and it is not there'],
  [{ port: 80 }, 'port: 80 is not 443'],
  [{ sourceLabels: { app: 'web' } }, 'sourceLabels.app: web is not known of the client'],
  [{ sourceNamespace: 'n1' }, 'sourceNamespace: n1 is not known of the request'],
]

it.each(vectors)('%j is told as %j', (match, expected) => {
  const field = failedField(match, asked, true)

  expect(describeMismatch(match, field ?? '', asked)).toBe(expected)
})

it('says that an older Istio takes a missing header for a match', () => {
  const match = { withoutHeaders: { 'x-other': { exact: '1' } } }

  expect(describeMismatch(match, failedField(match, asked, false) ?? '', asked)).toBe(
    'withoutHeaders.x-other: is not there, which Istio before 1.22 takes for a match',
  )
})
