import { describe, expect, test } from 'vitest'
import type { PullRequest } from '../../../src/app/ports.ts'
import type { GitMerge } from '../../../src/git/merge-tree.ts'
import { readMergedSide } from '../../../src/github/trees/merged-side.ts'
import { createGitHubTrees, createObjectCache } from '../../../src/github/trees/trees.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()
const { tip } = pull.base
const head = pull.head.sha

function tree(sha: string, files: Record<string, string>): void {
  const items = Object.entries(files).map(([path, blob]) => ({
    path,
    mode: '100644',
    type: 'blob',
    sha: blob,
    size: 1,
  }))
  github()
    .get(`/repos/bookinfo/mesh/git/trees/${sha}`)
    .query({ recursive: '1' })
    .reply(200, { sha, url: '', tree: items, truncated: false })
}

function testMerge(parents: readonly string[]): void {
  github()
    .get('/repos/bookinfo/mesh/git/ref/pull%2F7%2Fmerge')
    .reply(200, {
      ref: 'refs/pull/7/merge',
      node_id: '',
      url: '',
      object: { type: 'commit', sha: 'm1', url: '' },
    })
  github()
    .get('/repos/bookinfo/mesh/git/commits/m1')
    .reply(200, { sha: 'm1', parents: parents.map((sha) => ({ sha, url: '', html_url: '' })) })
}

function noTestMerge(): void {
  github().get('/repos/bookinfo/mesh/git/ref/pull%2F7%2Fmerge').reply(404, { message: 'Not Found' })
}

function mergeBase(): void {
  github()
    .get(`/repos/bookinfo/mesh/compare/${tip}...${head}`)
    .query({ per_page: 100, page: 1 })
    .reply(200, {
      merge_base_commit: { sha: 'mb' },
      total_commits: 1,
      commits: [{ sha: head, parents: [{ sha: 'mb' }] }],
    })
}

function sides(ours: Record<string, string>, theirs: Record<string, string>): void {
  mergeBase()
  tree('mb', { a: '1', b: '1' })
  tree(tip, ours)
  tree(head, theirs)
}

interface Told {
  readonly pull?: PullRequest
  readonly later?: readonly PullRequest[]
  readonly merge?: GitMerge
}

function read({ pull: given = pull, later = [], merge }: Told = {}) {
  const client = testClient()
  const waited: number[] = []
  const answers = [...later]
  const mirror = merge && {
    merge: async () => merge,
    listing: async () => ({ tree: new Map([['a', { sha: '9', mode: '100644' }]]), cut: [] }),
    blob: async () => Buffer.alloc(0),
  }
  return readMergedSide(
    {
      client,
      trees: createGitHubTrees(client, at, { cache: createObjectCache() }),
      again: async () => answers.shift() ?? given,
      pause: async (milliseconds) => void waited.push(milliseconds),
      ...(mirror === undefined ? {} : { mirror }),
    },
    given,
  )
}

describe("GitHub's test merge", () => {
  test('is the merged side if its parents are exactly the base tip and the head', async () => {
    testMerge([tip, head])
    tree(tip, { a: '1' })
    tree('m1', { a: '2' })

    expect(await read()).toEqual({ kind: 'commit', sha: 'm1', changed: [{ path: 'a', status: 'modified' }] })
  })

  test.each([
    ['of an older base', ['0'.repeat(40), head]],
    ['of an older head', [tip, '0'.repeat(40)]],
    ['the other way round', [head, tip]],
    ['of one parent', [tip]],
  ])('%s does not count', async (_, parents) => {
    testMerge(parents)
    sides({ a: '1', b: '2' }, { a: '2', b: '1' })

    expect(await read()).toMatchObject({ kind: 'overlay', base: tip, head })
  })

  test('that cannot be read is an error, not an absence', async () => {
    github().get('/repos/bookinfo/mesh/git/ref/pull%2F7%2Fmerge').reply(502)

    await expect(read()).rejects.toMatchObject({ status: 502 })
  })
})

test("in a merge queue the queue's commit is the merged side", async () => {
  tree(tip, { a: '1' })
  tree('q1', { a: '2' })

  const side = await read({ pull: { ...pull, group: { sha: 'q1', parent: tip } } })

  expect(side).toEqual({ kind: 'commit', sha: 'q1', changed: [{ path: 'a', status: 'modified' }] })
})

