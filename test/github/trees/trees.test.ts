import { describe, expect, test } from 'vitest'
import { blobId } from '../../../src/git/object-id.ts'
import { createGitHubTrees, createObjectCache } from '../../../src/github/trees/trees.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const blob = (path: string, sha = path) => ({ path, mode: '100644', type: 'blob', sha, size: 3 })
const folder = (path: string, sha: string) => ({ path, mode: '040000', type: 'tree', sha })
const trees = () => createGitHubTrees(testClient(), at, { cache: createObjectCache() })

function tree(sha: string, recursive: boolean, items: readonly object[], truncated = false): void {
  github()
    .get(`/repos/bookinfo/mesh/git/trees/${sha}`)
    .query(recursive ? { recursive: '1' } : {})
    .reply(200, { sha, url: '', tree: items, truncated })
}

describe('a listing', () => {
  test('is one recursive request without its folders, and is remembered', async () => {
    tree('c1', true, [
      folder('mesh', 't1'),
      blob('mesh/a.yaml', 'b1'),
      { path: 'sub', mode: '160000', type: 'commit', sha: 's' },
    ])
    const objects = trees()

    const { tree: files, cut } = await objects.listing('c1')
    await objects.listing('c1')

    expect([...files]).toEqual([
      ['mesh/a.yaml', { sha: 'b1', mode: '100644', size: 3 }],
      ['sub', { sha: 's', mode: '160000' }],
    ])
    expect(cut).toEqual([])
  })

  test('that GitHub cuts off is read folder by folder', async () => {
    tree('c1', true, [blob('a')], true)
    tree('c1', false, [blob('a'), folder('big', 't1'), folder('small', 't2')])
    tree('t1', true, [blob('b')], true)
    tree('t1', false, [blob('b'), folder('deep', 't3')])
    tree('t3', true, [blob('c')])
    tree('t2', true, [blob('d')])

    const { tree: files, cut } = await trees().listing('c1')

    expect([...files.keys()].sort()).toEqual(['a', 'big/b', 'big/deep/c', 'small/d'])
    expect(cut).toEqual([])
  })

  test('of a single folder that GitHub cuts off says so', async () => {
    tree('c1', true, [], true)
    tree('c1', false, [folder('flat', 't1')])
    tree('t1', true, [blob('a')], true)
    tree('t1', false, [blob('a')], true)

    expect((await trees().listing('c1')).cut).toEqual(['flat/'])
  })

  test('of the empty tree needs no request', async () => {
    const { tree: files } = await trees().listing('4b825dc642cb6eb9a060e54bf8d69288fbee4904')

    expect(files.size).toBe(0)
  })

  test('that fails is an error', async () => {
    github().get('/repos/bookinfo/mesh/git/trees/c1').query(true).reply(502, { message: 'Bad Gateway' })

    await expect(trees().listing('c1')).rejects.toMatchObject({ status: 502 })
  })
})

test('a blob is decoded and remembered', async () => {
  const sha = blobId(Buffer.from('ä: 1\n'))
  github()
    .get(`/repos/bookinfo/mesh/git/blobs/${sha}`)
    .reply(200, { content: Buffer.from('ä: 1\n').toString('base64'), encoding: 'base64', sha, size: 6 })
  const objects = trees()

  await objects.blob(sha)

  expect((await objects.blob(sha)).toString()).toBe('ä: 1\n')
})
