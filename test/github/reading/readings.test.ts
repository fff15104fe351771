import { describe, expect, test } from 'vitest'
import { createClientClass } from '../../../src/github/client.ts'
import { createReadings, sameCommits } from '../../../src/github/reading/readings.ts'
import { createGitHubTrees, createObjectCache } from '../../../src/github/trees/trees.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'
import { givenFolder } from '../../support/given-trees.ts'

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

function graph(repository: unknown, errors?: readonly object[], defaults?: unknown): void {
  github()
    .post('/graphql')
    .reply(200, { data: { repository, defaults }, ...(errors && { errors }) })
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
      base: {
        ref: 'main',
        sha: tip,
        repo: { default_branch: 'main', owner: { login: 'bookinfo', type: 'User' } },
      },
    })
  github()
    .get('/repos/bookinfo/mesh/git/ref/heads%2Fmain')
    .reply(200, { object: { sha: tip } })
}

const treesOf = () => createGitHubTrees(testClient(), at, { cache: createObjectCache() })
const readings = (trees = treesOf()) => createReadings({ client: testClient(), appId: 42 }, at, trees)

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
    [
      'an error beside all of it',
      givenRepository(),
      [{ type: 'FORBIDDEN', message: 'no', path: ['repository'] }],
    ],
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

describe('the default configuration', () => {
  const root = givenFolder({ profile: { 'README.md': 'Hello' } })
  const anyPull = () => true

  test('comes along', async () => {
    const read = readings()
    graph(givenRepository(), undefined, { root, folder: null, file: null })

    expect(await read.pullRequest(7)).toEqual(pull)
    expect(read.take(anyPull, 'defaults')).toEqual({ kind: 'none' })
    expect(read.take(anyPull, 'defaults')).toBeUndefined()
  })

  test.each([
    ['not found', 'NOT_FOUND', { kind: 'none' }],
    ['refused', 'FORBIDDEN', undefined],
  ])('that is %s does not spoil the rest', async (_, type, expected) => {
    const read = readings()
    graph(givenRepository(), [{ type, message: 'no', path: ['defaults'] }], null)

    expect(await read.pullRequest(7)).toEqual(pull)
    expect(read.take(anyPull, 'defaults')).toEqual(expected)
    expect(read.take(sameCommits(pull), 'testMerge')).toBeDefined()
  })

  test('does not hide what is wrong with the rest', async () => {
    const path = ['defaults']
    graph(
      givenRepository(),
      [
        { type: 'NOT_FOUND', path },
        { type: 'FORBIDDEN', path: ['repository'] },
      ],
      null,
    )
    rest()

    expect((await readings().pullRequest(7)).draft).toBe(true)
  })
})

describe('the tree of the test merge', () => {
  const written = { teams: { 'a.yaml': 'x' }, 'README.md': 'Hello' }
  const whole = givenFolder(written)
  const { entries, ...bare } = whole
  const withTree = (tree: unknown) =>
    givenRepository({
      pullRequest: givenPull({
        potentialMergeCommit: { oid: merge, parents: list([{ oid: tip }, { oid: head }]), tree },
      }),
    })
  /** As far as was seen, the repository is small. */
  const small = () => {
    const trees = treesOf()
    trees.learn(tip, 'e'.repeat(40), {
      tree: new Map([['README.md', { sha: 'f'.repeat(40), mode: '100644' }]]),
      cut: [],
    })
    return trees
  }
  const asked = (tree: boolean) => (body: string | Record<string, unknown>) =>
    typeof body === 'object' && (body['variables'] as Record<string, unknown>)['tree'] === tree

  test('comes along where trees are small, and is not asked for again', async () => {
    const trees = small()
    github()
      .post('/graphql', asked(true))
      .reply(200, { data: { repository: withTree(whole) } })

    await readings(trees).pullRequest(7)

    expect([...(await trees.listing(merge)).tree.keys()].sort()).toEqual(['README.md', 'teams/a.yaml'])
  })

  test.each([
    ['is cut', { ...whole, entries: entries.slice(1) }],
    ['is another one', { ...givenFolder({ 'README.md': 'Hello' }), oid: whole.oid }],
    ['was not given', bare],
  ])('that %s is listed over REST', async (_, tree) => {
    const trees = small()
    github()
      .post('/graphql', asked(true))
      .reply(200, { data: { repository: withTree(tree) } })
    github()
      .get(`/repos/bookinfo/mesh/git/trees/${whole.oid}`)
      .query({ recursive: '1' })
      .reply(200, {
        truncated: false,
        tree: [{ path: 'listed', mode: '100644', type: 'blob', sha: merge, size: 1 }],
      })

    await readings(trees).pullRequest(7)

    expect([...(await trees.listing(merge)).tree.keys()]).toEqual(['listed'])
  })

  test.each([
    ['nothing was seen yet', []],
    ['they are deep', ['a/b/c/d/e/f/g.yaml']],
    ['they are large', Array.from({ length: 5001 }, (_, index) => `${index}.yaml`)],
  ])('is not asked for where %s', async (_, paths) => {
    const trees = treesOf()
    const tree = new Map(paths.map((path) => [path, { sha: merge, mode: '100644' }]))
    if (paths.length > 0) trees.learn(tip, 'e'.repeat(40), { tree, cut: [] })
    github()
      .post('/graphql', asked(false))
      .reply(200, { data: { repository: withTree(bare) } })

    expect(await readings(trees).pullRequest(7)).toEqual(pull)
  })

  test('that was too much is done without, this time and the next', async () => {
    const trees = small()
    github().post('/graphql', asked(true)).reply(502, {})
    github()
      .post('/graphql', asked(false))
      .times(2)
      .reply(200, { data: { repository: withTree(bare) } })

    expect(await readings(trees).pullRequest(7)).toEqual(pull)
    expect(await readings(trees).pullRequest(7)).toEqual(pull)
  })
})

