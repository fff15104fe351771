import { expect, test } from 'vitest'
import { answersOf } from '../../../src/domain/terms/answer-words.ts'
import { plainOf } from '../../../src/domain/words/phrase.ts'
import { comparisonOf } from '../rules/read-case.ts'

const object = (name: string, spec: object) => ({
  path: `teams/${name}.yaml`,
  text: `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'shop' },
    spec,
  })}\n`,
})

const given = { request: { set: { 'x-tenant': 'a' }, remove: ['x-secret'] } }
const primary = object('shop', {
  hosts: ['shop.example'],
  http: [{ headers: given, delegate: { name: 'login' } }],
})
const secondary = (headers?: object) =>
  object('login', { http: [{ route: [{ destination: { host: 'login' } }], ...(headers && { headers }) }] })

function afterMerge(headers: object): readonly string[] {
  const { changes } = comparisonOf([primary, secondary()], [primary, secondary(headers)])
  return changes.map((change) => plainOf(answersOf(change).afterMerge))
}

test('what is done to headers no longer is said by name', () => {
  const lost = 'no request header x-tenant: a set any more and no request header x-secret removed any more'

  expect(afterMerge({})).toEqual([lost])
  expect(afterMerge({ response: { remove: ['server'] } })).toEqual([
    `response header server removed, ${lost}`,
  ])
})

test('a header that is treated otherwise is not lost', () => {
  expect(afterMerge({ request: { set: { 'X-Tenant': 'b' }, remove: ['x-secret'] } })).toEqual([
    'request header X-Tenant: b set and request header x-secret removed',
  ])
})
