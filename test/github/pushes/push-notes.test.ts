import { describe, expect, test } from 'vitest'
import { isFork, notePusher, readNotedPusher } from '../../../src/github/pushes/push-notes.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest({ head: { sha: 'b'.repeat(40), branch: 'topic', repository: 'carol/mesh' } })

test.each([
  ['bookinfo/mesh', false],
  ['BookInfo/Mesh', false],
  ['carol/mesh', true],
])('%s is a fork: %s', (repository, fork) => {
  expect(isFork(pullRequest({ head: { ...pull.head, repository } }))).toBe(fork)
})

test('a deleted fork is one', () => {
  expect(isFork(pullRequest({ head: { sha: 'b', branch: 'topic' } }))).toBe(true)
})

test('a note is a check run that is over and lets nothing be merged', async () => {
  github()
    .post('/repos/bookinfo/mesh/check-runs', (body) => {
      expect(body).toMatchObject({
        name: 'firebreak',
        head_sha: pull.head.sha,
        status: 'completed',
        conclusion: 'cancelled',
        external_id: 'pr:7:pushed-by:lina',
      })
      return true
    })
    .reply(201, { id: 1 })

  await notePusher({ client: testClient(), where: { owner: 'bookinfo', repo: 'mesh' } }, pull, 'lina')
})

describe('who pushed the head last', () => {
  const run = (id: number, external_id: string, app = 42) => ({ id, external_id, app: { id: app } })

  test.each([
    [
      'the newest note says',
      [run(1, 'pr:7:pushed-by:lina'), run(3, 'pr:7:pushed-by:carla'), run(2, 'pr:7')],
      'carla',
    ],
    ['no note of another pull request says', [run(1, 'pr:8:pushed-by:lina')], undefined],
    ['no note of another App says', [run(1, 'pr:7:pushed-by:lina', 1)], undefined],
    ['nothing says where the event was lost', [run(1, 'pr:7')], undefined],
  ])('%s', async (_, check_runs, login) => {
    github()
      .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
      .query({ app_id: 42, filter: 'all', per_page: 100 })
      .reply(200, { total_count: check_runs.length, check_runs })

    expect(await readNotedPusher({ client: testClient(), appId: 42 }, pull)).toBe(login)
  })
})