test('a question that was too much with a tree is not asked once more', async () => {
  const Patient = createClientClass({ pace: 'github' })
  const client = new Patient({ auth: { token: 'token-of-a-test' } })
  const trees = createGitHubTrees(client, at, { cache: createObjectCache() })
  trees.learn(tip, 'e'.repeat(40), { tree: new Map(), cut: [] })
  const asked: unknown[] = []
  github()
    .post('/graphql')
    .times(2)
    .reply((_, body) => {
      const { tree } = (body as { variables: { tree: boolean } }).variables
      asked.push(tree)
      return tree ? [502, {}] : [200, { data: { repository: givenRepository() } }]
    })

  await createReadings({ client, appId: 42 }, at, trees).pullRequest(7)

  expect(asked).toEqual([true, false])
})

describe('commits of its own', () => {
  const one = (parents: unknown) => ({ commit: { oid: head, parents } })
  const withOwn = (own: unknown) => givenRepository({ pullRequest: givenPull({ own }) })

  test('come along with their parents', async () => {
    const read = readings()
    graph(withOwn(list([one(list([{ oid: tip }]))])))
    await read.pullRequest(7)

    expect(read.take(sameCommits(pull), 'own')).toEqual(new Map([[head, [tip]]]))
  })

  test.each([
    ['a list that is cut', list([one(list([{ oid: tip }]))], 2)],
    ['parents that are cut', list([one(list([{ oid: tip }], 2))])],
    ['no list', undefined],
  ])('are not known of %s', async (_, own) => {
    const read = readings()
    graph(withOwn(own))
    await read.pullRequest(7)

    expect(read.take(sameCommits(pull), 'own')).toBeUndefined()
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
    givenRepository({
      pullRequest: givenPull({ baseRefName: 'release', baseRef: { target: { oid: merge } } }),
    }),
  )

  for (const what of ['siblings', 'codeownersErrors', 'named'] as const)
    expect(read.take(sameCommits(now), what)).toBeUndefined()
})

test('for whoever does not judge it no tree comes along, and nothing is kept for others', async () => {
  const trees = treesOf()
  const listing = { tree: new Map(), cut: [] }
  trees.learn(tip, 't'.repeat(40), listing)
  const read = readings(trees)
  github()
    .post('/graphql', ({ variables }) => variables.tree === false && variables.again === false)
    .reply(200, { data: { repository: givenRepository() } })

  expect(await read.alone(7)).toEqual(pull)
  expect(read.pulls()).toEqual([])
})

test('and where the graph does not say it, REST does', async () => {
  github().post('/graphql').reply(502)
  rest()

  expect(await readings().alone(7)).toMatchObject({ ref: { number: 7 }, base: { tip }, draft: true })
})
