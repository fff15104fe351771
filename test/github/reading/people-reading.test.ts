import { describe, expect, test } from 'vitest'
import { readPeopleByGraph } from '../../../src/github/reading/people-reading.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()
const list = (nodes: readonly unknown[], totalCount = nodes.length) => ({ totalCount, nodes })

const review = (over: object = {}) => ({
  id: 'PRR_1',
  databaseId: 1,
  state: 'APPROVED',
  submittedAt: '2026-11-01T00:00:00Z',
  body: '',
  author: { __typename: 'User', login: 'Leo' },
  commit: { oid: pull.head.sha },
  ...over,
})
const team = (over: object = {}) => ({
  slug: 'login',
  privacy: 'VISIBLE',
  members: list([{ login: 'Leo' }, { login: 'lina' }]),
  ...over,
})

const ofPull = (over: object = {}) => ({
  pullRequest: { commits: list([{ commit: { oid: pull.head.sha } }]), reviews: list([review()]), ...over },
})

function graph(data: object, errors?: readonly object[]): void {
  github()
    .post('/graphql')
    .reply(200, { data, ...(errors && { errors }) })
}

const read = (slugs: readonly string[] = ['login']) => readPeopleByGraph(testClient(), pull, slugs)

test('reviews, commits and teams come together', async () => {
  graph({ repository: ofPull(), organization: { t0: team() } })

  expect(await read()).toEqual({
    commits: [pull.head.sha],
    opinions: [
      {
        by: { login: 'Leo', bot: false },
        state: 'approved',
        at: '2026-11-01T00:00:00Z',
        body: '',
        id: 1,
        node: 'PRR_1',
        commit: pull.head.sha,
      },
    ],
    teams: new Map([['login', new Set(['leo', 'lina'])]]),
  })
})

test('where no team is concerned none is asked for', async () => {
  graph({ repository: ofPull() })

  expect((await read([]))?.teams.size).toBe(0)
})

describe('nothing is known of', () => {
  const teams: readonly [string, object | null][] = [
    ['a team that is not given', null],
    ['a secret team', team({ privacy: 'SECRET' })],
    ['a team of which some members are not given', team({ members: list([{ login: 'leo' }], 101) })],
  ]
  test.each(teams)('%s', async (_, given) => {
    graph({ repository: ofPull(), organization: { t0: given } })

    expect((await read())?.teams.size).toBe(0)
  })

  test('reviews and commits of which some are not given', async () => {
    graph({ repository: ofPull({ commits: list([], 101), reviews: list([review()], 101) }) })

    expect(await read([])).toEqual({ teams: new Map() })
  })
})

describe('REST is left to say all of it where the graph gives', () => {
  const answers: readonly [string, object, (readonly object[])?][] = [
    [
      'an error beside the rest',
      { repository: ofPull(), organization: null },
      [{ type: 'FORBIDDEN', path: ['organization'] }],
    ],
    ['no pull request', { repository: { pullRequest: null } }],
    ['a review without its time', { repository: ofPull({ reviews: list([review({ submittedAt: null })]) }) }],
    ['a team without its members', { repository: ofPull(), organization: { t0: team({ members: null }) } }],
    ['no reviews', { repository: ofPull({ reviews: null }) }],
  ]
  test.each(answers)('%s', async (_, data, errors) => {
    graph(data, errors)

    expect(await read()).toBeUndefined()
  })
})
