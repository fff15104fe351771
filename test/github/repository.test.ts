import { describe, expect, test } from 'vitest'
import { blobId } from '../../src/git/object-id.ts'
import { createReadings } from '../../src/github/reading/readings.ts'
import { createGitHubRepository } from '../../src/github/repository.ts'
import { objectsOf } from '../../src/github/trees/objects.ts'
import { createGitHubTrees, createObjectCache } from '../../src/github/trees/trees.ts'
import { at, github, pullRequest, testClient, withNock } from '../support/github.ts'

withNock()

const pull = pullRequest()
const repository = () => {
  const client = testClient()
  const trees = createGitHubTrees(client, at, { cache: createObjectCache() })
  const objects = objectsOf(trees, undefined)
  const pause = async () => undefined
  const readings = createReadings({ client, appId: 42 }, at, trees)
  return createGitHubRepository({
    client,
    at,
    appId: 42,
    readings,
    trees,
    objects,
    pause,
    onNoDefaults: () => {},
  })
}

const wire = (over: object = {}) => ({
  number: 7,
  state: 'open',
  draft: false,
  mergeable: null,
  user: { login: 'carol', type: 'User' },
  head: { sha: pull.head.sha, ref: 'topic', repo: { full_name: 'bookinfo/mesh' } },
  base: {
    ref: 'main',
    sha: 'older',
    repo: { default_branch: 'main', owner: { login: 'bookinfo', type: 'Organization' } },
  },
  requested_reviewers: [],
  requested_teams: [],
  ...over,
})

function pullAnswer(over: object = {}): void {
  github().get('/repos/bookinfo/mesh/pulls/7').reply(200, wire(over))
  github()
    .get('/repos/bookinfo/mesh/git/ref/heads%2Fmain')
    .reply(200, { ref: 'refs/heads/main', object: { sha: pull.base.tip, type: 'commit' } })
}

describe('a pull request', () => {
  test('has the tip of its base by ref, not the older base of the event', async () => {
    pullAnswer()

    expect(await repository().pullRequest(7)).toEqual(pull)
  })

  test('of a deleted fork, a deleted author and a user has no repository, no login and no organization', async () => {
    pullAnswer({
      user: null,
      head: { sha: 's', ref: 'topic', repo: null },
      base: {
        ref: 'main',
        sha: 'older',
        repo: { default_branch: 'trunk', owner: { login: 'carol', type: 'User' } },
      },
    })

    const found = await repository().pullRequest(7)

    expect(found.author).toEqual({ login: 'ghost', bot: false })
    expect(found.head).toEqual({ sha: 's', branch: 'topic' })
    expect(found).not.toHaveProperty('organization')
  })

  test.each([
    [true, 'yes'],
    [false, 'no'],
    [null, 'unknown'],
  ])('that is mergeable: %s is so: %s', async (mergeable, expected) => {
    pullAnswer({ mergeable })

    expect((await repository().pullRequest(7)).mergeable).toBe(expected)
  })

  test('tells whom it asks for a review', async () => {
    pullAnswer({ requested_reviewers: [{ login: 'leo' }], requested_teams: [{ slug: 'login' }] })

    expect((await repository().pullRequest(7)).requestedReviewers).toEqual(['@leo', '@bookinfo/login'])
  })

  test.each([
    [true, 'merged'],
    [false, 'closed'],
  ])('that is closed, and merged: %s, is %s, though its base may be gone', async (merged, state) => {
    github()
      .get('/repos/bookinfo/mesh/pulls/7')
      .reply(200, wire({ state: 'closed', merged }))

    expect(await repository().pullRequest(7)).toMatchObject({ state, base: { tip: 'older' } })
  })

  test('that is gone is an error', async () => {
    github().get('/repos/bookinfo/mesh/pulls/7').reply(404, { message: 'Not Found' })

    await expect(repository().pullRequest(7)).rejects.toMatchObject({ status: 404 })
  })
})

