import { describe, expect, test } from 'vitest'
import { readOpenPullRequests } from '../../../src/github/reading/open-pull-requests.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const read = (wanted: Parameters<typeof readOpenPullRequests>[2] = {}) =>
  readOpenPullRequests(testClient(), at, wanted)

function page(after: string | null, nodes: readonly object[], endCursor?: string, base?: string): void {
  const pageInfo = { hasNextPage: endCursor !== undefined, endCursor: endCursor ?? null }
  github()
    .post('/graphql', ({ variables }) => variables.after === after && variables.base === base)
    .reply(200, { data: { repository: { pullRequests: { pageInfo, nodes } } } })
}

const open = (number: number, headRefOid = `head${number}`) => ({ number, headRefOid })

test('they are listed page by page, with no more of each than what is asked for', async () => {
  page(null, [open(1), open(2)], 'two')
  page('two', [open(3)])

  expect(await read()).toEqual([1, 2, 3].map((number) => ({ ...at, number })))
})

test('whose head is another is none of those that were asked for', async () => {
  page(null, [open(1), open(2, 'mine')], 'two', 'main')
  page('two', [open(3, 'mine')], undefined, 'main')

  expect(await read({ base: 'main', headSha: 'mine' })).toEqual([2, 3].map((number) => ({ ...at, number })))
})

describe('where the graph does not give all of them REST does', () => {
  const overRest = () =>
    github()
      .get('/repos/bookinfo/mesh/pulls')
      .query({ state: 'open', per_page: 100, base: 'main' })
      .reply(200, [{ number: 9, head: { sha: 'mine' } }])

  test.each([
    [
      'an error beside the list',
      () =>
        github()
          .post('/graphql')
          .reply(200, {
            data: {
              repository: { pullRequests: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } },
            },
            errors: [{ type: 'FORBIDDEN', path: ['repository'] }],
          }),
    ],
    ['a list with something else in it', () => page(null, [{ number: 1 }], undefined, 'main')],
    ['no answer', () => github().post('/graphql').reply(502)],
    [
      'a second page that does not come',
      () => {
        page(null, [open(1, 'mine')], 'two', 'main')
        github().post('/graphql').reply(502)
      },
    ],
  ])('after %s', async (_, answer) => {
    answer()
    overRest()

    expect(await read({ base: 'main', headSha: 'mine' })).toEqual([{ ...at, number: 9 }])
  })
})

test('a limit is no answer, and nothing is asked besides', async () => {
  github()
    .post('/graphql')
    .reply(200, { data: null, errors: [{ type: 'RATE_LIMITED' }] })

  await expect(read()).rejects.toThrow()
})
