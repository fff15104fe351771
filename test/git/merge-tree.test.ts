import { expect, it } from 'vitest'
import { readMergeTree } from '../../src/git/merge-tree.ts'

const read = (code: number, ...parts: readonly string[]) =>
  readMergeTree({ code, output: Buffer.from(parts.map((each) => `${each}\0`).join('')) })

it('a clean merge is its tree', () => {
  expect(read(0, 'abc')).toEqual({ kind: 'tree', sha: 'abc' })
})

it('paths in conflict are told once, and end where prose begins', () => {
  expect(read(1, 'abc', 'b', 'a', 'b', '', 'Auto-merging c')).toEqual({ kind: 'conflict', paths: ['a', 'b'] })
  expect(readMergeTree({ code: 1, output: Buffer.from('abc\0a') })).toEqual({
    kind: 'conflict',
    paths: ['a'],
  })
})

it('anything else has failed', () => {
  expect(read(129, 'usage')).toBeUndefined()
})
