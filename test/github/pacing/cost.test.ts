import { expect, test } from 'vitest'
import { costOf } from '../../../src/github/pacing/cost.ts'

const repository = '/api/v3/repos/bookinfo/mesh'
const windowsOf = (method: string, path: string) =>
  costOf(method, path).windows.map(({ of, weight }) => `${of} ${weight}`)

test('a read is one point and a write five, and a query of the graph is no write', () => {
  expect(windowsOf('GET', `${repository}/pulls/7`)).toEqual(['rest 1'])
  expect(windowsOf('POST', '/api/graphql')).toEqual(['graph 1'])
  expect(windowsOf('PATCH', `${repository}/check-runs/7`)).toEqual(['writes 1', 'rest 5'])
  expect(costOf('POST', '/graphql').lane).toBe('reads')
  expect(costOf('POST', '/app/installations/3/access_tokens').lane).toBe('reads')
})

test.each([
  ['POST', 'issues/7/comments'],
  ['POST', 'pulls/7/comments'],
  ['POST', 'pulls/7/requested_reviewers'],
])('%s %s makes content', (method, path) => {
  expect(windowsOf(method, `${repository}/${path}`)).toEqual([
    'writes 1',
    'rest 5',
    'content 1',
    'content-hourly 1',
  ])
})

test.each([
  ['PATCH', 'issues/comments/7'],
  ['DELETE', 'pulls/comments/7'],
  ['POST', 'check-runs'],
])('%s %s makes none', (method, path) => {
  expect(windowsOf(method, `${repository}/${path}`)).toEqual(['writes 1', 'rest 5'])
})

test('what shuts the gate goes before a verdict, and a verdict before words', () => {
  const paths = [
    ['POST', `${repository}/check-runs`],
    ['PATCH', `${repository}/check-runs/7`],
    ['POST', `${repository}/issues/7/comments`],
  ] as const
  const ranks = paths.map(([method, path]) => costOf(method, path).rank)

  expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b))
})