describe('without a fitting test merge', () => {
  test("the pull request's changes are laid over the base, if both sides touched different paths", async () => {
    noTestMerge()
    sides({ a: '1', b: '2' }, { a: '2', b: '1' })

    expect(await read()).toEqual({
      kind: 'overlay',
      base: tip,
      head,
      changed: [{ path: 'a', status: 'modified' }],
    })
  })

  test('a file that moved on one side and changed on the other is touched by both', async () => {
    noTestMerge()
    sides({ c: '1', b: '1' }, { a: '2', b: '1' })
    noTestMerge()
    noTestMerge()

    expect(await read()).toMatchObject({
      kind: 'unknown',
      because: { code: 'meeting', details: ['a'] },
    })
  })

  test('a conflict that GitHub reports is a conflict at the common paths', async () => {
    noTestMerge()
    sides({ a: '3', b: '1' }, { a: '2', b: '1' })

    expect(await read({ pull: { ...pull, mergeable: 'no' } })).toEqual({ kind: 'conflict', paths: ['a'] })
  })

  test('a merge that GitHub has not tried is waited for', async () => {
    noTestMerge()
    noTestMerge()
    sides({ a: '3', b: '1' }, { a: '2', b: '1' })
    testMerge([tip, head])
    tree('m1', { a: '4', b: '1' })
    const later = [pull, { ...pull, mergeable: 'yes' as const }]

    expect(await read({ later })).toEqual({
      kind: 'commit',
      sha: 'm1',
      changed: [{ path: 'a', status: 'modified' }],
    })
  })

  test('a conflict that GitHub finds meanwhile is a conflict', async () => {
    noTestMerge()
    sides({ a: '3', b: '1' }, { a: '2', b: '1' })

    expect(await read({ later: [{ ...pull, mergeable: 'no' }] })).toEqual({ kind: 'conflict', paths: ['a'] })
  })

  test('Git merges in the mirror what both sides touched', async () => {
    noTestMerge()
    sides({ a: '3', b: '1' }, { a: '2', b: '1' })
    const told = { pull: { ...pull, mergeable: 'yes' as const }, merge: { kind: 'tree', sha: 't9' } as const }

    expect(await read(told)).toEqual({
      kind: 'tree',
      sha: 't9',
      changed: [
        { path: 'a', status: 'modified' },
        { path: 'b', status: 'removed' },
      ],
    })
  })

  test('a conflict in the mirror is one, and a mirror that cannot merge leaves it unknown', async () => {
    for (const merge of [
      { kind: 'conflict', paths: ['a'] },
      { kind: 'impossible', because: { code: 'no-git' } },
    ] as const) {
      noTestMerge()
      sides({ a: '3', b: '1' }, { a: '2', b: '1' })
      if (merge.kind === 'impossible') {
        noTestMerge()
        noTestMerge()
      }
      const side = await read({ pull: { ...pull, mergeable: 'yes' }, merge })
      expect(side.kind).toBe(merge.kind === 'conflict' ? 'conflict' : 'unknown')
    }
  })

  describe('where the branches may have merged each other', () => {
    /** Of two merge bases GitHub names one, and the branch meets its base at the other as well. */
    function several(): void {
      github()
        .get(`/repos/bookinfo/mesh/compare/${tip}...${head}`)
        .query({ per_page: 100, page: 1 })
        .reply(200, {
          merge_base_commit: { sha: 'mb' },
          total_commits: 1,
          commits: [{ sha: head, parents: [{ sha: 'mb' }, { sha: 'other' }] }],
        })
      github()
        .get('/repos/bookinfo/mesh/compare/mb...other')
        .query({ per_page: 1, page: 2 })
        .reply(200, { status: 'diverged' })
    }

    test('Git merges in the mirror', async () => {
      noTestMerge()
      several()
      tree(tip, { a: '1' })

      expect(await read({ merge: { kind: 'tree', sha: 't9' } })).toMatchObject({ kind: 'tree', sha: 't9' })
    })

    test("GitHub's own merge is waited for", async () => {
      noTestMerge()
      several()
      testMerge([tip, head])
      tree(tip, { a: '1' })
      tree('m1', { a: '2' })

      expect(await read()).toMatchObject({ kind: 'commit', sha: 'm1' })
    })

    test('nothing is guessed', async () => {
      for (let asked = 0; asked < 3; asked++) noTestMerge()
      several()

      expect(await read()).toEqual({
        kind: 'unknown',
        because: { code: 'in-doubt', details: [] },
      })
    })

    test('a conflict is one', async () => {
      noTestMerge()
      several()

      expect(await read({ pull: { ...pull, mergeable: 'no' } })).toEqual({ kind: 'conflict', paths: [] })
    })

    test('a merge of the base that is behind the named one is laid over it', async () => {
      noTestMerge()
      github()
        .get(`/repos/bookinfo/mesh/compare/${tip}...${head}`)
        .query({ per_page: 100, page: 1 })
        .reply(200, {
          merge_base_commit: { sha: 'mb' },
          total_commits: 2,
          commits: [
            { sha: 't1', parents: [{ sha: 'old' }] },
            { sha: head, parents: [{ sha: 't1' }, { sha: 'mb' }] },
          ],
        })
      github()
        .get('/repos/bookinfo/mesh/compare/mb...old')
        .query({ per_page: 1, page: 2 })
        .reply(200, { status: 'behind' })
      tree('mb', { a: '1', b: '1' })
      tree(tip, { a: '1', b: '2' })
      tree(head, { a: '2', b: '1' })

      expect(await read()).toMatchObject({ kind: 'overlay' })
    })
  })

  test('branches without a common commit are unknown', async () => {
    noTestMerge()
    github()
      .get(`/repos/bookinfo/mesh/compare/${tip}...${head}`)
      .query(true)
      .reply(404, { message: 'No common ancestor' })
    noTestMerge()
    noTestMerge()

    const side = await read({ pull: { ...pull, mergeable: 'yes' } })

    expect(side).toEqual({ kind: 'unknown', because: { code: 'unrelated', details: [] } })
  })
})
