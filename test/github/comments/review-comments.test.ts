import { describe, expect, test } from 'vitest'
import { writeReviewComments } from '../../../src/github/comments/review-comments.ts'
import { github, testClient, withNock } from '../../support/github.ts'

withNock()

const conversation = () => ({
  client: testClient(),
  identity: { appId: 42, slug: 'firebreak' },
  where: { owner: 'bookinfo', repo: 'mesh' },
  number: 7,
})
const marked = (key: string, text: string) => `<!-- firebreak:review ${key} -->\n${text}`
const comment = (key: string, text = 'text', line = 4) => ({
  path: 'a.yaml',
  startLine: 2,
  line,
  marker: `<!-- firebreak:review ${key} -->`,
  body: marked(key, text),
})
const ours = (id: number, body: string, over: object = {}) => ({
  id,
  body,
  line: 4,
  user: { login: 'firebreak[bot]', type: 'Bot' },
  ...over,
})

function listing(comments: readonly object[]): void {
  github().get('/repos/bookinfo/mesh/pulls/7/comments').query({ per_page: 100 }).reply(200, comments)
}

function creation(body: object, status = 201): void {
  github()
    .post('/repos/bookinfo/mesh/pulls/7/comments', (sent) => {
      expect(sent).toMatchObject(body)
      return true
    })
    .reply(status, {})
}

const write = (comments: readonly ReturnType<typeof comment>[]) =>
  writeReviewComments(conversation(), 'head', comments)

describe('review comments', () => {
  test('are made one by one on lines of the head', async () => {
    listing([])
    creation({
      commit_id: 'head',
      path: 'a.yaml',
      line: 4,
      side: 'RIGHT',
      start_line: 2,
      start_side: 'RIGHT',
    })
    creation({ line: 2 })

    expect(await write([comment('x'), comment('y', 'text', 2)])).toEqual([])
  })

  test('that GitHub refuses are given back, and the others are made', async () => {
    listing([])
    creation({ line: 4 }, 422)
    creation({ line: 9 })

    expect(await write([comment('x'), comment('y', 'text', 9)])).toEqual([comment('x')])
  })

  test('with the same marker are edited in place, and only when they differ', async () => {
    listing([ours(1, marked('x', 'text')), ours(2, marked('y', 'old'))])
    github()
      .patch('/repos/bookinfo/mesh/pulls/comments/2', { body: marked('y', 'new') })
      .reply(200, {})

    await write([comment('x'), comment('y', 'new')])
  })

  test('that are outdated are made anew on the lines of today', async () => {
    listing([ours(1, marked('x', 'text'), { line: null })])
    creation({ line: 4 })
    github().delete('/repos/bookinfo/mesh/pulls/comments/1').reply(204)

    await write([comment('x')])
  })

  test('that are obsolete are deleted if nobody replied, else edited to say so, once', async () => {
    const reply = { id: 8, body: 'Why?', user: { login: 'carol', type: 'User' }, in_reply_to_id: 2 }
    listing([ours(1, marked('x', 'text')), ours(2, marked('y', 'text')), reply])
    github().delete('/repos/bookinfo/mesh/pulls/comments/1').reply(204)
    let body = ''
    github()
      .patch('/repos/bookinfo/mesh/pulls/comments/2', (sent) => {
        body = sent.body
        return true
      })
      .reply(200, {})
    await write([])
    expect(body).toContain('no longer applies')

    listing([ours(2, body), reply])
    await write([])
  })

  test('of others are not touched, though they hold our marker', async () => {
    listing([{ ...ours(1, marked('x', 'text')), user: { login: 'carol', type: 'User' } }])

    await write([])
  })

  test('beyond ten are given back', async () => {
    listing([])
    const many = Array.from({ length: 12 }, (_, index) => comment(`k${index}`))
    for (let index = 0; index < 10; index++) creation({})

    expect(await write(many)).toHaveLength(2)
  })

  test('that GitHub fails to take are an error', async () => {
    listing([])
    creation({}, 502)

    await expect(write([comment('x')])).rejects.toMatchObject({ status: 502 })
  })
})
