import { expect, test } from 'vitest'
import { diffLinesOf } from '../../../src/github/trees/diff-lines.ts'

const linesOf = (patch: string) => diffLinesOf([{ filename: 'a', patch }]).get('a')

test('each hunk is a range of its own', () => {
  expect(linesOf('@@ -1,3 +1,4 @@ spec:\n a\n@@ -10,2 +11,5 @@\n b')).toEqual([
    [1, 4],
    [11, 15],
  ])
})

test('a count that is not written is one, and a hunk that only removes leaves no line', () => {
  expect(linesOf('@@ -1 +1 @@\n-a\n+b')).toEqual([[1, 1]])
  expect(linesOf('@@ -3,2 +2,0 @@\n-a\n-b')).toBeUndefined()
})

test('a line of a file that looks like a header is none', () => {
  expect(linesOf('@@ -1 +1,2 @@\n a\n+@@ -1 +90,9 @@')).toEqual([[1, 2]])
})
