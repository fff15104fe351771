import { describe, expect, test } from 'vitest'
import { createReadings, sameCommits } from '../../../src/github/reading/readings.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest({ mergeable: 'yes' })
const { sha: head } = pull.head
const { tip } = pull.base
const merge = 'c'.repeat(40)
const list = (nodes: readonly unknown[], totalCount = nodes.length) => ({ totalCount, nodes })

const run = (externalId: string) => ({ databaseId: 5, externalId })

/** The pull request as GitHub's graph gives it the second time. */
const givenPull = (over: object = {}) => ({
  state: 'OPEN',
  isDraft: false,
  author: { __typename: 'User', login: 'carol' },
  headRefName: 'topic',
  headRefOid: head,
  headRepository: { nameWithOwner: 'bookinfo/mesh' },
  baseRefName: 'main',
  baseRefOid: 'd'.repeat(40),
  baseRef: { target: { oid: tip } },
  mergeable: 'MERGEABLE',
  potentialMergeCommit: { oid: merge, parents: list([{ oid: tip }, { oid: head }]) },
  reviewRequests: { nodes: [] },
  comments: list([{ databaseId: 1, body: 'Hello', author: { __typename: 'Bot', login: 'firebreak' } }]),
  reviewThreads: { totalCount: 0 },
  commits: {
    nodes: [
      {
        commit: {
          oid: head,
          named: list([{ app: { databaseId: 9, name: 'Other' }, checkRuns: { totalCount: 1 } }]),
          ours: list([{ checkRuns: list([run('pr:7')]) }]),
        },
      },
    ],
  },
  ...over,
})

const givenRepository = (over: object = {}) => ({
  defaultBranchRef: { name: 'main' },
  owner: { __typename: 'Organization', login: 'bookinfo' },
  codeowners: { errors: [] },
  refs: list([]),
  pullRequests: list([{ number: 7, headRefOid: head }]),
  pullRequest: givenPull(),
  ...over,
})

function graph(repository: unknown, errors?: readonly object[]): void {
  github()
    .post('/graphql')
    .reply(200, { data: { repository }, ...(errors && { errors }) })
}

function rest(): void {
  github()
    .get('/repos/bookinfo/mesh/pulls/7')
    .reply(200, {
      state: 'open',
      draft: true,
      mergeable: null,
      user: { login: 'carol', type: 'User' },
      head: { sha: head, ref: 'topic', repo: { full_name: 'bookinfo/mesh' } },
      base: { ref: 'main', sha: tip, repo: { default_branch: 'main', owner: { login: 'bookinfo', type: 'User' } } },
    })
  github().get('/repos/bookinfo/mesh/git/ref/heads%2Fmain').reply(200, { object: { sha: tip } })
}

const readings = () => createReadings({ client: testClient(), appId: 42 }, at)

/** Reads it twice: what is asked before a verdict is published is known by then. */
async function readTwice(repository: unknown) {
  const read = readings()
  graph(givenRepository())
  graph(repository)
  await read.pullRequest(7)
  return { read, now: await read.pullRequest(7) }
}

test('one question says what REST says with several', async () => {
  const { read, now } = await readTwice(givenRepository())

  expect(now).toEqual(pull)
  const take = <K extends Parameters<typeof read.take>[1]>(what: K) => read.take(sameCommits(pull), what)
  expect(take('testMerge')).toEqual({ sha: merge, parents: [tip, head] })
  expect(take('named')).toEqual([{ app: 'Other', appId: 9 }])
  expect(take('begun')).toEqual([{ id: 5, external_id: 'pr:7', head_sha: head }])
  expect(take('siblings')).toEqual([{ number: 7, head }])
  expect(take('queued')).toEqual([])
  expect(take('codeownersErrors')).toEqual([])
  expect(take('comments')).toEqual([{ id: 1, body: 'Hello', user: { login: 'firebreak[bot]', type: 'Bot' } }])
  expect(take('reviewThreads')).toBe(0)
})

