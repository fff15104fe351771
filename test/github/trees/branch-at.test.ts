import { describe, expect, test } from 'vitest'
import { readBranchAt } from '../../../src/github/trees/branch-at.ts'
import { createGitHubTrees, createObjectCache } from '../../../src/github/trees/trees.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()

function read(commit: string) {
  const client = testClient()
  return readBranchAt(
    { client, trees: createGitHubTrees(client, at, { cache: createObjectCache() }) },
    pull,
    commit,
  )
}

const commit = (sha: string, ...parents: string[]) => ({
  sha,
  parents: parents.map((each) => ({ sha: each })),
})
const linear = { merge_base_commit: { sha: 'mb' }, total_commits: 1, commits: [commit('old', 'mb')] }

function compared(status: number, body: object): void {
  github()
    .get(`/repos/bookinfo/mesh/compare/${pull.base.tip}...old`)
    .query({ per_page: 100, page: 1 })
    .reply(status, body)
}

type Entry = readonly [path: string, blob: string, mode?: string]

function tree(sha: string, status: number, entries: readonly Entry[] = []) {
  const items = entries.map(([path, blob, mode = '100644']) => ({
    path,
    mode,
    type: mode === '160000' ? 'commit' : 'blob',
    sha: blob,
    size: 1,
  }))
  github()
    .get(`/repos/bookinfo/mesh/git/trees/${sha}`)
    .query({ recursive: '1' })
    .reply(status, status === 200 ? { sha, url: '', tree: items, truncated: false } : { message: 'no' })
}

describe('a branch at one of its commits', () => {
  test('is where it parted from the base tip, and what it had changed by then', async () => {
    compared(200, linear)
    tree('mb', 200, [
      ['a', '1'],
      ['b', '1'],
    ])
    tree('old', 200, [
      ['a', '2'],
      ['b', '1'],
    ])

    tree(pull.base.tip, 200, [
      ['a', '1'],
      ['b', '2'],
    ])

    expect(await read('old')).toEqual({
      commit: 'old',
      parted: 'mb',
      changed: [{ path: 'a', status: 'modified' }],
      links: new Map(),
      missed: [{ path: 'b', status: 'modified' }],
    })
  })

  test('knows where its links and submodules lead, and which are gone', async () => {
    const link = '120000'
    compared(200, linear)
    tree('mb', 200, [
      ['gone', '1', link],
      ['kept', '1', link],
      ['moved', '1', link],
    ])
    tree('old', 200, [
      ['kept', '1', link],
      ['moved', '2', link],
      ['sub', '3', '160000'],
    ])
    tree(pull.base.tip, 200)

    expect([...((await read('old'))?.links ?? [])]).toEqual([
      ['gone', ''],
      ['moved', '2'],
      ['sub', '3'],
    ])
  })

  test('is not known where it has merged the base and the base has merged it', async () => {
    const commits = [commit('other', 'mb'), commit('old', 'other', 'met')]
    compared(200, { merge_base_commit: { sha: 'mb' }, total_commits: 2, commits })
    github()
      .get('/repos/bookinfo/mesh/compare/mb...met')
      .query({ per_page: 1, page: 2 })
      .reply(200, { status: 'diverged' })

    expect(await read('old')).toBeUndefined()
  })

  test('is not known once its commit is forgotten', async () => {
    compared(404, { message: 'Not Found' })

    expect(await read('old')).toBeUndefined()
  })

  test.each([404, 422])('is not known where its tree cannot be read (%d)', async (status) => {
    compared(200, linear)
    tree('mb', 200)
    tree('old', status)
    tree(pull.base.tip, 200)

    expect(await read('old')).toBeUndefined()
  })

  test('is asked for again later where GitHub fails', async () => {
    compared(502, { message: 'Bad Gateway' })

    await expect(read('old')).rejects.toMatchObject({ status: 502 })
  })
})
