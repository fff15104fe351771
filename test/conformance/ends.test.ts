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

test('whoever is led nowhere is answered with 500, and a part of all requests is a share', () => {
  const nowhere = { name: 'UnknownService', weight: 1 }
  const doing = (action: Readonly<Record<string, unknown>>) => {
    const end = endOf({ name: 'e0', match: {}, route: action })
    return 'does' in end ? end.does : ''
  }

  expect(doing({ cluster: 'UnknownService' })).toBe('{"status":500}')
  expect(doing({ weighted_clusters: { clusters: [nowhere, nowhere] } })).toBe('{"status":500}')
  expect(doing({ weighted_clusters: { clusters: [nowhere, { name: web, weight: 3 }] } })).toBe(
    '{"to":[["UnknownService ",25],["web.n2.svc.cluster.local ",75]]}',
  )
})

test('what replaces a prefix is the same with and without a slash behind it', () => {
  const redirecting = (redirect: Readonly<Record<string, unknown>>) => {
    const end = endOf({ name: 'e0', match: {}, redirect })
    return 'does' in end ? end.does : ''
  }

  expect(redirecting({ prefix_rewrite: '/new/' })).toBe(redirecting({ path_redirect: '/new' }))
  expect(redirecting({ prefix_rewrite: '/new/' })).not.toBe(redirecting({ path_redirect: '/old' }))
})