test('what was read is given once, and for the same commits alone', async () => {
  const { read } = await readTwice(givenRepository())
  const moved = { ...pull, head: { ...pull.head, sha: 'e'.repeat(40) } }
  const queued = { ...pull, group: { sha: merge, parent: tip } }

  expect(read.take(sameCommits(moved), 'comments')).toBeUndefined()
  expect(read.take(sameCommits(queued), 'comments')).toBeUndefined()
  expect(read.take(sameCommits(pull), 'comments')).toHaveLength(1)
  expect(read.take(sameCommits(pull), 'comments')).toBeUndefined()
})

describe('REST is asked where the graph gives', () => {
  const answers: readonly [why: string, repository: unknown, errors?: readonly object[]][] = [
    ['nothing', null],
    ['an error beside all of it', givenRepository(), [{ type: 'FORBIDDEN', message: 'no', path: ['repository'] }]],
    ['no pull request', givenRepository({ pullRequest: null })],
    ['no tip of the base', givenRepository({ pullRequest: givenPull({ baseRef: null }) })],
    ['no head', givenRepository({ pullRequest: givenPull({ headRefOid: undefined }) })],
    ['a state that nobody knows', givenRepository({ pullRequest: givenPull({ state: 'PARKED' }) })],
    ['no default branch', givenRepository({ defaultBranchRef: null })],
    ['no commits', givenRepository({ pullRequest: givenPull({ commits: undefined }) })],
  ]
  test.each(answers)('%s', async (_, repository, errors) => {
    graph(repository, errors)
    rest()

    // By this it is told which of both has answered.
    expect((await readings().pullRequest(7)).draft).toBe(true)
  })

  test('no answer at all', async () => {
    github().post('/graphql').reply(502, {})
    rest()

    expect((await readings().pullRequest(7)).draft).toBe(true)
  })
})

test('a limit is an error, and not another call', async () => {
  graph(undefined, [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }])

  await expect(readings().pullRequest(7)).rejects.toThrow('API rate limit exceeded')
})

describe('a list that is cut, or not given, is asked for again', () => {
  const commit = (over: object) => ({
    commits: { nodes: [{ commit: { oid: head, named: list([]), ours: list([]), ...over } }] },
  })
  const cases = [
    ['comments', { pullRequest: givenPull({ comments: list([], 1) }) }],
    ['siblings', { pullRequests: list([], 1) }],
    ['queued', { refs: list([], 1) }],
    ['queued', { refs: null }],
    ['codeownersErrors', { codeowners: null }],
    ['testMerge', { pullRequest: givenPull({ potentialMergeCommit: null }) }],
    ['named', { pullRequest: givenPull(commit({ named: list([], 1) })) }],
    ['named', { pullRequest: givenPull(commit({ named: null })) }],
    ['begun', { pullRequest: givenPull(commit({ ours: list([], 1) })) }],
    ['begun', { pullRequest: givenPull(commit({ ours: list([{ checkRuns: list([], 1) }]) })) }],
    ['begun', { pullRequest: givenPull(commit({ ours: list([{ checkRuns: null }]) })) }],
    ['begun', { pullRequest: givenPull(commit({ oid: merge })) }],
    ['named', { pullRequest: givenPull({ commits: { nodes: [] } }) }],
  ] as const
  test.each(cases)('%s of %j', async (what, over) => {
    const { read } = await readTwice(givenRepository(over))

    expect(read.take(sameCommits(pull), what)).toBeUndefined()
  })
})

test('what was asked about another base says nothing of this one', async () => {
  const { read, now } = await readTwice(
    givenRepository({ pullRequest: givenPull({ baseRefName: 'release', baseRef: { target: { oid: merge } } }) }),
  )

  for (const what of ['siblings', 'codeownersErrors', 'named'] as const)
    expect(read.take(sameCommits(now), what)).toBeUndefined()
})
