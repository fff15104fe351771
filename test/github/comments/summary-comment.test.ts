import { describe, expect, test } from 'vitest'
import { writeSummaryComment } from '../../../src/github/comments/summary-comment.ts'
import { github, testClient, withNock } from '../../support/github.ts'

withNock()

const marker = '<!-- firebreak:summary -->'
const conversation = () => ({
  client: testClient(),
  identity: { appId: 42, slug: 'firebreak' },
  where: { owner: 'bookinfo', repo: 'mesh' },
  number: 7,
})
const ours = { id: 9, user: { login: 'firebreak[bot]', type: 'Bot' }, performed_via_github_app: { id: 42 } }

function listing(comments: readonly object[], headers: Record<string, string> = {}): void {
  github()
    .get('/repos/bookinfo/mesh/issues/7/comments')
    .query({ per_page: 100 })
    .reply(200, comments, headers)
}

const write = (comment?: string) =>
  writeSummaryComment(conversation(), {
    quiet: 'Nothing left.',
    ...(comment === undefined ? {} : { comment }),
  })

describe('the summary comment', () => {
  test('is made when there is something to say', async () => {
    listing([{ id: 1, user: { login: 'carol', type: 'User' }, body: `${marker} I am the bot` }])
    github()
      .post('/repos/bookinfo/mesh/issues/7/comments', { body: `${marker}\nHello` })
      .reply(201, {})

    await write('Hello')
  })

  test('is not made to say nothing', async () => {
    listing([])

    await write()
  })

  test('is edited only when it says something else', async () => {
    listing([{ ...ours, body: `${marker}\r\nHello` }])
    await write('Hello')

    listing([{ ...ours, body: `${marker}\nHello` }])
    github()
      .patch('/repos/bookinfo/mesh/issues/comments/9', { body: `${marker}\nBye` })
      .reply(200, {})
    await write('Bye')
  })

  test('is emptied to one line when nothing is left to say, and then left alone', async () => {
    listing([{ ...ours, body: `${marker}\nHello` }])
    github()
      .patch('/repos/bookinfo/mesh/issues/comments/9', { body: `${marker}\nNothing left.` })
      .reply(200, {})
    await write()

    listing([{ ...ours, body: `${marker}\nNothing left.` }])
    await write()
  })

  test('is found on a later page', async () => {
    listing([], {
      link: '<https://api.github.com/repos/bookinfo/mesh/issues/7/comments?per_page=100&page=2>; rel="next"',
    })
    github()
      .get('/repos/bookinfo/mesh/issues/7/comments')
      .query({ per_page: 100, page: 2 })
      .reply(200, [{ ...ours, body: `${marker}\nHello` }])

    await write('Hello')
  })

  test('of another App is not ours, whatever it holds', async () => {
    listing([{ ...ours, performed_via_github_app: { id: 1 }, body: `${marker}\nHello` }])
    github().post('/repos/bookinfo/mesh/issues/7/comments').reply(201, {})

    await write('Hello')
  })

  test('is never too long for GitHub', async () => {
    await expect(write('x'.repeat(65_536))).rejects.toThrow('characters')
  })
})
