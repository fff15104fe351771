import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tree } from '../../src/app/reading/git-objects.ts'
import { diffTrees, meetingPaths, strandedPaths } from '../../src/git/diff-trees.ts'

const tree = (files: Record<string, string>): Tree =>
  new Map(Object.entries(files).map(([path, sha]) => [path, { sha, mode: '100644' }]))

test('added, removed, modified and moved files are told apart, in order of path', () => {
  const changes = diffTrees(
    tree({ a: '1', b: '2', c: '3', d: '4' }),
    tree({ a: '1', b: '9', e: '3', f: '5' }),
  )

  expect(changes).toEqual([
    { path: 'b', status: 'modified' },
    { path: 'd', status: 'removed' },
    { path: 'e', previousPath: 'c', status: 'renamed' },
    { path: 'f', status: 'added' },
  ])
})

test('a file that becomes a symbolic link is modified though its content is the same', () => {
  const after: Tree = new Map([['a', { sha: '1', mode: '120000' }]])

  expect(diffTrees(tree({ a: '1' }), after)).toEqual([{ path: 'a', status: 'modified', link: 'symlink' }])
})

test('what leads elsewhere is told apart from files', () => {
  const after: Tree = new Map([
    ['a', { sha: '1', mode: '120000' }],
    ['b', { sha: '2', mode: '160000' }],
    ['c', { sha: '3', mode: '100755' }],
  ])

  expect(diffTrees(tree({ z: '1' }), after)).toEqual([
    { path: 'a', previousPath: 'z', status: 'renamed', link: 'symlink' },
    { path: 'b', status: 'added', link: 'submodule' },
    { path: 'c', status: 'added' },
  ])
})

test('a copy is an addition, and of two equal removed files one is moved', () => {
  expect(diffTrees(tree({ a: '1' }), tree({ a: '1', b: '1' }))).toEqual([{ path: 'b', status: 'added' }])
  expect(diffTrees(tree({ a: '1', b: '1' }), tree({ c: '1' }))).toEqual([
    { path: 'b', status: 'removed' },
    { path: 'c', previousPath: 'a', status: 'renamed' },
  ])
})

const files = fc.dictionary(fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f'), fc.constantFrom('1', '2', '3'))

test('law: the changes laid over the one tree give the other', () => {
  fc.assert(
    fc.property(files, files, (before, after) => {
      const laid = new Map(tree(before))
      for (const { path, previousPath } of diffTrees(tree(before), tree(after))) {
        if (previousPath !== undefined) laid.delete(previousPath)
        const entry = tree(after).get(path)
        if (entry === undefined) laid.delete(path)
        else laid.set(path, entry)
      }
      expect(laid).toEqual(tree(after))
    }),
  )
})

test('changes meet at equal paths, at old names, and where one has a file and the other a folder', () => {
  const modified = (path: string) => ({ path, status: 'modified' as const })

  expect(meetingPaths([modified('a'), modified('b')], [modified('b'), modified('c')])).toEqual(['b'])
  expect(meetingPaths([modified('a')], [{ path: 'z', previousPath: 'a', status: 'renamed' }])).toEqual(['a'])
  expect(meetingPaths([modified('a')], [modified('a/b')])).toEqual(['a'])
  expect(meetingPaths([modified('a/b/c')], [modified('a/b')])).toEqual(['a/b'])
  expect(meetingPaths([modified('a/b')], [modified('a/bc')])).toEqual([])
})

describe('a file is stranded', () => {
  const before = tree({ 'a/b/x': '1', 'a/b/y': '2', 'c/z': '3' })

  test.each([
    [
      'where the other side moved the whole folder',
      { 'a/b/new': '9' },
      { 'a/d/x': '1', 'a/d/y': '2' },
      ['a/b/new'],
    ],
    ['deep in a folder that was moved', { 'a/b/e/new': '9' }, { 'q/x': '1', 'q/y': '2' }, ['a/b/e/new']],
    ['where the other side left nothing', { 'a/b/new': '9' }, {}, ['a/b/new']],
  ])('%s', (_, added, moved, paths) => {
    const [adding, moving] = [
      tree({ 'a/b/x': '1', 'a/b/y': '2', 'c/z': '3', ...added }),
      tree({ 'c/z': '3', ...moved }),
    ]

    expect(strandedPaths(before, adding, moving)).toEqual(paths)
    expect(strandedPaths(before, moving, adding)).toEqual(paths)
  })

  test.each([
    ['not in a folder of which something is left', { 'a/b/new': '9' }, { 'a/b/x': '1', 'a/d/y': '2' }],
    ['not in a folder that is new on both sides', { 'n/one': '9' }, { 'n/two': '8', 'a/b/x': '1' }],
    ['not in another folder', { 'c/new': '9' }, { 'a/d/x': '1', 'a/d/y': '2' }],
  ])('%s', (_, added, moved) => {
    const adding = tree({ 'a/b/x': '1', 'a/b/y': '2', 'c/z': '3', ...added })

    expect(strandedPaths(before, adding, tree({ 'c/z': '3', ...moved }))).toEqual([])
  })
})
