import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, repo, smallWorld } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
let number: number
let node: string
let review: number

beforeAll(async () => {
  simulator = await smallWorld()
  client = await installationOctokit(simulator)
  await simulator.push({ repo, branch: 'topic', by: 'lina', files: { a: 'a' }, message: 'a', from: 'main' })
  number = await simulator.openPullRequest({ repo, title: 'a', author: 'lina', head: 'topic' })
  review = await simulator.submitReview({ repo, number, by: 'maya', event: 'APPROVE', body: 'Fine.' })
  const { data } = await client.rest.pulls.listReviews({ ...at, pull_number: number })
  node = data[0]?.node_id ?? ''
})

afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const editor = `query($id: ID!) {
  node(id: $id) { __typename ... on PullRequestReview { lastEditedAt, editor { login } } ... on Issue { title } }
}`

test('nobody has edited a review that was left alone', async () => {
  expect(await client.graphql(editor, { id: node })).toEqual({
    node: { __typename: 'PullRequestReview', lastEditedAt: null, editor: null },
  })
})

test('who edited a review is told, whoever wrote it', async () => {
  simulator.editReview({ repo, number, by: 'lina' }, review, 'Very fine.')

  expect(await client.graphql(editor, { id: node })).toMatchObject({
    node: { lastEditedAt: expect.stringMatching(/Z$/), editor: { login: 'lina' } },
  })
})

test('every edit of a review is told, the oldest first', async () => {
  simulator.editReview({ repo, number, by: 'maya' }, review, 'Fine.')
  const edits = `query($id: ID!) {
    node(id: $id) { ... on PullRequestReview { userContentEdits(first: 100) { totalCount nodes { editor { login } } } } }
  }`

  expect(await client.graphql(edits, { id: node })).toEqual({
    node: {
      userContentEdits: {
        totalCount: 2,
        nodes: [{ editor: { login: 'lina' } }, { editor: { login: 'maya' } }],
      },
    },
  })
})

/** The edits of the review, with these arguments. */
function edits(paging: string): string {
  return `node(id: "${node}") { ... on PullRequestReview { userContentEdits${paging} { nodes { editedAt } } } }`
}

test('aliases, named fragments and the last of a list are read', async () => {
  const query = `query($id: ID!) {
    review: node(id: $id) { ...edited }
  }
  fragment edited on PullRequestReview { userContentEdits(last: 1) { nodes { editor { login } } } }`

  expect(await client.graphql(query, { id: node })).toEqual({
    review: { userContentEdits: { nodes: [{ editor: { login: 'maya' } }] } },
  })
})

const standing = `query($owner: String!, $name: String!, $after: String, $app: Int) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: [OPEN], first: 1, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number headRefOid baseRefName
        baseRef { target { oid } }
        reviews(last: 10, states: [APPROVED]) { totalCount nodes { author { login } state } }
        commits(last: 1) { nodes { commit { oid checkSuites(first: 1, filterBy: { appId: $app }) { nodes {
          latest: checkRuns(first: 10, filterBy: { checkType: LATEST }) { ...runs }
          begun: checkRuns(first: 10, filterBy: { checkType: ALL, status: IN_PROGRESS }) { ...runs }
        } } } } }
      }
    }
  }
}
fragment runs on CheckRunConnection { nodes { databaseId name status conclusion externalId } }`

interface Listed {
  readonly repository: {
    readonly pullRequests: {
      readonly pageInfo: { readonly endCursor: string }
      readonly nodes: readonly object[]
    }
  }
}

test('open pull requests are listed page by page, with their reviews and check runs', async () => {
  const { head } = simulator.pullRequest(repo, number)
  const tip = await simulator.branchTip(repo, 'main')
  const of = { ...at, name: 'judge', head_sha: head.sha }
  const begun = await client.rest.checks.create({ ...of, status: 'in_progress', external_id: 'first' })
  const done = await client.rest.checks.create({ ...of, status: 'completed', conclusion: 'success' })
  await simulator.push({ repo, branch: 'next', by: 'lina', files: { b: 'b' }, message: 'b', from: 'main' })
  const next = await simulator.openPullRequest({ repo, title: 'b', author: 'lina', head: 'next' })
  const named = { owner: at.owner, name: at.repo, app: simulator.appId }

  const first = await client.graphql<Listed>(standing, { ...named, after: null })

  expect(first).toMatchObject({
    repository: {
      defaultBranchRef: { name: 'main' },
      pullRequests: { totalCount: 2, pageInfo: { hasNextPage: true } },
    },
  })
  const { nodes, pageInfo } = first.repository.pullRequests
  const run = {
    databaseId: done.data.id,
    name: 'judge',
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    externalId: '',
  }
  const left = {
    ...run,
    databaseId: begun.data.id,
    status: 'IN_PROGRESS',
    conclusion: null,
    externalId: 'first',
  }
  const suite = { latest: { nodes: [run] }, begun: { nodes: [left] } }
  expect(nodes).toEqual([
    {
      number,
      headRefOid: head.sha,
      baseRefName: 'main',
      baseRef: { target: { oid: tip } },
      reviews: { totalCount: 1, nodes: [{ author: { login: 'maya' }, state: 'APPROVED' }] },
      commits: { nodes: [{ commit: { oid: head.sha, checkSuites: { nodes: [suite] } } }] },
    },
  ])
  expect(await client.graphql(standing, { ...named, after: pageInfo.endCursor })).toMatchObject({
    repository: { pullRequests: { pageInfo: { hasNextPage: false }, nodes: [{ number: next }] } },
  })
})

