import { describe, expect, test } from 'vitest'
import { listingIn } from '../../../src/github/reading/given-folder.ts'
import { type GivenFolder, givenFolder, type Written } from '../../support/given-trees.ts'

const link = { mode: 0o120000, oid: 'a'.repeat(40) }
const submodule = { mode: 0o160000, oid: 'b'.repeat(40) }
const written: { readonly [name: string]: Written } = {
  'a.yaml': 'x',
  // Git sorts the folder `a` behind `a.yaml`.
  a: { 'deep.yaml': 'xy', b: { c: { 'ä.yaml': '' } } },
  link,
  submodule,
}
const whole = givenFolder(written)

/** The same answer with the entries of one folder changed. */
function changed(at: readonly string[], change: (entries: GivenFolder['entries']) => unknown): unknown {
  const step = (folder: GivenFolder, [name, ...rest]: readonly string[]): unknown => ({
    ...folder,
    entries:
      name === undefined
        ? change(folder.entries)
        : folder.entries.map((entry) =>
            entry.name === name ? { ...entry, object: step(entry.object as GivenFolder, rest) } : entry,
          ),
  })
  return step(whole, at)
}

const read = (given: unknown) => listingIn(whole.oid, given)

test('a tree that came along is all of its files, links and submodules', () => {
  const { tree, cut } = read(whole) ?? { tree: new Map(), cut: ['?'] }

  expect(cut).toEqual([])
  expect([...tree.keys()].sort()).toEqual(['a.yaml', 'a/b/c/ä.yaml', 'a/deep.yaml', 'link', 'submodule'])
  expect(tree.get('a/deep.yaml')).toMatchObject({ mode: '100644', size: 2 })
  expect(tree.get('link')).toMatchObject({ mode: '120000', sha: link.oid })
  expect(tree.get('submodule')).toEqual({ mode: '160000', sha: submodule.oid })
})

test('an empty tree is one', () => {
  const empty = givenFolder({})

  expect(listingIn(empty.oid, empty)).toEqual({ tree: new Map(), cut: [] })
})

describe('no listing is made of an answer', () => {
  const cases: readonly [why: string, given: unknown][] = [
    ['that is missing', undefined],
    ['that is null', null],
    ['without entries', { oid: whole.oid }],
    ['whose entries are null', { oid: whole.oid, entries: null }],
    ['that is empty', { oid: whole.oid, entries: [] }],
    ['of another tree', givenFolder({ 'a.yaml': 'x' })],
    ['that lacks its last entry', changed([], (entries) => entries.slice(0, -1))],
    ['that lacks an entry below', changed(['a', 'b', 'c'], () => [])],
    ['that has one more below', changed(['a'], (entries) => [...entries, { ...entries[0], name: 'more' }])],
    ['with another name', changed([], ([first, ...rest]) => [{ ...first, name: 'A.yaml' }, ...rest])],
    ['with another file', changed(['a'], ([first, ...rest]) => [{ ...first, oid: 'c'.repeat(40) }, ...rest])],
    ['with another mode', changed([], ([first, ...rest]) => [{ ...first, mode: 0o100755 }, ...rest])],
    ['with a mode in digits', changed([], ([first, ...rest]) => [{ ...first, mode: 100644 }, ...rest])],
    [
      'without what is in a folder',
      changed([], (entries) => entries.map((each) => ({ ...each, object: null }))),
    ],
    [
      'that goes less deep than the tree',
      changed(['a', 'b'], (entries) => entries.map(({ object: _, ...each }) => each)),
    ],
    [
      'with another folder in the place of one',
      changed([], (entries) =>
        entries.map((each) => (each.name === 'a' ? { ...each, object: givenFolder({}) } : each)),
      ),
    ],
  ]
  test.each(cases)('%s', (_, given) => {
    expect(read(given)).toBeUndefined()
  })
})
