import { describe, expect, test } from 'vitest'
import { type PushEntry, pushersOf, readPushers } from '../../../src/github/pushes/pushers.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const nobody = '0'.repeat(40)

const entry = (before: string, after: string, login: string, kind = 'push'): PushEntry => ({
  before,
  after,
  kind,
  by: { login, bot: false },
})

function logins(commits: readonly string[], newestFirst: readonly PushEntry[]) {
  const { pushers, lastPusher } = pushersOf('c3', new Set(commits), newestFirst)
  return { pushers: pushers === 'unknown' ? pushers : pushers.map(({ login }) => login), lastPusher }
}

describe('the pushers', () => {
  test('are those of every push back to the one that created the branch', () => {
    const found = logins(
      ['c1', 'c2', 'c3'],
      [entry('c2', 'c3', 'carla'), entry(nobody, 'c2', 'lina', 'branch_creation'), entry('x', 'y', 'other')],
    )

    expect(found).toEqual({ pushers: ['carla', 'lina'], lastPusher: 'carla' })
  })

  test('end with the push that started from a commit of the base', () => {
    expect(logins(['c3'], [entry('base', 'c3', 'carla'), entry('x', 'base', 'other')])).toEqual({
      pushers: ['carla'],
      lastPusher: 'carla',
    })
  })

  test('of a forced push include all before it, for it may have kept their commits', () => {
    const found = logins(
      ['c1', 'c3'],
      [
        entry('gone', 'c3', 'carla', 'force_push'),
        entry('c1', 'gone', 'mallory'),
        entry(nobody, 'c1', 'lina', 'branch_creation'),
      ],
    )

    expect(found).toEqual({ pushers: ['carla', 'mallory', 'lina'], lastPusher: 'carla' })
  })

  test('come with where each of their pushes began and ended', () => {
    const { pushers } = pushersOf('c3', new Set(['c1', 'c2', 'c3']), [
      entry('c2', 'c3', 'carla'),
      entry('c1', 'c2', 'lina'),
      entry(nobody, 'c1', 'carla', 'branch_creation'),
    ])

    expect(pushers).toEqual([
      { login: 'carla', bot: false, pushes: [{ before: 'c2', after: 'c3' }, { after: 'c1' }] },
      { login: 'lina', bot: false, pushes: [{ before: 'c1', after: 'c2' }] },
    ])
  })

  test('are asked about several pushes in a row as about one', () => {
    const { pushers } = pushersOf('c3', new Set(['c1', 'c2', 'c3']), [
      entry('c2', 'c3', 'carla'),
      entry('c1', 'c2', 'carla'),
      entry(nobody, 'c1', 'lina', 'branch_creation'),
    ])

    expect(pushers).toMatchObject([
      { login: 'carla', pushes: [{ before: 'c1', after: 'c3' }] },
      { login: 'lina' },
    ])
  })

  test('include who pushed these commits before the branch was deleted and restored', () => {
    const found = logins(
      ['c1', 'c2', 'c3'],
      [
        entry(nobody, 'c3', 'lina', 'branch_creation'),
        entry('c3', nobody, 'lina', 'branch_deletion'),
        entry('c1', 'c3', 'carla'),
        entry(nobody, 'c1', 'lina', 'branch_creation'),
        entry('x', 'y', 'somebody-long-ago'),
      ],
    )

    expect(found).toEqual({ pushers: ['lina', 'carla'], lastPusher: 'lina' })
  })

  test('are listed once each, in any case of the login', () => {
    const found = logins(
      ['c2', 'c3'],
      [entry('c2', 'c3', 'Carla'), entry(nobody, 'c2', 'carla', 'branch_creation')],
    )

    expect(found.pushers).toHaveLength(1)
  })

  test.each<[string, readonly PushEntry[]]>([
    ['nothing is recorded', []],
    ['the head was not pushed to this branch', [entry(nobody, 'c9', 'carla')]],
    ['a link is missing', [entry('c2', 'c3', 'carla'), entry(nobody, 'c1', 'lina')]],
    ['the record ends too early', [entry('c2', 'c3', 'carla')]],
    [
      'somebody has no account any more',
      [entry('c2', 'c3', 'carla'), { before: nobody, after: 'c2', kind: 'push' }],
    ],
  ])('are unknown where %s', (_, entries) => {
    expect(logins(['c1', 'c2', 'c3'], entries).pushers).toBe('unknown')
  })
})

describe('reading', () => {
  const pull = pullRequest()

  function commits(count: number): void {
    const list = Array.from({ length: count }, (_, index) => ({
      sha: index === 0 ? pull.head.sha : `c${index}`,
    }))
    for (let page = 1; page <= Math.ceil(count / 100); page++) {
      const rest = page < Math.ceil(count / 100)
      github()
        .get('/repos/bookinfo/mesh/pulls/7/commits')
        .query(page === 1 ? { per_page: 100 } : { per_page: 100, page })
        .reply(
          200,
          list.slice((page - 1) * 100, page * 100),
          rest ? nextPage('pulls/7/commits', page + 1) : {},
        )
    }
  }

  const nextPage = (path: string, page: number) => ({
    link: `<https://api.github.com/repos/bookinfo/mesh/${path}?per_page=100&page=${page}>; rel="next"`,
  })

  function activity(status: number, body: unknown): void {
    github()
      .get('/repos/bookinfo/mesh/activity')
      .query({ ref: 'refs/heads/topic', direction: 'desc', per_page: 100 })
      .reply(status, body as object)
  }

  test('asks for the activity of the head branch', async () => {
    commits(1)
    activity(200, [
      {
        before: nobody,
        after: pull.head.sha,
        activity_type: 'branch_creation',
        actor: { login: 'renovate[bot]', type: 'Bot' },
      },
    ])

    expect(await readPushers(testClient(), pull)).toEqual({
      pushers: [{ login: 'renovate[bot]', bot: true, pushes: [{ after: pull.head.sha }] }],
      lastPusher: 'renovate[bot]',
    })
  })

  test('asks for nothing where the head is a fork, or a fork that is gone', async () => {
    const { repository: _, ...gone } = pull.head
    for (const head of [{ ...pull.head, repository: 'carol/mesh' }, gone]) {
      expect(await readPushers(testClient(), { ...pull, head })).toEqual({ pushers: 'unknown' })
    }
  })

  test('is given up where GitHub cuts off the commits', async () => {
    commits(250)

    expect(await readPushers(testClient(), pull)).toEqual({ pushers: 'unknown' })
  })

  test('is given up where the activity may not be seen', async () => {
    commits(1)
    activity(403, { message: 'Resource not accessible by integration' })

    expect(await readPushers(testClient(), pull)).toEqual({ pushers: 'unknown' })
  })
})
