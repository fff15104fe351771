import { expect, test } from 'vitest'
import { endOf } from '../../conformance/ends.ts'

const web = 'outbound|80||web.n2.svc.cluster.local'
const db = 'outbound|80||db.n2.svc.cluster.local'

function digestOf(action: Readonly<Record<string, unknown>>): string {
  const end = endOf({ name: 'e0', match: {}, route: action })
  return 'digest' in end ? end.digest : ''
}

const weighted = (...clusters: readonly object[]) => digestOf({ weighted_clusters: { clusters } })

test('who has all the weight has it as if nobody else were named', () => {
  expect(weighted({ name: db }, { name: web, weight: 70 })).toBe(digestOf({ cluster: web }))
})

test('of weights only the shares count', () => {
  const halves = weighted({ name: db, weight: 1 }, { name: web, weight: 1 })

  expect(weighted({ name: db, weight: 50 }, { name: web, weight: 50 })).toBe(halves)
  expect(weighted({ name: db, weight: 49 }, { name: web, weight: 51 })).not.toBe(halves)
})

test('what is done to the headers of one destination counts', () => {
  const headers = { request_headers_to_remove: ['x'] }

  expect(weighted({ name: web, weight: 1, ...headers })).not.toBe(digestOf({ cluster: web }))
})