describe('files', () => {
  const tree = (sha: string, files: Record<string, string>) =>
    github()
      .get(`/repos/bookinfo/mesh/git/trees/${sha}`)
      .query(true)
      .reply(200, {
        truncated: false,
        tree: Object.entries(files).map(([path, blob]) => ({
          path,
          mode: '100644',
          type: 'blob',
          sha: shaOf(blob),
          size: 1,
        })),
      })
  const shaOf = (text: string) => blobId(Buffer.from(text))
  const blob = (text: string) =>
    github()
      .get(`/repos/bookinfo/mesh/git/blobs/${shaOf(text)}`)
      .reply(200, { content: Buffer.from(text).toString('base64'), encoding: 'base64' })

  test('of a commit are the wanted ones of its tree', async () => {
    tree('c1', { 'a.yaml': 'b1', 'b.md': 'b2' })
    blob('b1')

    const { files } = await repository().files({ kind: 'tip', sha: 'c1' }, (path) => path.endsWith('.yaml'))

    expect(files).toEqual([{ path: 'a.yaml', text: 'b1' }])
  })

  test("of an overlay are the base's with each changed path as the head has it", async () => {
    tree('base', { same: 's1', changed: 'c1', removed: 'r1', old: 'm1' })
    tree('head', { same: 'older', changed: 'c2', new: 'm1', added: 'a1' })
    for (const text of ['s1', 'c2', 'm1', 'a1']) blob(text)

    const side = {
      kind: 'overlay',
      base: 'base',
      head: 'head',
      changed: [
        { path: 'added', status: 'added' },
        { path: 'changed', status: 'modified' },
        { path: 'new', previousPath: 'old', status: 'renamed' },
        { path: 'removed', status: 'removed' },
      ],
    } as const
    const { files } = await repository().files(side, () => true)

    expect(files.map(({ path, text }) => `${path} ${text}`)).toEqual([
      'added a1',
      'changed c2',
      'new m1',
      'same s1',
    ])
  })
})

describe('open pull requests', () => {
  test('are listed page by page, and chosen by base and head', async () => {
    const next = 'https://api.github.com/repos/bookinfo/mesh/pulls?state=open&per_page=100&base=main&page=2'
    github()
      .get('/repos/bookinfo/mesh/pulls')
      .query({ state: 'open', per_page: 100, base: 'main' })
      .reply(200, [{ number: 1, head: { sha: 'x' } }], { link: `<${next}>; rel="next"` })
    github()
      .get('/repos/bookinfo/mesh/pulls')
      .query({ state: 'open', per_page: 100, base: 'main', page: 2 })
      .reply(200, [{ number: 2, head: { sha: 'y' } }])

    expect(await repository().openPullRequests({ base: 'main', headSha: 'y' })).toEqual([
      { ...at, number: 2 },
    ])
  })
})

test('the lines of a diff are those of its hunks', async () => {
  github()
    .get('/repos/bookinfo/mesh/pulls/7/files')
    .query({ per_page: 100 })
    .reply(200, [{ filename: 'a.yaml', patch: '@@ -1,2 +1,3 @@\n a\n+b\n c' }, { filename: 'big.yaml' }])

  expect(await repository().diffLines(pull)).toEqual(new Map([['a.yaml', [[1, 3]]]]))
})

describe('impostors', () => {
  const runs = (list: readonly object[]) =>
    github()
      .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
      .query({ check_name: 'firebreak', filter: 'latest', per_page: 100 })
      .reply(200, { total_count: list.length, check_runs: list })

  test('are all others who wrote a run of our name, each named once', async () => {
    const actions = { app: { id: 15368, name: 'GitHub Actions' } }
    runs([actions, { app: { id: 42, name: 'Firebreak' } }, actions, { app: null }])

    expect(await repository().impostors(pull)).toEqual(['GitHub Actions', 'an unknown App'])
  })

  test('are none where all runs are ours', async () => {
    runs([{ app: { id: 42, name: 'Firebreak' } }])

    expect(await repository().impostors(pull)).toEqual([])
  })
})
