import { expect, test } from 'vitest'
import { keyOfOpinions } from '../../../src/app/grounds.ts'
import { peopleText } from '../../../src/github/checks/kept-people.ts'
import { readStanding } from '../../../src/github/checks/standing.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const tip = 'a'.repeat(40)
const carried = (number: number) => `pr:${number}:on:${tip}:${'k'.repeat(16)}`
const grounds = { tip, opinions: 'k'.repeat(16) }

const run = (databaseId: number, over: object = {}) => ({
  databaseId,
  name: 'firebreak',
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  externalId: carried(1),
  text: null,
  ...over,
})

const list = (nodes: readonly object[], totalCount = nodes.length) => ({ totalCount, nodes })

function pull(number: number, runs: readonly object[], over: object = {}) {
  const suite = { latest: list(runs), begun: list([]) }
  return {
    number,
    headRefOid: `head${number}`,
    baseRefName: 'main',
    baseRef: { target: { oid: tip } },
    reviews: list([]),
    commits: { nodes: [{ commit: { oid: `head${number}`, checkSuites: list([suite]) } }] },
    ...over,
  }
}

/** Lists pages of pull requests, each in one call. */
function lists(...pages: readonly (readonly object[])[]): void {
  pages.forEach((nodes, index) => {
    const after = index === 0 ? null : `page ${index}`
    const hasNextPage = index < pages.length - 1
    const pageInfo = { hasNextPage, endCursor: `page ${index + 1}` }
    github()
      .post('/graphql', ({ variables }) => variables.after === after && variables.app === 42)
      .reply(200, {
        data: { repository: { defaultBranchRef: { name: 'main' }, pullRequests: { pageInfo, nodes } } },
      })
  })
}

const read = () => readStanding({ client: testClient(), appId: 42 }, at)

test('each open pull request is listed beside its run and what it rested on, a page a call', async () => {
  lists([pull(1, [run(5)])], [pull(2, [], { baseRefName: 'release', baseRef: null })])
  asks('head2', [], 'firebreak (release)')

  expect(await read()).toEqual([
    {
      ref: { ...at, number: 1 },
      head: 'head1',
      branch: 'main',
      now: { tip, opinions: keyOfOpinions([]) },
      run: { id: 5, state: 'success', grounds },
    },
    {
      ref: { ...at, number: 2 },
      head: 'head2',
      branch: 'release',
      now: { tip: '', opinions: keyOfOpinions([]) },
    },
  ])
})

test.each([
  ['a refusal', [run(5, { conclusion: 'ACTION_REQUIRED' })], { id: 5, state: 'refusal', grounds }],
  ['a fault', [run(5, { conclusion: 'FAILURE', externalId: 'pr:1' })], { id: 5, state: 'refusal' }],
  ['what was taken back', [run(5, { conclusion: 'CANCELLED' })], { id: 5, state: 'cancelled', grounds }],
  [
    'what is older and in progress still',
    [run(5), run(4, { status: 'IN_PROGRESS', conclusion: null, externalId: 'pr:1' })],
    { id: 4, state: 'in-progress' },
  ],
  ['what was reset', [run(5, { status: 'QUEUED', conclusion: null })], { id: 5, state: 'in-progress' }],
])('%s stands', async (_, runs, expected) => {
  lists([pull(1, runs)])

  expect((await read())[0]?.run).toEqual(expected)
})

const rest = (id: number, external_id: string) => ({
  id,
  external_id,
  status: 'completed',
  conclusion: 'success',
  output: { text: null },
})

test('a verdict that asked about people says so, over GraphQL and REST alike', async () => {
  const asked = { owners: ['@o/login'], logins: ['leo'], reviewers: [], codeowners: 'asked' } as const
  const people = { asked, key: 'k'.repeat(16) }
  const text = `before\n${peopleText(people)}`
  lists([pull(1, [run(5, { text })]), pull(2, [])])
  asks('head2', [{ ...rest(6, carried(2)), output: { text } }])

  expect((await read()).map((each) => each.run?.grounds?.people)).toEqual([people, people])
})

test.each([
  ['has none listed', pull(1, [])],
  ['has one of another base', pull(1, [run(9, { name: 'firebreak (release)' })])],
  ['shares its head', pull(1, [run(9, { externalId: carried(2) })])],
  ['has more runs than a page', pull(1, [], suites([{ latest: list([run(9)], 200), begun: list([]) }]))],
  ['has several suites', pull(1, [], suites([{ latest: list([run(9)]), begun: list([]) }], 2))],
  ['is listed with another head', pull(1, [run(9)], { headRefOid: 'other' })],
])('the runs of what %s are asked for by themselves', async (_, listed) => {
  lists([listed])
  asks(listed.headRefOid, [rest(8, carried(1)), rest(9, carried(2))])

  expect((await read())[0]?.run).toEqual({ id: 9, state: 'success', grounds })
})

/** Asks for the runs on a head by themselves. */
function asks(head: string, check_runs: readonly object[], name = 'firebreak'): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${head}/check-runs`)
    .query({ check_name: name, app_id: 42, filter: 'all', per_page: 100 })
    .reply(200, { total_count: check_runs.length, check_runs })
}

function suites(nodes: readonly object[], totalCount = nodes.length) {
  return { commits: { nodes: [{ commit: { oid: 'head1', checkSuites: list(nodes, totalCount) } }] } }
}

const submittedAt = '2026-01-01T00:00:00Z'
const review = (login: string, state: string, __typename = 'User') => ({
  author: { __typename, login },
  state,
  submittedAt,
  body: '',
})

test('law: opinions have the same key over GraphQL as over REST, those of bots, too', async () => {
  const nodes = [
    review('lina', 'APPROVED'),
    review('lina', 'CHANGES_REQUESTED'),
    review('dependabot', 'APPROVED', 'Bot'),
    { ...review('', 'APPROVED'), author: null },
  ]
  const own = [run(5, { externalId: carried(2) })]
  lists([pull(1, [run(5)], { reviews: list(nodes) })], [pull(2, own, { reviews: list(nodes, 200) })])
  const user = (login: string, type = 'User') => ({ login, type })
  const overRest = (who: object | null, state: string) => ({
    id: 1,
    node_id: 'node',
    user: who,
    state,
    commit_id: null,
    submitted_at: submittedAt,
    body: '',
  })
  github()
    .get('/repos/bookinfo/mesh/pulls/2/reviews')
    .query(true)
    .reply(200, [
      overRest(user('lina'), 'APPROVED'),
      overRest(user('lina'), 'CHANGES_REQUESTED'),
      overRest(user('dependabot[bot]', 'Bot'), 'APPROVED'),
      overRest(null, 'APPROVED'),
    ])

  const [listed, asked] = await read()

  expect(listed?.now.opinions).toBe(asked?.now.opinions)
  expect(listed?.now.opinions).not.toBe(keyOfOpinions([]))
})