test.each([
  ['an unknown id', () => client.graphql(editor, { id: 'nothing' }), /Could not resolve to a node/],
  [
    'a field that the schema lacks',
    () => client.graphql(`{ node(id: "${node}") { ... on PullRequestReview { wings } } }`),
    /wings/,
  ],
  ['another question', () => client.graphql('{ viewer { login } }'), /viewer/],
  ['a mutation', () => client.graphql('mutation { x }'), /mutation/],
  ['what is no query', () => client.graphql('{ node('), /Syntax Error/],
  ['a variable that is not given', () => client.graphql(editor), /\$id/],
  ['a variable of another type', () => client.graphql(editor.replace('ID!', 'Int!'), { id: 1 }), /Int!/],
  [
    'a variable that is not declared',
    () => client.graphql('{ node(id: $id) { id } }', { id: node }),
    /"\$id" is not defined/,
  ],
  ['a missing argument', () => client.graphql('{ node { id } }'), /Query\.node\(id:\).* is required/],
  ['an object without its fields', () => client.graphql(`{ node(id: "${node}") }`), /selection of subfields/],
  [
    'a field of one type asked of all',
    () => client.graphql(`{ node(id: "${node}") { lastEditedAt } }`),
    /inline fragment on "PullRequestReview"/,
  ],
  [
    'fields of what has none',
    () => client.graphql(`{ node(id: "${node}") { ... on PullRequestReview { body { text } } } }`),
    /must not have a selection/,
  ],
  ['a list without an end', () => client.graphql(`{ ${edits('')} }`), /`first` or `last`/],
  [
    'more than a hundred of a list',
    () => client.graphql(`{ ${edits('(first: 101)')} }`),
    /limit of 1 to 100/,
  ],
  [
    'an unknown repository',
    () => client.graphql('{ repository(owner: "a", name: "b") { id } }'),
    /Could not resolve/,
  ],
  ['none of a list', () => client.graphql(`{ ${edits('(first: 0)')} }`), /limit of 1 to 100/],
])('%s is an error', async (_, ask, message) => {
  await expect(ask()).rejects.toThrow(message)
})

test('a text is cut at 512,000 bytes, and what is no text has none', async () => {
  const files = { long: 'ä'.repeat(300_000), short: 'ä', binary: Buffer.from([0, 1, 2]) }
  await simulator.push({ repo, branch: 'blobs', by: 'lina', files, message: 'blobs', from: 'main' })
  const blob = (name: string) =>
    `${name}: object(expression: "blobs:${name}") { ... on Blob { byteSize isBinary isTruncated text } }`
  const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
    ${['long', 'short', 'binary', 'missing'].map(blob).join(' ')}
  } }`

  expect(await client.graphql(query, { owner: at.owner, name: at.repo })).toEqual({
    repository: {
      long: { byteSize: 600_000, isBinary: false, isTruncated: true, text: 'ä'.repeat(256_000) },
      short: { byteSize: 2, isBinary: false, isTruncated: false, text: 'ä' },
      binary: { byteSize: 3, isBinary: true, isTruncated: false, text: null },
      missing: null,
    },
  })
})

test('a folder of the default branch has entries, each with the number of its mode', async () => {
  const files = { 'deep/a.txt': 'ä', run: 'x' }
  await simulator.push({ repo, branch: 'main', by: 'lina', files, message: 'folders' })
  const entries = 'entries { name mode type size object { ... on Tree { entries { name size } } } }'
  const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
    object(expression: "HEAD:") { ... on Tree { ${entries} } }
  } }`

  const { repository } = await client.graphql<{ repository: { object: { entries: { name: string }[] } } }>(
    query,
    {
      owner: at.owner,
      name: at.repo,
    },
  )

  expect(repository.object.entries.filter(({ name }) => ['deep', 'run'].includes(name))).toEqual([
    {
      name: 'deep',
      mode: 0o040000,
      type: 'tree',
      size: 0,
      object: { entries: [{ name: 'a.txt', size: 2 }] },
    },
    { name: 'run', mode: 0o100644, type: 'blob', size: 1, object: {} },
  ])
})

test('a question about more than 500,000 nodes is refused', async () => {
  const asks = (
    inner: number,
  ) => `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
    pullRequests(first: 100) { nodes { reviews(first: 100) { nodes { userContentEdits(first: ${inner}) { totalCount } } } } }
  } }`
  const named = { owner: at.owner, name: at.repo }

  await expect(client.graphql(asks(50), named)).rejects.toThrow('too many nodes')
  await expect(client.graphql(asks(40), named)).resolves.toBeDefined()
})
