import { describe, expect, test } from 'vitest'
import type { Listing } from '../../src/app/reading/git-objects.ts'
import { budgets } from '../../src/domain/budgets.ts'
import { keptListing, listingToKeep } from '../../src/git/kept-listing.ts'
import { blobId, folderMode, treeId } from '../../src/git/object-id.ts'

const [a, b, link] = ['a', 'b', 'c'].map((text) => blobId(Buffer.from(text)))
const file = (name: string, sha = a) => ({ name, mode: '100644', sha: sha ?? '' })
const folder = (name: string, entries: Parameters<typeof treeId>[0]) => ({
  ...{ name, mode: folderMode },
  sha: treeId(entries, 'sha1'),
})
const deep = folder('deep', [file('x', b)])
// Git sorts a folder as if its name ended in a slash: `a.b` before `a/`.
const root = folder('', [
  file('a.b'),
  folder('a', [file('y'), deep]),
  { name: 'link', mode: '120000', sha: link ?? '' },
  { name: 'module', mode: '160000', sha: 'd'.repeat(40) },
]).sha
const listing: Listing = {
  tree: new Map([
    ['a.b', { sha: a ?? '', mode: '100644', size: 1 }],
    ['a/y', { sha: a ?? '', mode: '100644', size: 1 }],
    ['a/deep/x', { sha: b ?? '', mode: '100644', size: 1 }],
    ['link', { sha: link ?? '', mode: '120000', size: 1 }],
    ['module', { sha: 'd'.repeat(40), mode: '160000' }],
  ]),
  cut: [],
}
const kept = () => listingToKeep(root, listing) ?? Buffer.from('')

test('a tree is read back as it was', () => {
  expect(keptListing(root, kept())).toEqual(listing)
})

describe('nothing is kept of', () => {
  const without = (path: string) => new Map([...listing.tree].filter(([each]) => each !== path))
  test.each<readonly [string, Listing]>([
    ['a tree that is cut', { ...listing, cut: ['a/'] }],
    ['a tree that lacks a file', { tree: without('a/deep/x'), cut: [] }],
    [
      'a tree with another file',
      { tree: new Map([...listing.tree, ['z', { sha: a ?? '', mode: '100644' }]]), cut: [] },
    ],
    [
      'a tree in which a file has another mode',
      { tree: new Map([...listing.tree, ['a.b', { sha: a ?? '', mode: '100755', size: 1 }]]), cut: [] },
    ],
  ])('%s', (_, given) => {
    expect(listingToKeep(root, given)).toBeUndefined()
  })

  test('one that is too long', () => {
    const names = Array.from({ length: budgets.keptEntries.size + 1 }, (_, at) => `f${at}`)
    const tree = new Map(names.map((name) => [name, { sha: a ?? '', mode: '100644', size: 1 }]))
    const sha = treeId(
      names.map((name) => file(name)),
      'sha1',
    )
    expect(listingToKeep(sha, { tree, cut: [] })).toBeUndefined()
    tree.delete('f0')
    const fewer = treeId(
      names.slice(1).map((name) => file(name)),
      'sha1',
    )
    expect(listingToKeep(fewer, { tree, cut: [] })).toBeDefined()
  })
})

describe('what was kept is not known again', () => {
  test.each<readonly [string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, -9)],
    ['empty', () => ''],
    ['with another size', (text) => text.replace('1]', '9]')],
    ['with another file', (text) => text.replace('deep/x', 'deep/y')],
  ])('%s', (_, damage) => {
    expect(keptListing(root, Buffer.from(damage(kept().toString())))).toBeUndefined()
  })

  test('under the name of another tree', () => {
    expect(keptListing(deep.sha, kept())).toBeUndefined()
  })
})
