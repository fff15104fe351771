import { expect, it } from 'vitest'
import { treeOf, withFile } from '../../../src/domain/deployment/tree-of-side.ts'

const file = { path: 'a/b.yaml', text: 'x' }
const tree = treeOf({ files: [file], unread: new Set(['c/d.bin']) })

it('what was read is a file, what was not is known to be there, and what holds either is a folder', () => {
  expect(tree('a/b.yaml')).toEqual({ kind: 'file', file })
  expect(tree('c/d.bin')).toEqual({ kind: 'not-text', path: 'c/d.bin' })
  expect(['', 'a', 'c'].map((path) => tree(path)?.kind)).toEqual(['folder', 'folder', 'folder'])
  expect(tree('a/x.yaml')).toBeUndefined()
})

it('a file of ours takes the place of what is there', () => {
  const ours = { path: 'a/b.yaml', text: 'y' }

  expect(withFile(tree, ours)('a/b.yaml')).toEqual({ kind: 'file', file: ours })
  expect(withFile(tree, ours)('a')).toEqual({ kind: 'folder', path: 'a' })
})
